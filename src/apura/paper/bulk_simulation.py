"""A simulation over a bulk run on paper: what was supposed, how many gain and lose, how results spread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from apura.paper.formats import day, number, short_hash
from apura.paper.glyphs import all_printable
from apura.paper.simulation import asked_view, simulation_banners
from apura.paper.spread_chart import ends_of, spread_chart, spread_finding
from apura.paper.typesetting import typeset

Record = Mapping[str, Any]


def bulk_simulation_pdf(made: Record) -> bytes:
    """Set a simulation over a bulk run as PDF/A-2a and PDF/UA-1, every page marked as without official value.

    Args:
        made: a document of schema ``apura/lote-simulacao/1``.
    """
    on = date.fromisoformat(made["execucao"]["em"])
    return typeset("simulacao.typ", _view(made, on), on=on, standards=("a-2a", "ua-1"))


def _view(made: Record, on: date) -> dict[str, Any]:
    run = made["execucao"]
    institution = run["instituicao"]
    shaped = {
        "title": run["titulo"],
        "short_title": run["titulo"].partition(" – ")[0],
        "running": "Simulação em lote",
        "applied": day(run["em"]),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "seal": f"apura {run['apura']} · {run['motor']} · {run['norma']}, edição {run['edicao']}",
        "banners": simulation_banners(is_fictitious=bool(institution and institution["ficticio"])),
        "masthead": _masthead(run, institution),
        "asked": [asked_view(change) for change in run["mudancas"]],
        "finding": " ".join(_finding(result) for group in made["grupos"] for result in group["resultados"]),
        "rules": [_rule(group) for group in made["grupos"] if group["maiores"]],
        "still": [group["rotulo"] for group in made["grupos"] if not group["maiores"]],
        "kept": "nos arquivos do lote",
        "pending": [],
        "detailed": True,
        "details": [],
        "formulas": [],
    }
    printable: dict[str, Any] = all_printable(shaped)
    printable["spread"] = _spread(made)  # a drawing has its own escapes
    return printable


def _masthead(run: Record, institution: Record | None) -> list[list[str]]:
    subjects = sum(group["sujeitos"] for group in run["grupos"] if group["arquivo"])
    return [
        *([["Instituição", institution["nome"]]] if institution else []),
        ["Aplicada em", day(run["em"])],
        [
            "Norma",
            f"{run['norma']}, edição {run['edicao']} ({short_hash(run['digesto'])}), com o que se supôs",
        ],
        ["Resultados", f"{number(str(subjects))}, um de cada sujeito em cada regra"],
    ]


def _finding(result: Record) -> str:
    if not result["mudaram"]:
        return f"{result['rotulo']}: nada muda."
    total = number(str(result["iguais"] + result["mudaram"]))
    moved = f"{result['rotulo']}: de {total}, mudam {number(str(result['mudaram']))}"
    if result["soma"] is None:
        return f"{moved}."
    return f"{moved}; {number(str(result['sobem']))} sobem e {number(str(result['descem']))} descem."


def _rule(group: Record) -> dict[str, Any]:
    first = "; ".join(f"{step} ({number(str(count))})" for step, count in group["primeiro_passo"].items())
    changed = group["resultados"][0]["mudaram"]
    return {
        "label": group["resultados"][0]["rotulo"],
        "basis": f"onde a conta começa a mudar: {first}",
        "counts": f"{number(str(changed))} mudam",
        "unit": "",
        "rows": [_row(each) for each in group["maiores"]],
        "more": max(0, changed - len(group["maiores"])),
        "unfelt": [],
    }


def _row(changed: Record) -> dict[str, str]:
    gap = changed["diferenca"]
    what = "muda" if gap is None else "cai" if gap.startswith("-") else "sobe"
    return {
        "key": changed["chave"],
        "name": "",
        "change": what,
        "before": number(changed["a"] or "–"),
        "after": number(changed["b"] or "–"),
        "difference": "" if gap is None else ("" if gap.startswith("-") else "+") + number(gap),
    }


def _spread(made: Record) -> dict[str, Any] | None:
    """Draw how the result with the most changes spreads."""
    drawable = [group for group in made["grupos"] if group["faixas"] and group["maiores"]]
    if not drawable:
        return None
    group = max(drawable, key=lambda one: int(one["resultados"][0]["mudaram"]))
    bands = group["faixas"]
    return {
        "title": group["resultados"][0]["rotulo"],
        "finding": spread_finding(bands, unit=""),
        "svg": spread_chart(bands),
        "unit": "",
        "rows": [[ends_of(band), number(str(band["a"])), number(str(band["b"]))] for band in reversed(bands)],
    }
