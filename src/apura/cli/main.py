"""The ``apura`` command: its subcommands, and what every failure says and exits with."""

from __future__ import annotations

import os
import pkgutil
import sys
from argparse import Namespace
from importlib.metadata import entry_points, version

from apura.cli import arguments
from apura.cli.parser import BAD_INPUT, Parser

REFUSED = 1
PROBLEMS_SHOWN = 200
_ABOUT = """Apura: notas legais exatas e explicadas.

Cada número se abre em sua fórmula, seus parâmetros com data e o artigo da norma.
"""
_AFTER = """saída: 0, houve resultado; 1, a norma recusou tudo ou a regra pedida; 2, entrada inválida.

Para começar:
  apura normas
  apura modelo almg-2554-2012 -o planilha.xlsx
  apura calcular almg-2554-2012 planilha.xlsx --em 31/12/2015 -o resultados
"""


def build_parser() -> Parser:
    """Make the parser of the whole command, with the subcommands of every installed package."""
    parser = Parser(prog="apura", description=_ABOUT, epilog=_AFTER)
    parser.add_argument(
        "--versao", action="version", version=f"apura {version('apura')}", help="mostra a versão"
    )
    commands = parser.add_subparsers(
        title="comandos", metavar="COMANDO", prog="apura", required=True, parser_class=Parser
    )
    arguments.register(commands)
    for extension in entry_points(group="apura.commands"):
        extension.load()(commands)
    return parser


def main(words: list[str] | None = None) -> int:
    """Run the command and say what happened; the exit status is the answer.

    Args:
        words: what comes after ``apura``; by default, the words of this process.

    Returns:
        0 if some rule gave a result, 1 if the norm refused, 2 for bad input.
    """
    options = build_parser().parse_args(words)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us (head, less) left: what is not printed yet has no reader
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        what = f"“{error.filename}”" if error.filename else "a saída"
        from apura.norms.texts import told_by_the_system  # noqa: PLC0415 - help must not wait for it

        _say(f"Não foi possível ler ou gravar {what}: {told_by_the_system(error)}.")
        return BAD_INPUT
    return status


def _run(options: Namespace) -> int:
    from apura.calendars import CalendarError  # noqa: PLC0415 - help must not wait for these
    from apura.formula import FormulaError  # noqa: PLC0415
    from apura.norms import BadInput, NormError, Refusal  # noqa: PLC0415

    try:
        return int(pkgutil.resolve_name(options.run)(options))
    except BadInput as error:
        count = len(error.problems)
        found = "1 problema encontrado" if count == 1 else f"{count} problemas encontrados"
        told = [f"  · {problem}" for problem in error.problems[:PROBLEMS_SHOWN]]
        left = (
            f"  … e mais {count - PROBLEMS_SHOWN}; com --anotar ou --json vêm todos"
            if count > PROBLEMS_SHOWN
            else ""
        )
        _say(f"{found}; nada foi calculado:", *told, left)
        return BAD_INPUT
    except Refusal as error:
        basis = f"Fundamento: {error.cites}." if error.cites else ""
        _say(f"Sem resultado: {error.reason}", f"O que fazer: {error.what_to_do}", basis)
        return REFUSED
    except (NormError, FormulaError, CalendarError) as error:
        _say(str(error))
        return BAD_INPUT


def _say(*lines: str) -> None:
    sys.stderr.write("\n".join(line for line in lines if line) + "\n")
