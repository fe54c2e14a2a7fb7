"""The platform's own subcommands of ``apura``; Django is imported only when one runs."""

from __future__ import annotations

import argparse

from apura.cli.parser import day

PORT = 8000


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the platform's commands to the parser of ``apura``.

    Args:
        commands: what ``apura.cli`` hands to each installed package.
    """
    serve = _command(
        commands, "servir", "serve", "serve a plataforma: as páginas e os trabalhos em segundo plano"
    )
    serve.add_argument("--porta", metavar="N", type=int, default=PORT, help=f"porta; sem ela, {PORT}")
    serve.add_argument(
        "--endereco", metavar="E", default="127.0.0.1", help="endereço; sem ele, só esta máquina"
    )
    serve.add_argument(
        "--processos", metavar="N", type=int, default=2, help="processos de páginas; sem isto, 2"
    )
    work = _command(commands, "trabalhar", "do_jobs", "faz os trabalhos em segundo plano, sem servir páginas")
    work.add_argument("--ate-esvaziar", action="store_true", help="para quando a fila acabar")
    _command(commands, "migrar", "migrate", "prepara ou atualiza o banco de dados e os arquivos das páginas")
    trail = _command(commands, "trilha", "check_trail", "confere a trilha: cada entrada e cada registro")
    trail.add_argument("--instituicao", metavar="CODIGO", help="só esta instituição")
    search = _command(commands, "indexar", "index", "refaz o índice da busca, a partir dos registros")
    search.set_defaults(run="apura_web.config.indexing:index")
    search.add_argument("--instituicao", metavar="CODIGO", help="só esta instituição")
    _founding(commands)


def _founding(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = _command(commands, "instituir", "found", "registra uma instituição e quem a administra")
    new.set_defaults(run="apura_web.config.founding:found")
    new.add_argument("codigo", metavar="CODIGO", help="nome curto nos endereços, como sefaz")
    for name, about in (
        ("nome", "nome por extenso"),
        ("sigla", "sigla"),
        ("ato", "o ato que designa quem administra, como “Portaria 12/2026”"),
        ("autoridade", "o cargo de quem assina o ato"),
        ("administrador", "nome completo de quem administra"),
        ("email", "e-mail institucional de quem administra"),
    ):
        new.add_argument(f"--{name}", metavar="TEXTO", required=True, help=about)
    new.add_argument("--em", metavar="DATA", type=day, required=True, help="data do ato")
    new.add_argument(
        "--existe-desde", metavar="DATA", type=day, required=True, help="desde quando a instituição existe"
    )
    new.add_argument("--fuso", default="America/Sao_Paulo", help="fuso horário; sem ele, o de Brasília")
    new.add_argument("--calendario", default="BR", help="calendário de feriados; sem ele, o nacional")
    new.add_argument("--tema", default="federal", help="cores das páginas; sem ele, as federais")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: str, about: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    parser.set_defaults(run=f"apura_web.config.running:{run}")
    return parser
