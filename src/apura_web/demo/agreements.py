"""The results agreements of the demonstration: negotiated, signed, measured and scored, act by act, on their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from apura_web.demo import following, negotiating, offices, succeeding
from apura_web.demo.house import START, House
from apura_web.demo.houses import rows_of
from apura_web.demo.indicators import agreed_indicators_of, assign_units, indicators_of, load_cards
from apura_web.demo.pacts import numbers_named
from apura_web.demo.story import Step, Story, steps_of
from apura_web.indicators.models import Indicator

SINCE = date(2014, 1, 1)
"""The decree reaches the year 2014 only: its indicators are measured from then on."""
PREPARED = time(10)
DOING: dict[str, Callable[[Story, Step], None]] = {
    "iniciar": negotiating.begin,
    "escrever": negotiating.write,
    "propor": negotiating.propose,
    "comentar": negotiating.comment,
    "aceitar": negotiating.accept,
    "assinar": negotiating.sign,
    "registrar assinatura": negotiating.record_signature,
    "carregar": following.load_values,
    "corrigir": following.correct_values,
    "registrar ata": following.register_minutes,
    "registrar item": following.read_item,
    "adotar": following.adopt,
    "apurar": following.score,
    "apurar de novo": following.score_again,
    "fechar": following.close_period,
    "encerrar apuração": following.end_measuring,
    "encerrar acordo": following.close_agreement,
    "extinguir": succeeding.extinguish,
    "suceder": succeeding.succeed,
    "afastar": offices.go_away,
    "dispensar": offices.leave,
    "designar": offices.take,
}
"""What the table of steps calls each thing that is done."""


def load_agreements(house: House) -> dict[str, Indicator]:
    """Load the agreements of an institution, if it has any.

    Returns:
        The indicators their items name, by number.
    """
    steps = steps_of(house)
    if not steps:
        return {}
    story = _prepared(house.when(house.instant(START, PREPARED)))
    for step in steps:
        DOING[step.what](story, step)
    return story.indicators


def _prepared(house: House) -> Story:
    """Load the cards of the indicators that agreements name, and say who measures those that were measured."""
    code = house.facts.code
    named, measured = numbers_named(code), {row["numero"] for row in rows_of(f"{code}-acordos-apuracoes")}
    rows = [each for each in (*indicators_of(code), *agreed_indicators_of(code)) if each.number in named]
    found = load_cards(house, rows, SINCE)
    assignments = [
        each
        for row in rows
        if row.number in measured
        for each in assign_units(house, row, found[row.number], SINCE)
    ]
    return Story(house, found, assignments)
