"""Type a command and see what a person would: the exit status, what was printed, what was complained of."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from apura.cli import main

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLES = REPOSITORY / "examples"
EXAMPLE = EXAMPLES / "almg-2015.xlsx"
NORM = "almg-2554-2012"


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    status: int
    printed: str
    complained: str


class Terminal:
    """A terminal in which ``apura`` is typed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def type(self, *words: str | Path) -> Answer:
        """Type ``apura`` with ``words``."""
        self._capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as stop:
            status = int(stop.code or 0)
        seen = self._capsys.readouterr()
        return Answer(status, seen.out, seen.err)
