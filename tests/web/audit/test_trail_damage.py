"""Whatever somebody does to the trail behind our back is found, and the check says which entry or record it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apura_web.audit.models import TrailDetail, TrailEntry
from apura_web.audit.trail import history_of
from apura_web.audit.verification import Verdict, Verification, verify
from apura_web.foundation.append_only import remove_triggers
from apura_web.orgs.models import Person, Tenure
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.tenures import Ending
from cast import NOON, TODAY, Cast, House


def sql(statement: str, *values: object) -> None:
    remove_triggers()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(statement, values)


def broken(house: House) -> list[str]:
    return [
        f"{finding.what}: {finding.why}"
        for finding in verify(house.institution).findings
        if finding.verdict == Verdict.BROKEN
    ]


def delete_entry(house: House, seq: int) -> None:
    entry = TrailEntry.objects.get(institution=house.institution, seq=seq)
    sql("DELETE FROM audit_trailitem WHERE entry_id = %s", entry.pk)
    sql("DELETE FROM audit_traildetail WHERE entry_id = %s", entry.pk)
    sql("DELETE FROM audit_trailentry WHERE id = %s", entry.pk)


def last_of(house: House) -> int:
    return TrailEntry.objects.filter(institution=house.institution).latest("seq").seq


def change(house: House) -> None:
    entry = TrailEntry.objects.get(institution=house.institution, seq=7)
    sql("UPDATE audit_trailentry SET act = 'orgs.unit.move' WHERE id = %s", entry.pk)


def remove(house: House) -> None:
    delete_entry(house, 7)


def truncate(house: House) -> None:
    delete_entry(house, last_of(house))


def reorder(house: House) -> None:
    where = house.institution.pk
    for old, new in ((7, -1), (8, 7), (-1, 8)):
        sql("UPDATE audit_trailentry SET seq = %s WHERE institution_id = %s AND seq = %s", new, where, old)


def touch_detail(house: House) -> None:
    entry = TrailEntry.objects.get(institution=house.institution, seq=7)
    sql("UPDATE audit_traildetail SET content = '{}' WHERE entry_id = %s", entry.pk)


def delete_detail(house: House) -> None:
    entry = TrailEntry.objects.get(institution=house.institution, seq=7)
    sql("DELETE FROM audit_traildetail WHERE entry_id = %s", entry.pk)


def pretend_purge(house: House) -> None:
    entry, other = (TrailEntry.objects.get(institution=house.institution, seq=seq) for seq in (7, 9))
    statement = "UPDATE audit_traildetail SET content = '', salt = '', purged_by_id = %s WHERE entry_id = %s"
    sql(statement, other.pk, entry.pk)


def drop_item(house: House) -> None:
    entry = TrailEntry.objects.get(institution=house.institution, seq=7)
    sql("DELETE FROM audit_trailitem WHERE entry_id = %s", entry.pk)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(change, "entrada 7: o conteúdo foi alterado", id="changed"),
        pytest.param(remove, "entrada 8: falta a entrada 7 antes dela", id="missing"),
        pytest.param(reorder, "entrada 7: não continua a entrada 6", id="reordered"),
        pytest.param(truncate, "fim da cadeia: a última entrada deveria ser a", id="truncated"),
        pytest.param(touch_detail, "pormenores da entrada 7: o conteúdo foi alterado", id="details changed"),
        pytest.param(delete_detail, "pormenores da entrada 7: foram apagados", id="details deleted"),
        pytest.param(pretend_purge, "pormenores da entrada 7: foram apagados como se", id="purge pretended"),
        pytest.param(drop_item, "entrada 7: a lista de registros", id="list of records changed"),
    ],
)
def test_damage_to_the_trail_is_found_and_named_and_the_twin_is_untouched(
    cast: Cast, damage: Callable[[House], None], said: str
) -> None:
    damage(cast.house)
    assert any(each.startswith(said) for each in broken(cast.house)), broken(cast.house)
    assert broken(cast.twin) == []


def test_a_record_deleted_behind_our_back_is_found_and_named(cast: Cast) -> None:
    tenure = Tenure.objects.get(person=cast.house.people["Davi"])
    sql("DELETE FROM orgs_tenure WHERE id = %s", tenure.pk)
    assert [each.split(";")[0] for each in broken(cast.house)] == [
        f"orgs.tenure {tenure.code}: foi apagado da base"
    ]


def purged(cast: Cast) -> Person:
    """Davi leaves, and his data are purged."""
    house = cast.house
    tenure = Tenure.objects.get(person=house.people["Davi"])
    ending = Ending(legal_act=house.act("90"), ended_on=TODAY - timedelta(days=1), reason="a pedido")
    tenures.end(tenure, ending=ending, actor=house.actor("Rita"), at=NOON)
    return people.purge(house.people["Davi"], reason="fim do vínculo", actor=house.actor("Ada"), at=NOON)


def test_purging_leaves_expurgado_and_the_chain_whole(cast: Cast) -> None:
    person = purged(cast)
    result: Verification = verify(cast.house.institution)
    assert result.is_whole
    said = {finding.verdict for finding in result.findings}
    assert said == {Verdict.PURGED}
    purge_entry = history_of(person, cast.house.institution.pk).first()
    assert purge_entry is not None
    assert purge_entry.act == "orgs.person.purge"
    assert all(f"entrada {purge_entry.seq}" in finding.why for finding in result.findings)


def test_nothing_of_who_was_purged_is_left_in_the_trail(cast: Cast) -> None:
    purged(cast)
    assert not TrailDetail.objects.filter(
        entry__institution=cast.house.institution, content__icontains="davi"
    ).exists()


def test_a_correction_is_in_the_history_with_before_and_after(cast: Cast) -> None:
    person = cast.house.people["Davi"]
    people.correct(
        person,
        facts=PersonFacts("Davi Corrigido", email="davi@norte.example"),
        reason="grafia",
        actor=cast.house.actor("Rita"),
        at=timezone.now(),
    )
    entry = history_of(person, cast.house.institution.pk).first()
    assert entry is not None
    assert '"name":["Davi de Teste","Davi Corrigido"]' in entry.detail.content
