"""The documents of the two examples with child rows and formulas of their own, checked from themselves alone."""

import copy
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from apura.norms import Verdict, apply_norm, document, load_norm, recheck, run
from apura.sheets import read_facts

Document = dict[str, Any]
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
CGE, GO = "cge-mt-81-2019", "go-8170-2014"
FILES = {CGE: ("cge-mt-2021.xlsx", date(2021, 12, 31)), GO: ("go-acordo-2014.xlsx", date(2014, 12, 31))}


@cache
def whole(norm_id: str) -> Document:
    name, on = FILES[norm_id]
    norm = load_norm(norm_id)
    read = read_facts(EXAMPLES / name, norm)
    assert read.problems == ()
    made = document(run(apply_norm(norm, on=on), read.raw))
    document_made: Document = json.loads(json.dumps(made, ensure_ascii=False))
    return document_made


def of_rule(made: Document, rule: str) -> list[Document]:
    return [one for one in made["resultados"] if one["regra"] == rule]


@pytest.mark.parametrize("norm_id", FILES)
def test_the_document_of_an_example_holds(norm_id: str) -> None:
    checked = recheck(whole(norm_id))

    assert (checked.verdict, checked.findings) == (Verdict.HOLDS, ())
    assert checked.outcomes == len(whole(norm_id)["resultados"]) > 20


def more_of_a_product(made: Document) -> None:
    row = of_rule(made, "pontos_produtividade")[0]["fatos"]["relacoes"]["entregas"][0]
    row["quantidade"] = str(int(row["quantidade"]) + 1)


def a_dearer_complexity(made: Document) -> None:
    rows = of_rule(made, "pontos_produtividade")[0]["fatos"]["relacoes"]["entregas"]
    next(row for row in rows if row["complexidade"] == "baixa")["complexidade"] = "alta"


def a_system_that_does_not_enter_it(made: Document) -> None:
    of_rule(made, "pontos_produtividade")[0]["fatos"]["relacoes"]["entregas"][0]["sistema"] = (
        "chefia imediata"
    )


def a_product_of_another_year(made: Document) -> None:
    of_rule(made, "pontos_produtividade")[0]["fatos"]["relacoes"]["entregas"][0]["data"] = "2020-03-10"


def a_row_left_out(made: Document) -> None:
    of_rule(made, "pontos_produtividade")[0]["fatos"]["relacoes"]["entregas"].pop()


def an_annex_that_pays_more(made: Document) -> None:
    of_rule(made, "pontos_produtividade")[0]["fatos"]["consultas"][0]["valor"] = "100"


def another_day_of_the_bar(made: Document) -> None:
    barred = next(one for one in of_rule(made, "trabalho_nao_presencial") if one.get("datas"))
    barred["datas"][0]["data"] = "2030-01-01"


def another_method(made: Document) -> None:
    of_rule(made, "nota_item")[0]["fatos"]["entradas"]["metodo"] = "max(0; 1)"


def a_longer_leave(made: Document) -> None:
    rows = [row for one in of_rule(made, "base_do_bonus") for row in one["fatos"]["relacoes"]["afastamentos"]]
    rows[0]["dias"] = str(int(rows[0]["dias"]) + 1)


def a_warning_left_out(made: Document) -> None:
    next(one for one in made["resultados"] if one.get("avisos"))["avisos"] = []


def an_item_taken_from_its_object(made: Document) -> None:
    of_rule(made, "nota_objeto")[0]["fatos"]["relacoes"]["itens"].pop()


@pytest.mark.parametrize(
    ("norm_id", "tamper"),
    [
        (CGE, more_of_a_product),
        (CGE, a_dearer_complexity),
        (CGE, a_system_that_does_not_enter_it),
        (CGE, a_product_of_another_year),
        (CGE, a_row_left_out),
        (CGE, an_annex_that_pays_more),
        (CGE, another_day_of_the_bar),
        (GO, another_method),
        (GO, a_longer_leave),
        (GO, a_warning_left_out),
        (GO, an_item_taken_from_its_object),
    ],
)
def test_a_document_with_one_row_changed_is_broken_and_says_where(
    norm_id: str, tamper: Callable[[Document], None]
) -> None:
    tampered = copy.deepcopy(whole(norm_id))
    tamper(tampered)

    checked = recheck(tampered)

    assert checked.verdict is Verdict.BROKEN
    assert all(str(finding) for finding in checked.findings)
