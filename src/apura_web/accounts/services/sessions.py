"""Where somebody is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from apura_web.accounts.models import Login


def open_sessions(login: Login) -> list[UserSession]:
    """Give somebody's open sessions, the latest first; those that ended are forgotten."""
    return sorted(UserSession.objects.purge_and_list(login), key=lambda each: each.created_at, reverse=True)


def note_session(request: HttpRequest) -> None:
    """Remember where the session of a request was opened from."""
    UserSession.objects.create_from_request(request)


def end_others(login: Login, current_key: str | None) -> int:
    """End every session of somebody but one.

    Args:
        login: whose.
        current_key: of the session that stays.

    Returns:
        How many were ended.
    """
    others = [each for each in open_sessions(login) if each.session_key != current_key]
    for each in others:
        each.end()
    return len(others)
