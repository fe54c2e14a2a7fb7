"""Which rules a run computes, and whose: a rule with a sheet of its own, and those that follow its subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from apura.bulk.errors import NotInBulk
from apura.formula import references
from apura.norms import AppliedNorm, BadRequest, Norm, Refusal
from apura.norms.rule_schema import SUBJECT_KEY, Column, Input, Relation, Rule

ENDINGS = (".parquet", ".csv")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a group: of its subjects, and of the records of each relation."""

    subjects: Path
    records: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Group:
    """Rules over the same subjects.

    Attributes:
        root: the rule whose sheet lists them.
        rules: what is computed, each after those it reads; none when the norm refuses them all.
        refused: the rules of the group that the norm refuses on the date, and why.
    """

    root: Rule
    rules: tuple[Rule, ...]
    refused: Mapping[str, Refusal]
    sources: Sources


def groups_of(applied: AppliedNorm, folder: Path) -> tuple[Group, ...]:
    """Find what a folder of data lets a norm compute.

    Raises:
        BadRequest: there is no file of any rule, or one of a relation is missing.
        NotInBulk: a rule is of a kind that only the scalar calculation computes.
        Refusal: the norm refuses every rule that has data.
    """
    roots = [rule for rule in applied.norm.rules.values() if rule.subject.sheet and _file(folder, rule.name)]
    if not roots:
        raise BadRequest(
            f"A pasta {folder.name} não tem dados de nenhuma regra de {applied.norm.id}.",
            what_to_do=f"Ponha nela um destes arquivos: {', '.join(_offered(applied.norm))} (ou .csv).",
        )
    found = [_group(applied, root, folder) for root in roots]
    if not any(each.rules for each in found):
        raise next(iter(found[0].refused.values()))
    return tuple(found)


def _offered(norm: Norm) -> Iterator[str]:
    for rule in norm.rules.values():
        if rule.subject.sheet is not None:
            yield f"{rule.name}{ENDINGS[0]}"


def _file(folder: Path, name: str) -> Path | None:
    return next((path for end in ENDINGS if (path := folder / f"{name}{end}").is_file()), None)


def _group(applied: AppliedNorm, root: Rule, folder: Path) -> Group:
    rules: list[Rule] = []
    refused: dict[str, Refusal] = {}
    for rule in applied.norm.rules.values():
        if root.name not in {rule.name, rule.subject.of}:
            continue
        refusal = _refusal(applied, rule)
        if refusal is None:
            _refuse_kinds(rule, {each.name for each in rules})
            rules.append(rule)
        else:
            refused[rule.name] = refusal
    records = {}
    for relation in root.relations:
        if relation.kind == "sheet" and rules:
            records[relation.name] = _records(folder, root, relation)
    subjects = _file(folder, root.name)
    assert subjects is not None  # noqa: S101 - it is what made this rule a root
    return Group(root, tuple(rules), refused, Sources(subjects, records))


def _records(folder: Path, root: Rule, relation: Relation) -> Path:
    found = _file(folder, f"{root.name}.{relation.name}")
    if found is None:
        raise BadRequest(
            f"Faltam os registros de “{relation.label}”.",
            what_to_do=f"Ponha na pasta {root.name}.{relation.name}{ENDINGS[0]} (ou .csv).",
        )
    return found


def _refusal(applied: AppliedNorm, rule: Rule) -> Refusal | None:
    """Say why the norm refuses a rule for everybody: its wording, or a parameter or reading without a decision."""
    try:
        applied.wording(rule)
        for step in rule.steps:
            if step.formula_from is None:
                for name in parameters_of(applied, rule, step.name):
                    applied.parameter(name)
    except Refusal as refusal:
        return refusal
    return None


def parameters_of(applied: AppliedNorm, rule: Rule, step: str) -> list[str]:
    """Give the parameters that a step reads on the date.

    Raises:
        Refusal: the wording or the reading in force is not known.
    """
    declared = rule.step(step)
    assert declared is not None  # noqa: S101 - the caller names one
    names = references(applied.formula(rule, declared).tree).names
    return [name for name in names if name in applied.norm.parameters]


def _refuse_kinds(rule: Rule, before: set[str]) -> None:
    """Refuse what only the scalar calculation knows how to read."""
    for relation in rule.relations:
        own = relation.kind == "results" and relation.key_from == SUBJECT_KEY and relation.single
        if relation.kind != "sheet" and not (own and set(relation.rules) <= before):
            _refuse(rule, f"“{relation.label}” reúne resultados de outros sujeitos")
    for step in rule.steps:
        if step.formula_from is not None:
            _refuse(rule, f"“{step.label}” usa uma fórmula escrita nos fatos de cada sujeito")
    for column in (*rule.inputs, *(each for relation in rule.relations for each in relation.columns)):
        _refuse_column(rule, column)


def _refuse_column(rule: Rule, column: Column) -> None:
    if column.rational:
        _refuse(rule, f"“{column.label}” pode ser uma fração sem casas decimais conhecidas")
    if column.kind in {"formula", "key"}:
        _refuse(rule, f"“{column.label}” não é número, opção nem data")
    if isinstance(column, Input) and column.refuses:
        _refuse(rule, f"“{column.label}” tem opções sob as quais a norma não dá resultado")


def _refuse(rule: Rule, why: str) -> None:
    raise NotInBulk(
        f"“{rule.label}” não se calcula em lote: {why}.",
        what_to_do="Use apura calcular, com uma planilha, ou tire os dados desta regra da pasta.",
    )
