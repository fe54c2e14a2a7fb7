"""Fill in what rules take from elsewhere: options printed in an annex, and the subjects and inputs of another rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from apura.norms.annex import Annex
from apura.norms.errors import PackError
from apura.norms.rule_schema import Column, Rule

C = TypeVar("C", bound=Column)


def resolved_rules(rules: Mapping[str, Rule], annexes: Mapping[str, Annex]) -> dict[str, Rule]:
    """Return the rules with the options of their columns filled in, and inputs taken from the rule they follow.

    Raises:
        PackError: an annex, a column of it or a rule does not exist.
    """
    own = {name: _with_options(rule, annexes) for name, rule in rules.items()}
    return {name: _following(rule, own) for name, rule in own.items()}


def _with_options(rule: Rule, annexes: Mapping[str, Annex]) -> Rule:
    relations = tuple(
        relation.model_copy(
            update={"columns": tuple(_offered(rule, column, annexes) for column in relation.columns)}
        )
        for relation in rule.relations
    )
    inputs = tuple(_offered(rule, column, annexes) for column in rule.inputs)
    return rule.model_copy(update={"inputs": inputs, "relations": relations})


def _offered(rule: Rule, column: C, annexes: Mapping[str, Annex]) -> C:
    source = column.options_from
    if source is None:
        return column
    annex = annexes.get(source.table)
    place = f"{rule.name}, {column.name}"
    if annex is None:
        raise PackError("rules", place, f"toma as opções de “{source.table}”, que não existe em tables.toml")
    for name in (source.column, *source.aliases):
        if name not in annex.rows[0]:
            raise PackError("rules", place, f"a tabela {annex.view.file}.csv não tem a coluna “{name}”")
    options = tuple(dict.fromkeys(row[source.column] for row in annex.rows))
    aliases = {row[alias]: row[source.column] for alias in source.aliases for row in annex.rows}
    return column.model_copy(update={"options": options, "aliases": aliases})


def _following(rule: Rule, rules: Mapping[str, Rule]) -> Rule:
    if rule.subject.of is None:
        return rule
    other = rules.get(rule.subject.of)
    if other is None or other.subject.of is not None or rule.inputs:
        raise PackError(
            "rules",
            f"{rule.name}, subject",
            f"segue “{rule.subject.of}”, que não existe ou segue outra regra; e quem segue não tem entradas próprias",
        )
    return rule.model_copy(update={"inputs": other.inputs})
