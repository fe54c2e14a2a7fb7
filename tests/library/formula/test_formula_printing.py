"""The ways a formula is shown."""

import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from formula_cast import Values, record, traced, values

from apura.formula import (
    Decision,
    canonical,
    decisions,
    drawing,
    in_words,
    mathml,
    parse,
    portuguese,
    with_values,
)

LABELS = {
    "perda_maxima": "perda máxima",
    "perda_por_dia": "perda por dia",
    "dias": "dias de atraso",
    "itens": "indicadores",
    "itens.nota": "nota do indicador",
    "t": "Anexo Único",
}
MATH = "{http://www.w3.org/1998/Math/MathML}"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("=ARRED(100×entregues÷total;2)", "arred(100 * entregues / total; 2)"),
        ("Mínimo( a ;b )", "min(a; b)"),
        ("(a+b)*c", "(a + b) * c"),
        ("((a*b))/c", "(a * b) / c"),
        ("a-(b-c)", "a - (b - c)"),
        ("-(a+b)", "-(a + b)"),
        ("a*-b", "a * -b"),
        ("1.50+007", "1,5 + 7"),
        ("a≠b", "a <> b"),
        ("(a>b)=c", "(a > b) = c"),
        ('T["Não";A.B]', 't["Não"; a.b]'),
        ("conta(Itens;Itens.Ok)", "conta(itens; itens.ok)"),
    ],
)
def test_the_normal_form_has_one_way_of_writing_and_reads_back_as_the_same(written: str, normal: str) -> None:
    assert canonical(parse(written)) == normal
    assert parse(normal) == parse(written)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("min(perda_maxima; perda_por_dia * dias)", "mín(perda máxima; perda por dia × dias de atraso)"),
        ("arred(100 * a / (b - 1); 2)", "arred(100 × a ÷ (b − 1); 2)"),
        ("se(nao(a <> 1); 1000; -0,5)", "se(não(a ≠ 1); 1.000; −0,5)"),
        ("a - -b", "a − (−b)"),
        ("media(itens.nota; itens.peso >= 2)", "média(nota do indicador; itens.peso ≥ 2)"),
        ("conta(itens)", "conta(indicadores)"),
        ('t["A"; b] <= 3', "Anexo Único[“A”; b] ≤ 3"),
    ],
)
def test_people_read_labels_and_the_signs_of_mathematics(text: str, shown: str) -> None:
    assert portuguese(parse(text), LABELS) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("min(perda_maxima; perda_por_dia * dias)", "mín(1; 0,2 × 2)"),
        ("arred(100 * dias / (dias + 1); casas)", "arred(100 × 2 ÷ (2 + 1); 1)"),
        ("se(dias > 5; 0; perda_maxima - perda_por_dia * dias)", "1 − 0,2 × 2"),
        ("2 * se(dias > 1; dias + 1; 0)", "2 × (2 + 1)"),
        ("e(dias > 1; dias > 2; dias > 3)", "e(2 > 1; 2 > 2)"),
        ("ou(dias > 1; dias > 2)", "2 > 1"),
        ("1 - negativo * 2", "1 − (−3 × 2)"),
        ("dias - negativo", "2 − (−3)"),
        ("terco * 3", "(1/3) × 3"),
        ("terco + 3", "1/3 + 3"),
        ('faixa(dias; 3; "A"; 1; "B"; "C")', "“B”"),
        ('entregou = "S"', "“N” = “S”"),
        ("e(ativo)", "sim"),
        ('t["A"; "S"] * 2', "30 × 2"),
        ("soma(itens.peso * itens.nota)", "3 × 9,5 + 2 × 8 + 5 × 1,25"),
        ('soma(itens.nota; itens.estado = "apurado") * 2', "(9,5 + 8) × 2"),
        ("max(soma(itens.nota; itens.nota > 9); 1)", "máx(9,5; 1)"),
        ("arred(media(itens.nota); 2)", "arred(média(9,5; 8; 1,25); 2)"),
        ("max(itens.nota)", "máx(9,5; 8; 1,25)"),
        ("soma(itens.nota; itens.nota > 99)", "0 [soma de nenhum registro]"),
        ("conta(itens)", "3 [registros]"),
        ("conta(itens; itens.nota > 5) * 10", "2 [de 3 registros] × 10"),
        ("soma(se(itens.conta; itens.nota; 0))", "9,5 + 0 + 1,25"),
        ("orgao.fator * 2", "1,5 × 2"),
    ],
)
def test_with_values_only_the_branch_taken_is_shown(text: str, shown: str) -> None:
    case = values(
        perda_maxima=1,
        perda_por_dia="0.2",
        dias=2,
        casas=1,
        negativo=-3,
        terco=Fraction(1, 3),
        entregou="N",
        ativo=True,
    )
    seen = traced(text, case)
    assert with_values(seen.tree, seen) == shown


def test_the_conditions_that_chose_the_branch_are_told_apart() -> None:
    seen = traced("se(dias > 5; 0; se(e(dias > 1; dias < 3); 1; 2))", values(dias=2))
    assert decisions(seen.tree, seen, LABELS) == (
        Decision("dias de atraso > 5", "2 > 5", holds=False),
        Decision("e(dias de atraso > 1; dias de atraso < 3)", "e(2 > 1; 2 < 3)", holds=True),
    )


def test_the_floors_that_were_tried_are_told_up_to_the_one_that_was_reached() -> None:
    seen = traced('faixa(nota; 9; "A"; 7; "B"; 5; "C"; "D")', values(nota=8))
    assert decisions(seen.tree, seen) == (
        Decision("nota ≥ 9", "8 ≥ 9", holds=False),
        Decision("nota ≥ 7", "8 ≥ 7", holds=True),
    )


def test_many_records_are_summarised_with_their_number() -> None:
    rows = tuple(record(f"linha {at}", nota=at) for at in range(1, 198))
    seen = traced("10 * soma(itens.nota)", Values(relations={"itens": rows}))
    assert with_values(seen.tree, seen) == "10 × 19.503 [soma de 197 registros]"
    seen = traced("max(itens.nota; itens.nota < 101) - 1", Values(relations={"itens": rows}))
    assert with_values(seen.tree, seen) == "100 [maior de 100 de 197 registros] − 1"


def test_six_records_are_shown_and_seven_are_summarised() -> None:
    for count, shown in ((6, "1 + 1 + 1 + 1 + 1 + 1"), (7, "7 [soma de 7 registros]")):
        rows = tuple(record(str(at), nota=1) for at in range(count))
        seen = traced("soma(itens.nota)", Values(relations={"itens": rows}))
        assert with_values(seen.tree, seen) == shown


def test_units_are_written_after_the_values_when_given() -> None:
    units = {
        "a": "ponto",
        "b": "ponto/dia",
        "c": "%",
        "d": "R$/hora",
        "itens.nota": "ponto",
        "e1": "adimensional",
    }
    seen = traced("a + b + c + d + e1", values(a=1, b=-2, c=80, d=10, e1=3))
    assert with_values(seen.tree, seen, units) == "1 ponto + (−2 pontos/dia) + 80% + R$ 10/hora + 3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "min(perda_maxima; perda_por_dia * dias)",
            "o menor valor entre perda máxima e perda por dia vezes dias de atraso",
        ),
        ("arred(100 * a / b; 2)", "100 vezes a dividido por b, arredondado para 2 casas decimais"),
        ("arred(a; 1)", "a, arredondado para 1 casa decimal"),
        ("a / (b + c)", "a dividido por abre parênteses, b mais c, fecha parênteses"),
        ("2 * min(a; b)", "2 vezes abre parênteses, o menor valor entre a e b, fecha parênteses"),
        ("se(a >= 1; b; -c)", "se a é maior ou igual a 1, então b; senão, menos c"),
        (
            'e(a > 1; nao(b = "S"))',
            "a é maior que 1 e abre parênteses, não é verdade que b é igual a “S”, fecha parênteses",
        ),
        (
            "soma(itens.nota; itens.peso > 1)",
            (
                "a soma de nota do indicador em cada registro de indicadores, "
                "só dos registros em que itens.peso é maior que 1"
            ),
        ),
        ("conta(itens)", "a quantidade de registros de indicadores"),
        (
            "faixa(a; 9; 4; 7; 3; 1)",
            "conforme a faixa de a: a partir de 9, 4; a partir de 7, 3; nos demais casos, 1",
        ),
        ('t["A"; b]', "Anexo Único para “A” e b"),
        ("exata(a / 3)", "o valor exato de a dividido por 3"),
    ],
)
def test_in_words_every_grouping_is_said(text: str, said: str) -> None:
    assert in_words(parse(text), LABELS) == said


def test_a_division_is_drawn_as_a_fraction_without_parentheses() -> None:
    assert drawing(parse("(a + 1) / b * 3")) == {
        "kind": "row",
        "items": [
            {
                "kind": "fraction",
                "over": {
                    "kind": "row",
                    "items": [
                        {"kind": "name", "text": "a"},
                        {"kind": "sign", "text": "+"},
                        {"kind": "number", "text": "1"},
                    ],
                },
                "under": {"kind": "name", "text": "b"},
            },
            {"kind": "sign", "text": "×"},
            {"kind": "number", "text": "3"},
        ],
    }


def test_nested_conditions_are_drawn_as_one_set_of_cases() -> None:
    drawn = drawing(parse("se(a > 2; 10; se(a > 1; 5; 0))"))
    assert drawn["kind"] == "cases"
    assert [row["value"]["text"] for row in drawn["rows"]] == ["10", "5"]
    assert drawn["otherwise"] == {"kind": "number", "text": "0"}


def test_bands_are_drawn_as_cases_from_each_floor() -> None:
    drawn = drawing(parse('faixa(nota; 9; "A"; "B")'))
    signs = [item["text"] for item in drawn["rows"][0]["when"]["items"]]
    assert signs == ["nota", "≥", "9"]


def test_a_drawing_with_values_can_be_stored_as_json() -> None:
    seen = traced("se(a > 1; a / 3; 0) > 0", values(a=2))
    assert json.loads(json.dumps(drawing(seen.tree, {}, seen)))["items"][0]["kind"] == "fraction"


def test_mathml_is_well_formed_and_uses_fractions() -> None:
    tree = ElementTree.fromstring(mathml(parse("arred(100 * a / b; 2)"), {"a": "entregues & <no> prazo"}))  # noqa: S314
    assert tree.tag == f"{MATH}math"
    assert [element.text for element in tree.iter(f"{MATH}mi")] == ["arred", "entregues & <no> prazo", "b"]
    assert len(list(tree.iter(f"{MATH}mfrac"))) == 1
    assert (
        tree.get("alttext")
        == "100 vezes entregues & <no> prazo dividido por b, arredondado para 2 casas decimais"
    )


def test_mathml_of_a_small_formula_is_this_text() -> None:
    assert mathml(parse("a / 2 > 0")) == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a dividido por 2 é maior que 0">'
        "<mrow><mfrac><mi>a</mi><mn>2</mn></mfrac><mo>&gt;</mo><mn>0</mn></mrow></math>"
    )


def test_mathml_with_a_trace_shows_the_values() -> None:
    seen = traced("min(a; b)", values(a=1, b=2))
    shown = ElementTree.fromstring(mathml(seen.tree, {}, seen))  # noqa: S314
    assert [element.text for element in shown.iter(f"{MATH}mn")] == ["1", "2"]
