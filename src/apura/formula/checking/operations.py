"""Sums, products and comparisons: kinds and units agree, and a division says how it rounds."""

from __future__ import annotations

from dataclasses import replace

from apura.formula.checking.around import Around
from apura.formula.checking.kinds import LITERAL, Amount, Known, in_words, meet, need_amount, same_unit, short
from apura.formula.errors import FormulaCheckError
from apura.formula.scope import Choice, Truth
from apura.formula.tree import Code, Comparison, Negative, Node, Number, Product, Sum
from apura.formula.units import NO_UNIT


def check_negative(around: Around, node: Negative) -> Known:
    """Change the sign of a number."""
    return Amount(need_amount((node.operand, around.kind_of(node.operand)), "uma troca de sinal"))


def check_sum(around: Around, node: Sum) -> Known:
    """Add numbers of one unit."""
    return same_unit(around.parts(tuple(term for _, term in node.terms)), "uma soma ou subtração")


def check_product(around: Around, node: Product) -> Known:
    """Multiply and divide numbers, and their units."""
    total, only_literals = NO_UNIT, True
    for sign, factor in node.factors:
        unit = need_amount((factor, around.kind_of(factor)), "uma multiplicação ou divisão")
        only_literals = only_literals and unit is None
        total = total.times(unit or NO_UNIT) if sign == "*" else total.over(unit or NO_UNIT)
        if sign == "/":
            _divides(around, node, factor)
    return LITERAL if only_literals else Amount(total)


def _divides(around: Around, node: Product, divisor: Node) -> None:
    if isinstance(divisor, Number):
        if divisor.value == 0:
            raise FormulaCheckError("Divisão por zero.", at=divisor.at, hint="Divida por outro valor.")
        if ends(divisor):
            return
    if not around.rounds:
        raise FormulaCheckError(
            f"A divisão por “{short(divisor)}” não diz como arredonda.",
            at=node.at,
            expected="arred(…; casas) ou exata(…) em volta da divisão",
            hint=f"Escreva arred({short(node)}; 2), ou exata({short(node)}) para guardar a fração inteira.",
        )


def ends(divisor: Number) -> bool:
    """Tell whether dividing by a literal never makes a decimal without end: it has only twos and fives."""
    rest = abs(divisor.value.numerator)
    for prime in (2, 5):
        while rest and rest % prime == 0:
            rest //= prime
    return rest == 1


def check_comparison(around: Around, node: Comparison) -> Known:
    """Compare numbers of one unit, or codes."""
    exactly = replace(around, rounds=True)
    left, right = exactly.parts((node.left, node.right))
    if isinstance(left[1], Choice) and isinstance(right[1], Choice):
        _compare_codes(node, left[1], right[1])
    elif isinstance(left[1], Truth) or isinstance(right[1], Truth):
        raise FormulaCheckError(
            "Uma condição não se compara.",
            at=node.at,
            hint="Escreva só a condição, ou nao(condição); para juntar duas, use e(a; b) ou ou(a; b).",
        )
    elif type(left[1]) is not type(right[1]):
        raise FormulaCheckError(
            "Um número não se compara com um código.",
            at=node.at,
            read=f"{in_words(left[1])} e {in_words(right[1])}",
            hint="Códigos vão entre aspas; números, sem aspas.",
        )
    else:
        same_unit((left, right), "uma comparação")
    return Truth()


def _compare_codes(node: Comparison, left: Choice, right: Choice) -> None:
    if node.operator not in {"=", "<>"}:
        raise FormulaCheckError(
            "Códigos não têm ordem.", at=node.at, read=f"“{node.operator}”", expected="= ou <>"
        )
    if isinstance(node.left, Code) and isinstance(node.right, Code):
        raise FormulaCheckError(
            "A comparação é entre dois textos fixos.", at=node.at, expected="um nome em um dos lados"
        )
    meet((node.left, left), (node.right, right))
