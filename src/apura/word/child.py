"""The reading process: takes a docx from its input under limits and answers its tables as JSON.

A hostile file kills only this. It runs as ``python -m apura.word.child``; see ``apura.word.reading``.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from apura.sheets.limits import TooMuch, confine_this_process, refuse_bomb
from apura.word.kept import KEPT

TABLE, ROW, CELL, PARAGRAPH = qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:p")
SAID = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
TEXT = qn("w:t")
GONE = (qn("w:del"), qn("w:moveFrom"))
TRACKED = (*GONE, qn("w:ins"), qn("w:moveTo"))
WRONG = "não é um documento docx que se possa abrir: salve-o de novo em docx no editor de textos"


def main() -> None:
    """Answer what the document on the standard input says, or ``{"motivo": …}``."""
    confine_this_process()
    answer = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _answer(data: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive)
        return _told(docx.Document(io.BytesIO(data)))
    except TooMuch as error:
        return {"motivo": str(error)}
    except MemoryError:
        return {"motivo": "o arquivo pede mais memória do que o permitido; deixe nele só o texto"}
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError):
        return {"motivo": WRONG}


def _told(document: Any) -> dict[str, Any]:
    body = document.element.body
    tables = [each for each in body.iter(TABLE) if next(each.iterancestors(TABLE), None) is None]
    return {
        "tabelas": [[[_text(cell) for cell in _own(row, CELL)] for row in _rows(table)] for table in tables],
        "guardado": _kept(document),
        "rastreadas": sum(1 for _each in body.iter(*TRACKED)),
        "comentarios": len(list(document.comments)),
    }


def _rows(table: Any) -> Iterator[Any]:
    """Give the rows of a table but those whose deletion is tracked."""
    return (row for row in _own(table, ROW) if row.find(f"{qn('w:trPr')}/{GONE[0]}") is None)


def _own(element: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table, or the cells of a row, also inside content controls; not those of a table in it."""
    return (each for each in element.iter(tag) if next(each.iterancestors(element.tag)) is element)


def _text(cell: Any) -> str:
    return "\n".join(_line(each) for each in cell.iter(PARAGRAPH))


def _line(paragraph: Any) -> str:
    """Give the text of a paragraph as it is with every tracked change accepted."""
    said = []
    for each in paragraph.iter(TEXT, *SAID):
        if next(each.iterancestors(*GONE), None) is None and each.getparent().tag != qn("w:tabs"):
            said.append(each.text or "" if each.tag == TEXT else SAID[each.tag])
    return "".join(said)


def _kept(document: Any) -> str:
    """Give what we kept in the document: the text of the part of our own among those that programs add."""
    for each in document.part.rels.values():
        if each.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not each.is_external:
            root = parse_xml(each.target_part.blob)
            if root.tag == KEPT:
                return root.text or ""
    return ""


if __name__ == "__main__":
    main()
