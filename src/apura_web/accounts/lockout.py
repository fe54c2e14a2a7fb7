"""What happens after too many wrong passwords."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apura_web.audit import security


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Give the e-mail that was tried, one way of writing it, so that capitals earn nobody new attempts."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not given and request is not None:
        given = request.POST.get("login", "")
    return str(given or "").strip().lower()


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer 429 with what to do and when."""
    security.note("entrada bloqueada", "muitas senhas erradas")
    wait = get_cool_off(request)
    context = {"minutes": wait and wait.seconds // 60, "until": wait and timezone.now() + wait}
    return render(request, "accounts/locked_out.html", context, status=429)
