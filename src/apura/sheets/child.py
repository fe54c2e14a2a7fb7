"""The reading process: takes a workbook from its input under limits and answers its cells as JSON.

A hostile file kills only this. It runs as ``python -m apura.sheets.child``; see ``apura.sheets.workbook``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from apura.sheets.gathering import GatheredSheet, Unreadable
from apura.sheets.limits import TooMuch, confine_this_process
from apura.sheets.old_binary import OLD_BINARY, read_old_binary
from apura.sheets.packaged import COMPRESSED, read_packaged


def main() -> None:
    """Answer ``{"planilhas": […]}`` for the workbook on the standard input, or ``{"motivo": …}``."""
    confine_this_process()
    answer = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return {"planilhas": [sheet.transport() for sheet in _sheets(data)]}
    except (Unreadable, TooMuch) as error:
        return {"motivo": str(error)}
    except MemoryError:
        return {
            "motivo": "o arquivo pede mais memória do que o permitido; deixe nele só as planilhas da norma"
        }


def _sheets(data: bytes) -> list[GatheredSheet]:
    if data.startswith(COMPRESSED):
        return read_packaged(data)
    if data.startswith(OLD_BINARY):
        return read_old_binary(data)
    raise Unreadable("não é uma planilha xlsx, xls ou ods; se for texto (csv), o nome deve terminar em .csv")


if __name__ == "__main__":
    main()
