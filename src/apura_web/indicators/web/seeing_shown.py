"""Results as a page shows them: the lines of its table, its chart, its year to date; every number with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.series_charts import SeriesChart, SeriesPoint
from apura_web.indicators.attainment import MISSED, NOT_MEASURED, NOT_OVER, PARTLY, Polarity, badge_of
from apura_web.indicators.findings import (
    GOOD,
    SIDES,
    finding_of,
    firmness_of,
    group_of,
    short_label,
    shown_bare,
    shown_promise,
    title_of,
)
from apura_web.indicators.formulas import RESULT
from apura_web.indicators.models import Certainty, Measurement, ValueState
from apura_web.indicators.periods import Period, year_of
from apura_web.indicators.results import Result
from apura_web.indicators.web.seeing_choice import ALL_UNITS, Choice

MOST_PERIODS, MOST_LACKING = 36, 3
FIRM_BADGES = {
    Certainty.DEFINITIVE: Badge("definitivo", Tone.NEUTRAL, "check"),
    Certainty.PROVISIONAL: Badge("provisório", Tone.ATTENTION, "hourglass-half"),
    Certainty.ESTIMATED: Badge("estimado", Tone.ATTENTION, "adjust"),
}


@dataclass(frozen=True)
class ValueShown:
    """The value of a variable, or the word that stands where there is none."""

    label: str
    text: str
    is_missing: bool


@dataclass(frozen=True)
class LineShown:
    """A period in the table: its variables, its result and where it is explained."""

    result: Result
    label: str
    url: str
    values: Sequence[ValueShown]
    text: str
    target: str
    badge: Badge
    firmness: Badge | None
    based_on: str
    note: str


def value_url(choice: Choice, period: Period, unit_code: str = "") -> str:
    """Give the address where a number is explained."""
    code = choice.sight.indicator.code
    return reverse("indicator_value", args=[code, unit_code or choice.unit_code, period.key]) + choice.query


def periods_shown(choice: Choice) -> tuple[list[Period], int]:
    """Give the periods chosen, the latest when they are too many, and how many were left out."""
    periods = [each for each in choice.sight.periods if choice.year in {None, each.end.year}]
    return periods[-MOST_PERIODS:], max(0, len(periods) - MOST_PERIODS)


def result_of(choice: Choice, period: Period) -> Result:
    """Give the result of what was chosen in a period."""
    book, number = choice.sight.book, choice.sight.indicator.pk
    if choice.unit is not None:
        return book.result(number, (choice.unit.pk,), period)
    units = book.units_of(number, period) or tuple(each.pk for each in choice.sight.units)
    return book.result(number, units, period)


def years_of(choice: Choice) -> list[int]:
    """Give the years that have something, the latest first."""
    return sorted({each.end.year for each in choice.sight.periods}, reverse=True)


def columns_of(series: Sequence[Result]) -> list[tuple[str, str]]:
    """Give the variables of the cards of a series, by name and label, in order; the latest label counts."""
    found: dict[str, str] = {}
    for each in series:
        for variable in each.card.read_variables if each.card else ():
            found[variable.name] = variable.label
    return list(found.items())


def lines_of(choice: Choice, series: Sequence[Result]) -> list[LineShown]:
    """Give the lines of the table, the latest period first."""
    columns = columns_of(series)
    return [
        line_of(each, value_url(choice, each.period), each.period.label, columns) for each in series[::-1]
    ]


def line_of(result: Result, url: str, label: str, columns: Sequence[tuple[str, str]]) -> LineShown:
    """Give a line of a table."""
    left = len(result.lacking) - MOST_LACKING
    more = f" e mais {left}" if left > 0 else ""
    lacking = f"falta {', '.join(result.lacking[:MOST_LACKING])}{more}" if result.lacking else ""
    why_not = result.why_not if result.value is None else ""
    return LineShown(
        result,
        label,
        url,
        [_value(result, *each) for each in columns],
        shown_bare(result.value, result.card) if result.value is not None else _missing_word(result),
        shown_promise(result.promise, result.card),
        badge_of(result.word),
        FIRM_BADGES[Certainty(result.certainty)] if result.certainty else None,
        _base_dates(result),
        "" if result.word == NOT_OVER else lacking or why_not,
    )


def year_lines(choice: Choice, series: Sequence[Result]) -> list[LineShown]:
    """Give what the periods of each year make together, by the rule of the card, the latest year first."""
    years = sorted({each.period.end.year for each in series}, reverse=True)
    own = {each.period for each in series}
    wholes = [year_of(year) for year in years if year_of(year) not in own]
    shown = []
    for whole in wholes:
        result = result_of(choice, whole)
        if not result.parts or all(each.value is None for each in result.parts):
            continue
        so_far = " até agora" if whole.end >= choice.sight.book.shelf.today else ""
        label = f"{whole.label}{so_far}"
        shown.append(line_of(result, value_url(choice, whole), label, columns_of(series)))
    return shown


def chart_of(series: Sequence[Result], name: str = "serie") -> SeriesChart:
    """Draw a series: what was reached against the target, period by period."""
    card = next((each.card for each in reversed(series) if each.card), None)
    polarity = Polarity(card.polarity) if card else Polarity.INFORMATIVE
    return SeriesChart(
        name,
        title_of(series),
        finding_of(series),
        [point_of(each) for each in series],
        card.measured_in if card else "",
        _legend(series, polarity),
        GOOD.get(polarity, ""),
    )


def point_of(result: Result) -> SeriesPoint:
    """Put a result in a chart."""
    promise = result.promise
    return SeriesPoint(
        short_label(result.period),
        result.value,
        promise.value if promise else None,
        shown_bare(result.value, result.card) if result.value is not None else "",
        shown_promise(promise, result.card),
        is_short=result.word in {MISSED, PARTLY},
        group=group_of(result.period),
        high=promise.high if promise else None,
        firmness=firmness_of(result),
        missing=NOT_OVER if result.word == NOT_OVER else NOT_MEASURED,
    )


def _legend(series: Sequence[Result], polarity: Polarity) -> str:
    parts = [SIDES[polarity]]
    if any(each.promise for each in series):
        side = " Fundo claro: lado bom da meta." if polarity in GOOD else ""
        parts.append(f"Linha tracejada: meta.{side} Laranja: fora da meta.")
    if any(firmness_of(each) for each in series):
        parts.append("Hachurado: provisório, estimado ou incompleto.")
    if any(each.value is None for each in series):
        parts.append("Contorno tracejado: sem resultado, o que não é zero.")
    return " ".join(parts)


def _value(result: Result, name: str, label: str) -> ValueShown:
    row = result.facts.get(name)
    if row is not None and row.value is None:
        return ValueShown(label, str(ValueState(row.state).label), is_missing=True)
    value = result.values.get(name)
    if result.word == NOT_OVER:
        return ValueShown(label, "—", is_missing=True)
    if value is None:
        only_result = RESULT in result.facts
        return ValueShown(label, "sem memória" if only_result else "em branco", is_missing=True)
    return ValueShown(label, shown_bare(value, None), is_missing=False)


def _missing_word(result: Result) -> str:
    if result.state in {ValueState.NOT_APPLICABLE, ValueState.NOT_REPORTED}:
        return str(ValueState(result.state).label)
    return "—" if result.word == NOT_OVER else "sem resultado"


def _base_dates(result: Result) -> str:
    found: set[date] = {
        row.based_on
        for row in result.facts.values()
        if isinstance(row, Measurement) and row.based_on is not None
    }
    return f"{max(found):%d/%m/%Y}" if found else ""


def unit_name(choice: Choice) -> str:
    """Say of whom the results are."""
    if choice.unit is not None:
        return str(choice.unit)
    units = choice.sight.units
    if len(units) == 1:
        return str(units[0])
    return "unidades ao seu alcance" if choice.sight.hides else f"{ALL_UNITS} as unidades"
