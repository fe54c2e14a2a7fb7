"""The demonstration of Goiás: seven agreements of 2014, each at another point, with scores worked by hand."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from apura_web.agreements.models import Adoption, Agreement, ClosingRun, ItemReading, Score, Signature
from apura_web.agreements.pact.checklist import blocking, conference
from apura_web.agreements.selectors.agreements import last_pact, surroundings_of, working_text
from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.demo.houses import houses, people_of
from apura_web.demo.loading import load_house
from apura_web.foundation.models import Institution

pytestmark = pytest.mark.django_db
LOADED = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def goias(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Institution]:
    """Load the house once, and leave nothing of it."""
    facts = next(each for each in houses() if each.code == "goias")
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), quick, transaction.atomic():
        yield load_house(facts, LOADED)
        transaction.set_rollback(True)


def agreement(house: Institution, number: int) -> Agreement:
    rows = Agreement.objects.select_related("institution", "unit")
    return rows.get(institution=house, number=f"{number}/2014")


def scores(house: Institution, number: int) -> list[tuple[str, Fraction]]:
    """Every score of an agreement in the order in which it was made, those replaced too."""
    rows = Score.objects.filter(agreement=agreement(house, number)).order_by("id")
    return [(f"{each.kind} até {each.until_on:%d/%m}", Fraction(each.value)) for each in rows]


def test_each_of_the_seven_is_at_another_point(goias: Institution) -> None:
    found = Agreement.objects.filter(institution=goias).order_by("number")

    assert [(each.unit.acronym, each.state) for each in found] == [
        ("SES", "vigente"),
        ("SEDUC", "encerrado"),
        ("SSP", "vigente"),
        ("AGETOP", "vigente"),
        ("SEFAZ", "negociacao"),
        ("SEMARH", "assinatura"),
        ("AGEX-C", "vigente"),
    ]


# SES, 2nd quadrimestre (2/3 of the year), provisional.
# Saúde (40): mamografias 5.600 of 8.000 = 7; vacina 81 of 90 = 9: 8.
# Cidadão (40): satisfação 72 of 80 = 9, weight 60; the complex not in use = 0, weight 40: 5,4.
# Gestão (20): devolvidos 2 − 10/8 = 7,5; capacitados 240 of 300 = 8: 7,75. Nota: 3,2 + 2,16 + 1,55 = 6,91.
# Definitive: mamografias 6.400 of 8.000 = 8; vacina 85,5 of 90 = 9,5: 8,75. Nota: 3,5 + 2,16 + 1,55 = 7,21.
# Final: mamografias 8.400 of 12.000 = 7; vacina 82,8 of 90 = 9,2: 8,1. Cidadão: 0,6 × 9 + 0,4 × 10 = 9,4.
# Gestão: 7,5; capacitados 315 of 450 = 7: 7,25. Nota: 3,24 + 3,76 + 1,45 = 8,45.
def test_provisional_figures_become_definitive_and_the_score_is_made_again(goias: Institution) -> None:
    assert scores(goias, 1) == [
        ("parcial até 31/08", Fraction("6.91")),
        ("parcial até 31/08", Fraction("7.21")),
        ("final até 31/12", Fraction("8.45")),
    ]
    first, again, _ = Score.objects.filter(agreement=agreement(goias, 1)).order_by("id")
    assert (first.provisional_count, again.provisional_count) == (2, 0)
    assert again.replaces == first
    assert "definitivas" in again.reason


# SEDUC. 1st quadrimestre: frequência 95 of 95 = 10 (60), professores 900 of 1.000 = 9 (40): 9,6;
# escolas 16 of 20 = 8 (70), transporte 10 (30): 8,6; resposta 2 − 12/10 = 8. Nota: 4,8 + 2,58 + 1,6 = 8,98.
# 2nd: frequência 94,05 of 95 = 9,9, professores 1.950 of 2.000 = 9,75: 9,84; escolas 36 of 40 = 9, 10: 9,3; resposta
# 2 − 11,5/10 = 8,5. Nota: 4,92 + 2,79 + 1,7 = 9,41.
# 3rd and final: frequência 10, professores 2.850 of 3.000 = 9,5: 9,8; escolas 54 of 60 = 9: 9,3; 8,5. Nota: 9,39.
def test_one_has_every_partial_score_and_the_final(goias: Institution) -> None:
    assert scores(goias, 2) == [
        ("parcial até 30/04", Fraction("8.98")),
        ("parcial até 31/08", Fraction("9.41")),
        ("parcial até 31/12", Fraction("9.39")),
        ("final até 31/12", Fraction("9.39")),
    ]
    assert not Score.objects.filter(agreement=agreement(goias, 2)).exclude(missing_count=0).exists()


# SSP, 2nd: crimes 2 − 1.920/1.600 = 8 (60), veículos 40 of 50 = 8 (40): 8; the centre eight days late:
# 1 − 0,05 × 8 = 6, alone in its object because the other item was cancelled; policiais 420 of 600 = 7.
# 4 + 1,8 + 1,4 = 7,2.
# Final: crimes 2 − 2.880/2.400 = 8, veículos 35 of 50 = 7: 7,6; 6; policiais 540 of 900 = 6. 3,8 + 1,8 + 1,2 = 6,8.
# The pact counts a cancelled item as zero (7,2 − 0,9 = 6,3 and 6,8 − 0,9 = 5,9) until the minutes say otherwise.
def test_minutes_cancel_an_item_and_say_where_its_weight_goes(goias: Institution) -> None:
    assert scores(goias, 3) == [
        ("parcial até 31/08", Fraction("7.2")),
        ("final até 31/12", Fraction("6.8")),
    ]
    cancelled = ItemReading.objects.get(agreement=agreement(goias, 3), state="cancelado")
    adopted = Adoption.objects.get(agreement=agreement(goias, 3))
    assert adopted.legal_act == cancelled.legal_act
    assert adopted.reading == "redistribuir o peso"


# AGETOP, 2nd: rodovias 720 of 800 = 9 (70), orçamento 45 of the 50 agreed = 9 (30): 9;
# ponte 10 (40), obras 64 of 80 = 8 (60): 8,8. Nota: 5,4 + 3,52 = 8,92.
# Final: rodovias 900 of 1.200 = 7,5, orçamento 81 of 90 = 9: 7,95; ponte 10, obras 60 of 80 = 7,5: 8,5.
# Nota: 4,77 + 3,4 = 8,17.
def test_the_substitute_signs_and_the_head_changes_between_two_scores(goias: Institution) -> None:
    assert scores(goias, 4) == [
        ("parcial até 31/08", Fraction("8.92")),
        ("final até 31/12", Fraction("8.17")),
    ]
    signed = Signature.objects.get(party__pact__agreement=agreement(goias, 4), party__role="acordada")
    assert signed.tenure is not None
    assert (signed.tenure.person.name, signed.tenure.capacity) == ("Ubaldo Exemplo Substituto", "substituto")


# AGEX-C, 2nd: visitantes 54.000 of 60.000 = 9; peças 3.600 of 4.000 = 9, the milestone not measured yet. Nota: 9.
# Final, with what AGEX-B did from September: visitantes 54.000 + 9.000 of 90.000 = 7;
# peças 3.600 + 900 of 6.000 = 7,5 (60), the milestone 10 (40): 8,5. Nota: 4,2 + 3,4 = 7,6.
def test_a_body_ends_within_the_year_and_its_successor_measures_the_rest(goias: Institution) -> None:
    assert scores(goias, 7) == [
        ("parcial até 31/08", Fraction(9)),
        ("final até 31/12", Fraction("7.6")),
    ]
    found = agreement(goias, 7)
    assert [(str(each), each.legal_act.kind) for each in found.successions.all()] == [
        ("AGEX-B desde 01/09/2014", "lei")
    ]
    assert not found.unit.is_active
    assert [each.missing_count for each in Score.objects.filter(agreement=found).order_by("id")] == [1, 0]


def test_the_final_scores_were_asked_for_at_once_by_who_makes_them(goias: Institution) -> None:
    run = ClosingRun.objects.get(institution=goias)
    made = Score.objects.filter(institution=goias, kind="final")
    acts = TrailEntry.objects.filter(institution=goias, act="agreements.score.compute")

    # 09h00 in Goiânia, in summer time (UTC−2).
    assert run.finished_at == run.confirmed_at == datetime(2015, 1, 20, 11, 0, tzinfo=UTC)
    assert {each.fate for each in run.lines.all()} == {"apurada"}
    assert [each.recorded_at for each in made] == [run.confirmed_at] * 5
    assert {each.actor for each in acts.filter(recorded_at=run.confirmed_at)} == {run.confirmed_by}
    assert not DBTaskResult.objects.filter(task_path__endswith="closing_runs.go_on").exists()


def test_one_is_in_its_third_round_and_cannot_be_accepted_yet(goias: Institution) -> None:
    found = agreement(goias, 5)
    text = working_text(found)
    lacks = blocking(conference(text, surroundings_of(found, text, date(2014, 4, 16))))

    assert (found.proposals.count(), found.turn) == (3, "acordada")
    assert {each.part.name for each in lacks} == {"Esforço de fiscalização do ICMS"}


def test_one_waits_for_a_single_signature(goias: Institution) -> None:
    pact = last_pact(agreement(goias, 6))

    assert pact is not None
    assert [each.unit.acronym for each in pact.parties.filter(signature=None)] == ["SEFAZ"]


def test_its_trail_is_whole_in_the_order_of_the_days_and_gives_every_score_again(goias: Institution) -> None:
    days = list(
        TrailEntry.objects.filter(institution=goias).order_by("seq").values_list("recorded_at", flat=True)
    )
    found = verify(goias)

    assert days == sorted(days)
    assert found.is_whole
    assert any("13 cálculos" in each.what for each in found.findings)


@pytest.mark.parametrize("document", ["README.md", "LEIAME.md"])
def test_the_first_page_lists_everybody_who_signs_in(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    table = text[text.index("| goias |") :].split("\n\n", 1)[0].splitlines()[2:]
    columns = list(zip(*([cell.strip() for cell in line.split("|")[2:-1]] for line in table), strict=True))

    for house, cells in zip(houses(), columns, strict=True):
        told = re.sub(r"\(.*?\)|–", "", ",".join(cells))
        listed = sorted(name.strip() for name in told.split(",") if name.strip())
        assert listed == sorted(each.key for each in people_of(house.code) if each.has_login)
