"""From a card to the ledger: what was sent stands, what is corrected points back, nobody overwrites unseen."""

from fractions import Fraction

import pytest
from django.db import connection
from django.utils import timezone

from apura_web.audit.verification import verify
from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.refusals import Refused
from apura_web.indicators.models import Measurement, Submission
from apura_web.indicators.selectors.ledger import series_of, standing_only
from apura_web.indicators.services import cells, rounds
from cast import Cast, House
from measuring import answer_of, approved, collection, grid, measured_by, type_in

ALL = {
    "IND-1, 1º quadrimestre de 2025, Processos concluídos no prazo": "30",
    "IND-1, 1º quadrimestre de 2025, Processos concluídos": "40",
}


@pytest.fixture
def answer(cast: Cast) -> Submission:
    """The answer of SAU to the collection of 2025, with one indicator of three periods and two variables."""
    house = cast.house
    measured_by(house, approved(house, "IND-1"), "SAU", "EDU")
    return answer_of(house, collection(house), "SAU")


def fill(house: House, answer: Submission) -> None:
    for period in ("1º", "2º", "3º"):
        type_in(
            answer, {f"IND-1, {period} quadrimestre de 2025, Processos concluídos": "40"}, actor=house.system
        )
        prazo = {f"IND-1, {period} quadrimestre de 2025, Processos concluídos no prazo": "30"}
        type_in(answer, prazo, actor=house.system)


def test_what_is_sent_stands_in_the_ledger_and_the_result_is_computed_from_its_variables(
    cast: Cast, answer: Submission
) -> None:
    house = cast.house
    fill(house, answer)
    rounds.send(answer, actor=house.actor("Carla"), at=timezone.now())
    assert Measurement.objects.count() == 6
    series = series_of(answer.cells.first().indicator, house.actor("Carla"))
    card = series[0].rows["no_prazo"].version
    assert [card.read.compute(each.values).value for each in series] == [Fraction(75)] * 3  # 100 × 30 ÷ 40
    assert [each.rows["no_prazo"].batch.typed_by for each in series] == [house.people["Carla"].code] * 3
    assert answer.days_late == 0
    assert verify(house.institution).is_whole


def test_a_value_changed_in_the_database_is_found_and_named(cast: Cast, answer: Submission) -> None:
    house = cast.house
    fill(house, answer)
    rounds.send(answer, actor=house.system, at=timezone.now())
    row = Measurement.objects.first()
    remove_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_measurement SET value = value + 1000000 WHERE id = %s", [row.pk])
    found = [finding for finding in verify(house.institution).findings if finding.verdict == "quebrado"]
    assert [finding.what for finding in found] == [
        f"indicators.measurement {row.pk}",
        f"indicators.batch {row.batch.code}",
    ]
    assert "alterado fora de um ato" in found[0].why


def test_nothing_is_sent_while_a_cell_is_blank(cast: Cast, answer: Submission) -> None:
    type_in(answer, ALL, actor=cast.house.system)
    with pytest.raises(Refused) as refused:
        rounds.send(answer, actor=cast.house.system, at=timezone.now())
    assert "Falta preencher 4" in str(refused.value)
    assert Measurement.objects.count() == 0


def test_who_saves_over_what_they_had_not_seen_is_told_and_nothing_is_lost(
    cast: Cast, answer: Submission
) -> None:
    type_in(answer, ALL, actor=cast.house.system)
    stale = grid(answer).boxes[0]
    type_in(answer, {stale.name: "31"}, actor=cast.house.system)
    with pytest.raises(Refused) as refused:
        cells.save(
            answer, stale, cells.Typing("99", stale.edition), actor=cast.house.system, at=timezone.now()
        )
    assert "“31”" in str(refused.value)


def test_what_is_sent_again_replaces_and_the_first_value_stays_in_the_ledger(
    cast: Cast, answer: Submission
) -> None:
    house = cast.house
    fill(house, answer)
    rounds.send(answer, actor=house.system, at=timezone.now())
    rounds.give_back(
        answer, comment="Confira o 2º quadrimestre.", actor=house.actor("Carla"), at=timezone.now()
    )
    type_in(
        answer, {"IND-1, 2º quadrimestre de 2025, Processos concluídos no prazo": "20"}, actor=house.system
    )
    rounds.send(answer, actor=house.system, at=timezone.now())
    assert Measurement.objects.count() == 7
    kept = standing_only(Measurement.objects.filter(variable="no_prazo")).order_by("period_start")
    assert [row.value for row in kept] == [30, 20, 30]
    assert kept[1].replaces.value == 30
