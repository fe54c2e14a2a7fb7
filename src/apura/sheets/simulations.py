"""Write a simulation as a workbook: every subject with base, scenario and difference, to sort and filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apura.formula import exact, parse_exact, round_half_away
from apura.sheets.writing import Formats, close, fit_height, new_workbook, print_on_pages

Record = Mapping[str, Any]

RESULTS, SUPPOSED = "Base e cenário", "O que se supôs"
WARNING, FICTITIOUS = "SIMULAÇÃO SEM VALOR OFICIAL", "VALORES FICTÍCIOS: exemplo ou ensaio, sem valor oficial"
_HEADERS = (
    ("Regra", 30), ("Sigla", 18), ("Nome", 54), ("O que ocorre", 15), ("Base", 10), ("Cenário", 10),
    ("Diferença", 11), ("Diferença exata", 17), ("Unidade", 10), ("Primeiro passo que difere", 36),
    ("Na base", 34), ("No cenário", 34), ("Fundamento", 24),
)  # fmt: skip
_ASKED = (
    ("O que", 16),
    ("Nome", 24),
    ("Texto", 60),
    ("Vale (base)", 40),
    ("Simula-se", 40),
    ("Fundamento", 24),
)
_WORDS = {"só em A": "só na base", "só em B": "só no cenário"}
_FIRST_TEXT, _A3 = 8, 8


def write_simulation(made: Record, path: Path) -> None:
    """Write the simulation document ``made`` (``apura/simulacao/1``) as a workbook at ``path``."""
    book = new_workbook(path)
    formats = Formats.of(book)
    rows = [(rule, one) for rule in made["comparacao"]["regras"] for one in rule["sujeitos"]]
    sheet, first = _sheet(book, formats, made, title=RESULTS)
    for row, (rule, subject) in enumerate(rows, start=first):
        _subject(sheet, row, rule, subject, formats=formats)
    if rows:
        sheet.autofilter(first - 1, 0, first + len(rows) - 1, len(_HEADERS) - 1)
    _supposed(book, formats, made)
    close(book)


def _sheet(book: Any, formats: Formats, made: Record, *, title: str) -> tuple[Any, int]:
    headers = _HEADERS if title == RESULTS else _ASKED
    sheet = book.add_worksheet(title)
    warnings = [WARNING, *([FICTITIOUS] if made["ficticio"] else [])]
    for row, warning in enumerate(warnings):
        for column in range(len(headers)):
            sheet.write_blank(row, column, None, formats.banner)
        formats.put(sheet, (row, 0), warning, formats.banner)
        sheet.set_row(row, 22)
    first = len(warnings)
    for column, (header, width) in enumerate(headers):
        formats.put(sheet, (first, column), header, formats.header)
        sheet.set_column(column, column, width)
    fit_height(sheet, first, headers)
    sheet.freeze_panes(first + 1, 2)
    print_on_pages(sheet, header_row=first, paper=_A3)
    return sheet, first + 1


def _subject(sheet: Any, row: int, rule: Record, subject: Record, *, formats: Formats) -> None:
    step = next((one for one in subject["passos"] if one["nome"] == subject["primeiro_passo"]), None)
    situation: str = subject["situacao"]
    what = _WORDS.get(situation, situation)
    who = (rule["rotulo"], subject["chave"], subject["nome"], what)
    _texts(sheet, row, who, formats=formats)
    for column, side in ((4, subject["a"]), (5, subject["b"])):
        if side is not None and rule["unidade"]:
            formats.put(sheet, (row, column), parse_exact(side["valor"]), formats.number(rule["casas"]))
        elif side is not None:
            formats.put(sheet, (row, column), side["valor"], formats.wrapped)
    if subject["diferenca"] is not None:
        value = parse_exact(subject["diferenca"])
        shown = round_half_away(value, rule["casas"])
        formats.put(sheet, (row, 6), shown, formats.number(rule["casas"]))
        if shown != value:
            formats.put(sheet, (row, 7), exact(value).replace(".", ","), formats.fraction)
    told = [rule["unidade"] or ""]
    if step is not None:
        sides = (step[side]["com_valores"] if step[side] else "" for side in "ab")
        told += [step["rotulo"], *sides, step["fundamento"] or ""]
    _texts(sheet, row, told, formats=formats, start=_FIRST_TEXT)
    widths = [width for _, width in _HEADERS]
    fit_height(sheet, row, [*zip(who, widths, strict=False), *zip(told, widths[_FIRST_TEXT:], strict=False)])


def _texts(sheet: Any, row: int, texts: Sequence[str], *, formats: Formats, start: int = 0) -> None:
    for column, text in enumerate(texts, start=start):
        formats.put(sheet, (row, column), text, formats.wrapped)


def _supposed(book: Any, formats: Formats, made: Record) -> None:
    sheet, row = _sheet(book, formats, made, title=SUPPOSED)
    for change in made["mudancas"]:
        told = [[change["tipo"], change["nome"], f"{change['rotulo']}. {change['texto']}"]]
        told[0] += [change["de"], change["para"], change["fundamento"] or ""]
        for one in change["na_norma"]:
            sides = [one["de"] or "não havia", one["para"] or "não há", one["fundamento"] or ""]
            told.append([one["tipo"], one["nome"], one["rotulo"], *sides])
        for texts in told:
            _texts(sheet, row, texts, formats=formats)
            fit_height(sheet, row, zip(texts, (width for _, width in _ASKED), strict=True))
            row += 1
