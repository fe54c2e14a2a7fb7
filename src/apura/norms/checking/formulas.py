"""Every formula of a pack, parsed once and checked against what its rule declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from apura.formula import FormulaError, Kind, Node, Scope, Truth, brazilian, check, parse, references
from apura.norms.checking.scopes import column_kinds, declared, input_kinds, scope_before, tables
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
        for told in rule.warnings:
            scope = scope_before(files, rule, "")
            trees[told.when] = _checked(told.when, scope, file=file, place="warnings", expected=Truth())
        _check_chosen(rule, file)
        for place, must, scope in _checks(files, rule):
            trees[must] = _checked(must, scope, file=file, place=place, expected=Truth())
        for column, kinds in _columns(rule):
            if isinstance(column.required, str):
                scope = Scope(names=kinds)
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


def _check_chosen(rule: Rule, file: str) -> None:
    """Check that the formula a row chooses comes from an input for formulas, and uses names that exist before it."""
    known = [*(column.name for column in rule.inputs)]
    for step in rule.steps:
        source = rule.input(step.formula_from) if step.formula_from else None
        if step.formula_from and (source is None or source.kind != "formula"):
            raise PackError(
                file, step.name, f"formula_from fala de “{step.formula_from}”, que não é entrada de fórmula"
            )
        for name in step.scope:
            if name not in known:
                raise PackError(
                    file, step.name, f"scope fala de “{name}”, que não é entrada nem passo anterior"
                )
        known.append(step.name)


def _checks(files: PackFiles, rule: Rule) -> Iterator[tuple[str, str, Scope]]:
    """Yield the conditions rows must satisfy: a subject's over inputs and child rows, a child row's over its cells."""
    for check_made in rule.checks:
        yield f"checks, {check_made.column}", check_made.must, scope_before(files, rule, rule.steps[0].name)
    for relation in rule.relations:
        kinds = column_kinds(relation.columns)
        for check_made in relation.checks:
            place = f"{relation.name}, checks, {check_made.column}"
            yield place, check_made.must, Scope(names=kinds, tables=tables(files))


def _columns(rule: Rule) -> Iterator[tuple[Column, Mapping[str, Kind]]]:
    """Yield each column with what stands in the same row."""
    yield from ((column, input_kinds(rule)) for column in rule.inputs)
    for relation in rule.relations:
        yield from ((column, column_kinds(relation.columns)) for column in relation.columns)


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
    read |= {*rule.wanted, *(name for step in rule.steps for name in step.scope)}
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
