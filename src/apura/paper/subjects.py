"""Each subject's own pages: its inputs, deadlines and rows, then every step with its formula and grounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from apura.paper.catalogue import Catalogue
from apura.paper.formats import (
    cell,
    day,
    declared_cell,
    in_places,
    is_number,
    is_quotient,
    number,
    plural,
    unit_after,
    weekday,
)

Record = Mapping[str, Any]

_WIDEST_WORD = 20
_SHOWN_DECIMAL = re.compile(r"−?[\d.]+(?:,(?P<part>\d+))?")


def subject(
    result: Record, *, rule: Record, labels: Mapping[str, str], catalogue: Catalogue
) -> dict[str, Any]:
    """Shape one result for the page: everything already in the words and numbers that will be printed."""
    facts = result["fatos"]
    columns = {one["nome"]: _by_name(one["colunas"]) for one in rule.get("relacoes", [])}
    steps = [
        _step(step, place=place, rule=rule, labels=labels, catalogue=catalogue)
        for place, step in enumerate(result["passos"], start=1)
    ]
    last = steps[-1]
    return {
        "key": result["chave"],
        "name": "" if result["nome"] == result["chave"] else result["nome"],
        "result": last["value"],
        "unit": last["unit"],
        "source": _source(facts.get("origem")),
        "inputs": _inputs(facts, labels=labels, columns=_by_name(rule.get("entradas", []))),
        "deadlines": [_deadline(term) for term in facts["prazos"]],
        "told": [
            *(
                f"{made['rotulo']} {day(made['data'])} ({made['fundamento']})."
                for made in result.get("datas", [])
            ),
            *(f"Atenção: {told['mensagem']} ({told['fundamento']})." for told in result.get("avisos", [])),
        ],
        "relations": [
            _relation(name, rows=rows, labels=labels, columns=columns.get(name, {}))
            for name, rows in facts["relacoes"].items()
        ],
        "lookups": [_lookup(found, labels) for found in facts["consultas"]],
        "steps": steps,
    }


def _source(origin: Record | None) -> str:
    return f"planilha “{origin['planilha']}”, linha {origin['linha']}" if origin else ""


def _by_name(columns: list[Record]) -> dict[str, Record]:
    return {column["nome"]: column for column in columns}


def _inputs(facts: Record, *, labels: Mapping[str, str], columns: Mapping[str, Record]) -> list[list[str]]:
    counted = {term["entrada"] for term in facts["prazos"]}
    given = [(name, value) for name, value in facts["entradas"].items() if name not in counted]
    return [[labels.get(name, name), declared_cell(value, columns.get(name))] for name, value in given]


def _deadline(term: Record) -> dict[str, str]:
    met = term.get("cumprido_em")
    return {
        "label": term["rotulo"],
        "due": weekday(term["vencimento"]),
        "reason": term["motivo"] if term["motivo"].endswith(".") else f"{term['motivo']}.",
        "met": day(met) if met else "não cumprido",
        "late": _lateness(term),
        "calendar": term["calendario"],
    }


def _lateness(term: Record) -> str:
    days = term.get("dias")
    if days is None:
        return "–"
    if days == "0":
        return "no prazo"
    counted = term["contagem"] if days == "1" else plural(term["contagem"])
    return f"{number(days)} {counted}"


def _relation(
    name: str, *, rows: list[Record], labels: Mapping[str, str], columns: Mapping[str, Record]
) -> dict[str, Any]:
    every = dict.fromkeys(column for row in rows for column in row)
    shown = [column for column in every if column not in {"identidade", "nome"}]
    titles = {
        column: labels.get(f"{name}.{column}") or columns.get(column, {}).get("rotulo") for column in shown
    }
    cells = [_aligned([_related(row.get(column), columns.get(column)) for row in rows]) for column in shown]
    return {
        "label": labels.get(name, name),
        "columns": [titles[column] or column for column in shown],
        "wide": [_is_wide(column) for column in cells],
        "numeric": [columns.get(column, {}).get("tipo", "número") == "número" for column in shown],
        "rows": [
            {
                "key": row["identidade"],
                "name": "" if row.get("nome") == row["identidade"] else row.get("nome") or "",
                "cells": [column[place] for column in cells],
            }
            for place, row in enumerate(rows)
        ],
    }


def _is_wide(cells: list[str]) -> bool:
    """Whether a column holds sentences, which may take several lines, and not words or figures."""
    return max(map(len, cells), default=0) > _WIDEST_WORD


def _related(value: Any, column: Record | None) -> str:
    """Write one cell of the rows that entered; a number's unit is left to the column's title."""
    is_plain = column is not None and isinstance(value, str) and is_number(value)
    return number(value) if is_plain else declared_cell(value, column)


def _aligned(shown: list[str]) -> list[str]:
    """Give the decimals of a column the same number of places, with zeros, when all of it is decimals."""
    parts = [_SHOWN_DECIMAL.fullmatch(text) for text in shown]
    places = max((len(part["part"] or "") for part in parts if part), default=0)
    if not places or not all(parts):
        return shown
    split = [text.partition(",") for text in shown]
    return [f"{whole},{part.ljust(places, '0')}" for whole, _, part in split]


def _lookup(found: Record, labels: Mapping[str, str]) -> list[str]:
    table = labels.get(found["tabela"], found["tabela"])
    return [f"{table} [{'; '.join(found['chaves'])}]", cell(found["valor"])]


def _step(
    step: Record, *, place: int, rule: Record, labels: Mapping[str, str], catalogue: Catalogue
) -> dict[str, Any]:
    shown = number(step["valor"])
    wording, wording_warning = _wording(step.get("redacao"), rule.get("redacao") or "")
    return {
        "number": place,
        "label": step["rotulo"],
        "formula": catalogue.formula(step["formula"], rule=rule["regra"], labels=labels),
        "with_values": "" if step["com_valores"] in {shown, step["formula"]} else step["com_valores"],
        "value": f"R$ {shown}" if step["unidade"] == "R$" else shown,
        "unit": _unit_beside(step),
        "basis": step.get("fundamento") or "",
        "wording": wording,
        "notes": [*_roundings(step), *(catalogue.parameter(used) for used in step["parametros"])],
        "warning": wording_warning,
        "interpretations": [catalogue.interpretation(one) for one in step["interpretacoes"]],
    }


def _unit_beside(step: Record) -> str:
    unit: str = step["unidade"] or ""
    return "" if unit == "R$" else unit if unit == "%" else unit_after(step["valor"], unit)


def _wording(wording: Record | None, of_rule: str) -> tuple[str, str]:
    """Tell the act that gave the text, unless the rule's own line tells it; warn when it is supposed."""
    if not wording:
        return "", ""
    act = wording.get("ato") or ""
    told = f"redação da {act}" if act and act not in of_rule else ""
    if wording["situacao"] == "conhecida":
        return told, ""
    since = f", desde {day(wording['desde'])}" if wording.get("desde") else ""
    return told, f"Redação adotada por interpretação{since}"


def _roundings(step: Record) -> list[str]:
    told = [
        f"Arredondamento: {number(one['antes'])} → {number(one['depois'])}, {in_places(one['casas'])}"
        for one in step["arredondamentos"]
    ]
    is_cut = is_quotient(step["exato"]) and not told
    return [f"Valor exato: {step['exato']}; {number(step['valor'])} somente para leitura"] if is_cut else told
