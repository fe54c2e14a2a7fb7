"""What people type wrong, and what they are told."""

import pytest

from apura.formula import FormulaSyntaxError, Place, parse

OPERAND = "um número, um nome, um texto entre aspas, uma função ou “(”"


def refusal(text: str) -> FormulaSyntaxError:
    with pytest.raises(FormulaSyntaxError) as refused:
        parse(text)
    return refused.value


def test_the_message_has_the_place_what_was_read_what_was_expected_a_caret_and_a_hint() -> None:
    assert str(refusal("f(a,b)")) == (
        "Linha 1, coluna 4: Li “,”; esperava um operador, “;” ou “)”.\n"
        "    f(a,b)\n"
        "       ^\n"
        "Separe os argumentos com ponto e vírgula: f(a; b). A vírgula é das casas decimais."
    )


def test_the_parts_of_the_message_are_attributes() -> None:
    error = refusal("a +\n b c")
    assert (error.line, error.column) == (2, 4)
    assert error.read == "“c”"
    assert error.expected == "um operador ou o fim da fórmula"
    assert error.at == Place(2, 4, "a +\n b c")


def test_the_caret_stays_under_the_place_when_the_line_is_too_long_to_show() -> None:
    line, caret = str(refusal("a + " * 100 + "$")).split("\n")[1:3]
    assert line[len(caret) - 1] == "$"
    assert len(line) <= 100


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("min(a, b)", 6, "Separe os argumentos com ponto e vírgula: f(a; b)"),
        ("arred(100 * a / b, 2)", 18, "Separe os argumentos com ponto e vírgula"),
        ("a, b", 2, "A vírgula é só das casas decimais"),
        (",5", 1, "Escreva o zero antes da vírgula: 0,5."),
        (".5", 1, "Escreva o número com zero e vírgula: 0,5."),
        ("1.", 2, "escreva 1 ou 1,0"),
        ("min(1,2)", 1, "1,2 foi lido como um número só. Separe os argumentos com ponto e vírgula."),
        ("max(1,5)", 1, "1,5 foi lido como um número só"),
        ("arred(1,2)", 1, "1,2 foi lido como um número só"),
        ("min(1,2,3)", 5, "separe com ponto e vírgula: 1; 2; 3."),
        (
            "min(a)",
            1,
            "Separe os valores com ponto e vírgula: min(a; b); ou use uma coluna: min(itens.nota).",
        ),
        ("máximo(a)", 1, "ou use uma coluna: max(itens.nota)"),
        ("a > b > c", 7, "Para comparar duas vezes, use e(a > b; b > c)."),
        ("a = b = c", 7, "Para comparar duas vezes, use e(a > b; b > c)."),
        ("a == b", 4, "use um só sinal de igual: a = b."),
        ("a != b", 3, "Para “diferente de”, use <>: a <> b."),
        ("a >< b", 4, "Para “diferente de”, use <>"),
        ("a => b", 4, "Escreva >= (maior ou igual) ou <= (menor ou igual), nessa ordem."),
        ("a =< b", 4, "Escreva >= (maior ou igual)"),
        ("10%", 3, "escreva 10% como 0,1 ou como 10 / 100."),
        ("1.000", 1, "Se são milhares, escreva 1000; se são casas decimais, escreva 1,000."),
        ("0.125", 1, "Escreva as casas decimais com vírgula: 0,125."),
        ("1.234,56", 1, "Escreva sem ponto de milhar: 1234,56."),
        ("1.234.567", 1, "Escreva sem ponto de milhar: 1234567."),
        ("1 000", 3, "Escreva o número sem espaços: 1000."),
        ("a ^ 2", 3, "Não há potência: multiplique, como em a * a."),
        ("a ** 2", 4, "Não há potência"),
        ("a & b", 3, "Para juntar condições, use e(a; b) ou ou(a; b). Textos não se juntam."),
        ("a AND b", 3, "Para juntar condições, use e(a; b) ou ou(a; b)."),
        ("a > 1 e b > 2", 7, "Para juntar condições, use e(a; b) ou ou(a; b)."),
        ("não a", 5, "Para negar, use nao(condição)."),
        ("se a > 1 então 2", 4, "Escreva se(condição; então; senão)."),
        ("1 senão 2", 3, "Escreva se(condição; então; senão)."),
        ("nota parcial", 6, "Nomes não têm espaços: use _, como em nota_parcial"),
        ("2dias", 2, "Falta um operador: 2 * dias."),
        ("2 x 3", 3, "Para multiplicar, use *."),
        ("2 · 3", 3, "Para multiplicar, use *."),
        ("2(a + b)", 2, "Para multiplicar, use *: 2 * (a + b)."),
        ("a : b", 3, "Para dividir, use /"),
        ("a – b", 3, "Use o sinal de menos do teclado: a - b."),
        ("+a", 1, "O sinal + só vem entre dois valores: a + b."),
        ("R$ 10", 2, "Escreva só o valor, sem a moeda"),
        ("(a + b", 7, "Falta fechar o que foi aberto com “(” na linha 1, coluna 1."),
        ("min(a;\nb", 2, "Falta fechar o que foi aberto com “(” na linha 1, coluna 4."),
        ("t[a", 4, "Falta fechar o que foi aberto com “[” na linha 1, coluna 2."),
        ("a + b)", 6, "Este fechamento não tem abertura: tire-o, ou abra antes."),
        ("min(a; b]", 9, "( fecha com ), [ fecha com ]."),
        ("min(a;)", 7, "Falta um valor antes deste fechamento."),
        ("min(;a)", 5, "Falta um valor antes deste ponto e vírgula."),
        ("a; b", 2, "O ponto e vírgula só separa argumentos de uma função"),
        ("a +", 4, "Falta um valor no fim da fórmula."),
        ("[a]", 1, "Os colchetes só vêm depois do nome de uma tabela"),
        ("{a}", 1, "Use parênteses: ( )."),
        ("“S” = a", 1, 'Use aspas retas nos textos: "S".'),
        ("'S' = a", 1, 'Use aspas retas nos textos: "S".'),
        ('a = "S', 5, "Feche as aspas na mesma linha"),
        ('itens.estado "S"', 14, 'Falta um operador: itens.estado = "S".'),
        ("a.b.c", 4, "O ponto só vem entre a relação e a coluna: itens.nota."),
        ("SOMA.SE(a; b)", 8, "As funções não têm ponto no nome"),
        ("IF(a; b; c)", 1, "Você quis dizer se(condição; então; senão)?"),
        ("AND(a; b)", 1, "Você quis dizer e(condição; condição)?"),
        ("round(a; 2)", 1, "Você quis dizer arred(valor; casas)?"),
        ("arrend(a; 2)", 1, "Você quis dizer arred(valor; casas)?"),
        ("minimos(a; b)", 1, "Você quis dizer min(a; b)?"),
        ("xyz(a)", 1, "As funções são: se, e, ou, nao, min, max, soma, media, conta, arred, exata, faixa."),
        ("mínimo", 1, "Escreva min(a; b); um valor não pode ter o nome de uma função."),
        ("m² + 1", 1, "m² vira m2"),
        ("λ + 1", 1, "Troque as outras letras e sinais"),
        ("faixa(a; 9; 1; 7; 2)", 1, "Separe os argumentos com ponto e vírgula."),
    ],
)
def test_what_people_usually_type_gets_a_hint_at_the_right_column(text: str, column: int, hint: str) -> None:
    error = refusal(text)
    assert error.column == column
    assert hint in error.hint


@pytest.mark.parametrize("text", ["", "   ", "=", "\n\n"])
def test_an_empty_formula_is_called_empty(text: str) -> None:
    assert refusal(text).problem == "A fórmula está vazia."


def test_an_invisible_sign_is_named_by_its_number() -> None:
    assert refusal("a\u200b + b").read == "um sinal que não se vê (U+200B)"


def test_a_wrong_number_of_arguments_shows_how_the_function_is_written() -> None:
    error = refusal("se(a > 1; 2)")
    assert error.problem == "A função “se” recebeu 2 argumentos."
    assert error.expected == "se(condição; então; senão)"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("min()", "nenhum argumento"), ("exata()", "nenhum argumento"), ("se(a)", "um só argumento")],
)
def test_no_argument_and_one_argument_are_said_in_words(text: str, problem: str) -> None:
    assert problem in refusal(text).problem


def test_a_very_long_name_does_not_make_a_very_long_message() -> None:
    assert len(str(refusal("z" * 1900 + "(1)"))) < 1000
