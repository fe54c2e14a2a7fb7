"""Give the user's own workbook back with every problem marked in its cell."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from apura.norms import BadInput, Problem
from apura.sheets.confined import ask, read_contents


def annotate(source: Path, problems: Sequence[Problem], target: Path) -> None:
    """Write at ``target`` a copy of the workbook ``source`` (xlsx) with ``problems`` painted, commented and listed.

    Marks of an earlier annotation are taken away first. The source is opened in a confined process, as when it is
    read; ``target`` appears whole or not at all.

    Args:
        source: the file the problems were found in.
        problems: what to mark; those without a cell are only listed.
        target: another file, replaced if it exists.

    Raises:
        BadInput: the source is not an xlsx workbook that can be opened, or the target is the source itself.
        OSError: the target cannot be written.
    """
    if source.suffix.lower() != ".xlsx":
        said = "só um arquivo xlsx pode ser devolvido anotado; salve-o como xlsx"
        raise BadInput([Problem(said, source.name)])
    if target.exists() and target.samefile(source):
        raise BadInput([Problem("a cópia anotada precisa de outro nome, para não apagar a sua", target.name)])
    contents = read_contents(source)
    given = {
        "planilha": base64.b64encode(contents.data).decode("ascii"),
        "problemas": [
            {"planilha": p.sheet, "celula": p.cell, "mensagem": p.message, "fundamento": p.cites}
            for p in problems
        ],
    }
    answer = ask("apura.sheets.annotating", json.dumps(given).encode(), file=contents.name)
    if answer.startswith(b"{"):
        raise BadInput([Problem(json.loads(answer)["motivo"], contents.name)])
    _write(answer, target)


def _write(data: bytes, target: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".apura-", delete=False) as aside:
        whole = Path(aside.name)
        try:
            aside.write(data)
            aside.close()
            whole.chmod(_ORDINARY)
            whole.replace(target)
        except BaseException:
            whole.unlink(missing_ok=True)
            raise


_ORDINARY = 0o644
