"""Noting, where a person works, that the entrance closed to their e-mail, so that who administers there sees it."""

from __future__ import annotations

from apura_web.accounts.lockout import KIND
from apura_web.audit import security
from apura_web.orgs.models import Person


def note(email: str, reason: str) -> bool:
    """Note a lockout in each institution where the login is somebody's, by the person's code.

    Returns:
        Whether the login is somebody's.
    """
    people = list(Person.objects.filter(login__email__iexact=email))
    for person in people:
        security.note(KIND, reason, institution_id=person.institution_id, actor=person.code)
    return bool(people)
