"""Every act leaves one entry, and nothing is changed unnoticed."""

import pytest
from django.db import DatabaseError, connection, transaction

from apura_web.audit.journal import tracked
from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import history_of
from apura_web.audit.verification import Verdict, verify
from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.refusals import Refused
from apura_web.orgs.models import Unit
from apura_web.orgs.services import structure
from apura_web.orgs.services.structure import UnitNames
from cast import NOON, Cast


def test_the_chain_of_a_house_just_built_holds(cast: Cast) -> None:
    verification = verify(cast.house.institution)
    assert verification.findings == ()
    assert verification.entries == TrailEntry.objects.filter(institution=cast.house.institution).count()


def test_one_act_leaves_one_entry_in_the_history_of_the_record_and_of_its_superior(cast: Cast) -> None:
    house = cast.house
    before = TrailEntry.objects.filter(institution=house.institution).count()
    basis = house.basis("12")
    unit = structure.create(
        house.units["EDU"],
        names=UnitNames("Ensino Médio", "MED", "unidade"),
        basis=basis,
        actor=house.actor("Rita"),
        at=NOON,
    )
    assert TrailEntry.objects.filter(institution=house.institution).count() == before + 2
    entry = history_of(unit, house.institution.pk).get()
    assert (entry.act, entry.actor) == ("orgs.unit.create", house.people["Rita"].code)
    assert history_of(house.units["EDU"], house.institution.pk).first() == entry


def test_what_is_refused_leaves_no_entry_and_nothing_written(cast: Cast) -> None:
    house = cast.house
    basis = house.basis("12")
    entries, units = TrailEntry.objects.count(), Unit.objects.count()
    with pytest.raises(Refused):
        structure.create(
            house.units["GAB"],
            names=UnitNames("Saúde de novo", "SAU", "unidade"),
            basis=basis,
            actor=house.system,
            at=NOON,
        )
    assert (TrailEntry.objects.count(), Unit.objects.count()) == (entries, units)


def test_the_database_itself_refuses_to_change_or_delete_an_entry(cast: Cast) -> None:
    entry = TrailEntry.objects.filter(institution=cast.house.institution).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        TrailEntry.objects.filter(pk=entry.pk).update(actor="outro")
    with pytest.raises(DatabaseError), transaction.atomic():
        TrailEntry.objects.filter(pk=entry.pk).delete()


def test_an_entry_changed_behind_the_triggers_is_found_and_named(cast: Cast) -> None:
    remove_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_trailentry SET actor = 'outro' WHERE institution_id = %s AND seq = 5",
            [cast.house.institution.pk],
        )
    broken = [
        finding for finding in verify(cast.house.institution).findings if finding.verdict == Verdict.BROKEN
    ]
    assert [finding.what for finding in broken] == ["entrada 5"]
    assert verify(cast.twin.institution).findings == ()


def test_a_record_changed_outside_an_act_is_found_and_named(cast: Cast) -> None:
    person = cast.house.people["Davi"]
    person.name = "Outro Nome"
    person.save()
    findings = verify(cast.house.institution).findings
    assert [finding.what for finding in findings] == [f"orgs.person {person.code}"]


def test_a_column_added_to_a_released_table_counts_only_when_filled(cast: Cast) -> None:
    institution = cast.house.institution
    assert "theme" in tracked(institution)
    assert "arms_id" not in tracked(
        institution
    )  # so that what was digested before arms existed still matches
    institution.arms_id = 7
    assert tracked(institution)["arms_id"] == 7
