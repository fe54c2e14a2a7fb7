"""Functions: what each asks of its arguments, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from apura.formula.checking.around import MAX_PLACES, Around
from apura.formula.checking.declarations import check_name, relation_named
from apura.formula.checking.kinds import (
    Amount,
    Known,
    need_amount,
    need_truth,
    same_kind,
    same_unit,
    short,
)
from apura.formula.errors import FormulaCheckError
from apura.formula.functions import EXTREMES, FUNCTIONS
from apura.formula.scope import Truth
from apura.formula.tree import Call, Column, Name, Number, walk
from apura.formula.units import NO_UNIT, read_unit

_CASAS = read_unit("casas")


def check_call(around: Around, node: Call) -> Known:
    """Check a function with its arguments."""
    function = FUNCTIONS.get(node.function)
    if function is None or not function.takes(len(node.arguments)):
        expected = function.usage if function else "uma função da linguagem"
        raise FormulaCheckError(f"“{node.function}” não serve aqui.", at=node.at, expected=expected)
    if node.aggregates:
        return _aggregate(around, node)
    return _BY_FUNCTION[node.function](around, node)


def _aggregate(around: Around, node: Call) -> Known:
    if around.relation is not None:
        raise _nested(node)
    inside = replace(around, relation=_only_relation(around, node))
    body, *conditions = node.arguments
    for condition in conditions:
        need_truth((condition, inside.kind_of(condition)), f"filtro de {node.function}")
    if node.function == "conta":
        return Amount(NO_UNIT)
    if node.function == "media" and not around.rounds:
        raise FormulaCheckError(
            "A média é uma divisão, e não diz como arredonda.",
            at=node.at,
            expected="arred(…; casas) ou exata(…) em volta da média",
            hint=f"Escreva arred({short(node)}; 2), ou exata({short(node)}) para guardar a fração inteira.",
        )
    return Amount(need_amount((body, inside.kind_of(body)), node.function))


def _nested(node: Call) -> FormulaCheckError:
    return FormulaCheckError(
        f"“{short(node)}” está dentro de outra função que reúne registros.",
        at=node.at,
        hint="Calcule a de dentro em um passo próprio e use o nome dele.",
    )


def _only_relation(around: Around, node: Call) -> str:
    if node.function == "conta":
        first = node.arguments[0]
        if not isinstance(first, Name):
            raise FormulaCheckError(
                f"“{short(first)}” não serve em conta.",
                at=first.at,
                expected="o nome de uma relação",
                hint="Escreva conta(itens), ou conta(itens; filtro).",
            )
        relation_named(around, first.name, first)
        return first.name
    many = [name for name in node.relations if not relation_named(around, name, node).single]
    if many:
        return many[0]  # a second one is refused where its column stands
    for inner in walk(node):
        if inner is not node and isinstance(inner, Call) and inner.aggregates:
            raise _nested(inner)
    first = node.arguments[0]
    if isinstance(first, Name) and first.name in around.scope.relations:
        check_name(around, first)
    if node.function in EXTREMES:
        hint = "Separe os valores com ponto e vírgula: min(a; b)."
    else:
        hint = "Para poucos valores, escreva a + b, ou arred((a + b) / 2; 2)."
    raise FormulaCheckError(
        f"“{short(node)}” não reúne registros de nenhuma relação.",
        at=node.at,
        expected=f"uma coluna, como em {node.function}(itens.nota)",
        hint=hint,
    )


def _if(around: Around, node: Call) -> Known:
    condition, *branches = around.parts(node.arguments)
    need_truth(condition, "condição de se")
    return same_kind(tuple(branches), "resultado de se")


def _connective(around: Around, node: Call) -> Known:
    for part in around.parts(node.arguments):
        need_truth(part, f"argumento de {node.function}")
    return Truth()


def _extreme(around: Around, node: Call) -> Known:
    if len(node.arguments) < 2:  # noqa: PLR2004 - two values to compare
        raise FormulaCheckError(
            f"“{node.function}” de um só valor.", at=node.at, expected=f"{node.function}(a; b)"
        )
    many = [name for name in node.relations if not relation_named(around, name, node).single]
    if many and around.relation is None:
        name, first, last = node.function, short(node.arguments[0]), short(node.arguments[-1])
        raise FormulaCheckError(
            f"“{name}” lê uma coluna, que tem um valor por registro, ao lado de outro valor.",
            at=node.at,
            expected=f"{name}(coluna) ou {name}(coluna; filtro)",
            hint=f"Para comparar os dois, escreva {name}({name}({first}); {last}); "
            f"para filtrar, {name}({first}; e({last})).",
        )
    return same_unit(around.parts(node.arguments), node.function)


def _rounded(around: Around, node: Call) -> Known:
    value, places = node.arguments
    found = replace(around, rounds=True).kind_of(value)
    if isinstance(places, Number):
        agrees = places.value.denominator == 1 and 0 <= places.value <= MAX_PLACES
    else:
        agrees = isinstance(places, Name | Column) and around.kind_of(places) == Amount(_CASAS)
    if not agrees:
        raise FormulaCheckError(
            f"“{short(places)}” não serve como casas de arred.",
            at=places.at,
            expected=f"um número inteiro de 0 a {MAX_PLACES}, ou um nome em casas",
            hint="Escreva arred(valor; 2).",
        )
    return Amount(need_amount((value, found), "arred"))


def _exactly(around: Around, node: Call) -> Known:
    value = node.arguments[0]
    return Amount(need_amount((value, replace(around, rounds=True).kind_of(value)), "exata"))


def _band(around: Around, node: Call) -> Known:
    arguments = node.arguments
    floors = arguments[1:-1:2]
    same_unit(around.parts((arguments[0], *floors)), "valor e pisos de faixa")
    for above, below in pairwise(floors):
        if isinstance(above, Number) and isinstance(below, Number) and below.value >= above.value:
            raise FormulaCheckError(
                f"Os pisos de faixa precisam descer: depois de {short(above)} vem {short(below)}.",
                at=below.at,
                hint="Ponha os pisos do maior para o menor.",
            )
    return same_kind(around.parts((*arguments[2:-1:2], arguments[-1])), "resultado de faixa")


_BY_FUNCTION: Mapping[str, Callable[[Around, Call], Known]] = {
    "se": _if,
    "e": _connective,
    "ou": _connective,
    "nao": _connective,
    "min": _extreme,
    "max": _extreme,
    "arred": _rounded,
    "exata": _exactly,
    "faixa": _band,
}
