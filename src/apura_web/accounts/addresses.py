"""Where a request comes from, when servers of ours stand between people and this one."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - what is written of a request that tells no address; nothing listens on it


def address_of(request: HttpRequest) -> str:
    """Give the address of whoever asks.

    Only what our own servers wrote in ``X-Forwarded-For`` counts: whatever came before could be anybody's invention.
    """
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    given = passed[-trusted] if 0 < trusted <= len(passed) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(given))
    except ValueError:
        return NOWHERE
