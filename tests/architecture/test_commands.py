"""Every command of `apura` is documented."""

import argparse
from collections.abc import Iterator

from repository import markdown_files, text_of


def subcommands(parser: argparse.ArgumentParser) -> Iterator[str]:
    # argparse has no public way to list them.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices


def test_every_command_appears_in_the_documents() -> None:
    from apura.cli import build_parser  # noqa: PLC0415 (the other tests stand when the command does not import)

    documents = "\n".join(text_of(file) for file in markdown_files())
    commands = list(subcommands(build_parser()))
    assert commands
    assert [command for command in commands if f"apura {command}" not in documents] == []
