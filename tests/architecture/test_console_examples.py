"""What a document shows of the command is what the command prints: every ``$ apura …`` in it is typed again."""

import re
import shlex
from pathlib import Path

import pytest
from repository import ROOT, markdown_files, text_of

from apura.cli import main

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"


def with_console() -> list[Path]:
    return [file for file in markdown_files() if BLOCK.search(text_of(file))]


def typed(block: str) -> list[tuple[str, list[str]]]:
    """Each command of a block with the lines shown after it."""
    commands: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ apura "):
            commands.append((line.removeprefix("$ apura "), []))
        else:
            commands[-1][1].append(line.rstrip())
    return commands


def assert_shown(shown: list[str], printed: list[str]) -> None:
    """Each line shown was printed, in order; only where the document has … may lines be left out between."""
    position, skipping = 0, False
    for line in shown:
        if line == ELLIPSIS:
            skipping = True
            continue
        found = printed.index(line, position) if line in printed[position:] else None
        assert found is not None, f"não foi impresso: {line!r}"
        assert skipping or found == position, f"antes de {line!r} foi impresso {printed[position]!r}"
        position, skipping = found + 1, False


@pytest.mark.parametrize("file", with_console(), ids=str)
def test_the_commands_shown_print_what_is_shown(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    for block in BLOCK.findall(text_of(file)):
        for command, shown in typed(block):
            main(shlex.split(command))
            seen = capsys.readouterr()
            assert_shown(
                shown, [line.rstrip() for line in (seen.out + seen.err).splitlines() if line.strip()]
            )
