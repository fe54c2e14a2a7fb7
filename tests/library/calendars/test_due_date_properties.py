"""What holds of every due date, whatever the term and the place."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apura.calendars import (
    Calendar,
    Counting,
    NoBusinessDay,
    days_after,
    days_late,
    known_calendars,
    last_business_day_between,
    load_calendar,
)

PLACES = st.sampled_from([load_calendar(code) for code in known_calendars()])
DATES = st.dates(date(2000, 1, 1), date(2090, 12, 31))
TERMS = st.integers(1, 120)
COUNTINGS: st.SearchStrategy[Counting] = st.sampled_from(["dia corrido", "dia útil"])


@given(DATES, TERMS, PLACES, COUNTINGS)
def test_a_due_date_is_a_business_day_and_never_before_the_days_have_passed(
    start: date, days: int, place: Calendar, counting: Counting
) -> None:
    due = days_after(start, days, place, counting=counting)
    assert place.is_business_day(due.date)
    assert due.date >= start + timedelta(days=days)
    assert due.steps[-1].endswith("vencimento.")


@given(DATES, TERMS, PLACES)
def test_a_term_in_business_days_never_ends_before_the_same_number_of_calendar_days(
    start: date, days: int, place: Calendar
) -> None:
    in_calendar_days = days_after(start, days, place, counting="dia corrido").date
    assert days_after(start, days, place, counting="dia útil").date >= in_calendar_days


@given(DATES, TERMS, PLACES)
def test_a_term_in_business_days_holds_exactly_that_many_business_days(
    start: date, days: int, place: Calendar
) -> None:
    due = days_after(start, days, place, counting="dia útil").date
    assert days_late(start, due, place, counting="dia útil") == days


@given(
    start=DATES, days=TERMS, place=PLACES, counting=COUNTINGS, off=st.sets(st.integers(0, 200), max_size=20)
)
def test_days_off_never_make_a_term_end_earlier(
    *, start: date, days: int, place: Calendar, counting: Counting, off: set[int]
) -> None:
    closed = place.with_days_off({start + timedelta(days=offset): "recesso" for offset in off})
    assert (
        days_after(start, days, closed, counting=counting).date
        >= days_after(start, days, place, counting=counting).date
    )


@given(DATES, TERMS, PLACES, COUNTINGS)
def test_a_longer_term_never_ends_earlier(
    start: date, days: int, place: Calendar, counting: Counting
) -> None:
    longer = days_after(start, days + 1, place, counting=counting).date
    assert longer >= days_after(start, days, place, counting=counting).date


@given(DATES, st.integers(-30, 90), PLACES, COUNTINGS)
def test_lateness_never_shrinks_as_days_pass_and_business_days_are_never_more_than_calendar_days(
    due: date, after: int, place: Calendar, counting: Counting
) -> None:
    done = due + timedelta(days=after) if due + timedelta(days=after) >= date(2000, 1, 1) else due
    late = days_late(due, done, place, counting=counting)
    assert 0 <= late <= max(0, (done - due).days)
    assert days_late(due, done + timedelta(days=1), place, counting=counting) in (late, late + 1)


@given(DATES, st.integers(0, 40), PLACES)
def test_the_last_business_day_of_an_interval_lies_in_it_and_none_comes_after(
    first: date, length: int, place: Calendar
) -> None:
    last = first + timedelta(days=length)
    days = [first + timedelta(days=offset) for offset in range(length + 1)]
    expected = [day for day in days if place.is_business_day(day)]
    try:
        due = last_business_day_between(first, last, place)
    except NoBusinessDay:
        assert expected == []
    else:
        assert due.date == expected[-1]
