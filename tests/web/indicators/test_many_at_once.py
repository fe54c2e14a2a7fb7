"""Fifty people save one unit's grid at once: nothing is lost or doubled, and whoever comes second is told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from apura_web.audit.actors import Actor
from apura_web.audit.verification import verify
from apura_web.foundation.refusals import Refused
from apura_web.indicators.grid import Box
from apura_web.indicators.models import DraftCell, Measurement, Submission
from apura_web.indicators.services import cells, rounds
from apura_web.indicators.services.cells import Typing
from cast import House, make_cast
from measuring import CASES, answer_of, approved, collection, grid, measured_by, type_in

PEOPLE, THREADS = 50, 16


def save_as(answer: Submission, box: Box, person: int) -> tuple[str, str]:
    """Save a box as somebody who had seen it blank; say what became of it."""
    actor = Actor(id=f"pessoa{person}", institution_id=answer.institution_id)
    try:
        cells.save(answer, box, Typing(str(person), 0), actor=actor, at=timezone.now())
    except Refused as refused:
        return refused.refusal.code, refused.refusal.reason
    finally:
        connection.close()
    return "gravada", str(person)


def prepared() -> tuple[House, Submission]:
    house = make_cast().house
    monthly = {**CASES, "frequency": "mensal"}
    for number in range(5):
        measured_by(house, approved(house, f"IND-{number}", **monthly), "ATE")
    return house, answer_of(house, collection(house), "ATE")


@pytest.mark.django_db(transaction=True)
def test_fifty_people_who_fill_the_same_grid_each_keep_their_cell_or_are_told_who_was_first() -> None:
    house, answer = prepared()
    boxes = list(grid(answer).boxes)
    wanted = [(boxes[person % 40], person) for person in range(PEOPLE)]  # ten boxes are wanted by two
    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(lambda want: save_as(answer, *want), wanted))
    outcomes = Counter(code for code, _ in told)
    assert outcomes == {"gravada": 40, cells.CELL_CHANGED: 10}
    kept = {row.typed for row in DraftCell.objects.all()}
    assert kept == {text for code, text in told if code == "gravada"}
    assert DraftCell.objects.count() == 40
    for (_, reason), (box, _) in zip(told, wanted, strict=True):
        assert "“" not in reason or f"“{cells.current(answer, box).typed}”" in reason  # type: ignore[union-attr]
    type_in(answer, {box.name: "1" for box in boxes}, actor=house.actor("Ana"))
    rounds.send(answer, actor=house.actor("Ana"), at=timezone.now())
    assert Measurement.objects.count() == 60
    assert verify(house.institution).is_whole


@pytest.mark.django_db(transaction=True)
def test_fifty_people_who_fight_over_one_cell_leave_one_value_and_its_edition_counts_every_saving() -> None:
    _, answer = prepared()
    box = grid(answer).boxes[0]

    def insist(person: int) -> int:
        actor = Actor(id=f"pessoa{person}", institution_id=answer.institution_id)
        tries = 0
        try:
            while True:
                now = cells.current(answer, box)
                tries += 1
                typing = Typing(str(person), now.edition if now else 0)
                try:
                    cells.save(answer, box, typing, actor=actor, at=timezone.now())
                except Refused:
                    continue
                return tries
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        tries = list(pool.map(insist, range(PEOPLE)))
    cell = DraftCell.objects.get()
    assert cell.edition == PEOPLE
    assert cell.edited_by == f"pessoa{cell.typed}"
    assert sum(tries) >= PEOPLE
