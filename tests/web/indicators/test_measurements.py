"""Correcting, verifying, ratifying, attaching and commenting, through the pages, as each person of the house."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pages import confirm, enter, errors_of, text_of

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.indicators.models import Channel, Comment, Evidence, Indicator, Measurement
from apura_web.indicators.selectors.ledger import standing_only
from apura_web.indicators.services import rounds
from cast import Cast, House
from ledgers import BASE_DATE, put, share
from measuring import CLOSED, FIRST, SECOND, answer_of, approved, collection, measured_by, type_in

HIDDEN = re.compile(r'name="(e_\w*)" value="(\d+)"')


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """30 of 40 at SAU and 10 of 10 at EDU in the first period; SAU's is provisional."""
    house = cast.house
    add_more(house)
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("SAU", FIRST), (30, 40), certainty="provisorio", based_on=BASE_DATE)
    share(house, found, ("EDU", FIRST), (10, 10))
    return found


def address(house: House, indicator: Indicator, deed: str, unit: str = "SAU") -> str:
    return f"/indicadores/{indicator.code}/valor/{house.units[unit].code}/{FIRST.key}/{deed}/"


def typed(page: HttpResponse, **values: str) -> dict[str, Any]:
    """What somebody sends who saw a page: its hidden numbers, and what they type."""
    return {
        **dict(HIDDEN.findall(page.content.decode())),
        "correction": "erro",
        "certainty": "definitivo",
        "received_on": "05/03/2026",
        "reason": "A fonte revisou o número.",
        "v_no_prazo": "30",
        "v_concluidos": "40",
        **values,
    }


def values() -> dict[tuple[str, str], Any]:
    rows = standing_only(Measurement.objects.all())
    return {(row.unit.acronym, row.variable): row.value for row in rows.filter(figure="informado")}


def test_a_correction_replaces_what_stood_and_keeps_it_with_reason_channel_and_who(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    enter(client, house, "Carla")
    url = address(house, indicator, "corrigir")
    page = client.get(url)
    assert 'value="30"' in page.content.decode()
    done = confirm(client, url, typed(page, v_no_prazo="32", through="Ofício nº 12/2026"))
    assert done.status_code == 302
    assert values()["SAU", "no_prazo"] == 32
    row = Measurement.objects.get(variable="no_prazo", value=32)
    assert row.replaces.value == 30
    assert (row.batch.channel, row.batch.reason) == (Channel.CORRECTION, "A fonte revisou o número.")
    assert (row.batch.received_on, row.batch.received_through) == (date(2026, 3, 5), "Ofício nº 12/2026")
    assert row.batch.typed_by == house.people["Carla"].code
    assert row.batch.on_behalf_of == house.units["SAU"]
    explained = text_of(client.get(done["Location"]))
    assert "80,00%" in explained  # 32 ÷ 40
    assert "substitui a nº" in explained
    assert "A fonte revisou o número." in explained
    assert verify(house.institution).is_whole


def test_a_provisional_value_becomes_definitive_by_correction_even_when_the_number_is_the_same(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Carla")
    url = address(cast.house, indicator, "corrigir")
    confirm(client, url, typed(client.get(url)))
    standing = standing_only(Measurement.objects.filter(unit=cast.house.units["SAU"]))
    assert {row.certainty for row in standing} == {"definitivo"}
    assert Measurement.objects.filter(certainty="provisorio").count() == 2


def test_the_confirmation_says_from_what_to_what(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Carla")
    url = address(cast.house, indicator, "corrigir")
    page = text_of(client.post(url, typed(client.get(url), v_no_prazo="32")))
    assert "Processos concluídos no prazo: 30 → 32" in page
    assert Measurement.objects.count() == 4


def test_who_corrects_what_somebody_else_corrected_meanwhile_is_refused_and_may_insist_after_reading(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    enter(client, house, "Carla")
    url = address(house, indicator, "corrigir")
    stale = typed(client.get(url), v_no_prazo="33")
    confirm(client, url, typed(client.get(url), v_no_prazo="31"))
    before = (Measurement.objects.count(), TrailEntry.objects.count())
    refused = client.post(url, {**stale, "confirmado": "sim"})
    assert refused.status_code == 422
    assert "outra pessoa lançou valor" in errors_of(refused)
    assert 'value="33"' in refused.content.decode()
    assert (Measurement.objects.count(), TrailEntry.objects.count()) == before
    again = {**stale, **dict(HIDDEN.findall(refused.content.decode()))}
    confirm(client, url, again)
    assert values()["SAU", "no_prazo"] == 33


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Preencha este campo."),
        ({"correction": ""}, "Escolha uma opção."),
        (
            {"correction": "definitivo", "certainty": "estimado", "based_on": "15/05/2025"},
            "ainda não é definitivo",
        ),
        ({"v_no_prazo": ""}, "Em branco não é zero"),
        ({"v_no_prazo": "1.234"}, "pode ser 1234 ou 1,234"),
        ({"v_no_prazo": "-"}, "não diz se é zero"),
        ({"v_no_prazo": "-1"}, "não pode ser menor que 0"),
        ({"v_no_prazo": "1,5"}, "um número inteiro"),
        ({"certainty": "estimado"}, "Informe a data-base"),
        ({"certainty": "provisorio", "based_on": "15/05/2025"}, "Nada muda"),
        ({"received_on": "ontem"}, "Escreva a data"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    cast: Cast, client: Client, indicator: Indicator, wrong: dict[str, str], *, said: str
) -> None:
    enter(client, cast.house, "Carla")
    url = address(cast.house, indicator, "corrigir")
    answer = client.post(url, typed(client.get(url), **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Measurement.objects.count() == 4


@pytest.mark.parametrize(
    ("deed", "allowed"),
    [
        ("corrigir", {"Carla", "Sara"}),
        ("verificar", {"Sara"}),
        ("homologar", {"Sara"}),
        ("comprovar", {"Ana", "Carla"}),
    ],
)
def test_only_who_may_opens_each_act(
    cast: Cast, client: Client, indicator: Indicator, deed: str, *, allowed: set[str]
) -> None:
    for who in sorted(cast.house.people):
        enter(client, cast.house, who)
        status = client.get(address(cast.house, indicator, deed)).status_code
        assert (status == 200) is (who in allowed), (who, status)


def test_the_verified_and_the_ratified_figures_stand_beside_the_reported_one(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    enter(client, house, "Sara")
    for deed, number in (("verificar", "29"), ("homologar", "28")):
        url = address(house, indicator, deed)
        assert confirm(client, url, typed(client.get(url), v_no_prazo=number)).status_code == 302
    assert values()["SAU", "no_prazo"] == 30
    page = text_of(client.get(f"/indicadores/{indicator.code}/valor/{house.units['SAU'].code}/{FIRST.key}/"))
    assert "Informado 75,00%" in page
    assert "Verificado 72,50%" in page
    assert "Homologado 70,00%" in page


def test_what_was_sent_and_not_accepted_is_neither_corrected_nor_verified(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    answer = answer_of(house, collection(house, SECOND), "SAU")
    for name in (CLOSED.label, "Processos concluídos no prazo"):
        type_in(answer, {f"IND-1, 2º quadrimestre de 2025, {name}": "8"}, actor=house.system)
    rounds.send(answer, actor=house.system, at=timezone.now())
    enter(client, house, "Sara")
    for deed in ("corrigir", "verificar"):
        url = address(house, indicator, deed).replace(FIRST.key, SECOND.key)
        refused = client.post(url, typed(client.get(url), v_no_prazo="7"))
        assert "ainda não foram aceitas" in errors_of(refused)
    assert Measurement.objects.filter(value=7).count() == 0


def test_a_result_imported_without_memory_is_corrected_as_it_came(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    put(house, indicator, ("SAU", SECOND), {"": "77.5"}, channel="importado")
    enter(client, house, "Carla")
    url = address(house, indicator, "corrigir").replace(FIRST.key, SECOND.key)
    page = client.get(url)
    assert "Resultado, sem as variáveis" in page.content.decode()
    confirm(client, url, {**typed(page), "v_": "78,25"})
    row = standing_only(Measurement.objects.filter(variable="")).get()
    assert (row.value * 100, row.version) == (7825, None)


def test_evidence_is_attached_seen_by_who_answers_for_the_unit_and_never_run(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    enter(client, house, "Ana")
    sent = {"title": "Extrato", "file": SimpleUploadedFile("extrato.pdf", b"%PDF-1.7 extrato")}
    assert client.post(address(house, indicator, "comprovar"), sent).status_code == 302
    row = Evidence.objects.get()
    assert (row.unit, row.added_by) == (house.units["SAU"], house.people["Ana"].code)
    url = f"/indicadores/{indicator.code}/comprovacoes/{row.code}/"
    for who, sees in (
        ("Ana", True),
        ("Carla", True),
        ("Sara", True),
        ("Caio", True),
        ("Elisa", False),
        ("Rita", False),
    ):
        enter(client, house, who)
        answer = client.get(url)
        assert (answer.status_code == 200) is sees, who
        assert (url in client.get(indicator.get_absolute_url()).content.decode()) is sees, who
        if sees:
            assert "attachment" in answer["Content-Disposition"]
            assert b"".join(answer) == b"%PDF-1.7 extrato"


def test_evidence_that_is_not_what_it_says_is_refused(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Ana")
    sent = {"title": "Extrato", "file": SimpleUploadedFile("extrato.pdf", b"\x00\x01MZ")}
    answer = client.post(address(cast.house, indicator, "comprovar"), sent)
    assert answer.status_code == 422
    assert "O tipo do arquivo não é aceito" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_comment_is_seen_by_who_sees_the_indicator_and_escaped(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    enter(client, house, "Carla")
    url = f"/indicadores/{indicator.code}/comentar/"
    assert client.post(url, {"text": "Troca de <b>sistema</b> em abril."}).status_code == 302
    assert Comment.objects.get().author == house.people["Carla"].code
    enter(client, house, "Elisa")
    page = client.get(indicator.get_absolute_url()).content.decode()
    assert "Troca de &lt;b&gt;sistema&lt;/b&gt; em abril." in page
    assert client.get(url).status_code == 403
    assert client.post(url, {"text": "Eu também."}).status_code == 403
