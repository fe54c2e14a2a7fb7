"""Whether the platform lives, and whether it is ready to serve: for who watches it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apura_web.foundation.append_only import missing_triggers
from apura_web.foundation.jobs import is_worker_alive


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say that the process answers; it asks nothing of anybody."""
    return JsonResponse({"situacao": "viva"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say whether everything it needs is there; 503 with what is missing when not."""
    found = {name: check() for name, check in CHECKS.items()}
    is_ready = not any(found.values())
    answer = {
        "situacao": "pronta" if is_ready else "não está pronta",
        "verificacoes": {name: missing or "em ordem" for name, missing in found.items()},
    }
    return JsonResponse(answer, status=200 if is_ready else 503, json_dumps_params={"ensure_ascii": False})


def missing_migrations() -> list[str]:
    """Name the migrations that were not applied, in order.

    Raises:
        DatabaseError: the database does not answer.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    missing = missing_migrations()
    return f"faltam {len(missing)}: rode apura migrar" if missing else ""


def _triggers() -> str:
    missing = missing_triggers()
    return f"faltam {len(missing)}: rode apura migrar" if missing else ""


def _worker() -> str:
    return "" if is_worker_alive(timezone.now()) else "nenhum dá sinal: rode apura servir ou apura trabalhar"


def _asked(check: Callable[[], str]) -> Callable[[], str]:
    def safely() -> str:
        try:
            return check()
        except DatabaseError:
            return "o banco de dados não responde"

    return safely


CHECKS: dict[str, Callable[[], str]] = {
    "banco": _asked(_database),
    "migracoes": _asked(_migrations),
    "gatilhos": _asked(_triggers),
    "trabalhador": _asked(_worker),
}
