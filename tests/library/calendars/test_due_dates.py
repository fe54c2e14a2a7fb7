"""Due dates worked by hand from the texts: the ALMG reports and appeals, the Goiás monitoring report."""

from datetime import date

import pytest

from apura.calendars import (
    CalendarError,
    DateOutOfRange,
    NoBusinessDay,
    days_after,
    days_late,
    last_business_day_between,
    load_calendar,
)

STATE = load_calendar("MG")
CITY = load_calendar("MG-BH")
GOIAS = load_calendar("GO")
GOOD_FRIDAY = "feriado nacional: Sexta-feira da Paixão"
TIRADENTES_ACTS = "Lei nº 1.266/1950; Lei nº 662/1949, art. 1º (redação da Lei nº 10.607/2002)"
ASSUMPTION = "feriado municipal: Assunção de Nossa Senhora (não confirmado)"


def first_fortnight(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, 15)


@pytest.mark.parametrize(
    ("appraised", "due"),
    [(2013, date(2014, 2, 14)), (2014, date(2015, 2, 13)), (2015, date(2016, 2, 15))],
)
def test_the_annual_report_is_due_on_the_last_business_day_of_the_first_fortnight_of_february(
    appraised: int, due: date
) -> None:
    for calendar in (STATE, CITY):
        assert last_business_day_between(*first_fortnight(appraised + 1, 2), calendar).date == due


@pytest.mark.parametrize(
    ("year", "in_the_state", "in_the_city"),
    [
        (2013, date(2013, 8, 15), date(2013, 8, 14)),
        (2014, date(2014, 8, 15), date(2014, 8, 14)),
        (2015, date(2015, 8, 14), date(2015, 8, 14)),
        (2016, date(2016, 8, 15), date(2016, 8, 12)),
    ],
)
def test_the_partial_report_is_due_earlier_where_15_august_is_a_holiday(
    year: int, in_the_state: date, in_the_city: date
) -> None:
    assert last_business_day_between(*first_fortnight(year, 8), STATE).date == in_the_state
    assert last_business_day_between(*first_fortnight(year, 8), CITY).date == in_the_city


def test_the_due_date_of_2016_says_which_days_it_stepped_back_over() -> None:
    due = last_business_day_between(*first_fortnight(2016, 8), CITY)

    assert due.reason == (
        "O último dia útil da primeira quinzena de agosto de 2016 é sexta, 12/08/2016; depois dele não há "
        "expediente no sábado, 13/08/2016, nem no domingo, 14/08/2016, "
        f"nem na segunda, 15/08/2016, {ASSUMPTION}."
    )
    assert due.steps[-1] == "sexta, 12/08/2016: vencimento."
    assert due.steps[0].startswith(
        f"segunda, 15/08/2016: {ASSUMPTION}, sem expediente; vale o dia útil anterior"
    )
    assert [day.date for day in due.unconfirmed] == [date(2016, 8, 15)]


def test_a_holiday_on_a_saturday_decides_nothing_and_raises_no_doubt() -> None:
    due = last_business_day_between(*first_fortnight(2015, 8), CITY)

    assert due.reason == (
        "O último dia útil da primeira quinzena de agosto de 2015 é sexta, 14/08/2015; "
        "depois dele não há expediente no sábado, 15/08/2015."
    )
    assert due.unconfirmed == ()


@pytest.mark.parametrize(
    ("calendar", "due", "counting", "late"),
    [
        (CITY, date(2014, 8, 14), "dia corrido", 4),
        (STATE, date(2014, 8, 15), "dia corrido", 3),
        (CITY, date(2014, 8, 14), "dia útil", 1),
    ],
)
def test_the_partial_report_of_2014_delivered_on_18_august_is_late_by_the_reading(
    calendar, due, counting, late
) -> None:
    assert days_late(due, date(2014, 8, 18), calendar, counting=counting) == late


def test_what_was_due_on_a_friday_and_done_on_the_saturday_is_one_calendar_day_and_no_business_day_late() -> (
    None
):
    friday, saturday = date(2015, 2, 13), date(2015, 2, 14)
    assert days_late(friday, saturday, CITY, counting="dia corrido") == 1
    assert days_late(friday, saturday, CITY, counting="dia útil") == 0


def test_the_appeal_against_a_decision_of_14_april_2014_ends_on_the_23rd() -> None:
    due = days_after(date(2014, 4, 14), 5, CITY, counting="dia útil")

    assert due.date == date(2014, 4, 23)
    assert due.reason == (
        "O prazo de 5 dias úteis contado de segunda, 14/04/2014, vence na quarta, 23/04/2014."
    )
    assert due.steps == (
        "segunda, 14/04/2014: dia do começo, excluído da contagem.",
        f"sexta, 18/04/2014: {GOOD_FRIDAY}, não contado – Lei nº 9.093/1995, art. 2º.",
        "sábado, 19/04/2014: não contado.",
        "domingo, 20/04/2014: não contado.",
        f"segunda, 21/04/2014: feriado nacional: Tiradentes, não contado – {TIRADENTES_ACTS}.",
        "quarta, 23/04/2014: vencimento.",
    )
    assert due.unconfirmed == ()


def test_the_same_appeal_ends_a_day_later_when_holy_thursday_has_no_business() -> None:
    closed = CITY.with_days_off({date(2014, 4, 17): "Quinta-feira Santa"})
    due = days_after(date(2014, 4, 14), 5, closed, counting="dia útil")

    assert due.date == date(2014, 4, 24)
    assert "quinta, 17/04/2014: dia sem expediente: Quinta-feira Santa, não contado." in due.steps


def test_the_monitoring_report_of_the_second_quadrimestre_of_2014_and_the_opinion_on_it() -> None:
    report = days_after(date(2014, 8, 31), 30, GOIAS, counting="dia corrido")
    opinion = days_after(report.date, 30, GOIAS, counting="dia corrido")

    assert report.date == date(2014, 9, 30)
    assert (
        report.reason
        == "O prazo de 30 dias corridos contado de domingo, 31/08/2014, vence na terça, 30/09/2014."
    )
    assert opinion.date == date(2014, 10, 30)


def test_a_term_that_ends_on_a_saturday_rolls_to_the_monday_and_says_so() -> None:
    # 16/07/2015 + 30: 31 days in July, so Saturday 15/08.
    due = days_after(date(2015, 7, 16), 30, CITY, counting="dia corrido")

    assert due.date == date(2015, 8, 17)
    assert due.reason == (
        "O prazo de 30 dias corridos contado de quinta, 16/07/2015, venceria no sábado, 15/08/2015, "
        "sem expediente, e vence na segunda, 17/08/2015, o primeiro dia útil seguinte."
    )


def test_a_term_that_ends_on_carnival_monday_without_a_recorded_choice_says_that_it_was_counted() -> None:
    # 15/01/2015 + 30 is Saturday 14/02; the Monday after is Carnival's.
    due = days_after(date(2015, 1, 15), 30, GOIAS, counting="dia corrido")

    assert due.date == date(2015, 2, 16)
    assert due.reason.endswith(
        "(ponto facultativo sem escolha registrada: contado como dia útil (Segunda-feira de Carnaval))."
    )
    assert [day.name for day in due.unconfirmed] == ["Segunda-feira de Carnaval"]


def test_a_term_of_one_day_is_said_in_the_singular() -> None:
    assert days_after(date(2015, 3, 2), 1, STATE, counting="dia útil").reason == (
        "O prazo de 1 dia útil contado de segunda, 02/03/2015, vence na terça, 03/03/2015."
    )


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (date(2015, 3, 1), date(2015, 3, 15), "da primeira quinzena de março de 2015"),
        (date(2015, 3, 16), date(2015, 3, 31), "da segunda quinzena de março de 2015"),
        (date(2016, 2, 1), date(2016, 2, 29), "de fevereiro de 2016"),
        (date(2015, 12, 30), date(2016, 1, 8), "entre 30/12/2015 e 08/01/2016"),
    ],
)
def test_the_interval_is_named_as_people_name_it(first: date, last: date, span: str) -> None:
    assert last_business_day_between(first, last, STATE).reason.startswith(f"O último dia útil {span} é ")


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(CalendarError, match="um prazo tem ao menos 1 dia"):
        days_after(date(2015, 3, 2), days, STATE, counting="dia corrido")


def test_an_unknown_counting_is_refused_with_the_two_there_are() -> None:
    with pytest.raises(CalendarError, match="Esperava-se “dia corrido” ou “dia útil”"):
        days_after(date(2015, 3, 2), 5, STATE, counting="dias uteis")
    with pytest.raises(CalendarError, match="Contagem desconhecida"):
        days_late(date(2015, 3, 2), date(2015, 3, 1), STATE, counting="")


def test_an_interval_without_business_days_is_refused() -> None:
    with pytest.raises(NoBusinessDay, match="Não há dia útil entre 14/02/2015 e 15/02/2015 no calendário MG"):
        last_business_day_between(date(2015, 2, 14), date(2015, 2, 15), STATE)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CalendarError, match="termina em 01/02/2015, antes de começar"):
        last_business_day_between(date(2015, 2, 2), date(2015, 2, 1), STATE)


@pytest.mark.parametrize("counting", ["dia corrido", "dia útil"])
@pytest.mark.parametrize("days", [10, 40_000, 10**12])
def test_a_term_that_leaves_the_years_recorded_is_refused(days: int, counting) -> None:
    with pytest.raises(DateOutOfRange):
        days_after(date(2100, 12, 28), days, STATE, counting=counting)


def test_a_term_that_would_roll_out_of_the_years_recorded_is_refused() -> None:
    # 31/12/2000 was a Sunday; of the last year, 26/12/2100 is the Sunday and 31/12/2100 a Friday.
    closed = STATE.with_days_off({date(2100, 12, 31): "recesso"})
    with pytest.raises(DateOutOfRange, match="01/01/2101 está fora dos anos"):
        days_after(date(2100, 12, 30), 1, closed, counting="dia corrido")
