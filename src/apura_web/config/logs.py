"""Logs: one line of JSON for each thing that happened, without anybody's data.

Every line carries the reference of the request it belongs to, the same that error pages ask people to quote. CPF,
e-mail and the secrets of links are masked in every text, tracebacks included, whoever wrote it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from apura_web.foundation.fields import new_code
from apura_web.foundation.masking import masked

SECRET_IN_PATH = re.compile(r"(/(?:convite|senha/nova)/)[^/\s\"']+")
TOKEN = re.compile(r"\bapura_[\w-]{20,}")
Event = MutableMapping[str, Any]


def without_data(value: Any) -> Any:
    """Give a value of a log line without CPF, e-mail, secrets of links and keys of access."""
    if isinstance(value, str):
        return masked(TOKEN.sub("[chave]", SECRET_IN_PATH.sub(r"\1[segredo]", value)))
    if isinstance(value, dict):
        return {without_data(name): without_data(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_data(each) for each in value]
    return value if isinstance(value, int | float | None) else without_data(str(value))


def mask(_logger: Any, _name: str, event: Event) -> Event:
    """Mask a whole line: the last thing done to it before it is written."""
    return {str(name): without_data(value) for name, value in event.items()}


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="quando"),
]


def log_settings(level: str) -> dict[str, Any]:
    """Give what Django does with logs.

    Args:
        level: the least that is written: ``INFO`` writes every request, ``WARNING`` only what deserves a look.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "apura_web.config.logs.json_formatter"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # what was not found is in the line of its request
            "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
        },
    }


def json_formatter() -> structlog.stdlib.ProcessorFormatter:
    """Make what writes a line as JSON, ours or a library's."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


log = structlog.get_logger("apura.pedido")


class RequestLog:
    """Gives each request a reference, and writes one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell."""
        reference = new_code()
        request.reference = reference  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(referencia=reference)
        started = time.monotonic_ns()
        try:
            response = self.get_response(request)
            log.info(
                "pedido",
                metodo=request.method,
                caminho=request.path,
                situacao=response.status_code,
                milissegundos=(time.monotonic_ns() - started) // 1_000_000,
                **_who(request),
            )
        finally:
            structlog.contextvars.clear_contextvars()
        response.headers["X-Referencia"] = reference
        return response


def _who(request: HttpRequest) -> dict[str, str]:
    actor = getattr(request, "actor", None)
    institution = getattr(request, "institution", None)
    if actor is None or institution is None:
        return {}
    return {"instituicao": institution.code, "pessoa": actor.id}
