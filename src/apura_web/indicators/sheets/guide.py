"""The first sheet of the workbook of a grid: what it is, how it is filled, and where it goes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from apura.sheets.writing import Formats, fit_height
from apura_web.indicators.grid import Grid
from apura_web.indicators.sheets.layout import DETAILS, GUIDE

TERM, TEXT = 22, 96
BLANK = """Não é zero, nem apaga o que já está na grade: célula vazia é célula de que esta planilha nada diz. Zero se \
escreve. Para esvaziar uma célula, use a grade na página."""
FIRMNESS = """Uma linha para cada célula, com filtro: motivo ou justificativa, firmeza (definitivo, provisório, \
estimado) e a data-base do que não é definitivo."""
BACK = """Na página da grade, “Planilha”. Antes de gravar você vê, célula a célula, o que muda, o que está errado e o \
que outra pessoa gravou desde que você baixou. Nada vai para o livro de apurações antes de “Enviar apurações”."""
HOW = (
    ("Números", "Como 1.234,56. Não arredonde por conta própria: cada célula diz quantas casas aceita."),
    ("Em branco", BLANK),
    ("n/a", "Não se aplica à unidade neste período."),
    ("n/i", f"Não informado. O motivo vai na planilha “{DETAILS}”."),
    ("·", "Nesse período a variável não se mede; deixe como está."),
    ("Porcentagem", "85 quer dizer 85 %. Uma célula formatada como 85% também é lida como 85."),
    (DETAILS, FIRMNESS),
    (
        "Linhas e colunas",
        "Não acrescente, apague nem renomeie. Pode mudar larguras, cores e a ordem das linhas.",
    ),
    ("De volta", BACK),
)


def write_guide(book: Any, formats: Formats, grid: Grid, at: datetime) -> None:
    """Write the first sheet.

    Args:
        book: the workbook, still without sheets.
        formats: its looks.
        grid: what it is of.
        at: when it is made.
    """
    answer = grid.submission
    window = answer.round
    local = at.astimezone(ZoneInfo(answer.institution.time_zone))
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, TERM)
    sheet.set_column(1, 1, TEXT)
    sheet.hide_gridlines(2)
    formats.put(sheet, (0, 0), f"{answer.unit}: {window.name}", formats.title)
    facts = (
        ("Unidade", f"{answer.unit} – {answer.unit.name}"),
        ("Período apurado", f"{window.period_start:%d/%m/%Y} a {window.period_end:%d/%m/%Y}"),
        ("Vence em", f"{window.due_on:%d/%m/%Y}. {window.due_reason}"),
        ("Baixada em", f"{local:%d/%m/%Y às %H:%M}, com o que já estava na grade"),
    )
    line = 2
    for term, text in facts:
        line = _write_line(sheet, formats, line, (term, text))
    formats.put(sheet, (line + 1, 0), "Como preencher", formats.heading)
    formats.put(sheet, (line + 1, 1), "", formats.heading)
    line += 2
    for term, text in HOW:
        line = _write_line(sheet, formats, line, (term, text))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_line(sheet: Any, formats: Formats, line: int, told: tuple[str, str]) -> int:
    formats.put(sheet, (line, 0), told[0], formats.term)
    formats.put(sheet, (line, 1), told[1], formats.wrapped)
    fit_height(sheet, line, ((told[0], TERM), (told[1], TEXT)))
    return line + 1
