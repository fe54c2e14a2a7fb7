"""What a field says in a cell, and a cell of a field: the same text both ways, so that nothing seems changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from apura.sheets.cells import Cell, CellKind
from apura_web.agreements.pact.schema import Field, FieldKind
from apura_web.foundation.forms import as_typed

REFUSED = {
    CellKind.ERROR: "a célula tem o erro {}: corrija a fórmula ou escreva o que deve constar",
    CellKind.FORMULA: "a fórmula não tem valor guardado: abra o arquivo no editor de planilhas, salve e envie de novo",
    CellKind.TRUTH: "“{}” é um valor lógico: escreva o que deve constar",
    CellKind.MOMENT: "{} é data e hora: escreva só a data, ou o texto",
    CellKind.LONG_NUMBER: "{} tem mais de 15 algarismos, o que não é exato em planilha: formate a célula como texto",
    CellKind.PERCENT: "a célula está formatada como porcentagem: mude o formato para número e confira o valor",
}


class WrongCell(ValueError):
    """A cell cannot be read; the message is for the person."""


def text_out(declared: Field, value: str, called: Mapping[str, str]) -> str:
    """Give what a field holds as its cell says it.

    Args:
        declared: the field.
        value: as the pact keeps it.
        called: what codes and keys are called.
    """
    if not value:
        return ""
    match declared.kind:
        case FieldKind.NUMBER:
            return as_typed(Fraction(value))
        case FieldKind.DAY:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        case FieldKind.UNIT | FieldKind.INDICATOR | FieldKind.PART:
            return called.get(value, value)
        case _:
            return tidy(value)


def text_in(cell: Cell | None, declared: Field) -> str:
    """Give what a cell says, as it would be typed.

    Raises:
        WrongCell: it is of a kind that says nothing of this field.
    """
    if cell is None:
        return ""
    if cell.kind in REFUSED:
        raise WrongCell(REFUSED[cell.kind].format(cell.text[:40]))
    if cell.kind is CellKind.DATE:
        if declared.kind is FieldKind.NUMBER:
            said = f"{cell.text} é uma data, e “{declared.label}” é um número: mude o formato da célula"
            raise WrongCell(said)
        return f"{date.fromisoformat(cell.text[:10]):%d/%m/%Y}"
    if cell.kind is CellKind.NUMBER:
        return cell.text.removesuffix(".0").replace(".", ",")
    text = tidy(cell.text)
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def tidy(text: str) -> str:
    """Give a text as it is compared: lines ended in one way, no blanks around."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()
