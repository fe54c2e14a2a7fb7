"""Compute a result document's steps again from what the document itself says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apura.formula import MissingTableRow, Node, Trace, Value, parse, parse_exact, trace
from apura.norms.errors import FactNotAvailable
from apura.norms.facts import RelatedRow


@dataclass(frozen=True, slots=True)
class ReplayedStep:
    """A step of the document computed again: its name, its formula, and what happened."""

    name: str
    tree: Node
    trace: Trace


def replay(made: Mapping[str, Any], outcome: Mapping[str, Any]) -> Iterator[ReplayedStep]:
    """Compute again each step of ``outcome`` (one entry of ``resultados``) of the document ``made``.

    Raises:
        FormulaError: a formula in the document cannot be read or computed.
        FactNotAvailable: a formula reads something the document does not hold.
    """
    environment = _Document(made, outcome)
    for step in outcome["passos"]:
        tree = parse(step["formula"])
        happened = trace(tree, environment)
        environment.values[step["nome"]] = happened.value
        yield ReplayedStep(step["nome"], tree, happened)


@dataclass(slots=True)
class _Document:
    """The values a document holds for one outcome."""

    made: Mapping[str, Any]
    outcome: Mapping[str, Any]
    values: dict[str, Value] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        if name in self.values:
            return self.values[name]
        inputs = self.outcome["fatos"]["entradas"]
        if name in inputs:
            return _typed(inputs[name], self._kinds(self._rule()["entradas"]).get(name))
        for step in self.outcome["passos"]:
            for parameter in step["parametros"]:
                if parameter["nome"] == name:
                    return parse_exact(parameter["valor"])
        raise FactNotAvailable(
            f"o documento não guarda “{name}”", what_to_do="Calcule de novo a partir da planilha."
        )

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        declared = next(known for known in self._rule()["relacoes"] if known["nome"] == relation)
        kinds = self._kinds(declared["colunas"])
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

    def _rule(self) -> Mapping[str, Any]:
        rules: list[Mapping[str, Any]] = self.made["regras"]
        return next(rule for rule in rules if rule["regra"] == self.outcome["regra"])

    @staticmethod
    def _kinds(columns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        return {column["nome"]: column["tipo"] for column in columns}


def _typed(text: str, kind: str | None) -> Value:
    return parse_exact(text) if kind == "número" else text
