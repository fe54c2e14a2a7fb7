"""What a formula of a rule may name: parameters, inputs, earlier steps, relations, annexes, each with its kind."""

from __future__ import annotations

from collections.abc import Iterable

from apura.formula import Choice, Kind, Quantity, Relation, Scope, Table, Truth
from apura.norms import rule_schema
from apura.norms.annex import Annex
from apura.norms.reading import PackFiles


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
    return Scope(names=names, relations=_relations(files, rule), tables=tables(files))


def input_kinds(rule: rule_schema.Rule) -> dict[str, Kind]:
    """Return the inputs formulas may read: numbers and codes, not dates, texts or keys."""
    return column_kinds(rule.inputs)


def column_kinds(columns: Iterable[rule_schema.Column]) -> dict[str, Kind]:
    """Return those of ``columns`` that formulas may read."""
    return {column.name: declared(column) for column in columns if column.kind is None}


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
        columns = column_kinds(relation.columns)
        if relation.rules:
            columns = shared_columns([files.rules[name] for name in relation.rules])
        relations[relation.name] = Relation(
            columns=columns, single=relation.single, max_rows=relation.max_rows
        )
    return relations


def tables(files: PackFiles) -> dict[str, Table]:
    """Return the annexes that formulas may look up."""
    return {
        name: Table(
            keys=tuple(Choice(options=options) for options in annex.key_options()), result=_looked_up(annex)
        )
        for name, annex in files.annexes.items()
        if annex.view.keys
    }


def _looked_up(annex: Annex) -> Quantity | Choice:
    if annex.view.unit is not None:
        return Quantity(unit=annex.view.unit, places=annex.view.places)
    return Choice(options=tuple(dict.fromkeys(text for _, _, text in annex.entries())))
