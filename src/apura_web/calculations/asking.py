"""What a room above asks to be calculated: a norm, a day, the facts known by then, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from apura.norms import Decision


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where one value of a row came from.

    Attributes:
        kind: what it is, as ``apuracao``; a room above registers how each kind is addressed.
        label: what people read, as “Taxa de cobertura, jan a ago/2014, SES”.
        parts: opaque codes that lead to it, as the room that registered the kind reads them.
    """

    kind: str
    label: str
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactRow:
    """The facts of one subject under one rule.

    Attributes:
        values: by input name, as canonical text: numbers exact (``380``, ``9.5``, ``1/3``), dates ISO, options and keys
            as text. What is blank has no entry. ``chave`` is the subject's key, and ``nome`` what people call it.
        sources: where values came from, by input name; also of what is blank, when known.
    """

    values: Mapping[str, str]
    sources: Mapping[str, SourceRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A calculation, before it is made.

    Attributes:
        norm: identifier, as ``go-8170-2014``.
        on: the day the norm applies to: the last of the period appraised, not that of the calculation.
        rules: rows by rule; the child rows of a relation by ``rule.relation``.
        decisions: readings adopted and values supplied, each with its act.
        institution: whose decisions they are.
        fictitious: whether the facts are invented, for a demonstration.
        at_seq: the last entry of the trail that was known; 0 when nobody looked.
        only: a rule asked for alone, with those it reads; None for all of them.
    """

    norm: str
    on: date
    rules: Mapping[str, Sequence[FactRow]]
    decisions: tuple[Decision, ...] = ()
    institution: str = ""
    fictitious: bool = False
    at_seq: int = 0
    only: str | None = None
