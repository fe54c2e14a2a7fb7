"""A run that was kept: what it says of itself, and the facts and the results of one subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from apura.bulk.engine import Engine, Limits, escaped
from apura.bulk.files import read_record
from apura.bulk.plan import RECORD
from apura.bulk.running import FACTS, KEPT, RUN, SCHEMA, SCRATCH
from apura.formula.compiling import LINE, SUBJECT
from apura.norms import (
    AppliedNorm,
    BadRequest,
    Decision,
    FactSheet,
    Institution,
    Origin,
    Subject,
    apply_norm,
    load_norm,
)
from apura.norms.facts import FactValue, RelatedRow

Record = Mapping[str, Any]
FILE = "arquivo"


@dataclass(frozen=True, slots=True)
class StoredSubject:
    """One subject of a run: whose group, what was given, and what the run gave.

    Attributes:
        results: by “rule.step”, as kept; None where a step was not needed.
    """

    group: Record
    facts: FactSheet
    results: Mapping[str, Fraction | str | bool | None]


class StoredRun:
    """A run that was kept in a folder.

    Args:
        folder: of the results.

    Raises:
        BadRequest: it holds no finished run.
    """

    def __init__(self, folder: Path) -> None:
        record = read_record(folder / RUN)
        if record is None or record.get("esquema") != SCHEMA:
            raise BadRequest(
                f"“{folder}” não é o resultado de um lote terminado.",
                what_to_do=f"Indique a pasta que apura lote gravou; nela há {RUN}.",
            )
        self.folder, self.record = folder, record
        self.engine = Engine(Limits(threads=1), folder / SCRATCH)

    def close(self) -> None:
        """Let go of the engine."""
        self.engine.close()

    @property
    def groups(self) -> list[Record]:
        """The groups with results."""
        return [group for group in self.record["grupos"] if group[FILE] is not None]

    def applied(self) -> AppliedNorm:
        """Apply the norm as the run did.

        Raises:
            BadRequest: the run is a simulation, or the edition installed here is not the one it used.
        """
        if self.record["mudancas"]:
            raise BadRequest(
                "Este lote é uma simulação, sem valor oficial.",
                what_to_do="Indique a pasta do lote em que ela se baseia; compare as duas com apura comparar.",
            )
        norm = load_norm(self.record["norma"])
        if norm.digest != self.record["digesto"]:
            raise BadRequest(
                f"O lote usou a edição {self.record['edicao']} de {norm.id}; a instalada é {norm.identity.edition}.",
                what_to_do="Use a versão da Apura que fez o lote, ou faça-o de novo.",
            )
        return apply_norm(
            norm,
            on=date.fromisoformat(self.record["em"]),
            institution=_institution(self.record["instituicao"]),
            simulation=self.record["simulacao"],
        )

    def subject(self, group: Record, key: str) -> StoredSubject | None:
        """Fetch a subject of a group by key; None when the group does not have it."""
        root = group["regra"]
        kept = read_record(self.folder / FACTS / f"{root}.{KEPT}")
        assert kept is not None  # noqa: S101 - a finished run has it
        rows = self._rows(f"{root}.parquet", "chave = ?", [key])
        if not rows:
            return None
        row = rows[0]
        facts = _Facts(kept)
        relations = {
            name: tuple(
                facts.related(record, name)
                for record in self._rows(f"{root}.{name}.parquet", f"{SUBJECT} = ?", [row[SUBJECT]])
            )
            for name in kept["relacoes"]
        }
        inputs = facts.values(row, "")
        origin = Origin(f"{root}.parquet", row[SUBJECT])
        own = Subject(root, row["chave"], row["nome"] or "", inputs, relations, origin=origin)
        return StoredSubject(group, FactSheet({root: (own,)}), self._results(group, key))

    def _results(self, group: Record, key: str) -> dict[str, Fraction | str | bool | None]:
        path = escaped(self.folder / group[FILE])
        (row,) = self.engine.records(f"SELECT * FROM read_parquet('{path}') WHERE chave = ?", [key])
        return {each["nome"]: _exact(row[each["nome"]]) for each in group["colunas"]}

    def _rows(self, name: str, where: str, given: list[Any]) -> list[dict[str, Any]]:
        path = escaped(self.folder / FACTS / name)
        return self.engine.records(f"SELECT * FROM read_parquet('{path}') WHERE {where}", given)


@dataclass(frozen=True)
class _Facts:
    """How a group keeps its facts."""

    kept: Record

    def values(self, row: Mapping[str, Any], relation: str) -> dict[str, FactValue]:
        """Give what was given in a row, by column, typed."""
        return dict(self._values(row, relation))

    def related(self, row: Mapping[str, Any], relation: str) -> RelatedRow:
        """Give a record as the scalar calculation reads it."""
        found = self.values(row, relation)
        read = {name: value for name, value in found.items() if isinstance(value, Fraction | str)}
        called = f"linha {row[LINE]}" if row[RECORD] is None else str(row[RECORD])
        return RelatedRow(called, "", read, found)

    @cached_property
    def texts(self) -> dict[int, str]:
        """Each code by its number."""
        return {number: text for text, number in self.kept["codigos"].items()}

    def _values(self, row: Mapping[str, Any], relation: str) -> Iterator[tuple[str, FactValue]]:
        columns = self.kept["relacoes"][relation] if relation else self.kept["entradas"]
        for name, stored in columns.items():
            held = row[stored]
            if held is not None and name in self.kept["casas"]:
                yield name, Fraction(held, 10 ** self.kept["casas"][name])
            elif held is not None:
                yield name, self.texts[held]
        for name, stored in self.kept["dias"].get(relation, {}).items():
            if row[stored] is not None:
                yield name, row[stored]


def _institution(said: Record | None) -> Institution | None:
    if said is None:
        return None
    decisions = tuple(
        Decision(
            each["nome"],
            each["valor"],
            date.fromisoformat(each["desde"]),
            each["ato"],
            date.fromisoformat(each["data_do_ato"]) if each["data_do_ato"] else None,
            RUN,
        )
        for each in said["decisoes"]
    )
    return Institution(said["nome"], said["ficticio"], decisions)


def _exact(value: Any) -> Fraction | str | bool | None:
    return Fraction(value) if isinstance(value, Decimal) else value
