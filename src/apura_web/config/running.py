"""What the platform's subcommands do. Django starts here, and says in Portuguese when it cannot."""

from __future__ import annotations

import functools
import socket
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from apura.norms.texts import told_by_the_system
from apura_web.config.environment import WrongEnvironment
from apura_web.foundation.starting import start_django

DONE, WRONG, BAD_INPUT = 0, 1, 2


def with_django(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """Start Django before a subcommand; when the environment is wrong, or the database does not answer, say so."""

    @functools.wraps(run)
    def started(options: Namespace) -> int:
        try:
            start_django()
        except WrongEnvironment as error:
            return _say(str(error), BAD_INPUT)
        from django.db import OperationalError  # noqa: PLC0415 - only after Django started

        try:
            return run(options)
        except OperationalError as error:
            return _say(
                f"O banco de dados não respondeu: {error}. Confira DATABASE_URL e APURA_DADOS.", WRONG
            )

    return started


@with_django
def migrate(options: Namespace) -> int:  # noqa: ARG001
    """Apply the migrations that are missing and gather the files of the pages."""
    from django.core.management import call_command  # noqa: PLC0415

    from apura_web.config.health import missing_migrations  # noqa: PLC0415

    missing = missing_migrations()
    call_command("migrate", interactive=False, verbosity=0)
    gather_static_files()
    if missing:
        _tell(f"Banco atualizado: {len(missing)} migrações aplicadas.")
    else:
        _tell("O banco já estava em dia.")
    return DONE


@with_django
def serve(options: Namespace) -> int:
    """Serve pages and do jobs, as two children of this process."""
    from apura_web.config.health import missing_migrations  # noqa: PLC0415
    from apura_web.config.supervisor import Supervisor, children_for  # noqa: PLC0415

    missing = missing_migrations()
    if missing:
        return _say(f"Faltam {len(missing)} migrações no banco. Rode antes: apura migrar", WRONG)
    problem = _place_problem(options.endereco, options.porta)
    if problem:
        return _say(problem, BAD_INPUT)
    gather_static_files()
    _tell(f"Apura em http://{options.endereco}:{options.porta}/ (Ctrl+C para parar)")
    children = children_for(options.endereco, options.porta, processes=options.processos)
    return Supervisor(children).run()


@with_django
def do_jobs(options: Namespace) -> int:
    """Do jobs until told to stop."""
    from apura_web.foundation.worker import work  # noqa: PLC0415

    work(batch=options.ate_esvaziar)
    return DONE


@with_django
def check_trail(options: Namespace) -> int:
    """Check the trail of one or every institution, and print what does not simply hold."""
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    institutions = Institution.objects.order_by("code")
    if options.instituicao:
        institutions = institutions.filter(code=options.instituicao)
    if not institutions and options.instituicao:
        known = ", ".join(Institution.objects.order_by("code").values_list("code", flat=True))
        return _say(f"Não há esta instituição. Há: {known or 'nenhuma'}.", BAD_INPUT)
    if not institutions:
        _tell("Ainda não há instituições: nada a conferir.")
    results = [_check_one(each) for each in institutions]
    return DONE if all(results) else WRONG


def _place_problem(address: str, port: int) -> str:
    """Say why pages cannot be served at a place; empty when they can."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OverflowError:
            return f"A porta {port} não existe: use um número de 1 a 65535."
        except OSError as error:
            return f"Não é possível servir em {address}:{port}: {told_by_the_system(error)}. Tente outra --porta."
    return ""


def gather_static_files() -> None:
    """Put the files of the pages, with their digests in their names, where they are served from, when any changed."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    manifest = settings.STATIC_ROOT / "staticfiles.json"
    made_at = manifest.stat().st_mtime if manifest.exists() else 0
    found = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    if any(Path(file).stat().st_mtime > made_at for file in found):
        call_command("collectstatic", interactive=False, verbosity=0)


def _check_one(institution: object) -> bool:
    from apura_web.audit.trail import head_of, integrity_code  # noqa: PLC0415
    from apura_web.audit.verification import verify  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    assert isinstance(institution, Institution)  # noqa: S101 - Django is typed only after it starts
    result = verify(institution)
    _tell(f"{institution.name} ({institution.code}), código {integrity_code(head_of(institution.pk))}")
    for finding in result.findings:
        _tell(f"  {finding.verdict}: {finding.what}: {finding.why}")
    verdict = "tudo confere" if result.is_whole else "NÃO CONFERE"
    _tell(f"  {result.entries} entradas e {result.records} registros: {verdict}")
    return result.is_whole


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _say(text: str, status: int) -> int:
    sys.stderr.write(f"{text}\n")
    return status
