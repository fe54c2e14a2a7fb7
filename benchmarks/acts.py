"""Measured tasks of the platform, each in a process of its own on a database file of its own.

``python -m benchmarks.acts NAME FOLDER``; ``prepare`` fills the folder once, and every other task copies from it.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

COUNT, THREADS = 600, 8
UNITS = 20_000
FEW_UNITS = 200
SLOW_SECONDS = "0.2"
AT = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ON = date(2024, 1, 2)


def prepare() -> None:
    """Make a database with an institution of many units and one of few, each with its administrator."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _institution("poucas", FEW_UNITS)
    _institution("muitas", UNITS)


def short_acts() -> None:
    """Do 600 acts from eight threads."""
    _in_threads(_register)


def short_acts_beside_a_slow_one() -> None:
    """Do them while another act holds the database over and over for a fifth of a second."""
    done = threading.Event()
    slow = threading.Thread(target=_hold_again_and_again, args=(done,))
    slow.start()
    _in_threads(_register)
    done.set()
    slow.join()


def bare_inserts() -> None:
    """Insert the same 600 rows from eight threads, each in its transaction, and nothing else."""
    _in_threads(_insert)


def list_of_many() -> None:
    """Ask fifty times for the list of units of the institution that has 20 000."""
    _ask_for_the_list("muitas")


def list_of_few() -> None:
    """Ask fifty times for the list of units of the institution that has 200."""
    _ask_for_the_list("poucas")


def organogram_of_many() -> None:
    """Fold the organogram of 20 000 units ten times."""
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.orgs.selectors.structure import organogram_on  # noqa: PLC0415

    institution = Institution.objects.get(code="muitas")
    print(sum(len(organogram_on(institution.pk, AT.date()).active) for _ in range(10)))


def rows_of_many() -> None:
    """Read the same rows ten times and do nothing with them."""
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.orgs.models import Placement  # noqa: PLC0415

    institution = Institution.objects.get(code="muitas")
    print(sum(len(Placement.objects.filter(institution=institution).values_list()) for _ in range(10)))


TASKS = (
    prepare,
    short_acts,
    short_acts_beside_a_slow_one,
    bare_inserts,
    list_of_many,
    list_of_few,
    organogram_of_many,
    rows_of_many,
)


def _in_threads(work: object) -> None:
    from django.db import connection  # noqa: PLC0415

    def run(thread: int) -> None:
        for number in range(COUNT // THREADS):
            work(f"{thread}-{number}")  # type: ignore[operator]
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def _register(number: str) -> None:
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.documents.services import legal_acts  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    institution = Institution.objects.get(code="poucas")
    facts = {
        "kind": "portaria",
        "number": number,
        "year": ON.year,
        "signed_on": ON,
        "authority": "Secretário",
    }
    legal_acts.register(institution, actor=system_actor(institution.pk), at=AT, **facts)


def _insert(number: str) -> None:
    from django.db import transaction  # noqa: PLC0415

    from apura_web.documents.models import LegalAct  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    institution = Institution.objects.get(code="poucas")
    with transaction.atomic():
        LegalAct.objects.create(
            institution=institution,
            kind="portaria",
            number=number,
            year=ON.year,
            signed_on=ON,
            authority="Secretário",
            recorded_at=AT,
        )


def _hold_again_and_again(done: threading.Event) -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    while not done.is_set():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE foundation_institution SET acronym = acronym WHERE code = 'muitas'")
            time.sleep(float(SLOW_SECONDS))
        time.sleep(float(SLOW_SECONDS))
    connection.close()


def _ask_for_the_list(code: str) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(
        get_user_model().objects.get(email=f"ada@{code}.example"), "django.contrib.auth.backends.ModelBackend"
    )
    for _ in range(50):
        answer = client.get("/unidades/", {"q": "Unidade"})
        assert answer.status_code == 200, answer.status_code


def _institution(code: str, units: int) -> None:
    from apura_web.accounts.services import invitations  # noqa: PLC0415
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.documents.services import legal_acts  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.orgs.models import TenureKind  # noqa: PLC0415
    from apura_web.orgs.services import people, tenures  # noqa: PLC0415

    institution = Institution.objects.create(
        code=code, name=code, acronym=code, calendar="BR", founded_on=ON, is_fictitious=True
    )
    common = {"actor": system_actor(institution.pk), "at": AT}
    founding = legal_acts.register(
        institution, kind="decreto", number="1", year=ON.year, signed_on=ON, authority="Governador", **common
    )
    _many_units(institution, founding, units)
    facts = people.PersonFacts("Ada", email=f"ada@{code}.example")
    ada = people.register(institution, facts=facts, **common)
    opening = people.invite(ada, **common)
    invitations.accept(opening.invitation, password="uma senha comprida 42", at=AT)  # noqa: S106 - protects nothing
    appointment = tenures.Appointment(TenureKind.ADMINISTRATOR, founding, ON)
    tenures.grant_access(institution, person=ada, appointment=appointment, **common)


def _many_units(institution: object, founding: object, count: int) -> None:
    """Write them at once: it is reading that is measured."""
    from apura_web.orgs.models import Placement, Unit  # noqa: PLC0415
    from apura_web.orgs.services.structure_cache import refresh  # noqa: PLC0415

    units = Unit.objects.bulk_create(Unit(institution=institution, created_at=AT) for _ in range(count))  # type: ignore[misc]
    Placement.objects.bulk_create(
        Placement(
            institution=institution,  # type: ignore[misc]
            unit=unit,
            event="criacao",
            from_on=ON,
            parent=units[(place - 1) // 20] if place else None,
            name=f"Unidade {place}",
            acronym=f"U{place}",
            kind="unidade",
            legal_act=founding,  # type: ignore[misc]
            recorded_at=AT,
        )
        for place, unit in enumerate(units)
    )
    refresh(institution.pk, AT)  # type: ignore[attr-defined]


def main(name: str, folder: Path) -> None:
    """Run one task on a copy of the prepared database."""
    own = folder if name == "prepare" else folder / f"run-{os.getpid()}"
    own.mkdir(exist_ok=True)
    if own != folder:
        shutil.copy(folder / "apura.sqlite3", own)
    os.environ.update(
        APURA_DADOS=str(own), APURA_DEMO="1", DJANGO_SETTINGS_MODULE="apura_web.config.settings"
    )
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    {task.__name__: task for task in TASKS}[name]()
    from django.db import connection  # noqa: PLC0415

    connection.close()
    if own != folder:
        shutil.rmtree(own)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
