"""The whole paper as data: what the templates set, and nothing they would have to compute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from apura.paper import summary
from apura.paper.catalogue import Catalogue
from apura.paper.formats import day, short_hash
from apura.paper.glyphs import all_printable
from apura.paper.subjects import subject

Record = Mapping[str, Any]

SCHEMA = "apura/resultado/1"
LONGEST_RUNNING_TITLE = 75
MOST_DETAILED = 300
"""Beyond this many results only the summary is printed: a page each would be a book that nobody opens,
and typesetting takes some 3 MB of memory a page. The attached JSON and ``apura explicar`` have the steps."""


class UnprintableResult(ValueError):
    """The document is no result, or not one this version knows how to print."""


def view(document: Record) -> dict[str, Any]:
    """Shape a result document for the templates: Portuguese texts, formatted numbers, drawn formulas.

    Raises:
        UnprintableResult: ``esquema`` is not the one this version prints, or the document says only its errors.
    """
    _refuse_unprintable(document)
    catalogue = Catalogue()
    groups = _by_rule(document)
    rules = _tables(groups, all_labels=document["rotulos"], catalogue=catalogue)
    applied = date.fromisoformat(document["em"])
    shaped = {
        "title": document["titulo"],
        "short_title": _short_title(document["titulo"]),
        "applied": day(document["em"]),
        "date": {"year": applied.year, "month": applied.month, "day": applied.day},
        "seal": f"{document['motor']} · edição {document['edicao']} · {short_hash(document['digest'])}",
        "masthead": summary.masthead(document),
        "banners": summary.banners(document),
        "rules": rules,
        "detailed": len(document["resultados"]) <= MOST_DETAILED,
        "pending": summary.pending_table(document),
        "errors": summary.error_table(document),
        "choices": summary.choices_table(document),
        "interpretations": catalogue.interpretations,
        "parameters": catalogue.parameters,
        "proofs": summary.proofs(document),
        "formulas": catalogue.formulas,
    }
    if not shaped["detailed"]:
        shaped |= {"formulas": [], "rules": [table | {"subjects": []} for table in rules]}
    printable: dict[str, Any] = all_printable(shaped)
    for table, (rule, results) in zip(printable["rules"], groups, strict=True):
        table["chart"] = summary.rule_chart(rule, results=results)  # a drawing has its own escapes
    return printable


def _refuse_unprintable(document: Record) -> None:
    if document.get("esquema") != SCHEMA:
        raise UnprintableResult(
            f"Não foi possível montar a memória de cálculo: o resultado traz o esquema "
            f"“{document.get('esquema')}” e esta versão imprime “{SCHEMA}”. "
            "Calcule de novo com esta versão ou use a versão que gerou o resultado."
        )
    if "titulo" not in document:
        raise UnprintableResult(
            f"Não foi possível montar a memória de cálculo: o cálculo não começou, por "
            f"{len(document.get('erros', []))} erro(s) na planilha. Corrija o que está em “erros” e calcule de novo."
        )


def _short_title(title: str) -> str:
    """Keep the norm's own name, before any " – subject", within the width of the running header."""
    name = title.partition(" – ")[0]
    return name if len(name) <= LONGEST_RUNNING_TITLE else name[: LONGEST_RUNNING_TITLE - 1] + "…"


def _by_rule(document: Record) -> list[tuple[Record, list[Record]]]:
    """Gather the results of each rule that gave any: rules as declared, results in the order given."""
    gathered: dict[str, list[Record]] = {rule["regra"]: [] for rule in document["regras"]}
    for result in document["resultados"]:
        gathered[result["regra"]].append(result)
    return [(rule, gathered[rule["regra"]]) for rule in document["regras"] if gathered[rule["regra"]]]


def _tables(
    groups: list[tuple[Record, list[Record]]], *, all_labels: Record, catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Join each rule's table with its subjects, linked by a number that runs through the document."""
    shaped, numbers = [], count()
    for rule, results in groups:
        labels = all_labels.get(rule["regra"], {})
        table = summary.rule_table(rule, results=results, labels=labels)
        table["subjects"] = [subject(one, rule=rule, labels=labels, catalogue=catalogue) for one in results]
        for row, one in zip(table["rows"], table["subjects"], strict=True):
            row["link"] = one["link"] = f"s{next(numbers)}"
        shaped.append(table)
    return shaped
