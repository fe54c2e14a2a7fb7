"""Files written together or not at all, and JSON read back."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from apura.norms import BadInput, Problem
from apura.norms.texts import told_by_the_system

Writer = Callable[[Path], object]


def write_together(folder: Path, writers: Mapping[str, Writer]) -> None:
    """Write files aside, then move them in together; nothing is written unless everything is.

    Args:
        folder: where they go; made when it does not exist.
        writers: what writes each file, given its path, by the file's name; a name may have one folder before it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".apura-", dir=folder.parent))
    try:
        with tqdm(
            total=len(writers), delay=1, leave=False, disable=None, desc="Gravando", file=sys.stderr
        ) as bar:
            for name, write in writers.items():
                (aside / name).parent.mkdir(exist_ok=True)
                write(aside / name)
                bar.update()
        folder.mkdir(parents=True, exist_ok=True)
        for name in writers:
            (folder / name).parent.mkdir(exist_ok=True)
            (aside / name).replace(folder / name)
    finally:
        shutil.rmtree(aside)


def print_json(made: Mapping[str, Any]) -> None:
    """Print a document as JSON."""
    from apura.paper import attached_json  # noqa: PLC0415 - what prints no JSON need not wait for the PDF writer

    sys.stdout.write(attached_json(made).decode())


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        BadInput: it cannot be read, or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadInput([Problem("o arquivo não existe; confira o nome e a pasta", str(path))]) from error
    except OSError as error:
        raise BadInput([Problem(f"não foi possível ler: {told_by_the_system(error)}", path.name)]) from error
    except json.JSONDecodeError as error:
        said = f"não é um JSON válido: linha {error.lineno}, coluna {error.colno}"
        raise BadInput([Problem(said, path.name)]) from error
    except (ValueError, RecursionError) as error:
        raise BadInput([Problem("não é um JSON em UTF-8, ou não é um resultado", path.name)]) from error
