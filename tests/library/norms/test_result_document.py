"""The result document: what a reader finds in it, and the shape published for programs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apura.norms import apply_norm, document, load_folder, load_norm, refused_document, run, shipped_ids
from apura.norms.docs import SCHEMA_FILE, page, schema_text
from apura.norms.result_schema import json_schema, problems_of
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, house

DOCS = Path(__file__).resolve().parents[3] / "docs"


def made(on: date = END_OF_2015, **how: Any) -> dict[str, Any]:
    raw = house({"GPL": {"entrega_anual": date(2016, 2, 17)}}, heads={"T-1": "SGM"})
    result = run(apply_norm(ALMG, on=on, **how), raw)
    document_made: dict[str, Any] = json.loads(json.dumps(document(result)))
    return document_made


@pytest.mark.parametrize("norm_id", shipped_ids())
def test_the_page_of_each_norm_committed_is_the_one_its_pack_gives(norm_id: str) -> None:
    """If this fails: python3 dev.py norms."""
    assert (DOCS / "norms" / f"{norm_id}.md").read_text(encoding="utf-8") == page(load_norm(norm_id))


def test_the_schema_committed_is_the_one_the_code_gives() -> None:
    """If this fails: python3 dev.py norms."""
    assert (DOCS / "reference" / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_every_norm_has_a_page_even_with_child_rows_and_what_is_pending() -> None:
    written = page(load_folder(GOOD_PACK))

    assert "O ato que fixa o abono." in written
    assert "as linhas da planilha “Produtos”" in written


def test_documents_have_the_published_shape() -> None:
    institution = decided("calendario", "MG")
    refused = refused_document(ALMG, END_OF_2015)

    for whole in (made(), made(date(2014, 12, 31)), made(institution=institution, simulation=True), refused):
        assert problems_of(whole) == []


def test_the_published_schema_closes_every_object_but_the_rows_it_leaves_open() -> None:
    schema = json_schema()

    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Passo"]["additionalProperties"] is False
    assert schema["$defs"]["Linha"]["additionalProperties"] == {"maxLength": 20_000, "type": "string"}
    assert set(schema["required"]) == set(made())


def test_a_rule_that_only_has_pendencias_is_described_too() -> None:
    whole = made(date(2014, 12, 31))

    assert [(one["regra"], one["rotulo"], one["chave"]) for one in whole["pendencias"]] == [
        ("nota_secretaria", "Nota da Secretaria-Geral da Mesa", None),
        ("nota_titular", "Nota do titular", "T-1"),
    ]
    described = {rule["regra"]: rule for rule in whole["regras"]}
    assert described["nota_secretaria"]["redacao"] == "sem redação conhecida nesta data"
    assert list(described) == list(load_norm(ALMG).rules)
    assert whole["rotulos"]["nota_secretaria"]["nota"] == "Nota obtida pela DPL"


def test_a_rule_tells_the_scale_of_its_result() -> None:
    assert {(rule["minimo"], rule["maximo"]) for rule in made()["regras"]} == {("0.00", "10.00")}


def test_what_the_institution_decided_has_a_label() -> None:
    (choice,) = made(institution=decided("calendario", "MG"))["instituicao"]["escolhas"]

    assert (choice["rotulo"], choice["tipo"]) == ("Calendário dos prazos", "interpretação")


def test_a_step_carries_what_checks_it_by_hand() -> None:
    body = next(one for one in made()["resultados"] if one["chave"] == "GPL")
    step = next(one for one in body["passos"] if one["nome"] == "perda_anual")

    assert step["formula"] == "min(perda_maxima; perda_por_dia * dias_de_atraso_anual)"
    assert step["com_valores"] == "mín(1; 0,2 × 2)"
    assert (step["valor"], step["exato"], step["fundamento"]) == ("0.40", "0.40", "art. 13, caput")
    assert [(one["nome"], one["valor"], one["desde"]) for one in step["parametros"]] == [
        ("perda_maxima", "1.00", "2013-01-01"),
        ("perda_por_dia", "0.20", "2013-01-01"),
    ]
    assert [one["rotulo"] for one in step["interpretacoes"]] == ["Dia de atraso", "Calendário dos prazos"]
    (term,) = body["fatos"]["prazos"]
    assert (term["vencimento"], term["cumprido_em"], term["dias"]) == ("2016-02-15", "2016-02-17", "2")


def test_a_relation_to_several_rules_offers_only_the_columns_they_share() -> None:
    described = next(rule for rule in made()["regras"] if rule["regra"] == "nota_titular")

    (relation,) = described["relacoes"]
    assert [column["nome"] for column in relation["colunas"]] == ["nota"]
    assert relation["regras"][0] == "nota_orgao"
