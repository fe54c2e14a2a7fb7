"""What can be refused before any number is computed: the parts of a pack checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from apura.formula import (
    Choice,
    FormulaError,
    Node,
    Quantity,
    Relation,
    Scope,
    Table,
    Truth,
    check,
    parse,
    parse_exact,
    references,
)
from apura.norms import rule_schema
from apura.norms.errors import PackError
from apura.norms.reading import Annex, PackFiles
from apura.norms.schema import Interval

Declared = Quantity | Choice | Truth


def ordered_rules(files: PackFiles) -> dict[str, rule_schema.Rule]:
    """Return the rules, each after those whose outcomes it reads.

    Raises:
        PackError: a relation names a rule or members file that does not exist, or rules read each other in a circle.
    """
    graph: dict[str, list[str]] = {}
    for rule in files.rules.values():
        graph[rule.name] = []
        for relation in rule.relations:
            _check_relation(files, rule, relation)
            graph[rule.name] += relation.rules
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise PackError("rules", "", f"as regras se leem em círculo: {circle}") from error
    return {name: files.rules[name] for name in sorted(order, key=order.index)}


def _check_relation(files: PackFiles, rule: rule_schema.Rule, relation: rule_schema.Relation) -> None:
    place = f"{rule.name}, {relation.name}"
    for other in relation.rules:
        if other not in files.rules:
            raise PackError("rules", place, f"lê a regra “{other}”, que não existe")
    if relation.members is not None and relation.members not in files.members:
        raise PackError("rules", place, f"usa members/{relation.members}.csv, que não existe")
    if relation.key_from is not None and rule.input(relation.key_from) is None:
        raise PackError("rules", place, f"key_from fala da entrada “{relation.key_from}”, que não existe")


def checked_trees(files: PackFiles, rules: Mapping[str, rule_schema.Rule]) -> dict[str, Node]:
    """Parse every formula of the pack and check it against what its rule declares.

    Raises:
        PackError: a formula is wrong, a name is declared twice or never, an interpretation is missing or useless,
            wordings overlap or leave a hole, a deadline is unknown.
    """
    _check_interpretations(files)
    _check_wordings(files)
    trees: dict[str, Node] = {}
    for rule in rules.values():
        _check_rule_names(files, rule)
        for place, step, formula in _formulas(rule):
            scope = scope_before(files, rule, step.name)
            try:
                tree = parse(formula)
                check(tree, scope, expected=declared(step))
            except FormulaError as error:
                raise PackError(f"rules ({rule.name})", place, str(error)) from error
            trees[formula] = tree
        for column in _columns(rule):
            if isinstance(column.required, str):
                trees[column.required] = _required_tree(rule, column)
    return trees


def _required_tree(rule: rule_schema.Rule, column: rule_schema.Column) -> Node:
    text = str(column.required)
    try:
        tree = parse(text)
        check(tree, Scope(names=_input_names(rule)), expected=Truth())
    except FormulaError as error:
        raise PackError(f"rules ({rule.name})", f"{column.name}, required", str(error)) from error
    return tree


def _columns(rule: rule_schema.Rule) -> Iterator[rule_schema.Column]:
    yield from rule.inputs
    for relation in rule.relations:
        yield from relation.columns


def _formulas(rule: rule_schema.Rule) -> Iterator[tuple[str, rule_schema.Step, str]]:
    for step in rule.steps:
        for place, formula in step.formulas():
            yield f"{step.name}, {place}", step, formula


def declared(thing: rule_schema.Column | rule_schema.Step) -> Declared:
    """Say what kind of value a column or a step holds, in the formula language's terms."""
    if thing.unit is not None:
        low, high = (thing.low, thing.high) if isinstance(thing, rule_schema.Column) else (None, None)
        return Quantity(unit=thing.unit, low=low, high=high, places=thing.places)
    if isinstance(thing, rule_schema.Step) and thing.truth:
        return Truth()
    return Choice(options=thing.options)


def scope_before(files: PackFiles, rule: rule_schema.Rule, step: str) -> Scope:
    """Every name a formula of ``step`` may use: parameters, inputs, earlier steps, relations, annexes."""
    names: dict[str, Declared] = {}
    for name, parameter in files.parameters.items():
        names[name] = Quantity(
            unit=parameter.unit, low=parameter.low, high=parameter.high, places=parameter.places
        )
    names |= _input_names(rule)
    for earlier in rule.steps:
        if earlier.name == step:
            break
        names[earlier.name] = declared(earlier)
    return Scope(names=names, relations=_relations(files, rule), tables=_tables(files))


def _input_names(rule: rule_schema.Rule) -> dict[str, Declared]:
    return {column.name: declared(column) for column in rule.inputs if column.kind is None}


def _relations(files: PackFiles, rule: rule_schema.Rule) -> dict[str, Relation]:
    relations = {}
    for relation in rule.relations:
        columns = {column.name: declared(column) for column in relation.columns if column.kind is None}
        if relation.rules:
            columns = shared_columns([files.rules[name] for name in relation.rules])
        relations[relation.name] = Relation(
            columns=columns, single=relation.single, max_rows=relation.max_rows
        )
    return relations


def shared_columns(rules: Iterable[rule_schema.Rule]) -> dict[str, Declared]:
    """Say what can be read from the outcomes of any of ``rules``: the inputs and steps they all have, alike."""
    offered = [_input_names(rule) | {step.name: declared(step) for step in rule.steps} for rule in rules]
    first, *others = offered
    return {
        name: value
        for name, value in first.items()
        if all(_alike(value, other.get(name)) for other in others)
    }


def _alike(one: Declared, other: Declared | None) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.unit == other.unit
    return one == other


def _tables(files: PackFiles) -> dict[str, Table]:
    tables = {}
    for name, annex in files.annexes.items():
        if annex.view.unit is None:
            continue
        keys = tuple(Choice(options=_distinct(annex, key)) for key in annex.view.keys)
        tables[name] = Table(keys=keys, result=Quantity(unit=annex.view.unit, places=annex.view.places))
    return tables


def _distinct(annex: Annex, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in annex.rows))


def annex_number(annex: Annex, line: int, text: str) -> Fraction:
    """Return the number in a cell of an annex.

    Raises:
        PackError: the cell holds something else.
    """
    try:
        return parse_exact(text)
    except ValueError as error:
        raise PackError(
            f"tables/{annex.view.file}.csv", f"linha {line}", f"“{text}” não é um número"
        ) from error


def _check_rule_names(files: PackFiles, rule: rule_schema.Rule) -> None:
    file = f"rules ({rule.name})"
    if rule.result_step.name != rule.result:
        raise PackError(
            file, "result", f"o resultado é o último passo, “{rule.result_step.name}”, e não “{rule.result}”"
        )
    names = [*files.parameters, *(column.name for column in rule.inputs), *(step.name for step in rule.steps)]
    for name in names:
        if names.count(name) > 1:
            raise PackError(file, name, "o nome foi declarado mais de uma vez (parâmetro, entrada ou passo)")
    if rule.subject.members is not None and rule.subject.members not in files.members:
        raise PackError(file, "subject", f"usa members/{rule.subject.members}.csv, que não existe")
    for column in rule.inputs:
        days = column.days_after
        if days and days.deadline not in files.deadlines:
            raise PackError(file, column.name, f"usa o prazo “{days.deadline}”, que não existe")
        if days and (source := rule.input(days.date)) is not None and source.kind == "date":
            continue
        if days:
            raise PackError(file, column.name, f"conta dias de “{days.date}”, que não é uma entrada de data")


def _uses(files: PackFiles) -> Iterator[tuple[str, str]]:
    """Every mention of an interpretation, with the file that makes it."""
    norm = files.norm
    yield from (("norm.toml", name) for name in norm.uses)
    yield from (("norm.toml", name) for wording in norm.wordings for name in wording.uses)
    yield from (
        ("parameters.toml", name) for parameter in files.parameters.values() for name in parameter.uses
    )
    yield from (
        (f"members/{file}.csv", name)
        for file, rows in files.members.items()
        for row in rows
        for name in row.uses
    )
    for deadline in files.deadlines.values():
        if not deadline.calendar.isupper():
            yield "deadlines.toml", deadline.calendar
    for rule in files.rules.values():
        file = f"rules ({rule.name})"
        yield from ((file, name) for name in rule.uses)
        yield from ((file, name) for wording in rule.wordings for name in wording.uses)
        yield from ((file, column.days_after.counting) for column in rule.inputs if column.days_after)
        yield from (
            (file, name) for column in rule.inputs for names in column.relies.values() for name in names
        )
        for step in rule.steps:
            yield from ((file, name) for name in step.uses)
            yield from ((file, name) for wording in step.wordings for name in wording.uses)
            if step.interpretation:
                yield file, step.interpretation


def _check_interpretations(files: PackFiles) -> None:
    used = set()
    for file, name in _uses(files):
        if name not in files.interpretations:
            raise PackError(file, "uses", f"a interpretação “{name}” não existe em interpretations.toml")
        used.add(name)
    for name in files.interpretations:
        if name not in used:
            raise PackError(
                "interpretations.toml", name, "nenhuma regra, prazo ou parâmetro usa esta interpretação"
            )
    for rule in files.rules.values():
        for step in rule.steps:
            _check_readings(files, rule, step)
    _check_changes(files)


def _check_readings(files: PackFiles, rule: rule_schema.Rule, step: rule_schema.Step) -> None:
    if step.interpretation is None:
        return
    if set(step.readings) != set(files.interpretations[step.interpretation].readings):
        raise PackError(
            f"rules ({rule.name})", step.name, f"as leituras diferem das de “{step.interpretation}”"
        )


def _check_changes(files: PackFiles) -> None:
    changeable = {*files.deadlines, *files.parameters}
    for rule in files.rules.values():
        for part in (*rule.inputs, *rule.steps):
            changeable |= {part.name, f"{rule.name}.{part.name}"}
    for name, interpretation in files.interpretations.items():
        for changed in interpretation.changes:
            if changed not in changeable:
                raise PackError("interpretations.toml", name, f"diz mudar “{changed}”, que não existe")


def _check_wordings(files: PackFiles) -> None:
    _without_gaps("norm.toml", "wordings", files.norm.wordings)
    for rule in files.rules.values():
        _without_gaps(f"rules ({rule.name})", "wordings", rule.wordings)
        for step in rule.steps:
            _without_gaps(f"rules ({rule.name})", step.name, step.wordings)
            for wording in step.wordings:
                if (wording.formula is None) != (wording.wording == "unknown"):
                    raise PackError(
                        f"rules ({rule.name})", step.name, "só a redação desconhecida não tem fórmula"
                    )
    for name, parameter in files.parameters.items():
        _without_gaps("parameters.toml", name, parameter.values)


def _without_gaps(file: str, place: str, intervals: tuple[Interval, ...]) -> None:
    for earlier, later in pairwise(intervals):
        if earlier.until is None or later.starts <= earlier.until:
            raise PackError(file, place, f"os intervalos se sobrepõem em {later.starts:%d/%m/%Y}")
        if (later.starts - earlier.until).days > 1:
            raise PackError(
                file,
                place,
                f"falta dizer o que vale entre {earlier.until:%d/%m/%Y} e {later.starts:%d/%m/%Y}",
            )


def formula_literals(files: PackFiles) -> Iterator[tuple[str, str, Fraction]]:
    """Every number written inside a formula of the pack, with its rule and step; places of ``arred`` left out."""
    for rule in files.rules.values():
        for place, _step, formula in _formulas(rule):
            for literal in references(parse(formula)).literals:
                yield rule.name, place, literal


def columns_read(tree: Node, relation: str) -> tuple[str, ...]:
    """Return the columns of ``relation`` that ``tree`` reads."""
    return tuple(dict.fromkeys(column for owner, column in references(tree).columns if owner == relation))
