"""The ``apura`` command."""

from apura.cli.main import build_parser, main

__all__ = ["build_parser", "main"]
