"""What goes wrong in a formula, told in Portuguese: place, what was read, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHOWN_WIDTH = 96
_INDENT = "    "
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a formula's text: line and column from 1, and the text for the caret."""

    line: int
    column: int
    text: str = field(default="", repr=False)

    def picture(self) -> str:
        """Return the source line with a caret under the column, or nothing when the text is not known."""
        lines = self.text.split("\n")
        if not self.text or self.line > len(lines):
            return ""
        shown = printable(lines[self.line - 1])
        first = max(0, min(self.column - 1 - _SHOWN_WIDTH // 2, len(shown) - _SHOWN_WIDTH))
        window = shown[first : first + _SHOWN_WIDTH]
        return f"{_INDENT}{window.rstrip()}\n{_INDENT}{' ' * (self.column - 1 - first)}^"


def printable(text: str) -> str:
    """Return the text with what cannot be shown replaced one for one, so that columns stay true."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class FormulaError(ValueError):
    """Anything the formula language refuses; `str()` is the whole message for whoever wrote the formula.

    Args:
        problem: one Portuguese sentence, or nothing when `read` and `expected` say it all.
        at: where it is; None when it is not about a place in a text.
        read: what was found there, as it is shown.
        expected: what could stand there instead.
        hint: what to do next.
    """

    def __init__(
        self,
        problem: str = "",
        *,
        at: Place | None = None,
        read: str = "",
        expected: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem = _cut(problem)
        self.at = at
        self.read = _cut(read)
        self.expected = _cut(expected)
        self.hint = _cut(hint)

    @property
    def line(self) -> int | None:
        """The line in the formula's text, from 1."""
        return self.at.line if self.at else None

    @property
    def column(self) -> int | None:
        """The column in the formula's text, from 1."""
        return self.at.column if self.at else None

    @property
    def sentence(self) -> str:
        """The problem in one line, without place, picture and hint."""
        return " ".join(part for part in (self.problem, self._reading()) if part)

    def _reading(self) -> str:
        parts = [f"{verb} {what}" for verb, what in (("li", self.read), ("esperava", self.expected)) if what]
        if not parts:
            return ""
        sentence = "; ".join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}."

    def __str__(self) -> str:
        place = f"Linha {self.at.line}, coluna {self.at.column}: " if self.at and self.at.line else ""
        picture = self.at.picture() if self.at else ""
        return "\n".join(part for part in (place + self.sentence, picture, self.hint) if part)


class FormulaSyntaxError(FormulaError):
    """The text is not a formula."""


class FormulaCheckError(FormulaError):
    """The text is a formula, but not one that can be computed with what is declared."""


class NotCompilable(FormulaError):
    """The formula is right, but cannot be turned into bounded integers for bulk computing."""


class EvaluationError(FormulaError):
    """A formula that was right met values for which it has no result.

    `record` names the record of the relation that was being read, or is empty.
    """

    def __init__(
        self, problem: str = "", *, at: Place | None = None, record: str = "", hint: str = ""
    ) -> None:
        where = f"{problem.rstrip('.')} (no registro “{printable(record)}”)." if record else problem
        super().__init__(where, at=at, hint=hint)
        self.record = record


class DivisionByZero(EvaluationError):
    """A divisor is zero."""


class EmptyAggregate(EvaluationError):
    """A mean, least or greatest value of no records at all."""


class BandsOutOfOrder(EvaluationError):
    """The floors of `faixa` do not go down."""


class NumberTooLong(EvaluationError):
    """A value grew past what the language keeps."""


class PlacesOutOfRange(EvaluationError):
    """The places of `arred` are not a whole number from 0 to 10."""


class NotOneRow(EvaluationError):
    """A column read outside an aggregate belongs to a relation that has not exactly one record."""


class MissingTableRow(EvaluationError):
    """A table has no row for the keys; the environment raises it, the evaluation adds record and place.

    Args:
        table: the table's name.
        keys: the keys looked for, in order.
        at: the place in the formula; the evaluation fills it in.
        record: what names the record being read; the evaluation fills it in.
        reason: why there is no value, as the end of a sentence about the row.
    """

    def __init__(
        self,
        table: str,
        keys: tuple[str, ...],
        *,
        at: Place | None = None,
        record: str = "",
        reason: str = "não há linha para",
    ) -> None:
        shown = ", ".join(f"“{printable(key)}”" for key in keys)
        super().__init__(
            f"Na tabela “{printable(table)}”, {reason} {shown}.",
            at=at,
            record=record,
            hint="Confira os códigos informados com as linhas da tabela.",
        )
        self.args = (table, keys)
        self.table = table
        self.keys = keys
        self.reason = reason
