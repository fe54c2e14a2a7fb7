"""A comparison of runs, or a simulation over one, as a document: every number as text, exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from apura.bulk.comparing import Changed, Compared, Moved
from apura.bulk.simulating import Simulated
from apura.formula import exact


def comparison_document(compared: list[Compared] | tuple[Compared, ...]) -> dict[str, Any]:
    """Write what two runs have different."""
    return {"esquema": "apura/lote-comparacao/1", "grupos": [_group(each) for each in compared]}


def simulation_document(made: Simulated) -> dict[str, Any]:
    """Write a simulation over a run: the record of the run that was made, and what it changes."""
    return {
        "esquema": "apura/lote-simulacao/1",
        "execucao": made.record,
        "grupos": [_group(each) for each in made.compared],
    }


def _group(compared: Compared) -> dict[str, Any]:
    return {
        "rotulo": compared.label,
        "resultados": [_moved(each) for each in compared.results],
        "primeiro_passo": dict(compared.first),
        "so_em_a": compared.alone[0],
        "so_em_b": compared.alone[1],
        "faixas": [
            {"de": exact(each.low), "ate": exact(each.high), "a": each.before, "b": each.after}
            for each in compared.bands
        ],
        "maiores": [_changed(each) for each in compared.largest],
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "coluna": moved.column,
        "rotulo": moved.label,
        "iguais": moved.same,
        "mudaram": moved.changed,
        "sobem": moved.up,
        "descem": moved.down,
        "soma": _plain(moved.total),
        "menor": _plain(moved.least),
        "maior": _plain(moved.most),
    }


def _changed(changed: Changed) -> dict[str, Any]:
    numbers = isinstance(changed.before, Decimal) and isinstance(changed.after, Decimal)
    return {
        "chave": changed.key,
        "a": _plain(changed.before),
        "b": _plain(changed.after),
        "diferenca": _plain(changed.after - changed.before) if numbers else None,
        "passo": changed.step,
        "passo_a": _plain(changed.step_before),
        "passo_b": _plain(changed.step_after),
    }


def _plain(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return "verdadeiro" if value else "falso"
    return value if value is None else str(value)
