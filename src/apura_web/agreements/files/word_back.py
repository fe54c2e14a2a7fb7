"""Reading back the Word document of a pact: what each part says, with every error by table and line."""

from __future__ import annotations

import json
from typing import Any

from apura.formula import fold
from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents
from apura.word import ReadDocument, read_document
from apura.word.reading import Table
from apura_web.agreements.files import word_layout as layout
from apura_web.agreements.files.cell_text import tidy
from apura_web.agreements.files.coming import Back, Known, Row
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.schema import Field, Section

AGAIN = "baixe o documento deste acordo de novo e copie para ele o que mudou"


def read_word(contents: FileContents, agreement: Agreement) -> Back:
    """Read the document of an agreement.

    Args:
        contents: the file; it is opened by a confined process.
        agreement: that it should be of.

    Raises:
        BadInput: the file cannot be read, or is not of this agreement.
    """
    document = read_document(contents)
    back = Back(known=_known(document, agreement, contents.name), notes=_notes(document))
    for number, table in enumerate(document.tables, start=1):
        _read_table(table, number, back)
    if not back.rows and not back.problems:
        raise BadInput([Problem(f"o arquivo não tem as tabelas do pacto: {AGAIN}", contents.name)])
    return back


def _known(document: ReadDocument, agreement: Agreement, name: str) -> dict[str, Known]:
    kept = _loaded(document.kept)
    if not kept:
        raise BadInput([Problem(f"não é o documento baixado de um acordo: {AGAIN}", name)])
    if kept.get("acordo") != agreement.code:
        number = str(kept.get("numero"))[:40]
        said = f"o documento é do acordo nº {number}, e esta página é do nº {agreement.number}"
        raise BadInput([Problem(said, name)])
    try:
        return {
            str(key): Known(int(edition), {str(each): str(text) for each, text in texts.items()})
            for key, (edition, texts) in kept["partes"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput([Problem(f"o que o documento guarda de si está estragado: {AGAIN}", name)]) from error


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _notes(document: ReadDocument) -> tuple[str, ...]:
    notes = []
    if document.tracked:
        notes.append("O documento tem alterações controladas: foram lidas como se estivessem aceitas.")
    if document.comments:
        notes.append(
            "Os comentários do documento não foram lidos: registre-os na página da negociação, se for o caso."
        )
    return tuple(notes)


def _read_table(table: Table, number: int, back: Back) -> None:
    section = layout.SECTION_CALLED.get(fold(_cell(table, 0, layout.LABEL)))
    if section is None:
        return
    key = _cell(table, 0, layout.TEXT)
    row = Row(section, "" if fold(key) in {"", layout.NEW} else key)
    called = f"Tabela {number} ({section.label.lower()}{f' {key}' if section.is_many else ''})"
    for line in range(1, len(table)):
        _read_line(table, line, (row, called), back)
    wrong = _wrong_key(row, section, back)
    if wrong:
        back.problems.append(Problem(wrong, called, "linha 1"))
    elif row.key or any(row.texts.values()):
        back.rows.append(row)


def _read_line(table: Table, line: int, what: tuple[Row, str], back: Back) -> None:
    row, called = what
    label, text = _cell(table, line, layout.LABEL), _cell(table, line, layout.TEXT)
    declared = _declared(row.section, label)
    place = (called, f"linha {line + 1}")
    if declared is None:
        if text:
            said = f"“{label[:60]}” não é um campo desta parte: {AGAIN}"
            back.problems.append(Problem(said, *place))
    elif declared.name in row.texts:
        back.problems.append(Problem(f"“{declared.label}” aparece duas vezes: apague uma", *place))
    else:
        row.texts[declared.name], row.places[declared.name] = text, place


def _wrong_key(row: Row, section: Section, back: Back) -> str:
    if not section.is_many:
        row.key = section.name
    if any(each.key == row.key for each in back.rows if row.key):
        return f"há outra tabela de “{row.key}”: para incluir, escreva “{layout.NEW}” no lugar de “{row.key}”"
    is_ours = row.key in back.known and row.key.rsplit("-", 1)[0] == section.name
    if section.is_many and row.key and not is_ours:
        return f"“{row.key[:40]}” não é parte deste acordo: {AGAIN}"
    return ""


def _declared(section: Section, label: str) -> Field | None:
    return next((each for each in section.fields if fold(each.label) == fold(label)), None)


def _cell(table: Table, line: int, place: int) -> str:
    cells = table[line] if line < len(table) else ()
    return tidy(cells[place]) if place < len(cells) else ""
