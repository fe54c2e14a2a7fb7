"""Every formula of a pack, parsed once and checked against what its rule declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from apura.formula import FormulaError, Kind, Node, Scope, Truth, brazilian, check, parse, references
from apura.norms.checking.scopes import declared, input_kinds, scope_before
from apura.norms.errors import PackError
from apura.norms.reading import PackFiles
from apura.norms.rule_schema import Column, Rule, Step

FREE_NUMBERS = frozenset({Fraction(0), Fraction(1), Fraction(100)})
"""The numbers a formula may write: nothing, the whole, and the hundred of a percentage. Others are parameters."""


def checked_trees(files: PackFiles, rules: Mapping[str, Rule]) -> dict[str, Node]:
    """Return the tree of every formula of the pack, by its text.

    Raises:
        PackError: a formula is wrong, writes a number that should be a parameter, or computes what nothing reads;
            a parameter is read by no formula.
    """
    trees: dict[str, Node] = {}
    for rule in rules.values():
        file = files.rule_files[rule.name]
        for place, step, formula in _formulas(rule):
            scope = scope_before(files, rule, step.name)
            trees[formula] = _checked(formula, scope, file=file, place=place, expected=declared(step))
        for column in _columns(rule):
            if isinstance(column.required, str):
                scope = Scope(names=input_kinds(rule))
                place = f"{column.name}, required"
                trees[column.required] = _checked(
                    column.required, scope, file=file, place=place, expected=Truth()
                )
        _refuse_dead_steps(rule, trees, file)
    _refuse_unread_parameters(files, trees)
    return trees


def _formulas(rule: Rule) -> Iterator[tuple[str, Step, str]]:
    for step in rule.steps:
        for place, formula in step.formulas():
            yield f"{step.name}, {place}", step, formula


def _columns(rule: Rule) -> Iterator[Column]:
    yield from rule.inputs
    for relation in rule.relations:
        yield from relation.columns


def _checked(formula: str, scope: Scope, *, file: str, place: str, expected: Kind) -> Node:
    try:
        tree = parse(formula)
        check(tree, scope, expected=expected)
    except FormulaError as error:
        raise PackError(file, place, str(error)) from error
    for literal in references(tree).literals:
        if literal not in FREE_NUMBERS:
            raise PackError(
                file,
                place,
                f"o número {brazilian(literal, None)} está escrito na fórmula",
                what_to_do="Declare-o em parameters.toml, com data e fundamento, e use o nome dele; só 0, 1, 100 e "
                "as casas de arred se escrevem.",
            )
    return tree


def _refuse_dead_steps(rule: Rule, trees: Mapping[str, Node], file: str) -> None:
    read = {name for _, step, formula in _formulas(rule) for name in references(trees[formula]).names}
    for step in rule.steps[:-1]:
        if step.name not in read:
            raise PackError(
                file,
                step.name,
                "nenhum passo seguinte lê este passo, e ele não é o resultado",
                what_to_do="Use-o na fórmula de outro passo ou apague-o.",
            )


def _refuse_unread_parameters(files: PackFiles, trees: Mapping[str, Node]) -> None:
    read = {name for tree in trees.values() for name in references(tree).names}
    for name in files.parameters:
        if name not in read:
            raise PackError(
                "parameters.toml",
                name,
                "nenhuma fórmula lê este parâmetro",
                what_to_do="Use-o numa fórmula ou apague-o; um dispositivo sem conta vai em provisions.toml.",
            )
