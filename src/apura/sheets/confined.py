"""Files from outside: read once, and handed to a process with limits, where a hostile one can do no harm."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from apura.norms import BadInput, Problem
from apura.norms.texts import told_by_the_system
from apura.sheets import limits
from apura.sheets.limits import TooMuch, refuse_large_file

_LAST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class FileContents:
    """The bytes of a file, read once: what is hashed is what is read."""

    name: str
    suffix: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


class ChildDied(RuntimeError):
    """A confined process ended badly; the message is the end of what it wrote."""


def read_contents(path: Path) -> FileContents:
    """Return the bytes of the file at ``path``.

    Raises:
        BadInput: it is missing, is not a file, may not be read, is empty or too large.
    """
    name = shown_name(path)
    try:
        if path.exists() and not path.is_file():
            raise BadInput([Problem("não é um arquivo: indique a planilha, e não uma pasta", name)])
        refuse_large_file(path.stat().st_size)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput([Problem("o arquivo não existe; confira o nome e a pasta", name)]) from error
    except PermissionError as error:
        raise BadInput(
            [Problem("você não tem permissão para ler este arquivo; peça acesso ou copie-o", name)]
        ) from error
    except OSError as error:
        said = f"não foi possível ler o arquivo ({told_by_the_system(error)}); copie-o para outra pasta e tente de novo"
        raise BadInput([Problem(said, name)]) from error
    except TooMuch as error:
        raise BadInput([Problem(str(error), name)]) from error
    if not data:
        raise BadInput([Problem("o arquivo está vazio; salve-o de novo no editor de planilhas", name)])
    return FileContents(name, path.suffix.lower(), data)


def shown_name(path: Path) -> str:
    """Return the name of the file as text that can be shown, whatever bytes the system gave."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def ask(module: str, given: bytes, *, file: str) -> bytes:
    """Run one of our modules in a confined process and return what it answered.

    Args:
        module: full name of the module; it reads the standard input, and confines itself before looking at it.
        given: what goes to its standard input.
        file: name of the file, for messages.

    Raises:
        BadInput: the process took too long, or died.
    """
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", module],
                input=given,
                stdout=answer,
                stderr=complaints,
                timeout=limits.CHILD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            said = "a leitura demorou demais e foi interrompida; deixe no arquivo só o que vai ser lido"
            raise BadInput([Problem(said, file)]) from error
        if done.returncode != 0:
            complaints.seek(max(0, complaints.tell() - _LAST_WORDS))
            died = ChildDied(f"{done.returncode}: {complaints.read().decode('utf-8', 'replace')}")
            said = (
                "o arquivo derrubou o leitor: está corrompido ou foi feito para isso; abra-o no programa em que foi "
                "feito e salve de novo"
            )
            raise BadInput([Problem(said, file)]) from died
        answer.seek(0)
        return answer.read()
