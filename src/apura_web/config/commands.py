"""The platform's own subcommands of ``apura``; Django is imported only when one runs."""

from __future__ import annotations

import argparse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the platform's commands to the parser of ``apura``.

    Args:
        commands: what ``apura.cli`` hands to each installed package.
    """
