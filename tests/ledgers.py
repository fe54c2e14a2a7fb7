"""Values put straight into the ledger, for tests of what is seen of them: a load by the platform, nobody's grid."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction

from apura_web.audit import trail
from apura_web.audit.journal import Journal, writing
from apura_web.indicators.models import Batch, Channel, Figure, Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.cards import version_for, versions_of
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.services import targets
from apura_web.indicators.services.posting import Entry, Sender, post
from apura_web.indicators.services.targets import Origin, Value
from cast import NOON, TODAY, House

Values = dict[str, int | str]
WORDS = {"n/a": "nao_se_aplica", "n/i": "nao_informado"}


def put(house: House, indicator: Indicator, where: tuple[str, Period], values: Values, **how: Any) -> Batch:
    """Put the values of the variables of an indicator at a unit in a period; “n/a” and “n/i” are their states."""
    unit, period = where
    version = version_for(versions_of(indicator), period)
    sender = Sender(
        how.pop("channel", Channel.LOAD),
        how.pop("received_on", TODAY),
        submission=how.pop("submission", None),
        reason="Carga de teste.",
        figure=how.pop("figure", Figure.REPORTED),
    )
    breakdown = how.pop("breakdown", "")
    entries = [
        Entry(
            Cell(indicator.pk, house.units[unit].pk, period, breakdown, name),
            version.pk if version is not None and name else None,
            None if value in WORDS else Fraction(value),
            state=WORDS.get(str(value), "apurado"),
            reason="A fonte não divulgou." if value == "n/i" else "",
            **how,
        )
        for name, value in values.items()
    ]
    with (
        transaction.atomic(),
        writing(Journal()) as journal,
    ):  # an act of the platform, whatever files it reads
        batch = post(entries, sender, actor=house.system, at=NOON, about=(indicator,))
        trail.record(
            "indicators.ledger.load", "carregou apurações", actor=house.system, at=NOON, journal=journal
        )
    assert batch is not None
    return batch


def share(
    house: House, indicator: Indicator, where: tuple[str, Period], numbers: tuple[int, int], **how: Any
) -> Batch:
    """Put how many were closed in time, of how many."""
    return put(house, indicator, where, {"no_prazo": numbers[0], "concluidos": numbers[1]}, **how)


def promise(
    house: House,
    indicator: Indicator,
    where: tuple[str, Period],
    value: int | str,
    *,
    high: int | None = None,
) -> None:
    """Fix a target."""
    unit, period = where
    fixed = Value(house.units[unit], period, Fraction(value), None if high is None else Fraction(high))
    targets.set_targets(
        indicator, values=[fixed], origin=Origin("plano", "Plano de teste"), actor=house.system, at=NOON
    )


BASE_DATE = date(2025, 5, 15)
