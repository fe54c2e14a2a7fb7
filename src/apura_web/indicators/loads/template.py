"""The workbook of last years' values, blank, with what goes in each column."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from apura.sheets.writing import Formats, close, new_workbook
from apura_web.indicators.loads.columns import COLUMNS

SHEET, GUIDE = "Apurações", "Como preencher"
OFFERED = (
    "indicador",
    "unidade",
    "período",
    "variável",
    "valor",
    "meta",
    "firmeza",
    "data-base",
    "motivo",
    "fonte",
)
WIDTHS = {"indicador": 14, "unidade": 18, "período": 26, "variável": 30, "motivo": 40, "fonte": 40}


def blank_workbook() -> bytes:
    """Make the workbook people fill with last years' values."""
    columns = {column.name: column for column in COLUMNS}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "modelo.xlsx"
        book = new_workbook(path)
        formats = Formats.of(book)
        sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
        for place, name in enumerate(OFFERED):
            look = formats.text if name in {"indicador", "unidade", "período"} else None
            sheet.set_column(place, place, WIDTHS.get(name, 14), look)
            formats.put(sheet, (0, place), name, formats.header)
            formats.put(guide, (place, 0), name, formats.term)
            formats.put(guide, (place, 1), _about(name, columns[name].about), formats.wrapped)
        guide.set_column(0, 0, 18)
        guide.set_column(1, 1, 96)
        sheet.freeze_panes(1, 0)
        close(book)
        return path.read_bytes()


def _about(name: str, about: str) -> str:
    if name == "variável":
        return (
            f"{about} Em branco: o valor é o resultado do indicador, que entra como “importado, sem memória”."
        )
    return about
