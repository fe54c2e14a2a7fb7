"""Many people act at the same time: nobody waits for an error, and the chain has no gap."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.documents.services import legal_acts
from cast import NOON, START, House, make_cast

THREADS, EACH = 8, 75


def register_many(house: House, thread: int) -> int:
    try:
        for number in range(EACH):
            legal_acts.register(
                house.institution,
                actor=house.system,
                at=NOON,
                kind="portaria",
                number=f"{thread}-{number}",
                year=START.year,
                signed_on=START,
                authority="Secretário",
            )
    finally:
        connection.close()
    return EACH


@pytest.mark.django_db(transaction=True)
def test_six_hundred_acts_by_eight_people_at_once_all_succeed_and_the_chain_holds() -> None:
    house = make_cast().house
    before = TrailEntry.objects.filter(institution=house.institution).count()
    with ThreadPoolExecutor(THREADS) as pool:
        done = sum(pool.map(lambda thread: register_many(house, thread), range(THREADS)))
    verification = verify(house.institution)
    assert done == THREADS * EACH == 600
    assert verification.entries == before + 600
    assert verification.findings == ()
