"""What people read instead of the names formulas use."""

from __future__ import annotations

from apura.formula import portuguese
from apura.norms.pack import Norm
from apura.norms.rule_schema import Column, Relation, Rule


def labels(norm: Norm, rule: Rule) -> dict[str, str]:
    """Return the label of every name, relation, ``relation.column`` and annex that formulas of ``rule`` may use."""
    named = {name: parameter.label for name, parameter in norm.parameters.items()}
    named |= {name: annex.view.label for name, annex in norm.annexes.items()}
    for relation in rule.relations:
        named[relation.name] = relation.label
        named |= {f"{relation.name}.{name}": label for name, label in _columns(norm, relation).items()}
    return named | {part.name: part.label for part in (*rule.inputs, *rule.steps)}


def _columns(norm: Norm, relation: Relation) -> dict[str, str]:
    """Label the columns of a relation; one that the rules read call by different labels goes by its own name."""
    columns = {column.name: column.label for column in relation.columns}
    for other in relation.rules:
        read = norm.rules[other]
        for part in (*read.inputs, *read.steps):
            label = columns.setdefault(part.name, part.label)
            if label != part.label:
                columns[part.name] = part.name.replace("_", " ").capitalize()
    return columns


def condition(norm: Norm, rule: Rule, column: Column) -> str:
    """Return when ``column`` must be filled, with labels for names; empty when always or never."""
    if isinstance(column.required, bool):
        return ""
    named = labels(norm, rule)
    for relation in rule.relations:
        if column in relation.columns:
            named |= {other.name: other.label for other in relation.columns}
    return portuguese(norm.trees[column.required], named)


def decidable_label(norm: Norm, name: str) -> str:
    """Return what people call what an institution may decide: an interpretation or a parameter."""
    declared = norm.interpretations.get(name) or norm.parameters.get(name)
    return declared.label if declared else name
