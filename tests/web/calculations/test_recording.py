"""A calculation kept: frozen by the database, in the trail, superseded and never changed."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from apura_web.audit.trail import history_of
from apura_web.audit.verification import verify
from apura_web.calculations.models import Calculation, FactSheet, Outcome
from apura_web.calculations.preparing import prepare
from apura_web.calculations.selectors import calculations_visible_to, fact_sheets_visible_to
from apura_web.foundation.refusals import Refused
from calculating import AS_ZERO, TWO_PLACES, calculated, g4, keep
from cast import Cast


def test_a_calculation_is_kept_with_its_facts_and_every_outcome(cast: Cast) -> None:
    prepared = prepare(g4(TWO_PLACES, at_seq=12))
    kept = keep(cast.house, prepared)
    kept.refresh_from_db()
    assert (kept.norm, kept.edition, kept.on) == ("go-8170-2014", prepared.edition, prepared.on)
    assert (kept.sha256, kept.fact_sheet.sha256) == (prepared.document_sha256, prepared.facts_sha256)
    assert kept.fact_sheet.at_seq == 12
    final = kept.outcomes.get(rule="nota_acordo")
    assert (final.key, final.name, final.unit, final.places) == ("A", "Acordo da Saúde", "ponto", 2)
    assert Fraction(final.value) == Fraction(236, 25)
    assert kept.row_count == kept.outcomes.count() == 8


def test_keeping_leaves_one_entry_in_the_history_of_calculation_and_record(cast: Cast) -> None:
    kept = calculated(cast.house)
    (entry,) = history_of(kept, cast.house.institution.pk)
    assert entry == history_of(cast.house.units["SAU"], cast.house.institution.pk).first()
    assert kept.document[:40] not in entry.detail.content
    assert kept.sha256 in entry.detail.content
    assert verify(cast.house.institution).is_whole


@pytest.mark.parametrize("model", [FactSheet, Calculation, Outcome])
def test_the_database_refuses_to_change_or_delete(cast: Cast, model: type) -> None:
    calculated(cast.house)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(institution_id=cast.twin.institution.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_calculating_again_makes_another_that_supersedes_the_first(cast: Cast) -> None:
    first = keep(cast.house, prepare(g4(TWO_PLACES, third=None)))
    second = keep(cast.house, prepare(g4(TWO_PLACES, AS_ZERO, third=None)), supersedes=first)
    assert second.supersedes == first
    assert first.superseded_by == second
    assert Calculation.objects.filter(institution=cast.house.institution).count() == 2


def test_the_same_facts_are_not_stored_twice(cast: Cast) -> None:
    first = calculated(cast.house)
    again = keep(cast.house, prepare(g4(TWO_PLACES, unit=cast.house.units["SAU"].code)), supersedes=first)
    assert again.fact_sheet_id == first.fact_sheet_id


def test_who_supersedes_second_is_told(cast: Cast) -> None:
    first = calculated(cast.house)
    keep(cast.house, prepare(g4()), supersedes=first)
    with pytest.raises(Refused, match="outra pessoa calculou de novo"):
        keep(cast.house, prepare(g4()), supersedes=first)


def test_a_calculation_of_another_subject_or_institution_is_not_superseded(cast: Cast) -> None:
    first = calculated(cast.house)
    with pytest.raises(ValueError, match="same subject"):
        keep(cast.house, prepare(g4()), "EDU", supersedes=first)
    with pytest.raises(ValueError, match="same subject"):
        keep(cast.twin, prepare(g4()), supersedes=first)


def test_one_sees_the_calculations_about_the_records_one_sees(cast: Cast) -> None:
    mine, other = calculated(cast.house), calculated(cast.house, "EDU")
    calculated(cast.twin)
    assert set(calculations_visible_to(cast.house.actor("Ana"))) == {mine, other}
    assert set(calculations_visible_to(cast.house.actor("Tina"))) == {mine}
    assert set(fact_sheets_visible_to(cast.house.actor("Tina"))) == {mine.fact_sheet}
    assert not calculations_visible_to(cast.house.actor("Bruno"))
