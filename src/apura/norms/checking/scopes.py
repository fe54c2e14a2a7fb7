"""What a formula of a rule may name: parameters, inputs, earlier steps, relations, annexes, each with its kind."""

from __future__ import annotations

from collections.abc import Iterable

from apura.formula import Choice, Kind, Quantity, Relation, Scope, Table, Truth
from apura.norms import rule_schema
from apura.norms.reading import Annex, PackFiles


def declared(thing: rule_schema.Column | rule_schema.Step) -> Kind:
    """Say what kind of value a column or a step holds, in the formula language's terms."""
    if thing.unit is not None:
        low, high = (thing.low, thing.high) if isinstance(thing, rule_schema.Column) else (None, None)
        return Quantity(unit=thing.unit, low=low, high=high, places=thing.places)
    if isinstance(thing, rule_schema.Step) and thing.truth:
        return Truth()
    return Choice(options=thing.options)


def scope_before(files: PackFiles, rule: rule_schema.Rule, step: str) -> Scope:
    """Every name a formula of ``step`` may use."""
    names: dict[str, Kind] = {
        name: Quantity(unit=parameter.unit, low=parameter.low, high=parameter.high, places=parameter.places)
        for name, parameter in files.parameters.items()
    }
    names |= input_kinds(rule)
    for earlier in rule.steps:
        if earlier.name == step:
            break
        names[earlier.name] = declared(earlier)
    return Scope(names=names, relations=_relations(files, rule), tables=_tables(files))


def input_kinds(rule: rule_schema.Rule) -> dict[str, Kind]:
    """Return the inputs formulas may read: numbers and codes, not dates, texts or keys."""
    return {column.name: declared(column) for column in rule.inputs if column.kind is None}


def shared_columns(rules: Iterable[rule_schema.Rule]) -> dict[str, Kind]:
    """Say what can be read from the outcomes of any of ``rules``: the inputs and steps they all have, alike."""
    first, *others = [
        input_kinds(rule) | {step.name: declared(step) for step in rule.steps} for rule in rules
    ]
    return {
        name: kind for name, kind in first.items() if all(_alike(kind, other.get(name)) for other in others)
    }


def _alike(one: Kind, other: Kind | None) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.unit == other.unit
    return one == other


def _relations(files: PackFiles, rule: rule_schema.Rule) -> dict[str, Relation]:
    relations = {}
    for relation in rule.relations:
        columns = {column.name: declared(column) for column in relation.columns if column.kind is None}
        if relation.rules:
            columns = shared_columns([files.rules[name] for name in relation.rules])
        relations[relation.name] = Relation(
            columns=columns, single=relation.single, max_rows=relation.max_rows
        )
    return relations


def _tables(files: PackFiles) -> dict[str, Table]:
    return {
        name: Table(
            keys=tuple(Choice(options=_distinct(annex, key)) for key in annex.view.keys),
            result=Quantity(unit=annex.view.unit, places=annex.view.places),
        )
        for name, annex in files.annexes.items()
        if annex.view.unit is not None
    }


def _distinct(annex: Annex, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in annex.rows))
