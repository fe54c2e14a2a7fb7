"""The end of an agreement: closed by the central unit when it is over, with its final score or the reason for none."""

from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of

from addresses import add_more
from agreeing import agreed, in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Score
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import agreements, ending, paper, readings, scoring
from apura_web.agreements.services.agreements import Successor
from apura_web.agreements.services.paper import Given, Paper
from apura_web.agreements.services.readings import Reading
from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import history_of
from apura_web.audit.verification import verify
from apura_web.foundation.refusals import Refused
from apura_web.indicators.models import Certainty
from apura_web.indicators.periods import Period
from cast import NOON, TODAY, Cast, House
from ledgers import put

pytestmark = pytest.mark.django_db
YEAR = Period(date(2014, 1, 1), date(2014, 12, 31))
WHOLE_YEAR = {"item-1": "300", "item-2": "60", "item-3": "9", "item-4": "15"}
"""By December. Targets 400, 80, 12 and 21."""
NOTHING_SEEN = {"seen": ""}


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def url(name: str, agreement: Agreement, *more: str) -> str:
    return reverse(name, args=[agreement.code, *more])


def final_of(agreement: Agreement) -> Closing:
    pact = last_pact(agreement)
    assert pact is not None
    return closings_of(pact.text)[-1]


def measured(house: House, unit: str = "SAU", **how: object) -> None:
    for quarter in ((1, 4, 30), (5, 8, 31), (9, 12, 31)):
        first, last, day = quarter
        period = Period(date(2014, first, 1), date(2014, last, day))
        for key, value in WHOLE_YEAR.items():
            given = {"concluidos": Fraction(value) / 3}
            put(house, indicator_of_item(house, unit, key), (unit, period), given, **how)


def scored(house: House, unit: str = "SAU", **how: object) -> Agreement:
    """An agreement of 2014 with its final score, and no partial one."""
    agreement = in_force(house, unit, year=2014)
    measured(house, unit, **how)
    made = scoring.reckon(agreement, final_of(agreement), today=TODAY)
    scoring.compute(agreement, made=made, actor=house.system, at=NOON)
    return agreement


def state_of(agreement: Agreement) -> str:
    agreement.refresh_from_db()
    return agreement.state


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def test_an_agreement_that_is_over_and_scored_is_closed(client: Client, house: House) -> None:
    agreement = scored(house, certainty=Certainty.PROVISIONAL, based_on=YEAR.end)
    sara = enter(client, house, "Sara")
    before = text_of(sara.get(agreement.get_absolute_url()))
    assert "Próximo passo: encerrar o acordo. É a vez da unidade central: a sua" in before

    asked = text_of(sara.get(url("agreement_close", agreement)))
    entries = TrailEntry.objects.count()
    done = confirm(sara, url("agreement_close", agreement), NOTHING_SEEN)

    assert "O decreto não prevê ato de encerramento" in asked
    assert "Nota final até 31/12/2014: 4 itens provisórios, que valem como estão." in asked
    assert "Nota parcial do 1º quadrimestre: não foi apurada, e não poderá mais ser." in asked
    assert done.status_code == 302
    assert state_of(agreement) == "encerrado"
    assert TrailEntry.objects.count() == entries + 1
    assert history_of(agreement, house.institution.pk).first().act == "agreements.agreement.close"
    assert verify(house.institution).is_whole
    page = text_of(sara.get(agreement.get_absolute_url()))
    assert "O acordo está encerrado; nada mais se espera dele." in page
    assert "Próximo passo" not in page
    assert "Encerramento" in page
    assert "Encerrou o acordo" in text_of(sara.get(url("agreement_history", agreement)))
    assert agreement.number in text_of(sara.get(reverse("agreements"), {"etapa": "encerrado"}))
    assert agreement.number not in text_of(sara.get(reverse("agreements"), {"etapa": "vigente"}))


def test_what_was_scored_is_still_read_after_closing(client: Client, house: House) -> None:
    agreement = scored(house)
    ending.close(agreement, actor=house.system, at=NOON)
    score = Score.objects.select_related("calculation").get()

    for name in ("Sara", "Carla", "Davi"):
        who = enter(client, house, name)
        page = text_of(who.get(url("agreement_scores", agreement)))
        # A: (3 × 7,5 + 2 × 7,5) / 5 = 7,5; B: (7,5 + 10 × 15/21) / 2 = 205/28. (60 × 7,5 + 40 × 205/28) / 100 = 52/7.
        assert "7,43" in page
        assert "Acordo encerrado: as notas ficam como estão" in page
        assert "Apurar" not in page.replace("Apurar de uma vez", "")
        assert "Registrar" not in page
        assert "não se apura mais" in page
        assert "Consultas feitas" in text_of(who.get(url("agreement_monitoring", agreement)))
        assert who.get(reverse("calculation", args=[score.calculation.code])).status_code == 200


def test_nothing_more_is_written_in_an_agreement_that_was_closed(client: Client, house: House) -> None:
    agreement = scored(house)
    minutes = house.act("30", date(2015, 2, 1), kind="ata")
    made = scoring.reckon(agreement, final_of(agreement), today=TODAY)
    ending.close(agreement, actor=house.system, at=NOON)
    adopted = Reading("proporcao-temporal", "por dias", date(2014, 1, 1), minutes)
    common = {"actor": house.system, "at": NOON}
    for attempt in (
        lambda: scoring.recompute(agreement, made=made, reason="Erro.", **common),
        lambda: scoring.reckon(agreement, final_of(agreement), today=TODAY),
        lambda: readings.adopt(agreement, reading=adopted, **common),
        lambda: ending.close(agreement, **common),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code_of(refused) == "agreements.is_closed"
    sara = enter(client, house, "Sara")

    again = text_of(sara.get(url("score_recompute", agreement, final_of(agreement).key)))
    told = errors_of(
        sara.post(url("score_recompute", agreement, final_of(agreement).key), {"reason": "Erro."})
    )
    asked = text_of(sara.get(url("agreement_close", agreement)))

    assert "Por que apurar de novo" in again
    assert "está encerrado: nele nada mais se registra, e nenhuma nota se apura, nem de novo" in told
    assert "O decreto não trata do que vem depois do fim do acordo" in asked
    assert Score.objects.count() == 1


def test_an_agreement_that_is_not_over_is_not_closed(client: Client, house: House) -> None:
    agreement = in_force(house, year=2026)
    sara = enter(client, house, "Sara")

    asked = text_of(sara.get(url("agreement_close", agreement)))
    posted = sara.post(url("agreement_close", agreement), {"seen": "", "confirmado": "sim"})

    assert "A vigência do Acordo de Resultados nº 1/2026 não terminou: vai até 31/12/2026." in asked
    assert "a rescisão (art. 18) são outros atos" in asked
    assert "arts. 3º, IV, e 17" in asked
    assert "não terminou" in errors_of(posted)
    assert state_of(agreement) == "vigente"
    assert "Encerrar acordo" not in text_of(sara.get(agreement.get_absolute_url()))


def test_the_evaluation_period_counts_when_it_ends_after_the_term(house: House) -> None:
    agreement = scored(house)
    Agreement.objects.filter(pk=agreement.pk).update(period_until=date(2026, 6, 30))
    agreement.refresh_from_db()

    with pytest.raises(Refused) as refused:
        ending.close(agreement, actor=house.system, at=NOON)

    said = "O período avaliatório do Acordo de Resultados nº 1/2014 não terminou: vai até 30/06/2026."
    assert refused.value.refusal.reason == said


def test_the_last_day_is_still_of_the_agreement(house: House) -> None:
    agreement = scored(house)
    for last, is_refused in ((TODAY, True), (date(2026, 3, 9), False)):
        Agreement.objects.filter(pk=agreement.pk).update(term_until=last)
        agreement.refresh_from_db()
        if is_refused:
            with pytest.raises(Refused) as refused:
                ending.close(agreement, actor=house.system, at=NOON)
            assert code_of(refused) == "agreements.not_over"
        else:
            ending.close(agreement, actor=house.system, at=NOON)


def test_without_a_final_score_the_reason_and_the_act_are_asked(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    law = house.act("31", date(2014, 9, 1), kind="lei")
    sara = enter(client, house, "Sara")
    there = url("agreement_close", agreement)
    with pytest.raises(Refused) as refused:
        ending.close(agreement, actor=house.system, at=NOON)
    assert code_of(refused) == "agreements.no_final_score"

    assert "Encerrar acordo sem nota final" in text_of(sara.get(agreement.get_absolute_url()))
    shown = text_of(sara.get(there))
    bare = errors_of(sara.post(there, NOTHING_SEEN))
    assert "Este acordo não tem nota final. Se ela ainda pode ser apurada, apure-a antes." in shown
    assert "reason" in bare
    assert "legal_act" in bare
    assert state_of(agreement) == "vigente"
    confirm(sara, there, {"reason": "Extinção da Acordada.", "legal_act": str(law)})

    assert state_of(agreement) == "encerrado"
    page = text_of(sara.get(agreement.get_absolute_url()))
    assert f"Sem nota final: Extinção da Acordada. ({law})" in page
    assert history_of(law, house.institution.pk).first().act == "agreements.agreement.close"


def test_a_reason_for_no_final_score_is_not_taken_when_there_is_one(house: House) -> None:
    agreement = scored(house)
    unscored = ending.Unscored("Extinção.", house.act("32", date(2014, 9, 1), kind="lei"))

    with pytest.raises(Refused) as refused:
        ending.close(agreement, unscored=unscored, actor=house.system, at=NOON)

    assert code_of(refused) == "agreements.final_score_stands"


def test_what_came_from_paper_ends_with_the_score_of_its_document(client: Client, house: House) -> None:
    agreement = agreed(house, year=2013)
    common = {"actor": house.system, "at": NOON}
    paper.import_signed(agreement, paper=Paper(date(2013, 3, 15)), **common)
    with pytest.raises(Refused) as refused:
        ending.close(agreement, **common)
    assert "Registre-a em “Registrar nota sem memória”" in refused.value.refusal.what_to_do
    partial = Given("parcial", date(2013, 12, 31), Fraction(8), "Ata nº 3/2013")
    paper.import_score(agreement, given=partial, **common)
    with pytest.raises(Refused):
        ending.close(agreement, **common)
    final = Given("final", date(2013, 12, 31), Fraction(8), "Ata nº 4/2013")
    paper.import_score(agreement, given=final, **common)
    sara = enter(client, house, "Sara")

    confirm(sara, url("agreement_close", agreement), NOTHING_SEEN)

    assert state_of(agreement) == "encerrado"
    assert "Nota final até 31/12/2013 8 Ata nº 4/2013" in text_of(
        sara.get(url("agreement_scores", agreement))
    )


def test_what_is_still_negotiated_is_shelved_and_not_closed(client: Client, house: House) -> None:
    agreement = agreed(house, year=2014)
    sara = enter(client, house, "Sara")

    assert "isto não se faz nesta etapa" in text_of(sara.get(url("agreement_close", agreement)))


def test_who_read_the_page_before_a_new_score_is_told(client: Client, house: House) -> None:
    agreement = scored(house)
    sara = enter(client, house, "Sara")
    seen = history_of(agreement, house.institution.pk).last().seq

    told = sara.post(url("agreement_close", agreement), {"seen": str(seen), "confirmado": "sim"})

    assert "Enquanto você editava" in errors_of(told)
    assert state_of(agreement) == "vigente"


def test_the_first_screen_tells_the_central_unit_what_to_close(client: Client, house: House) -> None:
    agreement = scored(house)
    in_force(house, "EDU", year=2014)  # over, and without score: that is told by the period
    wanted = "Acordo de Resultados nº 1/2014, SAU"
    sara = enter(client, house, "Sara")

    page = sara.get("/")
    assert wanted in text_of(page)
    assert "A vigência terminou e a nota final está registrada." in text_of(page)
    assert url("agreement_close", agreement) in page.content.decode()
    assert text_of(page).count("a nota final está registrada") == 1
    assert wanted not in text_of(enter(client, house, "Carla").get("/"))
    ending.close(agreement, actor=house.system, at=NOON)
    assert wanted not in text_of(enter(client, house, "Sara").get("/"))


def test_many_to_close_are_told_in_few_lines(client: Client, house: House) -> None:
    for number in range(5):
        agreement = agreed(house, year=2013, number=f"{number + 1}/2013")
        paper.import_signed(agreement, paper=Paper(date(2013, 3, 15)), actor=house.system, at=NOON)
        final = Given("final", date(2013, 12, 31), Fraction(8), "Ata nº 4/2013")
        paper.import_score(agreement, given=final, actor=house.system, at=NOON)

    page = text_of(enter(client, house, "Sara").get("/"))

    assert page.count("a nota final está registrada.") == 3
    assert "Mais 2 acordos com vigência terminada e nota final registrada" in page


def test_who_answers_for_what_was_owed_is_of_the_body_that_took_its_place(
    client: Client, house: House
) -> None:
    agreement = in_force(house, year=2014)
    sara = enter(client, house, "Sara")
    assert "Titular Ana de Teste" in text_of(sara.get(agreement.get_absolute_url()))
    law = house.act("33", date(2014, 8, 25), kind="lei")
    successor = Successor(house.units["EDU"], law, date(2014, 9, 1))
    agreements.succeed(agreement, successor=successor, actor=house.system, at=NOON)

    page = text_of(sara.get(agreement.get_absolute_url()))

    assert "Titular · EDU, sucessora Hugo de Teste" in page
    assert "Titular Ana" not in page


@pytest.mark.parametrize("name", ["Ana", "Carla", "Davi", "Caio", "Ada"])
def test_only_the_central_unit_closes_an_agreement(client: Client, house: House, name: str) -> None:
    agreement = scored(house)
    who = enter(client, house, name)

    assert who.get(url("agreement_close", agreement)).status_code == 403
    assert who.post(url("agreement_close", agreement), {"seen": "", "confirmado": "sim"}).status_code == 403
    with pytest.raises(Refused) as refused:
        ending.close(agreement, actor=house.actor(name), at=NOON)
    assert refused.value.refusal.status == 403
    assert "Encerrar acordo" not in text_of(who.get(agreement.get_absolute_url()))


def test_another_house_closes_nothing_here(client: Client, cast: Cast, house: House) -> None:
    agreement = scored(house)
    add_more(cast.twin)
    twin = enter(client, cast.twin, "Sara")

    assert twin.get(url("agreement_close", agreement)).status_code == 404
    assert twin.post(url("agreement_close", agreement), {"confirmado": "sim"}).status_code == 404
    assert state_of(agreement) == "vigente"
