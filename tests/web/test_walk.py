"""Every page, asked for by everybody: who may open it, and that nothing of another institution ever opens.

Who may is in ``tests/addresses.py``. An address without a line fails, and so does a line without an address.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from addresses import EVERYBODY, ONLY_POSTED, PAGES, PUBLIC, TOLD_ELSEWHERE, add_more, address
from apura_web.audit.actors import Role
from apura_web.audit.models import TrailEntry
from apura_web.orgs.offices import OFFICES
from cast import Cast
from visits import already_in

REFUSALS = {403, 404}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            if each.namespace is None:  # the API has a walk of its own
                yield from patterns(each)
        else:
            yield each


def status_of(client: Client, path: str) -> int:
    answer = client.get(path)
    if answer.streaming:  # a file stays open until it is read to its end
        assert b"".join(answer)
    return answer.status_code


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    named = {pattern.name for pattern in patterns()}
    assert named == {*PAGES, *PUBLIC, *TOLD_ELSEWHERE, *ONLY_POSTED}


@pytest.fixture
def visitors(cast: Cast) -> dict[str, Client]:
    add_more(cast.house)
    return {name: already_in(cast.house, name) for name in sorted(EVERYBODY)}


def test_the_walk_has_every_role(cast: Cast) -> None:
    add_more(cast.house)
    held = {
        OFFICES[tenure.kind].role for person in cast.house.people.values() for tenure in person.tenures.all()
    }
    assert held == set(Role)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens_for_who_the_table_says_and_for_nobody_else(
    cast: Cast, visitors: dict[str, Client], name: str
) -> None:
    page = PAGES[name]
    for second in (False, True) if page.about else (False,):
        allowed = page.others if second and page.others is not None else page.who
        path = address(name, page, cast.house, second=second)
        answers = {who: status_of(client, path) for who, client in visitors.items()}
        assert {who for who, status in answers.items() if status == 200} == set(allowed), (path, answers)
        assert {status for who, status in answers.items() if who not in allowed} <= REFUSALS, (path, answers)


@pytest.mark.parametrize(
    "name", sorted(name for name, page in PAGES.items() if page.about and name != "trail_entry")
)
def test_nothing_of_another_institution_opens_for_anybody(
    cast: Cast, visitors: dict[str, Client], name: str
) -> None:
    path = address(name, PAGES[name], cast.twin)
    assert {status_of(client, path) for client in visitors.values()} == {404}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_did_not_sign_in_is_taken_to_the_entrance_and_brought_back(cast: Cast, name: str) -> None:
    path = address(name, PAGES[name], cast.house)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrar/?next=/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_what_is_public_opens_without_signing_in(name: str) -> None:
    answer = Client().get(reverse(name, kwargs=PUBLIC[name]))
    assert answer.status_code in {200, 503 if name == "ready" else 200}


@pytest.mark.parametrize("name", sorted(ONLY_POSTED))
def test_what_changes_something_is_never_done_by_opening_an_address(cast: Cast, name: str) -> None:
    client = already_in(cast.house, "Ada")
    kwargs: dict[str, Any] = {}
    if name == "token_revoke":
        kwargs = {"code": "nenhuma"}
    elif name == "retry_job":
        kwargs = {"job_id": "00000000-0000-0000-0000-000000000000"}
    before = TrailEntry.objects.count()
    asks_first = {200} if name == "account_logout" else set()
    assert client.get(reverse(name, kwargs=kwargs)).status_code in {405, 404} | asks_first
    assert TrailEntry.objects.count() == before
    assert client.get("/").status_code == 200
