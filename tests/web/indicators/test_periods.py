"""Periods: how a frequency cuts the calendar, what each cut is called, and how addresses write it."""

from datetime import date
from itertools import pairwise

import pytest

from apura_web.indicators.findings import group_of, in_period, short_label, since
from apura_web.indicators.periods import Period, is_period_of, period_of, periods_within, read_key, year_of

YEAR = year_of(2024)


@pytest.mark.parametrize(
    ("frequency", "count", "first", "last"),
    [
        ("mensal", 12, "jan/2024", "dez/2024"),
        ("bimestral", 6, "1º bimestre de 2024", "6º bimestre de 2024"),
        ("trimestral", 4, "1º trimestre de 2024", "4º trimestre de 2024"),
        ("quadrimestral", 3, "1º quadrimestre de 2024", "3º quadrimestre de 2024"),
        ("semestral", 2, "1º semestre de 2024", "2º semestre de 2024"),
        ("anual", 1, "2024", "2024"),
    ],
)
def test_a_frequency_cuts_the_year_whole(frequency: str, count: int, first: str, last: str) -> None:
    cuts = periods_within(frequency, YEAR)
    assert (len(cuts), cuts[0].label, cuts[-1].label) == (count, first, last)
    assert (cuts[0].start, cuts[-1].end) == (YEAR.start, YEAR.end)
    assert all(after.start.toordinal() == before.end.toordinal() + 1 for before, after in pairwise(cuts))


def test_february_of_a_leap_year_has_29_days() -> None:
    assert period_of("mensal", date(2024, 2, 10)) == Period(date(2024, 2, 1), date(2024, 2, 29))


def test_a_stretch_keeps_only_the_cuts_that_lie_inside_it() -> None:
    found = periods_within("trimestral", Period(date(2024, 2, 1), date(2024, 12, 31)))
    assert [each.label for each in found] == [f"{n}º trimestre de 2024" for n in (2, 3, 4)]


def test_own_periods_are_called_by_their_days() -> None:
    own = Period(date(2024, 2, 1), date(2024, 6, 30))
    assert own.label == "01/02/2024 a 30/06/2024"
    assert is_period_of("personalizada", own, [own])
    assert not is_period_of("semestral", own)
    assert period_of("personalizada", date(2024, 7, 1), [own]) is None


def test_a_key_is_read_back_and_nonsense_is_refused() -> None:
    assert read_key(YEAR.key) == YEAR
    for wrong in ("", "2024", "2024-12-31_2024-01-01", "2024-02-30_2024-03-01", "a_b"):
        with pytest.raises(ValueError, match=r".*"):
            read_key(wrong)


def test_charts_and_sentences_call_periods_shortly_and_rightly() -> None:
    march, second = period_of("mensal", date(2024, 3, 1)), period_of("quadrimestral", date(2024, 5, 1))
    assert march is not None
    assert second is not None
    assert [short_label(each) for each in (march, second, YEAR)] == ["mar", "2º", "2024"]
    assert [group_of(each) for each in (march, second, YEAR)] == ["2024", "2024", ""]
    assert (in_period(march), in_period(second)) == ("em mar/2024", "no 2º quadrimestre de 2024")
    assert (since(march), since(second)) == ("desde mar/2024", "desde o 2º quadrimestre de 2024")
