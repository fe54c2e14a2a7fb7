"""What a correction is and the document it comes from: asked, kept, shown, and served only to who may see it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pages import enter, errors_of, text_of

from addresses import add_more
from apura_web.audit.verification import verify
from apura_web.foundation.models import Blob
from apura_web.indicators.models import Batch, Indicator, Measurement
from cast import Cast, House
from ledgers import BASE_DATE, share
from measuring import FIRST, approved, measured_by

LETTER = b"%PDF-1.7 oficio"
STAYS = "O que tiver sido publicado com o valor de antes não muda por si."
INPUTS = re.compile(r'name="((?:e_|document_received)\w*)"(?: value="([^"]*)")?')


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """30 of 40 at SAU, definitive."""
    add_more(cast.house)
    found = approved(cast.house, "IND-1")
    measured_by(cast.house, found, "SAU", "EDU")
    share(cast.house, found, ("SAU", FIRST), (30, 40))
    return found


def value_page(house: House, indicator: Indicator) -> str:
    return f"/indicadores/{indicator.code}/valor/{house.units['SAU'].code}/{FIRST.key}/"


def typed(page: HttpResponse, **values: Any) -> dict[str, Any]:
    """What Carla sends: 32 instead of 30, and what the page carries hidden."""
    return {
        **dict(INPUTS.findall(page.content.decode())),
        "correction": "revisao_oficial",
        "certainty": "definitivo",
        "received_on": "05/03/2026",
        "reason": "A fonte republicou a série.",
        "v_no_prazo": "32",
        "v_concluidos": "40",
        **values,
    }


def pdf(content: bytes = LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile("oficio.pdf", content)


def correct(client: Client, url: str, **values: Any) -> HttpResponse:
    """Both steps, as a browser does them: the second sends no file, only what the page carries."""
    shown = client.post(url, typed(client.get(url), **values))
    assert shown.status_code == 200, errors_of(shown)
    values.pop("document", None)
    return client.post(url, {**typed(shown, **values), "confirmado": "sim"})


def test_a_correction_keeps_its_document_through_the_confirmation_and_shows_it(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    page = value_page(house, indicator)
    carla = enter(client, house, "Carla")
    shown = carla.post(f"{page}corrigir/", typed(carla.get(f"{page}corrigir/"), document=pdf()))
    assert "Documento: oficio.pdf" in text_of(shown)
    assert not Blob.objects.filter(file_name="oficio.pdf").exists()
    done = carla.post(f"{page}corrigir/", {**typed(shown), "confirmado": "sim"})
    assert done.status_code == 302
    batch = Batch.objects.get(channel="correcao")
    assert batch.document is not None
    assert (batch.document.file_name, batch.document.media_type) == ("oficio.pdf", "application/pdf")
    url = f"/indicadores/{indicator.code}/lancamentos/{batch.code}/documento/"
    assert url in carla.get(page).content.decode()
    handed = carla.get(url)
    assert b"".join(handed) == LETTER
    assert "attachment" in handed["Content-Disposition"]
    assert verify(house.institution).is_whole


def test_the_document_is_seen_by_who_answers_for_the_unit_examines_or_controls(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    page = value_page(house, indicator)
    correct(enter(client, house, "Carla"), f"{page}corrigir/", document=pdf())
    url = f"/indicadores/{indicator.code}/lancamentos/{Batch.objects.get(channel='correcao').code}/documento/"
    seen = {}
    for who in ("Ana", "Sara", "Caio", "Elisa"):
        handed = enter(client, house, who).get(url)
        seen[who] = (handed.status_code, b"".join(handed) == LETTER)
    assert seen == {**dict.fromkeys(("Ana", "Sara", "Caio"), (200, True)), "Elisa": (404, False)}
    elisa = enter(client, house, "Elisa").get(page)
    assert "80,00%" in text_of(elisa)  # 32 ÷ 40
    assert url not in elisa.content.decode()
    another = approved(house, "IND-2")
    assert enter(client, house, "Sara").get(url.replace(indicator.code, another.code)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (("oficio.exe", b"MZ"), "O arquivo não é dos tipos aceitos"),
        (("oficio.pdf", b"\x00\x01MZ"), "O tipo do arquivo não é aceito"),
    ],
)
def test_a_document_that_is_not_what_it_says_is_refused(
    cast: Cast, client: Client, indicator: Indicator, sent: tuple[str, bytes], *, said: str
) -> None:
    url = f"{value_page(cast.house, indicator)}corrigir/"
    carla = enter(client, cast.house, "Carla")
    refused = carla.post(url, typed(carla.get(url), document=SimpleUploadedFile(*sent)))
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert Measurement.objects.count() == 2


def test_what_the_page_carries_of_a_document_cannot_be_forged_nor_used_by_another_house(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    url = f"{value_page(cast.house, indicator)}corrigir/"
    carla = enter(client, cast.house, "Carla")
    refused = carla.post(url, typed(carla.get(url), document_received="eyJ4IjoxfQ:forjado"))
    assert refused.status_code == 422
    assert "Escolha o arquivo de novo" in refused.content.decode()
    assert Measurement.objects.count() == 2


def test_an_official_revision_is_named_in_the_ledger_and_says_that_what_was_published_stays(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    page = value_page(house, indicator)
    carla = enter(client, house, "Carla")
    confirmation = text_of(carla.post(f"{page}corrigir/", typed(carla.get(f"{page}corrigir/"))))
    assert "O que é: revisão oficial da fonte" in confirmation
    assert STAYS in confirmation
    correct(carla, f"{page}corrigir/")
    explained = text_of(carla.get(page))
    assert "Correção: revisão oficial da fonte" in explained
    assert explained.count(STAYS) == 1  # of the two variables, only the one that changed has a new row
    ledger = f"/indicadores/{indicator.code}/apuracoes/"
    assert "Correção: revisão oficial da fonte" in text_of(carla.get(ledger))
    assert carla.get(f"{ledger}?correcao=revisao_oficial").context["table"].total == 1
    assert carla.get(f"{ledger}?correcao=erro").context["table"].total == 0


def test_an_error_says_nothing_of_publications(cast: Cast, client: Client, indicator: Indicator) -> None:
    page = value_page(cast.house, indicator)
    carla = enter(client, cast.house, "Carla")
    correct(carla, f"{page}corrigir/", correction="erro")
    explained = text_of(carla.get(page))
    assert "Correção: erro de apuração" in explained
    assert STAYS not in explained


def test_what_was_definitive_already_is_not_made_definitive(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    url = f"{value_page(cast.house, indicator)}corrigir/"
    carla = enter(client, cast.house, "Carla")
    refused = carla.post(url, typed(carla.get(url), correction="definitivo"))
    assert "já é definitivo" in errors_of(refused)
    assert Measurement.objects.count() == 2


def test_who_verifies_is_not_asked_what_the_correction_is_and_may_attach_the_document(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    url = f"{value_page(cast.house, indicator)}verificar/"
    sara = enter(client, cast.house, "Sara")
    assert "O que é a correção" not in text_of(sara.get(url))
    correct(sara, url, document=pdf())
    batch = Batch.objects.get(channel="correcao")
    assert (batch.correction, batch.document is not None) == ("", True)


def test_the_report_of_inconsistencies_tells_late_official_revisions_from_errors(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    correct(enter(client, house, "Carla"), f"{value_page(house, indicator)}corrigir/")
    # the tests put values in the ledger as recorded on 10/03/2026; the pages record on the day they are asked
    days = (timezone.now() - Batch.objects.earliest("pk").recorded_at) // timedelta(days=1)
    report = text_of(enter(client, house, "Sara").get("/indicadores/qualidade/"))
    said = f"Corrigido {days} dias depois do primeiro registro: revisão oficial da fonte."
    assert (said in report) is (days > 60)


def test_a_provisional_value_made_definitive_says_so(cast: Cast, client: Client) -> None:
    house = cast.house
    add_more(house)
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU")
    share(house, found, ("SAU", FIRST), (30, 40), certainty="provisorio", based_on=BASE_DATE)
    page = value_page(house, found)
    carla = enter(client, house, "Carla")
    correct(carla, f"{page}corrigir/", correction="definitivo")
    assert "Correção: valor definitivo no lugar do provisório" in text_of(carla.get(page))
