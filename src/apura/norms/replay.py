"""Compute a result document's steps again from what the document itself says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from apura.formula import (
    FormulaError,
    MissingTableRow,
    Node,
    Trace,
    Value,
    canonical,
    parse,
    parse_exact,
    trace,
)
from apura.norms.errors import FactNotAvailable
from apura.norms.facts import RelatedRow

_parsed = lru_cache(maxsize=1000)(parse)
"""A document repeats few formulas over many subjects."""


@dataclass(frozen=True, slots=True)
class ReplayedStep:
    """A step of the document computed again: its name, its formula, and what happened."""

    name: str
    tree: Node
    trace: Trace


def replay(made: Mapping[str, Any], outcome: Mapping[str, Any]) -> Iterator[ReplayedStep]:
    """Compute again each step of ``outcome`` (one entry of ``resultados``) of the document ``made``.

    Args:
        made: a document of the published shape.
        outcome: one of its outcomes.

    Raises:
        FormulaError: a formula in the document cannot be read or computed with the kinds of value it names.
        FactNotAvailable: a formula reads something the document does not hold.
    """
    environment = _Document(outcome, _rule(made, outcome))
    for step in outcome["passos"]:
        tree = _parsed(step["formula"])
        happened = _traced(tree, environment)
        environment.values[step["nome"]] = happened.value
        yield ReplayedStep(step["nome"], tree, happened)


def _traced(tree: Node, environment: _Document) -> Trace:
    """Trace a formula nobody checked: the pack's were checked at load, one altered by hand was not."""
    try:
        return trace(tree, environment)
    except FormulaError:
        raise
    except (TypeError, AttributeError, LookupError, ValueError) as error:
        raise FormulaError(
            f"A fórmula “{canonical(tree)}” não serve para estes valores.",
            hint="Calcule de novo a partir da planilha.",
        ) from error


def _rule(made: Mapping[str, Any], outcome: Mapping[str, Any]) -> Mapping[str, Any]:
    rules: list[Mapping[str, Any]] = made["regras"]
    for rule in rules:
        if rule["regra"] == outcome["regra"]:
            return rule
    raise _lacking(outcome["regra"])


@dataclass(slots=True)
class _Document:
    """The values a document holds for one outcome."""

    outcome: Mapping[str, Any]
    rule: Mapping[str, Any]
    values: dict[str, Value] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        if name in self.values:
            return self.values[name]
        inputs = self.outcome["fatos"]["entradas"]
        if name in inputs:
            return _typed(inputs[name], _kinds(self.rule["entradas"]).get(name))
        parameter = self._parameters().get(name)
        if parameter is None:
            raise _lacking(name)
        return parse_exact(parameter["valor"])

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        kinds = _kinds(self._relation(relation)["colunas"])
        return [
            RelatedRow(
                row["identidade"],
                row["nome"],
                {name: _typed(value, kinds.get(name)) for name, value in row.items() if name in kinds},
            )
            for row in self.outcome["fatos"]["relacoes"].get(relation, [])
        ]

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        for found in self.outcome["fatos"]["consultas"]:
            if found["tabela"] == table and tuple(found["chaves"]) == keys:
                return parse_exact(found["valor"])
        raise MissingTableRow(table, keys)

    def _parameters(self) -> dict[str, Mapping[str, Any]]:
        return {
            parameter["nome"]: parameter
            for step in self.outcome["passos"]
            for parameter in step["parametros"]
        }

    def _relation(self, name: str) -> Mapping[str, Any]:
        relations: list[Mapping[str, Any]] = self.rule["relacoes"]
        for relation in relations:
            if relation["nome"] == name:
                return relation
        raise _lacking(name)


def _lacking(name: str) -> FactNotAvailable:
    return FactNotAvailable(
        f"o documento não guarda “{name}”", what_to_do="Calcule de novo a partir da planilha."
    )


def _kinds(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {column["nome"]: column["tipo"] for column in columns}


def _typed(text: str, kind: str | None) -> Value:
    if kind == "lógico":
        return text == "verdadeiro"
    return parse_exact(text) if kind == "número" else text
