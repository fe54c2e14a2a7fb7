"""``apura demo``: loading and clearing the demonstration."""

from __future__ import annotations

import argparse


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``demo`` to the parser of ``apura``."""
    parser = commands.add_parser(
        "demo",
        help="carrega as instituições fictícias de demonstração",
        description="Carrega quatro instituições fictícias, com pessoas que não existem. Recusa um banco de verdade.",
    )
    parser.add_argument("--limpar", action="store_true", help="apaga tudo o que a demonstração gravou")
    parser.set_defaults(run="apura_web.demo.commands:run")


def run(options: argparse.Namespace) -> int:
    """Load the demonstration, or clear it; refuse a database that holds a real institution."""
    from apura_web.foundation.starting import start_django  # noqa: PLC0415 - help must not wait for Django

    start_django(demo=True)
    from apura_web.demo.clearing import clear, real_institutions  # noqa: PLC0415

    real = real_institutions()
    if real:
        print(f"Este banco tem instituições de verdade ({', '.join(real)}); a demonstração não toca nele.")
        return 1
    if options.limpar:
        clear()
        print("A demonstração foi apagada.")
        return 0
    return _load()


def _load() -> int:
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from apura_web.demo.loading import load  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print("Carregando a demonstração (alguns segundos)…", flush=True)
    loaded = load(timezone.now())
    for institution in loaded:
        print(f"  {institution}: pronta")
    if not loaded:
        print("  já estava carregada")
    return 0
