"""Command-line parsing that speaks Portuguese, in help and in errors."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

BAD_INPUT = 2

_ERRORS = (
    (r"the following arguments are required: (.+)", r"falta informar: \1"),
    (r"unrecognized arguments: (.+)", r"opção ou argumento desconhecido: \1"),
    (r"argument (.+?): expected one argument", r"\1: falta o valor"),
    (r"argument (.+?): expected (\d+) arguments", r"\1: são \2 valores"),
    (r"argument (.+?): expected at least one argument", r"\1: falta ao menos um valor"),
    (
        r"argument (.+?): invalid choice: '?(.+?)'? \(choose from (.+)\)",
        r"\1: “\2” não existe; use um destes: \3",
    ),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 não pode vir com \2"),
    (r"one of the arguments (.+) is required", r"informe um destes: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"opção ambígua: \1 pode ser \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 não leva valor: \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "uso: ")


class Parser(argparse.ArgumentParser):
    """An argument parser whose words are Portuguese and whose errors exit with 2."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "argumentos"
        self._optionals.title = "opções"
        self.add_argument("-h", "--ajuda", "--help", action="help", help="mostra esta ajuda")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and how to see its help, and stop with 2."""
        sys.stderr.write(
            f"apura: {in_portuguese(message)}.\n{self.format_usage()}Ajuda: {self.prog} --ajuda\n"
        )
        sys.exit(BAD_INPUT)


def in_portuguese(message: str) -> str:
    """Return an argparse message in Portuguese."""
    for pattern, replacement in _ERRORS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(replacement).replace("'", "")
    return message


def day(text: str) -> date:
    """Read a day typed on the command line: ``2015-12-31`` or ``31/12/2015``.

    Raises:
        ArgumentTypeError: it is neither, or the day does not exist.
    """
    brazilian = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if brazilian:
            number, month, year = map(int, brazilian.groups())
            return date(year, month, number)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” não existe no calendário") from error
    raise argparse.ArgumentTypeError(f"“{text}” não é uma data; use 31/12/2015 ou 2015-12-31")


def pair(text: str) -> tuple[str, str]:
    """Read ``nome=valor`` typed on the command line.

    Raises:
        ArgumentTypeError: there is no “=”, or nothing on a side of it.
    """
    name, _, value = (part.strip() for part in text.partition("="))
    if not name or not value:
        raise argparse.ArgumentTypeError(f"“{text}” não tem a forma nome=valor")
    return name, value


def whole(text: str) -> int:
    """Read a whole number typed on the command line.

    Raises:
        ArgumentTypeError: it is not one.
    """
    if not re.fullmatch(r"\d{1,6}", text):
        raise argparse.ArgumentTypeError(f"“{text}” não é um número inteiro de 0 a 999999")
    return int(text)


def whole_large(text: str) -> int:
    """Read a whole number of up to ten digits, dots of thousands allowed, typed on the command line.

    Raises:
        ArgumentTypeError: it is not one.
    """
    if not re.fullmatch(r"\d{1,10}|\d{1,3}(\.\d{3}){1,3}", text):
        raise argparse.ArgumentTypeError(f"“{text}” não é um número inteiro, como 200000 ou 200.000")
    return int(text.replace(".", ""))


def memory(text: str) -> str:
    """Read an amount of memory typed on the command line, such as ``512MB`` or ``2GB``.

    Raises:
        ArgumentTypeError: it is not one.
    """
    if not re.fullmatch(r"[1-9]\d{0,5}[MG]B", text):
        raise argparse.ArgumentTypeError(f"“{text}” não é uma quantidade de memória, como 512MB ou 2GB")
    return text
