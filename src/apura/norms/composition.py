"""Rows given from outside, checked against who the norm says they must be: the members, the one named, all of them."""

from __future__ import annotations

from dataclasses import replace

from apura.norms.errors import Problem
from apura.norms.facts import KEY, RelatedRow, Subject
from apura.norms.row_typing import RowTyper
from apura.norms.rule_schema import Relation
from apura.norms.schema import Member
from apura.norms.texts import fold, quoted


def missing_unit(unit: str, label: str, key: str) -> str:
    """Say that a unit is missing from what a result reads."""
    return f"falta {unit}, que entra em “{label}” de {key}"


def check_composition(
    typer: RowTyper, relation: Relation, subject: Subject, rows: tuple[RelatedRow, ...]
) -> tuple[RelatedRow, ...]:
    """Check whose outcomes the ``rows`` of a relation are, and return them named as the norm names them.

    Problems go to the typer's list: a unit that does not belong, one that appears twice, one that is missing.
    """
    if relation.members is not None:
        return _members(typer, relation, subject, rows)
    wanted = relation.key
    if relation.key_from == KEY:
        wanted = subject.key
    elif relation.key_from is not None:
        given = subject.inputs.get(relation.key_from)
        wanted = typer.applied.subject_called(relation.rules, given) if isinstance(given, str) else None
    if wanted is not None:
        for row in rows:
            if fold(row.identity) != fold(wanted):
                _complain(
                    typer, relation, f"{quoted(row.identity)} não é {wanted}, de quem se lê o resultado"
                )
    return rows


def _members(
    typer: RowTyper, relation: Relation, subject: Subject, rows: tuple[RelatedRow, ...]
) -> tuple[RelatedRow, ...]:
    units = typer.applied.members(str(relation.members), subject.key)
    named: dict[str, RelatedRow] = {}
    for row in rows:
        unit = _unit(units, row.identity)
        if unit is None:
            message = f"{quoted(row.identity)} não compõe {subject.key} em {typer.applied.on:%d/%m/%Y}"
            _complain(typer, relation, message)
        elif unit.unit in named:
            _complain(typer, relation, f"{unit.unit} aparece duas vezes")
        else:
            named[unit.unit] = replace(row, identity=unit.unit, name=row.name or unit.unit_name)
    for unit in units if relation.complete else ():
        if unit.unit not in named:
            _complain(typer, relation, missing_unit(unit.unit, typer.rule.label, subject.key))
    return tuple(named.values())


def _unit(units: tuple[Member, ...], name: str) -> Member | None:
    return next((unit for unit in units if unit.is_called(name)), None)


def _complain(typer: RowTyper, relation: Relation, message: str) -> None:
    typer.problems.append(Problem(message, typer.rule.label, relation.name, relation.cites))
