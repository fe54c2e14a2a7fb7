"""What happens after too many wrong passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axes.helpers import get_cool_off, get_failure_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apura_web.audit import security

KIND = "entrada bloqueada"
Listener = Callable[[str, str], bool]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have a function told of each lockout: the e-mail that was tried, and why. It says whether it knew whose it is."""
    if listener not in _listeners:
        _listeners.append(listener)


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Give the e-mail that was tried, one way of writing it, so that capitals earn nobody new attempts."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not given and request is not None:
        given = request.POST.get("login", "")
    return str(given or "").strip().lower()


def locked_out(
    request: HttpRequest,
    _original: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer 429 with what to do and when."""
    _note(username_of(request, credentials), get_failure_limit(request, credentials))
    wait = get_cool_off(request)
    context = {"minutes": wait and wait.seconds // 60, "until": wait and timezone.now() + wait}
    return render(request, "accounts/locked_out.html", context, status=429)


def _note(email: str, limit: int) -> None:
    """Note a lockout where the person works, or nowhere in particular.

    There is as much to write in both cases, so that the time of the answer does not tell whether there is such a login.
    """
    reason = f"bloqueio após {limit} tentativas"
    knew = [listener(email, reason) for listener in _listeners]
    if not any(knew):
        security.note(KIND, reason)
