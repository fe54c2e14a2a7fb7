"""Who watches the platform is told whether it lives, and what it lacks to serve."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from apura_web.config import health
from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.jobs import LEASE, beat


def told() -> tuple[int, dict[str, str]]:
    answer = Client().get("/pronto")
    return answer.status_code, answer.json()["verificacoes"]


def test_it_says_that_it_lives_without_asking_the_database(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/saude")
    assert (answer.status_code, answer.json()) == (200, {"situacao": "viva"})


def test_with_everything_in_place_it_is_ready(db: None) -> None:
    beat("trabalhador", timezone.now())
    assert told() == (200, dict.fromkeys(health.CHECKS, "em ordem"))


def test_a_worker_that_gives_no_sign_is_told(db: None) -> None:
    beat("trabalhador", timezone.now() - LEASE * 2)
    status, checks = told()
    assert status == 503
    assert "apura trabalhar" in checks["trabalhador"]
    assert checks["banco"] == "em ordem"


def test_a_trigger_that_is_not_there_is_told(db: None) -> None:
    beat("trabalhador", timezone.now())
    remove_triggers()
    status, checks = told()
    assert status == 503
    assert checks["gatilhos"].startswith("faltam ")


def test_a_migration_that_was_not_applied_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    beat("trabalhador", timezone.now())
    monkeypatch.setattr(health, "missing_migrations", lambda: ["orgs.0009_x"])
    assert told()[1]["migracoes"] == "faltam 1: rode apura migrar"


def test_a_database_that_does_not_answer_is_told_and_not_an_error_page(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> list[str]:
        raise DatabaseError("sem rota até o servidor")

    monkeypatch.setattr(health, "missing_triggers", breaks)
    status, checks = told()
    assert status == 503
    assert checks["gatilhos"] == "o banco de dados não responde"
