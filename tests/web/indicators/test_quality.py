"""Inconsistencies found by rules told beside them, and the annual analysis; expected values worked by hand."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.test import Client
from pages import enter, text_of

from addresses import add_more
from apura_web.indicators.attainment import Promise
from apura_web.indicators.models import QualityReview
from apura_web.indicators.periods import Period, periods_within, year_of
from apura_web.indicators.quality import FindingKind, Limits, Point, oddities_in, quartiles
from apura_web.indicators.reviewing import CRITERIA
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.services import loads
from apura_web.indicators.services.posting import Entry, Sender
from cast import NOON, Cast
from measuring import CASES, approved, measured_by

MONTHS = periods_within("mensal", year_of(2025))
WHEN = datetime(2026, 1, 5, tzinfo=UTC)


def series(*results: int | None, target: int | None = None, **more: object) -> list[Point]:
    promise = Promise(Fraction(target)) if target is not None else None
    return [
        Point(
            period,
            None if result is None else Fraction(result),
            promise,
            frozenset(),
            WHEN,
            WHEN,
            **more,  # type: ignore[arg-type]
        )
        for period, result in zip(MONTHS, results, strict=False)
    ]


def kinds(points: list[Point], limits: Limits | None = None) -> list[tuple[FindingKind, Period]]:
    return [(each.kind, each.period) for each in oddities_in(points, limits or Limits())]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], (Fraction(3, 2), Fraction(7, 2))),  # halves 1 2 and 3 4
        ([1, 2, 3, 4, 5], (Fraction(2), Fraction(4))),  # the middle, 3, in both: 1 2 3 and 3 4 5
        ([7], (Fraction(7), Fraction(7))),
    ],
)
def test_quartiles_are_the_medians_of_the_halves(
    values: list[int], expected: tuple[Fraction, Fraction]
) -> None:
    assert quartiles([Fraction(each) for each in values]) == expected


def test_a_value_far_beyond_the_quartiles_is_told_and_one_at_the_fence_is_not() -> None:
    # Without the last: 10 11 12 13 14 15 16. With 40: halves 10 11 12 13 and 14 15 16 40, quartiles 11,5 and 15,5;
    # the fence is 15,5 + 3 × 4 = 27,5. With 27 the halves are the same, and 27 is inside.
    assert kinds(series(10, 11, 12, 13, 14, 15, 16, 40)) == [(FindingKind.OUTLIER, MONTHS[7])]
    assert kinds(series(10, 11, 12, 13, 14, 15, 16, 27)) == []
    assert kinds(series(10, 11, 12, 13, 14, 15, 40)) == []  # seven periods are too few to judge


def test_four_equal_results_in_a_row_are_a_frozen_series_and_a_gap_in_what_was_measured_does_not_break_it() -> (
    None
):
    assert kinds(series(5, 7, 7, 7, 7, 8)) == [(FindingKind.FROZEN, MONTHS[4])]
    assert kinds(series(7, 7, None, 7, 7)) == [(FindingKind.FROZEN, MONTHS[4])]
    assert kinds(series(7, 7, 7, 8)) == []


def test_the_limits_of_the_card_are_allowed_themselves() -> None:
    limits = Limits(Fraction(0), Fraction(100))
    assert kinds(series(0, 100), limits) == []
    assert kinds(series(-1, 101), limits) == [
        (FindingKind.LIMITS, MONTHS[0]),
        (FindingKind.LIMITS, MONTHS[1]),
    ]


def test_the_target_met_exactly_more_often_than_not_is_told() -> None:
    assert kinds(series(80, 80, 80, 75, target=80)) == [(FindingKind.EXACT, MONTHS[2])]
    assert kinds(series(80, 80, 80, 75, 76, 77, target=80)) == []  # three of six is not more than half


def test_a_correction_after_sixty_days_is_late_and_another_source_is_told() -> None:
    late = Point(
        MONTHS[0], Fraction(1), None, frozenset({"A"}), WHEN, WHEN + timedelta(days=61), is_corrected=True
    )
    in_time = Point(
        MONTHS[1], Fraction(2), None, frozenset({"B"}), WHEN, WHEN + timedelta(days=60), is_corrected=True
    )
    assert kinds([late, in_time]) == [(FindingKind.LATE, MONTHS[0]), (FindingKind.SOURCE, MONTHS[1])]


def test_a_late_correction_says_when_it_is_an_official_revision_of_the_source() -> None:
    when = (WHEN, WHEN + timedelta(days=61))
    revised = Point(
        MONTHS[0], Fraction(1), None, frozenset(), *when, True, frozenset({"revisão oficial da fonte"})
    )
    (found,) = oddities_in([revised], Limits())
    assert found.sentence == "Corrigido 61 dias depois do primeiro registro: revisão oficial da fonte."


def test_the_report_shows_what_it_found_only_to_who_may_see_the_numbers(client: Client, cast: Cast) -> None:
    house = cast.house
    add_more(house)
    indicator = approved(house, "IND-1", **{**CASES, "frequency": "mensal"})
    measured_by(house, indicator, "ATE")
    card = indicator.versions.get()
    months = periods_within("mensal", Period(date(2026, 1, 1), date(2026, 5, 31)))
    entries = [
        Entry(Cell(indicator.pk, house.units["ATE"].pk, month, "", "concluidos"), card.pk, Fraction(7))
        for month in months
    ]
    sender = Sender("carga", NOON.date())
    loads.load(house.institution, entries=entries, sender=sender, actor=house.system, at=NOON)
    sara = text_of(enter(client, house, "Sara").get("/indicadores/qualidade/"))
    assert "O mesmo resultado há 5 períodos, desde jan/2026." in sara
    assert "cerca externa de Tukey" in sara
    twin = enter(client, cast.twin, "Ada")
    assert "O mesmo resultado" not in text_of(twin.get("/indicadores/qualidade/"))


def test_the_annual_analysis_asks_every_criterion_and_a_second_one_replaces_the_first(
    client: Client, cast: Cast
) -> None:
    house = cast.house
    add_more(house)
    indicator = approved(house, "IND-1", "ATE")
    url = f"/indicadores/{indicator.code}/analise/"
    mila = enter(client, house, "Mila")
    assert "IND-1" in text_of(mila.get("/indicadores/qualidade/analises/"))
    typed = {
        **dict.fromkeys(CRITERIA, "atende"),
        "year": "2026",
        "conclusion": "manter",
        "notes": "Tudo em ordem.",
    }
    refused = mila.post(url, {**typed, "custo": ""})
    assert refused.status_code == 422
    assert "Custo" in text_of(refused)
    assert mila.post(url, typed).status_code == 302
    second = {**typed, "custo": "parcial", "conclusion": "aperfeicoar", "notes": "Custa caro."}
    assert mila.post(url, second).status_code == 302
    assert [row.conclusion for row in QualityReview.objects.order_by("id")] == ["manter", "aperfeicoar"]
    assert QualityReview.objects.get(replaced_by=None).replaces is not None
    told = text_of(mila.get("/indicadores/qualidade/analises/"))
    assert "Custo Aperfeiçoar a ficha" in told
    assert enter(client, house, "Elisa").get(url).status_code == 403
