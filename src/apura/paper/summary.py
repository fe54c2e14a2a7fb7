"""The first pages: what was computed, what was not, and everything the results rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apura.formula import parse, references
from apura.paper.charts import Bar, chart_of
from apura.paper.formats import day, is_number, number, plural, short_hash

Record = Mapping[str, Any]

MOST_CRITERIA, LONGEST_KEY = 6, 10
"""More columns, or keys of longer words, do not fit beside the name; the subject's own page has the steps."""


def masthead(document: Record) -> list[list[str]]:
    """Say what this paper is about: institution, date, edition, engine and source, each with its proof."""
    source = document.get("origem")
    institution = document.get("instituicao")
    lines = [
        ["Instituição", institution["nome"] if institution else ""],
        ["Aplicada em", day(document["em"])],
        ["Norma", f"{document['norma']}, edição {document['edicao']} ({short_hash(document['digest'])})"],
        ["Calculado por", document["motor"]],
        ["Arquivo de origem", _source(source) if source else "nenhum: valores recebidos de outro programa"],
    ]
    return [line for line in lines if line[1]]


def proofs(document: Record) -> list[list[str]]:
    """Give the whole hashes by which someone else can tell that norm and source are the same."""
    source = document.get("origem")
    proof = [["Norma", f"{document['norma']}, edição {document['edicao']}", document["digest"]]]
    if source:
        proof.append(["Arquivo de origem", source["arquivo"], f"sha256:{source['sha256']}"])
    return proof


def banners(document: Record) -> list[dict[str, Any]]:
    """List the warnings that every page must carry, each with its reasons."""
    found = []
    simulation = document.get("simulacao")
    if simulation:
        reasons = list(simulation["motivos"]) or ["não vale como apuração."]
        found.append({"text": "Simulação sem valor oficial", "reasons": reasons})
    institution = document.get("instituicao") or {}
    if document.get("ficticio") or institution.get("ficticio"):
        reasons = ["os números são inventados, para demonstração."]
        found.append({"text": "Valores fictícios", "reasons": reasons})
    return found


def rule_table(rule: Record, *, results: Sequence[Record], labels: Mapping[str, str]) -> dict[str, Any]:
    """Shape the table of one rule's results, in the order given."""
    criteria = _criteria(results)
    table = [_row(result, rule, criteria) for result in results]
    return {
        "label": rule["rotulo"],
        "subject": rule["sujeito"][:1].upper() + rule["sujeito"][1:],
        "count": f"{len(results)} {rule['sujeito'] if len(results) == 1 else plural(rule['sujeito'])}",
        "unit": _unit(rule),
        "basis": rule["fundamento"],
        "wording": rule.get("redacao") or "",
        "criteria": [labels.get(name, name) for name in criteria],
        "rows": table,
    }


def rule_chart(rule: Record, *, results: Sequence[Record]) -> dict[str, str] | None:
    """Draw one rule's results in the order given; None when they are no numbers or a drawing adds nothing."""
    shown = [(result["chave"], result["valores"][rule["resultado"]]) for result in results]
    if not all(is_number(value) for _, value in shown):
        return None
    bars = [Bar(key, value) for key, value in shown]
    chart = chart_of(bars, label=rule["rotulo"], unit=_unit(rule), maximum=rule.get("maximo"))
    return {"svg": chart.svg, "finding": chart.finding} if chart else None


def pending_table(document: Record) -> list[dict[str, str]]:
    """Say what could not be computed, why, and what to do about it; what has the same reason is told once."""
    labels = {rule["regra"]: rule["rotulo"] for rule in document["regras"]}
    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    for one in document["pendencias"]:
        rule = labels.get(one["regra"]) or one.get("rotulo") or f"regra “{one['regra']}”"
        told = (rule, one["motivo"], one.get("fundamento") or "", one.get("o_que_fazer") or "")
        grouped.setdefault(told, []).append(one.get("chave") or "")
    return [
        {
            "who": ", ".join(filter(None, who)),
            "rule": rule,
            "reason": reason,
            "basis": basis,
            "advice": advice,
        }
        for (rule, reason, basis, advice), who in grouped.items()
    ]


def error_table(document: Record) -> list[list[str]]:
    """List what was wrong in the source, by sheet and cell."""
    return [
        [one.get("planilha") or "–", one.get("celula") or "–", one["mensagem"]] for one in document["erros"]
    ]


def choices_table(document: Record) -> list[list[str]]:
    """List what the institution chose where the norm lets it choose, with the act that decided."""
    institution = document.get("instituicao")
    return [_choice(one) for one in institution["escolhas"]] if institution else []


def _choice(one: Record) -> list[str]:
    act = one.get("ato") or "sem ato informado"
    on = one.get("data_do_ato")
    return [
        one["nome"],
        one["tipo"],
        number(one["valor"]),
        day(one["desde"]),
        f"{act}, de {day(on)}" if on else act,
    ]


def _source(source: Record) -> str:
    lines = source.get("linhas")
    read = f", {lines} {'linha' if lines == 1 else 'linhas'}" if lines is not None else ""
    return f"{source['arquivo']}{read} (sha256 {short_hash(source['sha256'])})"


def _unit(rule: Record) -> str:
    return plural(rule["unidade"]) if rule["unidade"] not in {None, "", "adimensional"} else ""


def _criteria(results: Sequence[Record]) -> list[str]:
    """Choose the columns beside the result: the steps that the result's own formula adds up or compares."""
    if any(len(word) > LONGEST_KEY for result in results for word in result["chave"].split()):
        return []
    steps = [step["nome"] for step in results[0]["passos"]]
    final = results[0]["passos"][-1]
    named = [name for name in references(parse(final["formula"])).names if name in steps]
    return named if 1 < len(named) <= MOST_CRITERIA else []


def _row(result: Record, rule: Record, criteria: Sequence[str]) -> dict[str, Any]:
    values = result["valores"]
    return {
        "key": result["chave"],
        "name": "" if result["nome"] == result["chave"] else result["nome"],
        "cells": [number(values[name]) if name in values else "–" for name in criteria],
        "result": number(values[rule["resultado"]]),
    }
