"""A simulation on paper: what was supposed, who gains and who loses, how results spread, the steps that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from apura.paper import differences
from apura.paper.catalogue import Catalogue
from apura.paper.formats import day, number, short_hash
from apura.paper.glyphs import all_printable
from apura.paper.spread_chart import ends_of, spread_chart, spread_finding
from apura.paper.summary import banners
from apura.paper.typesetting import typeset

Record = Mapping[str, Any]

MOST_DETAILED = 200
"""Beyond this many changed results their steps are not printed; the JSON has them."""
MOST_ROWS = 300
"""Rows printed of the table of one rule, the largest changes first; the JSON has them all."""
FEWEST_SPREAD = 5
"""Fewer results than this have no distribution worth a drawing."""


def simulation_pdf(made: Record) -> bytes:
    """Set a simulation as PDF/A-2a and PDF/UA-1, every page marked as without official value.

    The same document always gives the same bytes: the PDF is dated by the day the norm was applied to.

    Args:
        made: A simulation document, schema ``apura/simulacao/1``.
    """
    on = date.fromisoformat(made["em"])
    return typeset("simulacao.typ", simulation_view(made), on=on, standards=("a-2a", "ua-1"))


def simulation_view(made: Record) -> dict[str, Any]:
    """Shape a simulation for its template: Portuguese texts, formatted numbers, drawn formulas."""
    compared, on = made["comparacao"], date.fromisoformat(made["em"])
    catalogue = Catalogue()
    detailed = sum(len(differences.changed(rule)) for rule in compared["regras"]) <= MOST_DETAILED
    shaped = {
        "title": made["titulo"],
        "short_title": made["titulo"].partition(" – ")[0],
        "running": "Simulação",
        "applied": day(made["em"]),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "seal": f"{made['motor']} · base: edição {compared['a']['edicao']}, {short_hash(compared['a']['digest'])}",
        "banners": simulation_banners(is_fictitious=made["ficticio"]),
        "masthead": _masthead(made),
        "asked": [asked_view(change) for change in made["mudancas"]],
        "finding": differences.finding(compared),
        "rules": [_rule(rule) for rule in compared["regras"] if _is_moved(rule)],
        "still": [
            f"{rule['rotulo']} ({differences.counts(rule['resumo'])})"
            for rule in compared["regras"]
            if rule["sujeitos"] and not _is_moved(rule)
        ],
        "pending": [*_pending(compared, "a", "b"), *_pending(compared, "b", "a")],
        "detailed": detailed,
        "details": _details(compared, catalogue) if detailed else [],
        "formulas": catalogue.formulas,
    }
    printable: dict[str, Any] = all_printable(shaped)
    printable["spread"] = _spread(compared["regras"])  # a drawing has its own escapes
    return printable


def simulation_banners(*, is_fictitious: bool) -> list[dict[str, Any]]:
    """Give the warnings that stand on every page of a simulation."""
    reasons = ["mostra o que mudaria se a regra fosse outra; não vale como apuração e não gera efeitos."]
    return [
        {"text": "Simulação sem valor oficial", "reasons": reasons},
        *banners({"ficticio": is_fictitious}),
    ]


def _masthead(made: Record) -> list[list[str]]:
    base = made["comparacao"]["a"]
    source, institution = base["origem"], base["instituicao"]
    lines = [
        ["Instituição", institution["nome"] if institution else ""],
        ["Aplicada em", day(made["em"])],
        ["Base", f"{made['norma']}, edição {base['edicao']} ({short_hash(base['digest'])}), cálculo oficial"],
        ["Arquivo", f"{source['arquivo']} (sha256 {short_hash(source['sha256'])})" if source else ""],
    ]
    return [line for line in lines if line[1]]


def asked_view(change: Record) -> dict[str, Any]:
    """Shape a change that is supposed: what holds, and what is tried."""
    return {
        "kind": change["tipo"].capitalize(),
        "label": change["rotulo"],
        "name": "" if change["tipo"] == "redação" else change["nome"],
        "text": change["texto"],
        "basis": change["fundamento"] or "",
        "before": change["de"],
        "after": change["para"],
        "act": change["ato"] or "",
        "details": [
            [
                f"{one['tipo'].capitalize()}: {one['rotulo']}",
                one["de"] or "não havia",
                one["para"] or "não há",
            ]
            for one in change["na_norma"]
        ],
    }


def _is_moved(rule: Record) -> bool:
    """Tell whether a rule has something to show: a result that differs, or one computed otherwise."""
    return any(one["situacao"] != "igual" or one["sem_efeito"] for one in rule["sujeitos"])


def _rule(rule: Record) -> dict[str, Any]:
    shown = differences.changed(rule, most=MOST_ROWS)
    same = [one["chave"] for one in rule["sujeitos"] if one["situacao"] == "igual" and one["sem_efeito"]]
    return {
        "label": rule["rotulo"],
        "basis": rule["fundamento"],
        "counts": differences.counts(rule["resumo"], called=differences.SIDES),
        "unit": differences.unit_of(rule),
        "rows": [_row(subject, rule) for subject in shown],
        "more": len(rule["sujeitos"]) - rule["resumo"]["iguais"] - len(shown),
        "unfelt": [
            *same[:MOST_ROWS],
            *([f"e mais {len(same) - MOST_ROWS}"] if len(same) > MOST_ROWS else []),
        ],
    }


def _row(subject: Record, rule: Record) -> dict[str, str]:
    step = differences.first_step(subject)
    pending = subject["pendencia"]
    return {
        "key": subject["chave"],
        "name": "" if subject["nome"] == subject["chave"] else subject["nome"],
        "change": subject["situacao"].replace("só em A", "só na base").replace("só em B", "só no cenário"),
        "before": differences.result(subject["a"]),
        "after": differences.result(subject["b"]),
        "difference": differences.difference(subject, rule),
        "why": pending["motivo"] if pending else f"{step['rotulo']}: {differences.why(step)}" if step else "",
    }


def _spread(rules: Sequence[Record]) -> dict[str, Any] | None:
    """Draw the distribution of the rule with the most results, if they are many enough and spread."""
    drawable = [rule for rule in rules if rule["faixas"] and len(rule["sujeitos"]) >= FEWEST_SPREAD]
    moved = [rule for rule in drawable if rule["resumo"]["iguais"] < len(rule["sujeitos"])]
    if not moved:
        return None
    rule = max(moved, key=lambda one: len(one["sujeitos"]))
    bands, unit = rule["faixas"], differences.unit_of(rule)
    return {
        "title": rule["rotulo"],
        "finding": spread_finding(bands, unit=unit),
        "svg": spread_chart(bands),
        "unit": unit,
        "rows": [[ends_of(band), str(band["a"]), str(band["b"])] for band in reversed(bands)],
    }


def _pending(compared: Record, side: str, other: str) -> list[dict[str, str]]:
    """List what only one side refuses."""
    known = {(one["regra"], one["chave"]) for one in compared["pendencias"][other]}
    where = "pendente só na base" if side == "a" else "pendente só no cenário"
    return [
        {
            "who": one["chave"] or "",
            "rule": f"{one['rotulo']} ({where})",
            "reason": one["motivo"],
            "basis": one["fundamento"] or "",
            "advice": one["o_que_fazer"] if side == "b" else "",
        }
        for one in compared["pendencias"][side]
        if (one["regra"], one["chave"]) not in known
    ]


def _details(compared: Record, catalogue: Catalogue) -> list[dict[str, Any]]:
    made = []
    for rule in compared["regras"]:
        labels = compared["rotulos"].get(rule["regra"], {})
        subjects = [
            _subject(subject, rule, labels=labels, catalogue=catalogue)
            for subject in differences.changed(rule)
            if subject["passos"]
        ]
        if subjects:
            made.append({"label": rule["rotulo"], "subjects": subjects})
    return made


def _subject(
    subject: Record, rule: Record, *, labels: Mapping[str, str], catalogue: Catalogue
) -> dict[str, Any]:
    def side(step: Record | None) -> dict[str, Any] | None:
        if step is None:
            return None
        return {
            "formula": catalogue.formula(step["formula"], rule=rule["regra"], labels=labels),
            "with_values": step["com_valores"],
            "value": number(step["valor"]),
        }

    return {
        **_row(subject, rule),
        "steps": [
            {
                "label": step["rotulo"],
                "basis": step["fundamento"],
                "why": differences.why(step),
                "before": side(step["a"]),
                "after": side(step["b"]),
                "same_formula": bool(
                    step["a"] and step["b"] and step["a"]["formula"] == step["b"]["formula"]
                ),
            }
            for step in subject["passos"]
        ],
    }
