"""Every page, asked for by everybody: who may open it, and that nothing of another institution ever opens.

The table below is written by hand, one line per address, from what each office is for. An address without a line
fails, and so does a line without an address.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apura_web.accounts.services import invitations
from apura_web.audit.actors import Role
from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import history_of
from apura_web.documents.services import legal_acts
from apura_web.foundation import blobs
from apura_web.orgs.models import Person, TenureKind
from apura_web.orgs.offices import OFFICES
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import AbsenceFacts, PersonFacts
from apura_web.orgs.services.tenures import Appointment
from cast import NOON, PASSWORD, START, Cast, House
from visits import already_in

MORE = {  # the offices the cast lacks, so that the walk has every role
    "Mila": (TenureKind.MANAGER, "ATE"),
    "Pedro": (TenureKind.PROCESS_AGENT, "ATE"),
    "Cora": (TenureKind.COMMISSION_MEMBER, "GAB"),
    "Sara": (TenureKind.CENTRAL_ANALYST, "GAB"),
    "Nina": (TenureKind.NORM_KEEPER, ""),
}
EVERYBODY = frozenset({"Ana", "Bruno", "Carla", "Davi", "Elisa", "Rita", "Ada", "Caio", "Tina", *MORE})
KEEPERS = frozenset({"Rita", "Ada"})
ADMINISTRATOR = frozenset({"Ada"})
OVERSIGHT = frozenset({"Ada", "Caio"})
TRAIL_READERS = frozenset({"Rita", "Ada", "Caio", "Tina"})
IN_OFFICE = EVERYBODY - {"Bruno"}  # a substitute without a posting has no office while the holder is present
OUTSIDE_CONTROL = IN_OFFICE - {"Tina"}  # external control sees the branch of SAU only
OVER_DAVI = frozenset({"Davi", "Mila", "Ana", "Carla", "Rita", "Ada", "Caio", "Tina"})
OVER_ELISA = frozenset({"Elisa", "Rita", "Ada", "Caio"})


def file_of(house: House) -> dict[str, Any]:
    upload = SimpleUploadedFile("portaria.pdf", b"%PDF-1.7 " + house.institution.code.encode())
    blob = blobs.prepare(upload, house.institution)
    attached = legal_acts.attach(house.founding, blob=blob, title="Íntegra", actor=house.system, at=NOON)
    return {"code": house.founding.code, "attachment_code": attached.code}


def absence_of(house: House, name: str) -> dict[str, Any]:
    person = house.people[name]
    facts = AbsenceFacts("ferias", date(2027, 1, 4), date(2027, 1, 10))
    absence = people.register_absence(person, facts=facts, actor=house.system, at=NOON)
    return {"code": person.code, "absence_code": absence.code}


def entry_about(house: House, name: str) -> dict[str, Any]:
    entry = history_of(house.people[name], house.institution.pk).filter(act="orgs.tenure.appoint").get()
    return {"seq": entry.seq}


Record = Callable[[House], dict[str, Any]]
OBJECTS: dict[str, tuple[Record, Record]] = {
    "unit": (
        lambda house: {"code": house.units["SAU"].code},
        lambda house: {"code": house.units["EDU"].code},
    ),
    "person": (
        lambda house: {"code": house.people["Davi"].code},
        lambda house: {"code": house.people["Elisa"].code},
    ),
    "tenure": (
        lambda house: {"code": house.people["Davi"].tenures.get().code},
        lambda house: {"code": house.people["Elisa"].tenures.get().code},
    ),
    "access": (
        lambda house: {"code": house.people["Caio"].tenures.get().code},
        lambda house: {"code": house.people["Rita"].tenures.get().code},
    ),
    "act": (lambda house: {"code": house.founding.code}, lambda house: {"code": house.letter.code}),
    "file": (file_of, file_of),
    "absence": (lambda house: absence_of(house, "Davi"), lambda house: absence_of(house, "Elisa")),
    "entry": (lambda house: entry_about(house, "Davi"), lambda house: entry_about(house, "Elisa")),
}


@dataclass(frozen=True)
class Page:
    """Who may open an address: over records of the first kind of its object, and of the second."""

    who: frozenset[str]
    about: str = ""
    others: frozenset[str] | None = None
    query: str = ""


PAGES: dict[str, Page] = {
    "home": Page(EVERYBODY),
    "search": Page(EVERYBODY, query="?q=saude"),
    "notices": Page(EVERYBODY),
    "account": Page(EVERYBODY),
    "account_change_password": Page(EVERYBODY),
    "token_create": Page(EVERYBODY),
    "legal_acts": Page(EVERYBODY),
    "legal_act": Page(IN_OFFICE, "act"),
    "legal_act_new": Page(KEEPERS),
    "legal_act_correct": Page(KEEPERS, "act"),
    "legal_act_publish": Page(KEEPERS, "act"),
    "legal_act_attach": Page(KEEPERS, "act"),
    "legal_act_file": Page(IN_OFFICE, "file"),
    "units": Page(EVERYBODY),
    "organogram": Page(EVERYBODY),
    "organogram_comparison": Page(EVERYBODY),
    "unit_create_top": Page(KEEPERS),
    "unit": Page(IN_OFFICE, "unit", OUTSIDE_CONTROL),
    "unit_create": Page(KEEPERS, "unit"),
    "unit_rename": Page(KEEPERS, "unit"),
    "unit_move": Page(KEEPERS, "unit"),
    "unit_merge": Page(KEEPERS, "unit"),
    "unit_extinguish": Page(KEEPERS, "unit"),
    "people": Page(EVERYBODY),
    "person": Page(OVER_DAVI, "person", OVER_ELISA),
    "person_register": Page(KEEPERS),
    "person_correct": Page(KEEPERS, "person"),
    "person_invite": Page(KEEPERS, "person"),
    "person_purge": Page(ADMINISTRATOR, "person"),
    "absence_register": Page(KEEPERS, "person"),
    "absence_cancel": Page(KEEPERS, "absence"),
    "tenure_appoint": Page(KEEPERS),
    "tenure_end": Page(KEEPERS, "tenure"),
    "import_unidades": Page(KEEPERS),
    "import_pessoas": Page(KEEPERS),
    "import_template_unidades": Page(KEEPERS),
    "import_template_pessoas": Page(KEEPERS),
    "accesses": Page(OVERSIGHT),
    "access_grant": Page(ADMINISTRATOR),
    "access_withdraw": Page(ADMINISTRATOR, "access"),
    "trail": Page(TRAIL_READERS),
    "trail_entry": Page(TRAIL_READERS, "entry", TRAIL_READERS - {"Tina"}),
    "trail_refusals": Page(OVERSIGHT),
    "failed_jobs": Page(OVERSIGHT),
}
PUBLIC = {
    "account_login": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key_done": {},
    "account_inactive": {},
    "components": {},
    "components_explanation": {},
    "help": {},
    "help_page": {"screen": "units"},
    "integrity": {},
    "api_docs": {},
    "alive": {},
    "ready": {},
}
TOLD_ELSEWHERE = {
    "import_batch": "tests/web/orgs: belongs to who sent the sheet",
    "import_annotated": "tests/web/orgs: belongs to who sent the sheet",
    "invitation": "tests/web/accounts: a secret, not a person, opens it",
    "account_reset_password_from_key": "tests/web/accounts: a secret opens it",
    "components_progress": "shows nothing of anybody",
    "trail_check": "tests/web/audit: belongs to the house that asked",
    "trail_check_progress": "tests/web/audit: belongs to the house that asked",
}
ONLY_POSTED = {
    "account_logout",
    "account_end_sessions",
    "acting_as",
    "demo_entry",
    "retry_job",
    "token_revoke",
    "trail_ask_check",
}
REFUSALS = {403, 404}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            if each.namespace is None:  # the API has a walk of its own
                yield from patterns(each)
        else:
            yield each


def address(name: str, page: Page, house: House, *, second: bool = False) -> str:
    kwargs = OBJECTS[page.about][second](house) if page.about else {}
    return reverse(name, kwargs=kwargs) + page.query


def status_of(client: Client, path: str) -> int:
    answer = client.get(path)
    if answer.streaming:  # a file stays open until it is read to its end
        assert b"".join(answer)
    return answer.status_code


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    named = {pattern.name for pattern in patterns()}
    assert named == {*PAGES, *PUBLIC, *TOLD_ELSEWHERE, *ONLY_POSTED}


def add_the_missing_offices(house: House) -> None:
    for name, (kind, unit) in MORE.items():
        email = f"{name.lower()}@{house.institution.code}.example"
        facts = PersonFacts(f"{name} de Teste", email=email)
        person = people.register(house.institution, facts=facts, actor=house.system, at=NOON)
        opening = people.invite(person, actor=house.system, at=NOON)
        invitations.accept(opening.invitation, password=PASSWORD, at=NOON)
        service = tenures.grant_access if kind == TenureKind.NORM_KEEPER else tenures.appoint
        place = house.units[unit] if unit else house.institution
        appointment = Appointment(kind, house.founding, START)
        service(place, person=person, appointment=appointment, actor=house.system, at=NOON)
        house.people[name] = Person.objects.get(pk=person.pk)


@pytest.fixture
def visitors(cast: Cast) -> dict[str, Client]:
    add_the_missing_offices(cast.house)
    return {name: already_in(cast.house, name) for name in sorted(EVERYBODY)}


def test_the_walk_has_every_role(cast: Cast) -> None:
    add_the_missing_offices(cast.house)
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
