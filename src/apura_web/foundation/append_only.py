"""Tables where rows are only added: the database itself refuses to change or delete them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "apura_append_only"
OPERATIONS = ("UPDATE", "DELETE")


class AppendOnly(models.Model):
    """A model whose rows are never updated or deleted; a correction is a new row that points back."""

    class Meta:
        abstract = True


def append_only_tables() -> list[str]:
    """Name the tables of every append-only model, in order."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))


def install_triggers(using: str = "default", **_signal: Any) -> None:
    """Put the triggers on every append-only table that exists; running it again changes nothing."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in append_only_tables():
            if table in existing:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Name the triggers that should be there and are not; empty when every table is guarded."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        found = {row[0] for row in cursor.fetchall()}
    return [
        name
        for table in append_only_tables()
        for name in trigger_names(connection.vendor, table)
        if name not in found
    ]


def remove_triggers(using: str = "default") -> None:
    """Take the triggers off. Only the test runner may, around a flush."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in append_only_tables():
            for name in trigger_names(connection.vendor, table):
                on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def trigger_names(vendor: str, table: str) -> list[str]:
    """Name the triggers of a table; PostgreSQL needs one more, because it can empty a table at once."""
    operations = OPERATIONS if vendor == "sqlite" else (*OPERATIONS, "TRUNCATE")
    return [f"{PREFIX}_{table}_{operation.lower()}" for operation in operations]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    message = f"{table}: as linhas não se alteram nem se apagam"
    if connection.vendor == "sqlite":
        return [
            f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {operation} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for operation, name in zip(OPERATIONS, trigger_names("sqlite", table), strict=True)
        ]
    function = (
        f"CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%: as linhas não se alteram nem se apagam', TG_TABLE_NAME; END $$"
    )
    names = trigger_names(connection.vendor, table)
    return [
        function,
        *(
            f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {operation} ON "{table}" '
            f"FOR EACH {'STATEMENT' if operation == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {PREFIX}()"
            for operation, name in zip((*OPERATIONS, "TRUNCATE"), names, strict=True)
        ),
    ]
