"""Indicators for the platform's tests: a card approved, the units that measure it, a collection, a grid filled.

``prazo`` is the share of cases closed in time, in %, from two variables; ``casos`` counts cases, a plain sum.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils import timezone

from apura_web.audit.actors import Actor
from apura_web.indicators.formulas import Variable
from apura_web.indicators.grid import Grid, grid_of
from apura_web.indicators.models import Indicator, Round, Submission, variable_row
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.rounds import lines_of
from apura_web.indicators.services import cards, cells, rounds
from apura_web.indicators.services.cells import Typing
from apura_web.indicators.services.rounds import Opening, Window
from cast import NOON, START, House

FIRST, SECOND = Period(date(2025, 1, 1), date(2025, 4, 30)), Period(date(2025, 5, 1), date(2025, 8, 31))
THIRD = Period(date(2025, 9, 1), date(2025, 12, 31))
YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))
IN_TIME = Variable("no_prazo", "Processos concluídos no prazo", low=Fraction(0))
CLOSED = Variable("concluidos", "Processos concluídos", low=Fraction(0))
SHARE: dict[str, Any] = {
    "name": "Processos concluídos no prazo",
    "purpose": "Dizer se os processos terminam quando deviam.",
    "dimension": "Tempestividade",
    "level": "processo",
    "formula": "arred(100 * no_prazo / concluidos; 2)",
    "variables": [variable_row(IN_TIME), variable_row(CLOSED)],
    "measure": "%",
    "places": 2,
    "polarity": "maior",
    "frequency": "quadrimestral",
    "accumulation": "razao_de_somas",
    "source": "Sistema de protocolo (fictício)",
    "procedure": "Contar no último dia do período.",
    "plausible_low": Fraction(0),
    "plausible_high": Fraction(100),
}
CASES: dict[str, Any] = {
    **SHARE,
    "name": "Processos concluídos",
    "formula": "concluidos",
    "variables": [variable_row(CLOSED)],
    "measure": "unidade",
    "measure_name": "processos",
    "places": 0,
    "accumulation": "soma",
    "plausible_high": None,
}


def proposed(house: House, number: str, unit: str = "SAU", **facts: Any) -> Any:
    """A card as its author first writes it."""
    return cards.register(house.units[unit], number=number, actor=house.system, at=NOON, **{**SHARE, **facts})


def approved(
    house: House, number: str, unit: str = "SAU", *, from_on: date = START, **facts: Any
) -> Indicator:
    """An indicator whose card went all the way."""
    proposal = proposed(house, number, unit, **facts)
    system = house.system
    cards.send(proposal, actor=system, at=NOON)
    cards.examine(proposal, opinion="De acordo.", actor=system, at=NOON)
    approval = cards.Approval(house.founding, from_on)
    cards.approve(proposal, approval=approval, actor=system, at=NOON)
    return Indicator.objects.select_related("unit").get(pk=proposal.indicator_id)


def measured_by(house: House, indicator: Indicator, *units: str, from_on: date = START) -> None:
    """Say which units measure an indicator."""
    for unit in units:
        rounds.assign(indicator, unit=house.units[unit], from_on=from_on, actor=house.system, at=NOON)


def window(opens: int = -10, due: int = 10, closes: int = 20) -> Window:
    """A window of so many days from today; pages are asked for today, whatever day that is."""
    today = timezone.now().date()
    days = [today + timedelta(days=each) for each in (opens, due, closes)]
    return Window(*days, "30 dias do fim do período (regra fictícia).")


def collection(house: House, period: Period = YEAR_2025, **days: int) -> Round:
    """A collection for the whole institution."""
    return rounds.open_round(
        house.institution,
        opening=Opening(f"Coleta de {period.label}", period, window(**days)),
        actor=house.system,
        at=NOON,
    )


def answer_of(house: House, found: Round, unit: str) -> Submission:
    """The answer of a unit to a collection."""
    return Submission.objects.select_related("round", "unit", "institution").get(
        round=found, unit=house.units[unit]
    )


def grid(submission: Submission) -> Grid:
    """The grid of a unit as it is now."""
    return grid_of(submission, lines_of(submission), list(submission.cells.all()))


def type_in(submission: Submission, typed: dict[str, str], *, actor: Actor, reason: str = "") -> None:
    """Type into the boxes of a grid whose name begins so: ``{"IND-1, 1º quadrimestre de 2025, Proc…": "7"}``."""
    for name, text in typed.items():
        boxes = [box for box in grid(submission).boxes if box.name.startswith(name)]
        assert boxes, name
        for box in boxes:
            typing = Typing(text, box.edition, reason)
            cells.save(submission, box, typing, actor=actor, at=timezone.now())
