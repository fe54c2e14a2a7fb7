"""What tests of pages share: signing somebody of the cast in, and doing an act in its two steps."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from cast import House

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def enter(client: Client, house: House, name: str) -> Client:
    """Sign somebody of the cast in."""
    client.logout()
    client.force_login(house.people[name].login, backend="django.contrib.auth.backends.ModelBackend")
    return client


def confirm(client: Client, url: str, typed: dict[str, Any]) -> HttpResponse:
    """Send a form, read the confirmation, and confirm."""
    shown = client.post(url, typed)
    assert shown.status_code == 200, errors_of(shown)
    assert "Confira antes de confirmar" in shown.content.decode()
    return client.post(url, {**typed, "confirmado": "sim"})


def errors_of(answer: HttpResponse) -> str:
    """The errors a page shows, as text."""
    form = answer.context["form"] if answer.context and "form" in answer.context else None
    return str(form.errors.as_text()) if form is not None else answer.content.decode()[:500]


def text_of(answer: HttpResponse) -> str:
    """The words of a page, without markup."""
    page = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
