"""Measured tasks of the scores: agreements closed, explained and ranked, each beside the norm alone or bare SQL.

``python -m benchmarks.scoring NAME FOLDER``; ``prepare`` fills the folder with agreements in force, ``prepare_closed``
makes a copy in which all were closed. Every other task works on a copy of its own, or on the frozen facts alone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.houses import SARA, house

AGREEMENTS, ITEMS, FEW_ITEMS = 120, 50, 5
LAST = date(2014, 12, 31)
LARGE, MANY_FEW = "acordos", "menores"
CLOSED, FACTS = "fechado", "fatos.json"
TEN, TWENTY = 10, 20
RULE = "nota_acordo"
NUMBERS = ("peso", "escala", "meta_final", "realizado")


def prepare() -> None:
    """Make 120 agreements of 50 items, as many of 5 in another house, and freeze the facts of the first 20."""
    from django.core.management import call_command  # noqa: PLC0415 - each task imports only what it measures

    call_command("migrate", verbosity=0)
    house(LARGE, agreements=AGREEMENTS, items=ITEMS)
    house(MANY_FEW, agreements=AGREEMENTS, items=FEW_ITEMS)
    sheets = [json.loads(_reckoned(each).prepared.facts_text) for each in _agreements(LARGE)[:TWENTY]]
    Path(os.environ["APURA_DADOS"], FACTS).write_text(json.dumps(sheets), encoding="utf-8")


def prepare_closed() -> None:
    """Close everything in a copy, for the pages."""
    _close_all(LARGE)


def closed_all() -> None:
    """Close a year for 120 agreements of 50 items, as the worker does."""
    _close_all(LARGE)


def closed_all_of_few_items() -> None:
    """Close a year for 120 agreements of 5 items."""
    _close_all(MANY_FEW)


def closed_ten() -> None:
    """Close ten agreements, one by one, as the page does."""
    for agreement in _agreements(LARGE)[:TEN]:
        print(_close_one(agreement).value)


def norm_alone() -> None:
    """Apply the norm to the same rows, and nothing else: no database, no frozen facts, no document."""
    for sheet in _sheets()[:TEN]:
        print(_score(sheet).number)


def explained() -> None:
    """Open the explanation of a score twenty times."""
    from django.urls import reverse  # noqa: PLC0415

    from apura_web.agreements.models import Score  # noqa: PLC0415

    client = _signed_in()
    for score in Score.objects.select_related("agreement", "calculation").order_by("id")[:TWENTY]:
        args = [score.calculation.code, RULE, score.agreement.number]
        _ask(client, reverse("outcome", args=args))


def explained_alone() -> None:
    """Apply the norm to the same rows and open every step of the score."""
    from apura.norms import explain  # noqa: PLC0415

    for sheet in _sheets()[:TWENTY]:
        explanation = explain(_score(sheet))
        print(len([step.with_values for step in explanation.steps]))


def panel() -> None:
    """Ask ten times for the panel of the 120 agreements."""
    client = _signed_in()
    for _ in range(TEN):
        _ask(client, "/acordos/painel/")


def bare_panel() -> None:
    """Ask the database ten times for the same rows, with nothing above it."""
    from django.db import connection  # noqa: PLC0415

    asked = (
        "SELECT a.number, u.acronym, a.state, s.kind, s.until_on, s.value FROM agreements_agreement a "
        "JOIN orgs_unit u ON u.id = a.unit_id LEFT JOIN agreements_score s ON s.agreement_id = a.id "
        "AND NOT EXISTS (SELECT 1 FROM agreements_score l WHERE l.replaces_id = s.id) ORDER BY a.number"
    )
    for _ in range(TEN):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            print(len(cursor.fetchall()))


def queries() -> None:
    """Count the queries of reckoning and closing an agreement of 5 items and one of 50."""
    for code in (MANY_FEW, LARGE):
        agreement = _agreements(code)[0]
        print(code, "apurar", _queries(lambda each=agreement: _reckoned(each)))  # type: ignore[misc]
        print(code, "apurar e guardar", _queries(lambda each=agreement: _close_one(each)))  # type: ignore[misc]


def page_queries() -> None:
    """Count the queries of the pages of the scores closed."""
    from django.urls import reverse  # noqa: PLC0415

    from apura_web.agreements.models import Score  # noqa: PLC0415

    client = _signed_in()
    score = Score.objects.select_related("agreement", "calculation").order_by("id")[0]
    args = [score.calculation.code, RULE, score.agreement.number]
    for address in (
        "/acordos/painel/",
        reverse("calculation", args=args[:1]),
        reverse("outcome", args=args),
        reverse("agreement_scores", args=[score.agreement.code]),
        reverse("agreement_monitoring", args=[score.agreement.code]),
    ):
        print(address, _queries(lambda asked=address: _ask(client, asked)))  # type: ignore[misc]


ON_OPEN: tuple[Callable[[], None], ...] = (closed_all, closed_all_of_few_items, closed_ten, queries)
ON_CLOSED: tuple[Callable[[], None], ...] = (explained, panel, bare_panel, page_queries)
ALONE: tuple[Callable[[], None], ...] = (norm_alone, explained_alone)


def _agreements(code: str) -> list[Any]:
    from apura_web.agreements.models import Agreement  # noqa: PLC0415

    rows = Agreement.objects.filter(institution__code=code).select_related("institution", "unit")
    return list(rows.order_by("id"))


def _reckoned(agreement: Any) -> Any:
    from apura_web.agreements.quarters import closings_of  # noqa: PLC0415
    from apura_web.agreements.selectors.agreements import last_pact  # noqa: PLC0415
    from apura_web.agreements.services import scoring  # noqa: PLC0415

    pact = last_pact(agreement)
    assert pact is not None
    return scoring.reckon(agreement, closings_of(pact.text)[-1], today=date(2015, 1, 20))


def _close_one(agreement: Any) -> Any:
    from django.utils import timezone  # noqa: PLC0415

    from apura_web.agreements.services import scoring  # noqa: PLC0415
    from apura_web.audit.actors import system_actor  # noqa: PLC0415

    actor = system_actor(agreement.institution_id)
    return scoring.compute(agreement, made=_reckoned(agreement), actor=actor, at=timezone.now())


def _close_all(code: str) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from apura_web.agreements.services import closing_runs  # noqa: PLC0415
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    institution = Institution.objects.get(code=code)
    closing_runs.BREATH = 0
    actor = system_actor(institution.pk)
    found = closing_runs.start(institution, kind="final", until_on=LAST, actor=actor, at=timezone.now())
    while found.finished_at is None and not found.stop_reason:
        closing_runs.go_on.call(code=found.code, turn=found.turn, institution_id=institution.pk)
        found.refresh_from_db()
    made = found.lines.filter(fate="apurada").count()
    print(made, found.lines.count())


def _sheets() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(sys.argv[2], FACTS).read_text(encoding="utf-8"))
    return found


def _score(sheet: dict[str, Any]) -> Any:
    """Apply the norm to the rows of a fact sheet, as its own reader would give them, and give the score."""
    from apura.formula import parse_exact  # noqa: PLC0415
    from apura.norms import RawFacts, RawRow, apply_norm, run  # noqa: PLC0415

    rows = {
        rule: [
            RawRow({name: parse_exact(text) if name in NUMBERS else text for name, text in row.items()})
            for row in (each["valores"] for each in found)
        ]
        for rule, found in sheet["regras"].items()
    }
    result = run(apply_norm("go-8170-2014", on=LAST), RawFacts(rows), rule=RULE)
    return next(each for each in result.outcomes if each.rule.name == RULE)


def _signed_in() -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    login = get_user_model().objects.get(email=SARA.format(LARGE))
    client.force_login(login, "django.contrib.auth.backends.ModelBackend")
    return client


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def _ask(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def main(name: str, folder: Path) -> None:
    """Run one task where it belongs."""
    tasks = {task.__name__: task for task in (prepare, prepare_closed, *ON_OPEN, *ON_CLOSED, *ALONE)}
    task = tasks[name]
    if task in ALONE:
        task()
        return
    own = folder
    if task is prepare_closed:
        own = folder / CLOSED
    elif task is not prepare:
        own = folder / f"run-{os.getpid()}"
    own.mkdir(exist_ok=True)
    if own != folder:
        source = folder / CLOSED if task in ON_CLOSED else folder
        shutil.copy(source / "apura.sqlite3", own)
    _started(own)
    task()
    from django.db import connection  # noqa: PLC0415

    connection.close()
    if own not in {folder, folder / CLOSED}:
        shutil.rmtree(own)


def _started(own: Path) -> None:
    os.environ.update(
        APURA_DADOS=str(own), APURA_DEMO="1", DJANGO_SETTINGS_MODULE="apura_web.config.settings"
    )
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
