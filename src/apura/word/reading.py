"""Read a Word document into its tables, in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass

from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents, ask

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a document says.

    Attributes:
        tables: in order; each is rows of cells, the paragraphs of a cell parted by line ends. Tracked changes are
            read as if they were accepted.
        kept: what :meth:`apura.word.Document.keep` put in it; empty when it has none.
        tracked: how many tracked changes it has.
        comments: how many comments it has, which are not read.
    """

    tables: tuple[Table, ...]
    kept: str
    tracked: int
    comments: int


def read_document(contents: FileContents) -> ReadDocument:
    """Read a docx.

    Raises:
        BadInput: the file is protected, corrupt, too large or hostile.
    """
    answer = json.loads(ask("apura.word.child", contents.data, file=contents.name))
    if "motivo" in answer:
        raise BadInput([Problem(answer["motivo"], contents.name)])
    tables = tuple(tuple(tuple(row) for row in table) for table in answer["tabelas"])
    return ReadDocument(tables, answer["guardado"], answer["rastreadas"], answer["comentarios"])
