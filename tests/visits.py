"""What tests of pages do before they look: come in through the door, and let the worker empty its queue."""

from unittest.mock import patch

from django.test import Client

from apura_web.foundation.models import Institution
from apura_web.foundation.worker import make_worker
from cast import PASSWORD, House


def signed_in(house: House, name: str) -> Client:
    """Come in as somebody of the cast, with e-mail and password."""
    client = Client()
    answer = client.post("/entrar/", {"login": email_of(house.institution, name), "password": PASSWORD})
    assert answer.status_code == 302
    return client


def already_in(house: House, name: str) -> Client:
    """Be inside as somebody of the cast, without the door, where many must come in."""
    client = Client()
    login = house.people[name].login
    assert login is not None
    client.force_login(login, "django.contrib.auth.backends.ModelBackend")
    return client


def email_of(institution: Institution, name: str) -> str:
    """The e-mail of somebody of the cast."""
    return f"{name.lower()}@{institution.code}.example"


def work_off() -> None:
    """Do every job that waits, on the connection of the test, which the worker would close."""
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        make_worker(batch=True).run()
