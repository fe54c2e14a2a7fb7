"""What came before this base: an agreement on paper, its past scores, and a body that succeeds another."""

from datetime import date
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pages import enter, errors_of, text_of

from addresses import add_more
from agreeing import agreed, bodies, in_force, indicator_of_item
from apura_web.agreements.models import Agreement, PastScore, Signature
from apura_web.agreements.quarters import closings_of
from apura_web.agreements.selectors.actuals import reached_by
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.indicators.periods import Period
from apura_web.indicators.services import rounds
from cast import NOON, TODAY, Cast, House
from ledgers import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def url(name: str, agreement: Agreement, *more: str) -> str:
    return reverse(name, args=[agreement.code, *more])


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("acordo.pdf", b"%PDF-1.7 acordo de 2013", "application/pdf")


def imported(client: Client, house: House) -> Agreement:
    """An agreement of 2013 with a text that the conference would block, signed on paper."""
    agreement = agreed(
        house, year=2013, changes={"sistematica": {"texto": ""}, "apuracao": {"proporcao": ""}}
    )
    sara = enter(client, house, "Sara")
    shown = sara.post(url("pact_import", agreement), {"signed_on": "15/03/2013", "document": scan()})
    form = shown.context["form"]
    ticket = form.data["document_received"]
    typed = {"signed_on": "15/03/2013", "document_received": ticket, "confirmado": "sim"}
    done = sara.post(url("pact_import", agreement), typed)
    assert done.status_code == 302, errors_of(done)
    agreement.refresh_from_db()
    return agreement


def test_an_agreement_signed_on_paper_comes_in_without_memory(client: Client, house: House) -> None:
    agreement = imported(client, house)

    assert (agreement.state, agreement.is_imported, agreement.period_until) == (
        "vigente",
        True,
        date(2013, 12, 31),
    )
    # The cast's heads hold office since 02/01/2024: of 2013 this base knows nobody, and says so.
    assert {each.tenure for each in Signature.objects.all()} == {None}
    page = text_of(client.get(agreement.get_absolute_url()))
    assert "importado, sem memória" in page
    assert "esta base não registra quem exercia o cargo nesse dia" in page
    answer = client.get(url("pact_document", agreement))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 acordo de 2013"


def test_a_past_score_opens_into_its_document_and_no_calculation(client: Client, house: House) -> None:
    agreement = imported(client, house)
    typed = {"kind": "final", "until_on": "31/12/2013", "value": "8,75", "source": "Ata nº 4/2013"}

    assert client.post(url("score_import", agreement), {**typed, "document": scan()}).status_code == 302

    row = PastScore.objects.get()
    assert row.value == Fraction(35, 4)
    page = text_of(client.get(url("agreement_scores", agreement)))
    assert "Nota final até 31/12/2013 8,75 Ata nº 4/2013" in page
    handed = client.get(url("past_score_document", agreement, row.code))
    assert b"".join(handed.streaming_content) == b"%PDF-1.7 acordo de 2013"
    assert client.post(url("score_import", agreement), {**typed, "value": "8,5"}).status_code == 302
    assert [each.value for each in PastScore.objects.filter(replaced_by=None)] == [Fraction(17, 2)]
    assert PastScore.objects.count() == 2


def test_bad_input_leaves_nothing(client: Client, house: House) -> None:
    agreement = imported(client, house)
    typed = {"kind": "final", "until_on": "31/12/2013", "value": "8,75", "source": "Ata nº 4/2013"}
    high = client.post(url("score_import", agreement), {**typed, "value": "87,5"})
    assert "A nota fica entre 0 e 10" in errors_of(high)
    late = client.post(url("score_import", agreement), {**typed, "until_on": "31/12/2099"})
    assert "ainda não chegou" in errors_of(late)
    fake = SimpleUploadedFile("acordo.pdf", b"MZ\x90\x00 nada de pdf", "application/pdf")
    assert client.post(url("score_import", agreement), {**typed, "document": fake}).status_code == 422
    assert not PastScore.objects.exists()
    again = client.post(url("pact_import", agreement), {"signed_on": "15/03/2013"})
    assert "isto não se faz nesta etapa" in errors_of(again)


def test_a_text_without_its_days_is_not_taken_as_signed(client: Client, house: House) -> None:
    agreement = agreed(house, year=2013, changes={"geral": {"vigencia_fim": ""}})
    sara = enter(client, house, "Sara")

    refused = sara.post(url("pact_import", agreement), {"signed_on": "15/03/2013"})

    assert "Falta no texto: Fim da vigência." in errors_of(refused)
    agreement.refresh_from_db()
    assert agreement.state == "negociacao"


def test_a_score_made_here_never_comes_in_without_memory(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    sara = enter(client, house, "Sara")
    typed = {"kind": "final", "until_on": "31/12/2014", "value": "8,75", "source": "Ata nº 4"}

    assert "as suas notas são apuradas" in errors_of(sara.post(url("score_import", agreement), typed))


def test_the_successor_measures_for_the_agreement(client: Client, house: House) -> None:
    bodies(house)
    agreement = in_force(house, year=2026)
    indicator = indicator_of_item(house, "SAU", "item-1")
    rounds.assign(indicator, unit=house.units["EDU"], from_on=date(2026, 1, 1), actor=house.system, at=NOON)
    first = Period(date(2026, 1, 1), date(2026, 4, 30))
    put(house, indicator, ("SAU", first), {"concluidos": "30"})
    put(house, indicator, ("EDU", first), {"concluidos": "12"})
    pact = last_pact(agreement)
    assert pact is not None
    closing = closings_of(pact.text)[0]
    assert reached_by(agreement, pact.text, TODAY).by(closing)["item-1"].value == 30
    merger = house.act("9", date(2026, 2, 1))
    sara = enter(client, house, "Sara")

    typed = {"unit": "EDU", "legal_act": str(merger), "from_on": "01/02/2026"}
    assert sara.post(url("agreement_succeed", agreement), typed).status_code == 302

    assert reached_by(agreement, pact.text, TODAY).by(closing)["item-1"].value == 42  # 30 + 12
    assert "Sucessora da Acordada EDU" in text_of(sara.get(agreement.get_absolute_url()))


@pytest.mark.parametrize("name", ["Carla", "Ana", "Caio", "Davi"])
def test_only_the_central_unit_records_what_came_before(client: Client, house: House, name: str) -> None:
    agreement = in_force(house, year=2014)
    who = enter(client, house, name)

    for each in ("pact_import", "score_import", "agreement_succeed"):
        assert who.get(url(each, agreement)).status_code == 403
