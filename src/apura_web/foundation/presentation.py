"""What the components show, as small values; a page makes them and a partial draws them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction

from apura.formula import fold


class Tone(StrEnum):
    """What a colour says; a word and an icon always say it too."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word, a colour and an icon."""

    word: str
    tone: Tone = Tone.NEUTRAL
    icon: str = "circle"

    def __str__(self) -> str:
        return self.word


_STATES: dict[Tone, dict[str, str]] = {
    Tone.NEUTRAL: {
        "pencil-alt": "rascunho|em elaboração",
        "archive": "encerrado|revogado|revisado por termo aditivo",
        "minus": "não medida|não se aplica|tornado sem efeito",
        "hourglass-half": "aguardando outros",
    },
    Tone.INFO: {
        "paper-plane": "enviado|emitido",
        "inbox": "recebido",
        "search": "analisado",
        "signature": "assinado",
        "newspaper": "publicado|retificado|republicado por incorreção",
        "sync-alt": "em revisão|renovado",
    },
    Tone.GOOD: {"check-circle": "vigente|em dia|alcançada|concluído|confere"},
    Tone.ATTENTION: {
        "reply": "devolvido para complementação",
        "clock": "a vencer|vence hoje",
        "adjust": "parcialmente",
    },
    Tone.BAD: {
        "exclamation-triangle": "atrasado|atrasada",
        "times-circle": "não alcançada|rescindido|distratado|anulado|não confere",
    },
}
STATES: Mapping[str, Badge] = {
    word: Badge(word, tone, icon)
    for tone, icons in _STATES.items()
    for icon, words in icons.items()
    for word in words.split("|")
}
"""The words for states, the same on every page."""


def state_badge(word: str) -> Badge:
    """Give the badge of a state by its word; one that is not in the list is shown in neutral grey."""
    known = STATES.get(word.lower())
    return Badge(word, known.tone, known.icon) if known else Badge(word)


@dataclass(frozen=True, slots=True)
class Basis:
    """The provision a field, an act or a date rests on: cited, told in our words, and where to read it."""

    citation: str
    summary: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a definition list; ``value`` is empty when nobody reported it, which the page says."""

    label: str
    value: object
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab that is an address of its own."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page; the last has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An item of a history: when it was, a sentence, who, and what else there is to say."""

    at: datetime
    sentence: str
    who: str = ""
    facts: Sequence[Fact] = ()
    seq: int | None = None
    icon: str = "circle"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is. While it is not finished the page asks ``url`` again, which answers this same partial.

    Attributes:
        name: identifies it on the page, in lower-case letters.
        total: None while it is not known.
        url: where to ask again; empty when it does not move by itself.
        leave_note: what happens when the person goes away, in a sentence.
    """

    name: str
    sentence: str
    done: int
    total: int | None
    url: str = ""
    is_finished: bool = False
    leave_note: str = ""

    @property
    def percent(self) -> int | None:
        """The part done, in whole hundredths."""
        return int(Fraction(100 * self.done, self.total)) if self.total else None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An act about to happen, told before it does.

    Attributes:
        question: the heading, as in “Enviar o RGM 2014-2/SES?”.
        what: what will happen, in a sentence.
        whom: to whom.
        consequences: what follows, one sentence each.
        verb: what the button says.
        cancel_url: where “Voltar sem fazer” leads.
        undoing: how it can be undone, or that it cannot.
    """

    question: str
    what: str
    whom: str
    verb: str
    cancel_url: str
    bases: Sequence[Basis] = ()
    consequences: Sequence[str] = ()
    undoing: str = ""
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an explanation: what was done, with which formula, to which value, on what basis."""

    label: str
    formula: str
    value: str
    basis: Basis | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text that one side has and the other may lack."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs between two versions."""

    label: str
    before: str
    after: str
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        kind = "incluído" if not self.before else "excluído" if not self.after else "alterado"
        object.__setattr__(self, "kind", kind)

    @property
    def before_words(self) -> list[Words]:
        """The text before, with what left it marked."""
        return _marked(self.before, self.after)

    @property
    def after_words(self) -> list[Words]:
        """The text after, with what entered it marked."""
        return _marked(self.after, self.before)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """List the fields that differ, in the order of the newer version; labels are the keys."""
    labels = [*after, *(label for label in before if label not in after)]
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Change(label, old, new) for label, old, new in pairs if old != new]


def _marked(text: str, other: str) -> list[Words]:
    own, others = (re.findall(r"\s+|\S+", each) for each in (text, other))
    matcher = SequenceMatcher(a=own, b=others, autojunk=False)
    return [
        Words("".join(own[start:end]), changed=operation != "equal")
        for operation, start, end, _, _ in matcher.get_opcodes()
        if start != end
    ]


def slug(text: str) -> str:
    """Give a text as an identifier of a page: “Notas parciais” → “notas-parciais”."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
