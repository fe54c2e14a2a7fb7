"""Where an agreement is, and what may come next. Plain data: no database, no clock.

Norm: Decreto GO nº 8.170/2014, arts. 8º, 12 and 16 to 18.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The stages of an agreement."""

    ALIGNMENT = "alinhamento"
    NEGOTIATION = "negociacao"
    SIGNING = "assinatura"
    IN_FORCE = "vigente"
    CLOSED = "encerrado"
    SHELVED = "arquivado"


LABELS = {
    State.ALIGNMENT: "em alinhamento estratégico",
    State.NEGOTIATION: "em negociação",
    State.SIGNING: "em assinatura",
    State.IN_FORCE: "vigente",
    State.CLOSED: "encerrado",
    State.SHELVED: "arquivado",
}
STAGES = (State.ALIGNMENT, State.NEGOTIATION, State.SIGNING, State.IN_FORCE, State.CLOSED)
"""The way an agreement goes, as the line of stages shows it; alignment only when it was needed."""


class Side(StrEnum):
    """Who writes with whom."""

    CENTRAL = "acordante"
    AGREED = "acordada"

    @property
    def other(self) -> Side:
        """The other side."""
        return Side.AGREED if self is Side.CENTRAL else Side.CENTRAL


FROM: dict[str, frozenset[State]] = {
    "align": frozenset({State.ALIGNMENT}),
    "write": frozenset({State.ALIGNMENT, State.NEGOTIATION}),
    "propose": frozenset({State.NEGOTIATION}),
    "accept": frozenset({State.NEGOTIATION}),
    "reopen": frozenset({State.SIGNING}),
    "sign": frozenset({State.SIGNING}),
    "shelve": frozenset({State.ALIGNMENT, State.NEGOTIATION, State.SIGNING}),
    "comment": frozenset({State.ALIGNMENT, State.NEGOTIATION, State.SIGNING}),
    "score": frozenset({State.IN_FORCE}),
    "scored": frozenset({State.IN_FORCE, State.CLOSED}),
    "read": frozenset({State.IN_FORCE}),
    "close": frozenset({State.IN_FORCE}),
}
"""From which stages each thing may be done; “scored” is to see what “score” and “read” make."""


def may(what: str, state: str) -> bool:
    """Say whether something may be done in a stage.

    Args:
        what: a key of :data:`FROM`.
        state: the stage.
    """
    return State(state) in FROM[what]
