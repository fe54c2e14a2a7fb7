"""The database refuses to change what is only added, whatever becomes of its tables."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import append_only_tables, missing_triggers, remove_triggers
from cast import Cast, make_cast


@pytest.mark.django_db
def test_every_table_that_is_only_added_to_has_its_triggers() -> None:
    assert {"audit_trailentry", "documents_legalact", "orgs_placement", "orgs_tenure"} <= set(
        append_only_tables()
    )
    assert missing_triggers() == []


@pytest.mark.parametrize("table", ["orgs_placement", "orgs_tenure", "audit_trailitem"])
def test_neither_an_update_nor_a_delete_passes_even_in_plain_sql(cast: Cast, table: str) -> None:
    for statement in (f"UPDATE {table} SET institution_id = institution_id", f"DELETE FROM {table}"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="não se alteram"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_triggers_come_back_after_a_migration_that_makes_the_table_again() -> None:
    founding = make_cast().house.founding
    old = LegalAct._meta.get_field("summary")
    new = models.CharField(max_length=401, blank=True)
    new.set_attributes_from_name("summary")
    new.model = LegalAct
    with connection.schema_editor() as editor:
        editor.alter_field(LegalAct, old, new, strict=True)
    if connection.vendor == "sqlite":  # the table is another one now
        assert missing_triggers()
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []
    with pytest.raises(DatabaseError, match="não se alteram"):
        LegalAct.objects.filter(pk=founding.pk).update(summary="outra")
    with connection.schema_editor() as editor:
        editor.alter_field(LegalAct, new, old, strict=True)
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_missing_trigger_is_named() -> None:
    remove_triggers()
    assert any(name.startswith("apura_append_only_orgs_placement") for name in missing_triggers())
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []
