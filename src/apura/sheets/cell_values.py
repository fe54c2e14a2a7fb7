"""The value a cell holds for its column, exact and without the workbook's dress."""

from __future__ import annotations

import unicodedata
from datetime import date
from fractions import Fraction

from apura.formula import brazilian, parse_exact, read_cell_number
from apura.norms.texts import one_line
from apura.sheets.cells import Cell, CellKind
from apura.sheets.layout import ColumnLayout

MAX_TEXT = 1_000
"""Characters of a name, a code or a remark; only notes may be longer."""
_SHOWN = 80
_REFUSED = {
    CellKind.ERROR: "a célula tem o erro {}; corrija a fórmula ou escreva o valor",
    CellKind.FORMULA: "a fórmula não tem valor guardado; abra o arquivo no editor de planilhas, salve e tente de novo",
    CellKind.TRUTH: "“{}” é um valor lógico; escreva o que a coluna pede",
    CellKind.MOMENT: "“{}” tem hora; escreva só a data",
}


class Unusable:
    """Marks a cell already reported as wrong, so that nothing takes it for blank or for a value."""

    def __repr__(self) -> str:
        return "célula com erro"


UNUSABLE = Unusable()


class WrongCell(ValueError):
    """A cell that cannot be read for its column; the message is for the person."""


def cell_value(column: ColumnLayout, cell: Cell) -> str | Fraction | date | None:
    """Give the value a cell holds for its column; None when it is blank.

    Raises:
        WrongCell: the cell is an error, a formula without a stored value, or holds another kind of thing.
    """
    if cell.kind in _REFUSED:
        raise WrongCell(_REFUSED[cell.kind].format(shown(cell.text)))
    match cell.kind:
        case CellKind.LONG_NUMBER:
            raise WrongCell(_too_long(cell.text))
        case CellKind.DATE:
            return _date(column, cell.text)
        case CellKind.PERCENT:
            return _percent(column, cell.text)
        case CellKind.NUMBER:
            return _number(column, cell.text)
        case _:
            text = cell.text.strip()
            return _text(column, text) if text else None


def note_text(cell: Cell) -> str:
    """Return what a cell of notes says, whatever it holds: nobody computes with it."""
    if cell.kind == CellKind.DATE:
        return _brazilian_day(cell.text)
    kept = (mark for mark in cell.text if mark in "\n\t" or unicodedata.category(mark) != "Cc")
    return "".join(kept).strip()


def shown(text: str) -> str:
    """Return a text as a message may quote it: one line, nothing invisible, not too long."""
    line = one_line(ValueError("".join(mark if mark.isprintable() else " " for mark in text)))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _is_number(column: ColumnLayout) -> bool:
    return column.declared is not None and column.declared.unit is not None


def _is_date(column: ColumnLayout) -> bool:
    return column.declared is not None and column.declared.kind == "date"


def _is_percent(column: ColumnLayout) -> bool:
    return column.declared is not None and column.declared.unit == "%"


def _date(column: ColumnLayout, text: str) -> date:
    if not _is_date(column):
        raise WrongCell(
            f"“{_brazilian_day(text)}” é uma data, e a coluna não pede data; confira o formato da célula"
        )
    return date.fromisoformat(text)


def _percent(column: ColumnLayout, text: str) -> Fraction:
    value = parse_exact(text) * 100
    if not _is_percent(column):
        said = f"“{brazilian(value, None)}%” está formatado como percentual, e a coluna não é de %"
        raise WrongCell(f"{said}; mude o formato da célula e escreva o número")
    return value


def _number(column: ColumnLayout, text: str) -> str | Fraction:
    if _is_number(column):
        return parse_exact(text)
    if _is_date(column):
        raise WrongCell(f"“{text.replace('.', ',')}” é um número; escreva a data como dd/mm/aaaa")
    return text.replace(".", ",")


def _text(column: ColumnLayout, text: str) -> str | Fraction:
    if _is_number(column) and any(mark.isdigit() for mark in text) and ":" not in text:
        return _written_number(column, text)
    if len(text) > MAX_TEXT:
        raise WrongCell(
            f"o texto tem {len(text)} caracteres, e aqui cabem {MAX_TEXT}: começa por “{shown(text)}”"
        )
    free = column.declared is not None and column.declared.kind == "text"
    invisible = ("Cc", "Cf") if not free else ("Cc",)
    if not text.isprintable() and any(
        unicodedata.category(mark) in invisible and mark not in "\r\n\t" for mark in text
    ):
        raise WrongCell(f"“{shown(text)}” tem caracteres invisíveis; apague e digite de novo")
    return text


def _written_number(column: ColumnLayout, text: str) -> Fraction:
    bare = text.removesuffix("%").strip() if _is_percent(column) else text
    try:
        return read_cell_number(bare)
    except ValueError as error:
        raise WrongCell(f"“{shown(text)}” não é um número: {one_line(error)}") from error


def _too_long(text: str) -> str:
    return (
        f"{shown(text.replace('.', ','))} tem mais de 15 algarismos, e uma planilha não guarda tantos com exatidão; "
        "arredonde (ARRED) ou escreva o número numa célula de texto"
    )


def _brazilian_day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"
