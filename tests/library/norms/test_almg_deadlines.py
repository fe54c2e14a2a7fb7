"""The due dates of the ALMG norm, worked by hand on the calendars of Belo Horizonte and of the state."""

from datetime import date

import pytest

from apura.calendars import CalendarError, load_calendar
from apura.norms import BadRequest, apply_norm
from builders import ALMG, END_OF_2015, decided


@pytest.mark.parametrize(
    ("deadline", "year", "calendar", "due"),
    [
        ("relatorio_parcial", 2013, "MG-BH", date(2013, 8, 14)),
        ("relatorio_parcial", 2013, "MG", date(2013, 8, 15)),
        ("relatorio_anual", 2013, "MG-BH", date(2014, 2, 14)),
        ("relatorio_parcial", 2014, "MG-BH", date(2014, 8, 14)),
        ("relatorio_parcial", 2014, "MG", date(2014, 8, 15)),
        ("relatorio_anual", 2014, "MG-BH", date(2015, 2, 13)),
        ("relatorio_anual", 2015, "MG-BH", date(2016, 2, 15)),
        ("relatorio_parcial", 2016, "MG-BH", date(2016, 8, 12)),
        ("relatorio_parcial", 2016, "MG", date(2016, 8, 15)),
    ],
)
def test_a_report_is_due_on_the_last_business_day_of_the_fortnight(
    deadline: str, year: int, calendar: str, due: date
) -> None:
    applied = apply_norm(ALMG, on=date(year, 12, 31), institution=decided("calendario", calendar))

    assert applied.due_in_year(deadline, year).date == due


def test_an_appeal_runs_five_business_days_over_good_friday_and_tiradentes() -> None:
    applied = apply_norm(ALMG, on=date(2014, 12, 31))
    closed = load_calendar("MG-BH").with_days_off({date(2014, 4, 17): "sem expediente"})

    assert applied.due_after("pedido_de_reconsideracao", date(2014, 4, 14)).date == date(2014, 4, 23)
    assert applied.due_after("recurso_a_mesa", date(2014, 4, 14), calendar=closed).date == date(2014, 4, 24)


def test_a_deadline_asked_the_wrong_way_says_how_to_ask() -> None:
    applied = apply_norm(ALMG, on=END_OF_2015)

    with pytest.raises(BadRequest, match="corre de um fato"):
        applied.due_in_year("recurso_a_mesa", 2015)
    with pytest.raises(BadRequest, match="fixado pelo ano"):
        applied.due_after("relatorio_anual", date(2015, 1, 1))
    with pytest.raises(BadRequest, match="Use um destes nomes: relatorio_parcial"):
        applied.due_in_year("relatorio", 2015)


@pytest.mark.parametrize("year", [-1, 0, 1800, 9999, 10_000])
def test_a_year_no_calendar_has_is_refused(year: int) -> None:
    with pytest.raises((BadRequest, CalendarError)):
        apply_norm(ALMG, on=END_OF_2015).due_in_year("relatorio_anual", year)
