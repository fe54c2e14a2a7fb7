"""Targets, two years of fictitious values and two collections under way, for the demonstration's indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from apura_web.demo.house import House
from apura_web.demo.indicators import (
    YEARS_BACK,
    IndicatorRow,
    assign_units,
    indicators_of,
    load_cards,
    value_of,
)
from apura_web.foundation.forms import as_typed
from apura_web.indicators.grid import Box, doubts_of, grid_of
from apura_web.indicators.models import Indicator, Round, Submission
from apura_web.indicators.periods import Period, periods_within, year_of
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.selectors.rounds import lines_of
from apura_web.indicators.services import cells, loads, rounds, targets
from apura_web.indicators.services.cells import Typing
from apura_web.indicators.services.posting import Entry, Sender
from apura_web.indicators.services.rounds import Opening, Window
from apura_web.indicators.services.targets import Origin, Value

ROUNDS = {"goias": "quadrimestral", "almg": "semestral", "mato-grosso": "quadrimestral"}
ORIGINS = {
    "goias": ("acordo", "Acordo de Resultados da Saúde (fictício)"),
    "almg": ("plano", "Plano de metas setoriais (fictício)"),
    "mato-grosso": ("plano", "PPA vigente (fictício)"),
}
NORMS = {
    "goias": "30 dias do fim do quadrimestre, Decreto nº 8.170/2014, art. 13 (datas fictícias)",
    "almg": "Prazo interno fictício, anterior ao relatório do art. 13 da Deliberação nº 2.554/2012",
    "mato-grosso": "calendário de monitoramento do PPA (datas fictícias)",
}
UNKNOWN = "O sistema da unidade esteve fora do ar (motivo fictício)."
RETURNED = "Confira o 1º mês: o número enviado repete o do período anterior. (Comentário fictício.)"


@dataclass(frozen=True)
class Calendar:
    """The stretches of the demonstration, counted back from the day of loading.

    Attributes:
        past: two years and more, loaded at once.
        closing: the period whose collection is late.
        current: the period whose collection is open.
    """

    past: Period
    closing: Period
    current: Period


def load_indicators(house: House, known: Mapping[str, Indicator]) -> None:
    """Load the cards, targets, values and collections of an institution, if it has any.

    Args:
        house: which.
        known: the indicators that are there already, by number; they only get units that measure them today.
    """
    rows = indicators_of(house.facts.code)
    if not rows:
        return
    since = date(house.today.year - YEARS_BACK, 1, 1)
    found = {**known, **load_cards(house, [each for each in rows if each.number not in known], since)}
    for row in rows:
        assign_units(house, row, found[row.number], since)
    calendar = _calendar(house)
    for row in rows:
        _promise(house, row, found[row.number], calendar)
    entries = [each for row in rows for each in _past(house, row, found[row.number], calendar)]
    for start in range(0, len(entries), loads.MOST_AT_ONCE):
        sender = Sender("carga", house.today, reason="Séries fictícias de anos anteriores.")
        part = entries[start : start + loads.MOST_AT_ONCE]
        loads.load(house.institution, entries=part, sender=sender, actor=house.actor, at=house.at)
    by_number = {row.number: row for row in rows}
    _late_round(house, by_number, calendar.closing)
    _open_round(house, by_number, calendar.current)


def _calendar(house: House) -> Calendar:
    frequency, today = ROUNDS[house.facts.code], house.today
    whole = Period(date(today.year - YEARS_BACK, 1, 1), today)
    ended = periods_within(frequency, whole)
    past = Period(whole.start, ended[-2].start - timedelta(days=1))
    return Calendar(past, ended[-2], ended[-1])


def _promise(house: House, row: IndicatorRow, indicator: Indicator, calendar: Calendar) -> None:
    if not row.target:
        return
    years = range(calendar.past.start.year + 1, house.today.year + 1)
    values = [
        Value(house.units[acronym], period, row.target[0] / _share(row, period), *row.target[1:])
        for acronym in row.measured_by
        for year in years
        for period in periods_within(row.facts["frequency"], year_of(year))
    ]
    provenance, name = ORIGINS[house.facts.code]
    origin = Origin(provenance, name)
    common = {"actor": house.actor, "at": house.at}
    targets.set_targets(indicator, values=values, origin=origin, **common)
    start = Value(
        house.units[row.measured_by[0]],
        year_of(calendar.past.start.year - 1),
        Fraction(int(row.target[0] * Fraction(9, 10))),
    )
    targets.set_baseline(indicator, value=start, origin=Origin("serie", "Série fictícia"), **common)


def _share(row: IndicatorRow, period: Period) -> int:
    """Say how many periods share the target of the year: all of them when they add up, else each has it whole."""
    return 12 // period.months if row.facts["accumulation"] == "soma" else 1


def _past(house: House, row: IndicatorRow, indicator: Indicator, calendar: Calendar) -> list[Entry]:
    version = indicator.versions.get()
    found = []
    for acronym in row.measured_by:
        for period in periods_within(row.facts["frequency"], calendar.past):
            is_provisional = period.end.year == calendar.past.end.year and row.facts["frequency"] == "anual"
            for name, value in values_for(row, acronym, period).items():
                cell = Cell(indicator.pk, house.units[acronym].pk, period, "", name)
                if _is_missing(row, acronym, period):
                    found.append(Entry(cell, version.pk, None, "nao_informado", reason=UNKNOWN))
                elif is_provisional:
                    found.append(Entry(cell, version.pk, value, certainty="provisorio", based_on=period.end))
                else:
                    found.append(Entry(cell, version.pk, value, source="Planilha fictícia"))
    return found


def _is_missing(row: IndicatorRow, acronym: str, period: Period) -> bool:
    return value_of("falta", row.number, acronym, period.key) < Fraction(1, 40)


def values_for(row: IndicatorRow, acronym: str, period: Period) -> dict[str, Fraction]:
    """Make the values of an indicator at a unit in a period, near its target and always the same."""
    luck = [value_of(row.number, acronym, period.key, each) for each in "ab"]
    size = row.scale * (Fraction(17, 20) + luck[0] * Fraction(3, 10))
    variables = row.facts["variables"]
    whole = variables[-1]
    if len(variables) == 1:
        return {whole["name"]: _cut(size, whole["places"])}
    goal = sum(row.target, Fraction(0)) / len(row.target)
    is_lower = row.facts["polarity"] == "menor"
    reached = goal * (Fraction(8, 10) + luck[1] * (Fraction(5, 10) if is_lower else Fraction(3, 10)))
    if row.facts["measure"] == "%":
        reached = min(reached, Fraction(99)) / 100
    elif "1000" in row.facts["formula"]:
        reached = reached / 1000
    amount = _cut(size, whole["places"])
    return {variables[0]["name"]: _cut(amount * reached, variables[0]["places"]), whole["name"]: amount}


def _cut(value: Fraction, places: int) -> Fraction:
    return Fraction(int(value * 10**places), 10**places)


def _late_round(house: House, rows: dict[str, IndicatorRow], period: Period) -> None:
    """Open a collection that is due already: some units answered late, one was returned, some owe."""
    days = (
        house.today - timedelta(days=40),
        house.today - timedelta(days=8),
        house.today + timedelta(days=20),
    )
    found = _round(house, period, days)
    answers = _answers(found)
    for number, answer in enumerate(answers):
        if number % 4 == 3:  # noqa: PLR2004 - one unit in four owes its answer
            continue
        _fill(house, answer, rows, leave_last=False)
        rounds.send(answer, actor=house.actor, at=house.at)
        if number % 4 == 1:
            rounds.give_back(answer, comment=RETURNED, actor=house.actor, at=house.at)
        elif number % 4 == 0:
            rounds.accept(answer, actor=house.actor, at=house.at)


def _open_round(house: House, rows: dict[str, IndicatorRow], period: Period) -> None:
    """Open a collection still to come due: some units have begun to type."""
    days = (
        house.today - timedelta(days=10),
        house.today + timedelta(days=12),
        house.today + timedelta(days=30),
    )
    found = _round(house, period, days)
    for number, answer in enumerate(_answers(found)):
        if number % 3 == 0:
            _fill(house, answer, rows, leave_last=True)


def _round(house: House, period: Period, days: tuple[date, date, date]) -> Round:
    window = Window(*days, NORMS[house.facts.code])
    opening = Opening(f"Coleta do {period.label}", period, window)
    return rounds.open_round(house.institution, opening=opening, actor=house.actor, at=house.at)


def _answers(found: Round) -> list[Submission]:
    rows = found.submissions.select_related("round", "unit", "institution")
    return sorted(rows, key=lambda each: each.unit.acronym)


def _fill(house: House, answer: Submission, rows: dict[str, IndicatorRow], *, leave_last: bool) -> None:
    lines = lines_of(answer)
    boxes = grid_of(answer, lines, []).boxes
    for box in boxes[:-1] if leave_last else boxes:
        _type(house, answer, box, rows[box.indicator.number])
    typed = grid_of(answer, lines, list(answer.cells.select_related("indicator")))
    for box in typed.boxes:
        if doubts_of(box, typed):
            _type(
                house,
                answer,
                box,
                rows[box.indicator.number],
                reason="Conferido com a fonte. (Justificativa fictícia.)",
            )


def _type(house: House, answer: Submission, box: Box, row: IndicatorRow, *, reason: str = "") -> None:
    value = values_for(row, answer.unit.acronym, box.period)[box.variable.name]
    typing = Typing(as_typed(value), box.edition, reason)
    cells.save(answer, box, typing, actor=house.actor, at=house.at)
