"""Two people do the same thing to an agreement at the same instant: one does it, the other is told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from agreeing import accepted, agreed, in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Party, Score, Signature
from apura_web.agreements.quarters import closings_of
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import drafting, negotiation, scoring, signing
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.audit.verification import verify
from apura_web.foundation.refusals import Refused
from apura_web.indicators.periods import Period
from cast import TODAY, House, make_cast
from ledgers import put

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))
DONE = "feito"


def at_once(*deeds: Callable[[], object]) -> Counter[str]:
    """Do some things at the same instant, each on its own connection; count what became of them."""
    ready = Barrier(len(deeds))

    def attempt(deed: Callable[[], object]) -> str:
        ready.wait()
        try:
            deed()
        except Refused as refused:
            return refused.refusal.code
        except ValidationError as error:
            return str(error.messages)
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(attempt, deeds))


def house() -> House:
    return make_cast().house


def again(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("unit", "institution").get(pk=agreement.pk)


def test_both_sides_that_write_one_part_at_once_lose_nothing_and_one_is_told() -> None:
    cast = house()
    agreement = agreed(cast)
    row = agreement.drafts.get(key="item-1")

    def write(target: str) -> object:
        place = Place(again(agreement), "item", "item-1")
        writing = Writing({**row.values, "meta_final": target}, row.edition)
        return drafting.write(place, writing, actor=cast.system, at=timezone.now())

    told = at_once(lambda: write("410"), lambda: write("420"))

    assert told == {DONE: 1, drafting.PART_CHANGED: 1}
    row.refresh_from_db()
    assert row.values["meta_final"] in {"410", "420"}
    assert row.edition > 1


def test_the_last_two_signatures_at_once_put_the_agreement_in_force() -> None:
    cast = house()
    agreement = accepted(cast, agreed(cast, year=2026))
    parties = list(Party.objects.select_related("unit", "pact__agreement__institution"))
    names = {"GAB": "Gil", "EDU": "Hugo", "SAU": "Ana"}

    def sign(party: Party) -> object:
        found = Party.objects.select_related("unit", "pact__agreement__institution").get(pk=party.pk)
        return signing.sign(found, actor=cast.actor(names[party.unit.acronym]), at=timezone.now())

    told = at_once(*(lambda each=each: sign(each) for each in parties))  # type: ignore[misc]

    assert told == {DONE: 3}
    assert Signature.objects.count() == 3
    assert again(agreement).state == "vigente"


def test_a_text_accepted_twice_at_once_is_closed_once() -> None:
    cast = house()
    agreement = agreed(cast)
    negotiation.propose(agreement, note="Texto.", actor=cast.system, at=timezone.now())
    ana = cast.actor("Ana")

    def accept() -> object:
        return negotiation.accept(again(agreement), actor=ana, at=timezone.now())

    told = at_once(accept, accept)

    assert told == {DONE: 1, "agreements.wrong_stage": 1}
    assert agreement.pacts.count() == 1


def test_a_period_closed_twice_at_once_has_one_score() -> None:
    cast = house()
    agreement = in_force(cast, year=2014)
    for key, value in {"item-1": "100", "item-2": "20", "item-3": "3", "item-4": "5"}.items():
        put(cast, indicator_of_item(cast, "SAU", key), ("SAU", FIRST), {"concluidos": value})
    pact = last_pact(agreement)
    assert pact is not None
    closing = closings_of(pact.text)[0]

    def close() -> object:
        found = again(agreement)
        made = scoring.reckon(found, closing, today=TODAY)
        return scoring.compute(found, made=made, actor=cast.system, at=timezone.now())

    told = at_once(close, close)

    assert told == {DONE: 1, "agreements.closed_twice": 1}
    assert Score.objects.count() == 1
    assert verify(cast.institution).is_whole
