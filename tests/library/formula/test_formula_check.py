"""What the static check accepts, and what it refuses before any value is seen."""

import pytest
from formula_cast import SCOPE, YES_NO, kind

from apura.formula import Choice, FormulaCheckError, FormulaError, Kind, Quantity, Scope, Truth, check, parse


def refusal(text: str, expected: Kind | None = None) -> FormulaCheckError:
    with pytest.raises(FormulaCheckError) as refused:
        kind(text, expected)
    return refused.value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("min(perda_maxima; perda_por_dia * dias_de_atraso)", "ponto"),
        ("nota - perda_maxima", "ponto"),
        ("1 - perda_maxima", "ponto"),
        ("nota * dias_de_atraso", "ponto*dia"),
        ("arred(nota / dias_de_atraso; 2)", "ponto/dia"),
        ("arred(nota / dias_de_atraso / dias_de_atraso; 2)", "ponto/dia/dia"),
        ("arred(1 / dias_de_atraso; 2)", "1/dia"),
        ("arred(100 * entregues / total; 2)", "adimensional"),
        ("indice + fator", "adimensional"),
        ("2 * 3", "adimensional"),
        ("conta(itens)", "adimensional"),
        ("soma(itens.peso * itens.nota)", "ponto"),
        ("soma(itens.nota * orgao.fator)", "ponto"),
        ("exata(media(itens.nota))", "ponto"),
        ("max(itens.nota; itens.nota < 9)", "ponto"),
        ("max(soma(itens.nota); 0)", "ponto"),
        ("orgao.fator * 2", "adimensional"),
        ("min(orgao.fator; fator)", "adimensional"),
        ('pontos_do_produto["A"; entregou]', "ponto"),
        ("se(ativo; nota; 0)", "ponto"),
        ("faixa(nota; 9; 4; 7; 3; 1)", "adimensional"),
        ("-(nota)", "ponto"),
    ],
)
def test_the_unit_of_a_result_follows_from_what_is_declared(text: str, unit: str) -> None:
    assert kind(text) == Quantity(unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arred(100 * entregues / total; 2)", Quantity("%")),
        ("10 - 3", Quantity("ponto")),
        ("se(ativo; 1; 0)", Quantity("dia")),
        ("nota > 7", Truth()),
        ("e(ativo; ou(nota > 7; nao(ativo)))", Truth()),
        ('se(ativo; "S"; entregou)', YES_NO),
        ('faixa(nota; 9; "S"; "N")', YES_NO),
    ],
)
def test_the_result_must_be_what_is_expected_and_literals_take_its_unit(text: str, expected: Kind) -> None:
    assert kind(text, expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nota", Quantity("dia")),
        ("nota", Truth()),
        ("ativo", Quantity("ponto")),
        ('se(ativo; "S"; "X")', YES_NO),
        ("entregou", Quantity("ponto")),
    ],
)
def test_a_result_of_another_kind_or_unit_is_refused(text: str, expected: Kind) -> None:
    assert refusal(text, expected).problem == "O resultado da fórmula não é o que foi declarado."


def test_a_wrong_unit_names_both_parts_with_their_units() -> None:
    assert str(refusal("nota + dias_de_atraso")) == (
        "Linha 1, coluna 8: Unidades diferentes em uma soma ou subtração: “nota” está em ponto, "
        "“dias_de_atraso” está em dia. Li um número em dia; esperava um número em ponto.\n"
        "    nota + dias_de_atraso\n"
        "           ^\n"
        "Multiplique ou divida por um parâmetro que leve uma unidade à outra."
    )


@pytest.mark.parametrize("operator", ["+", "-", "<", "=", ">="])
def test_numbers_without_dimension_do_not_meet_numbers_that_have_one(operator: str) -> None:
    assert "Unidades diferentes" in refusal(f"nota {operator} fator").problem


@pytest.mark.parametrize(
    "text",
    [
        "arred(nota / 3; 2)",
        "exata(nota / dias_de_atraso)",
        "nota / dias_de_atraso > 1",
        "nota / 4",
        "nota / 0,5",
        "nota / 100",
        "arred(se(ativo; nota / 3; 0); 2)",
        "arred(media(itens.nota); casas_da_nota)",
        "conta(itens; itens.nota / itens.peso > 1)",
        "media(itens.nota) > 7",
    ],
)
def test_a_division_that_says_how_it_rounds_or_needs_no_rounding_is_accepted(text: str) -> None:
    kind(text)


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("entregues / total", 11, "Escreva arred(entregues / total; 2), ou exata(entregues / total)"),
        ("nota / 3", 6, "arred(nota / 3; 2)"),
        ("nota / 0,3", 6, "arred(nota / 0,3; 2)"),
        ("nota / -2", 6, "arred(nota / -2; 2)"),
        ("media(itens.nota)", 1, "arred(media(itens.nota); 2)"),
        ("arred(nota; 2) + nota / 3", 23, "arred(nota / 3; 2)"),
        ("se(nota / 3 > 1; nota / 3; 0)", 23, "exata(nota / 3)"),
    ],
)
def test_a_division_that_does_not_say_how_it_rounds_is_refused(text: str, column: int, hint: str) -> None:
    error = refusal(text)
    assert error.column == column
    assert hint in error.hint


def test_dividing_by_a_literal_zero_is_refused() -> None:
    assert refusal("arred(nota / 0; 2)").problem == "Divisão por zero."


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("notas", "Não existe o nome “notas”.", "Você quis dizer “nota”?"),
        ("xyz", "Não existe o nome “xyz”.", "Os que existem: nota, perda_maxima"),
        ("itens", "Não existe o nome “itens”.", "É uma relação: escreva a coluna, como em itens.nota."),
        ("pontos_do_produto", "Não existe o nome", "É uma tabela: escreva as chaves"),
        ("soma(itens.notta)", "Não existe em “itens” a coluna “notta”.", "Você quis dizer “nota”?"),
        ("soma(iten.nota)", "Não existe a relação “iten”.", "Você quis dizer “itens”?"),
        ("conta(item)", "Não existe a relação “item”.", "Você quis dizer “itens”?"),
        ("pontos[entregou]", "Não existe a tabela “pontos”.", ""),
        ("itens.nota", "“itens.nota” tem um valor por registro.", "Use soma(itens.nota), media(itens.nota)"),
        ('soma(itens.nota; entregas.nivel = "S")', "Uma função só reúne registros de uma relação", "passo"),
        ("soma(itens.nota * entregas.valor)", "Uma função só reúne registros de uma relação", "passo"),
        ("soma(soma(itens.nota))", "está dentro de outra função", "um passo próprio"),
        ("soma(itens.nota * conta(entregas))", "está dentro de outra função", "um passo próprio"),
        ("soma(itens)", "Não existe o nome “itens”.", "É uma relação"),
        ("soma(nota; perda_maxima)", "não reúne registros de nenhuma relação", "escreva a + b"),
        ("soma(orgao.fator)", "não reúne registros de nenhuma relação", "escreva a + b"),
        ("min(orgao.fator)", "não reúne registros de nenhuma relação", "min(a; b)"),
        ("conta(itens.nota)", "“itens.nota” não serve em conta.", "conta(itens)"),
        ("soma(itens.nota; 1)", "“1” não serve em filtro de soma.", "atraso > 0"),
        ("max(itens.nota; 0)", "“max” lê uma coluna", "max(max(itens.nota); 0)"),
        ("max(itens.nota; itens.conta)", "“max” lê uma coluna", "max(itens.nota; e(itens.conta))"),
        ('entregou = "X"', "“X” não é uma opção de “entregou”.", ""),
        ('soma(itens.nota; itens.estado = "apurad")', "não é uma opção", 'Você quis dizer "apurado"?'),
        ('entregou > "S"', "Códigos não têm ordem.", ""),
        ('"S" = "S"', "A comparação é entre dois textos fixos.", ""),
        ("entregou = 1", "Um número não se compara com um código.", "Códigos vão entre aspas"),
        ('nota = "7"', "Um número não se compara com um código.", "números, sem aspas"),
        ("conta(itens; itens.estado = entregou) > 0", "não têm nenhuma opção em comum", "“apurado”"),
        ("ativo = ativo", "Uma condição não se compara.", "nao(condição)"),
        ("ativo + 1", "“ativo” não serve em uma soma", "se(condição; 1; 0)"),
        ('"7" + 1', "não serve em uma soma", "Tire as aspas"),
        ("entregou * 2", "“entregou” não serve em uma multiplicação", ""),
        ("se(nota; 1; 2)", "“nota” não serve em condição de se.", "atraso > 0"),
        ("se(entregou; 1; 2)", "“entregou” não serve em condição de se.", "código"),
        ('se(ativo; "S"; 1)', "“1” não serve em resultado de se.", 'O primeiro é "S".'),
        ("se(ativo; nota; dias_de_atraso)", "Unidades diferentes em resultado de se", ""),
        ("e(nota)", "“nota” não serve em argumento de e.", ""),
        ("nao(entregou)", "“entregou” não serve em argumento de nao.", ""),
        ("arred(nota; 11)", "“11” não serve como casas de arred.", "arred(valor; 2)"),
        ("arred(nota; 1,5)", "“1,5” não serve como casas de arred.", ""),
        ("arred(nota; -1)", "“-1” não serve como casas de arred.", ""),
        ("arred(nota; dias_de_atraso)", "não serve como casas de arred.", ""),
        ("faixa(nota; 7; 1; 9; 2; 3)", "Os pisos de faixa precisam descer: depois de 7 vem 9.", "maior para"),
        ("faixa(nota; 7; 1; 7; 2; 3)", "precisam descer", ""),
        ('faixa(nota; 7; "S"; 2)', "“2” não serve em resultado de faixa.", ""),
        ("faixa(nota; dias_de_atraso; 1; 2)", "Unidades diferentes em valor e pisos de faixa", ""),
        ('pontos_do_produto["A"]', "chaves de menos ou de mais", ""),
        ('pontos_do_produto["C"; entregou]', "“C” não é uma opção", ""),
        ("pontos_do_produto[1; entregou]", "“1” não serve em uma chave de tabela.", ""),
    ],
)
def test_what_cannot_be_computed_is_refused_with_what_to_do(text: str, problem: str, hint: str) -> None:
    error = refusal(text)
    assert problem in error.problem
    assert hint in error.hint
    assert error.at is not None


def test_an_undeclared_unit_is_refused_where_it_is_used() -> None:
    scope = Scope(names={"a": Quantity("pontos")})
    with pytest.raises(FormulaCheckError, match=r"A unidade “pontos” não existe\.") as refused:
        check(parse("1 + a"), scope)
    assert refused.value.column == 5


def test_options_are_compared_after_composing_their_letters() -> None:
    scope = Scope(names={"resposta": Choice(("na\u0303o", "sim"))})
    assert check(parse('resposta = "não"'), scope) == Truth()


def test_an_empty_scope_still_computes_literals() -> None:
    assert check(parse("1 + 1"), Scope()) == Quantity("adimensional")


def test_the_check_reads_no_values_and_leaves_the_scope_alone() -> None:
    before = repr(SCOPE)
    with pytest.raises(FormulaError):
        kind("nota / total")
    assert repr(SCOPE) == before
