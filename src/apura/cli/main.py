"""The ``apura`` command: its subcommands, and what every failure says and exits with."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points, version

from apura.calendars import CalendarError
from apura.cli import calculation_commands, deadline_command, formula_command, norm_commands
from apura.cli.parser import BAD_INPUT, Parser
from apura.formula import FormulaError
from apura.norms import BadInput, NormError, Refusal

REFUSED = 1
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
    """Return the parser of the whole command, with the subcommands of every installed package."""
    parser = Parser(prog="apura", description=_ABOUT, epilog=_AFTER)
    parser.add_argument(
        "--versao", action="version", version=f"apura {version('apura')}", help="mostra a versão"
    )
    commands = parser.add_subparsers(title="comandos", metavar="COMANDO", required=True, parser_class=Parser)
    for module in (norm_commands, calculation_commands, deadline_command, formula_command):
        module.register(commands)
    for extension in entry_points(group="apura.commands"):
        extension.load()(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command and say what happened; the exit status is the answer.

    Args:
        arguments: the words after ``apura``; by default, those of this process.

    Returns:
        0 if some rule gave a result, 1 if the norm refused, 2 for bad input.
    """
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BadInput as error:
        _say(
            f"{len(error.problems)} problema(s) encontrado(s); nada foi calculado:", *map(str, error.problems)
        )
        return BAD_INPUT
    except Refusal as error:
        _say(
            f"Sem resultado: {error.reason}",
            error.what_to_do,
            f"Fundamento: {error.cites}" if error.cites else "",
        )
        return REFUSED
    except (NormError, FormulaError, CalendarError) as error:
        _say(str(error))
        return BAD_INPUT
    except OSError as error:
        _say(
            f"Não foi possível gravar ou ler “{error.filename}”: {error.strerror}.",
            "Confira a pasta e as permissões.",
        )
        return BAD_INPUT


def _say(*lines: str) -> None:
    sys.stderr.write("\n".join(line for line in lines if line) + "\n")
