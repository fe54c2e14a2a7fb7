"""What a cell of somebody's spreadsheet says, as it would be typed in the grid."""

from __future__ import annotations

from datetime import date

from apura.formula import exact, parse_exact
from apura.sheets.cells import Cell, CellKind
from apura_web.indicators.formulas import Variable
from apura_web.indicators.period_words import read_day
from apura_web.indicators.typing_cells import LONGEST

REFUSED = {
    CellKind.ERROR: "a célula tem o erro {}: corrija a fórmula ou escreva o número",
    CellKind.FORMULA: "a fórmula não tem valor guardado: abra o arquivo no editor de planilhas, salve e envie de novo",
    CellKind.TRUTH: "“{}” é um valor lógico: escreva um número, n/a ou n/i",
    CellKind.DATE: "{} é uma data: mude o formato da célula para número e escreva o valor",
    CellKind.MOMENT: "{} é data e hora: mude o formato da célula para número e escreva o valor",
    CellKind.LONG_NUMBER: "{} tem mais de 15 algarismos, o que não é exato em planilha: formate a célula como texto",
}


class WrongCell(ValueError):
    """A cell cannot be read; the message is for the person."""


def typed_in(cell: Cell, variable: Variable) -> str:
    """Give what a cell says of a variable, as it would be typed.

    Raises:
        WrongCell: it is of a kind that is no number, nor text.
    """
    if cell.kind in REFUSED:
        raise WrongCell(REFUSED[cell.kind].format(cell.text.replace(".", ",")[:40]))
    if cell.kind == CellKind.PERCENT:
        hundred = exact(parse_exact(cell.text) * 100).replace(".", ",")
        if variable.unit != "%":
            said = f"{hundred}% está formatado como porcentagem, e “{variable.label}” não é de %"
            raise WrongCell(f"{said}: mude o formato da célula para número e confira o valor")
        return hundred
    if cell.kind == CellKind.NUMBER:
        return cell.text.replace(".", ",")
    text = plain_text(cell)
    if len(text) > LONGEST:
        raise WrongCell(f"o texto tem {len(text)} caracteres: escreva só um número, n/a ou n/i")
    return text


def plain_text(cell: Cell | None) -> str:
    """Give the words of a cell, in one line, without the apostrophe that keeps a text from being a formula."""
    if cell is None:
        return ""
    text = " ".join(cell.text.replace("\x00", "").split())
    if cell.kind == CellKind.NUMBER:
        return text.removesuffix(".0").replace(".", ",")
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def day_in(cell: Cell | None) -> date | None:
    """Give the day of a cell; None when it is blank.

    Raises:
        WrongCell: it is no day.
    """
    if cell is None or not cell.text.strip():
        return None
    found = read_day(cell.text[:10]) if cell.kind in {CellKind.DATE, CellKind.TEXT} else None
    if found is None:
        raise WrongCell(f"“{plain_text(cell)[:40]}” não é uma data: escreva como 30/05/2014")
    return found
