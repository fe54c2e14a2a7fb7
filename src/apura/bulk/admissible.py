"""What may be made up for a rule: the options its rows may hold together, asked of the reference itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from apura.bulk.draws import range_of
from apura.formula import references
from apura.norms import AppliedNorm, BadRequest, RawRow, Refusal
from apura.norms.facts import FactValue, RelatedRow
from apura.norms.relation_typing import RelationTyper
from apura.norms.row_typing import CellValues, RowTyper
from apura.norms.rule_schema import Column, Input, Relation, Rule

MOST_COMBINATIONS = 100_000
SOME, NONE = "algum", "nenhum"
"""What a profile says of a number: a value drawn, or zero."""

Profile = Mapping[str, str]
"""What is fixed of a subject: the option of each input that has options, and whether a number is zero."""


@dataclass(frozen=True, slots=True)
class MadeUpRelation:
    """What records may hold.

    Attributes:
        combinations: for each profile of the rule, the admissible options of the columns in ``options``.
    """

    relation: Relation
    columns: tuple[Column, ...]
    options: tuple[Column, ...]
    combinations: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class MadeUpRule:
    """What subjects and records of a rule may hold."""

    rule: Rule
    inputs: tuple[Input, ...]
    profiles: tuple[Profile, ...]
    relations: tuple[MadeUpRelation, ...]


def why_not(applied: AppliedNorm, rule: Rule) -> str:
    """Say why facts of a rule cannot be made up; empty when they can."""
    if rule.subject.sheet is None:
        return "não tem planilha própria"
    if rule.subject.members is not None:
        return f"os sujeitos ({rule.subject.name}) são os da composição que a norma dá"
    try:
        applied.wording(rule)
    except Refusal as refusal:
        return refusal.reason
    columns = [*rule.inputs, *(column for relation in _sheets(rule) for column in relation.columns)]
    return next(filter(None, map(_why_not, columns)), "")


def _why_not(column: Column) -> str:
    if isinstance(column, Input) and column.is_counted:
        return f"“{column.label}” se conta de datas"
    if column.kind in {"text", "key", "formula"} and column.required is not False:
        what = {"text": "um texto", "key": "a chave de outro sujeito", "formula": "uma fórmula"}
        return f"“{column.label}” pede {what[column.kind]}"
    if column.blank_otherwise:
        return f"“{column.label}” só se preenche em alguns casos"
    return ""


def made_up_rule(applied: AppliedNorm, rule: Rule) -> MadeUpRule:
    """Find what may be made up for a rule for which ``why_not`` says nothing.

    Raises:
        BadRequest: there are too many combinations, or none that the rule's checks accept.
    """
    inputs = tuple(column for column in rule.inputs if column.kind in {None, "date"})
    reference = _Reference(applied, rule)
    profiles = [profile for profile in _profiles(applied, rule, inputs) if reference.accepts(profile)]
    relations = []
    for relation in _sheets(rule):
        columns = tuple(column for column in relation.columns if column.kind in {None, "date"})
        options = tuple(column for column in columns if column.options)
        rows = list(reference.rows(relation, columns, options))
        found = tuple(tuple(reference.fitting(profile, relation, rows)) for profile in profiles)
        relations.append(MadeUpRelation(relation, columns, options, found))
    whole = [at for at in range(len(profiles)) if all(each.combinations[at] for each in relations)]
    if not whole:
        raise BadRequest(
            f"Nenhuma combinação de opções passa nas verificações de “{rule.label}”.",
            what_to_do="Peça outras regras com --regra, ou confira as verificações da regra na norma.",
        )
    kept = tuple(
        MadeUpRelation(
            each.relation, each.columns, each.options, tuple(each.combinations[at] for at in whole)
        )
        for each in relations
    )
    return MadeUpRule(rule, inputs, tuple(profiles[at] for at in whole), kept)


def _sheets(rule: Rule) -> list[Relation]:
    return [relation for relation in rule.relations if relation.kind == "sheet"]


def _profiles(applied: AppliedNorm, rule: Rule, inputs: Sequence[Input]) -> list[Profile]:
    """Combine the options of the inputs with zero and not zero of the numbers that the checks read."""
    read = {name for each in rule.checks for name in references(applied.norm.trees[each.must]).names}
    choices: dict[str, tuple[str, ...]] = {}
    for column in inputs:
        if column.options:
            choices[column.name] = tuple(option for option in column.options if option not in column.refuses)
        elif column.unit is not None and column.name in read:
            has_none = range_of(column, is_record=False).base == 0
            choices[column.name] = (NONE, SOME) if has_none else (SOME,)
    return [dict(zip(choices, each, strict=True)) for each in _combined(rule, choices.values())]


def _combined(rule: Rule, choices: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    found = list(islice(product(*choices), MOST_COMBINATIONS + 1))
    if len(found) > MOST_COMBINATIONS:
        raise BadRequest(
            f"As opções de “{rule.label}” se combinam de mais de {MOST_COMBINATIONS} modos.",
            what_to_do="Gere as outras regras, com --regra.",
        )
    return found


@dataclass(frozen=True, slots=True)
class _Reference:
    """What the typing of facts, the one that serves every calculation, says of rows with typical values."""

    applied: AppliedNorm
    rule: Rule

    def accepts(self, profile: Profile) -> bool:
        """Whether a subject may have a profile, for all that its own row says."""
        return self._values(profile) is not None

    def rows(
        self, relation: Relation, columns: Sequence[Column], options: Sequence[Column]
    ) -> Iterator[tuple[tuple[str, ...], RelatedRow]]:
        """Yield the combinations that the relation's checks and the annexes its steps look up accept."""
        for combined in _combined(self.rule, [column.options for column in options]):
            typer = RowTyper(self.applied, self.rule, [])
            row = self._row(columns, dict(zip((column.name for column in options), combined, strict=True)))
            typed = RelationTyper(typer, relation).given([row])
            if typed and not typer.problems:
                yield combined, typed[0]

    def fitting(
        self, profile: Profile, relation: Relation, rows: Sequence[tuple[tuple[str, ...], RelatedRow]]
    ) -> Iterator[tuple[str, ...]]:
        """Yield the combinations that the subject's own checks accept in a subject of a profile."""
        values = self._values(profile) or {}
        for combined, row in rows:
            typer = RowTyper(self.applied, self.rule, [])
            typer.check(
                RawRow({}), self.rule.checks, CellValues(self.applied, values, {relation.name: [row]})
            )
            if not typer.problems:
                yield combined

    def _values(self, profile: Profile) -> dict[str, FactValue] | None:
        typer = RowTyper(self.applied, self.rule, [])
        values = typer.values(RawRow(self._row(self.rule.inputs, profile)), self.rule.inputs)
        if values is not None:
            typer.check(RawRow({}), self.rule.checks, CellValues(self.applied, values))
        return None if typer.problems else values

    def _row(self, columns: Sequence[Column], chosen: Mapping[str, str]) -> dict[str, object]:
        row: dict[str, object] = {}
        for column in columns:
            if column.options:
                row[column.name] = chosen[column.name]
            elif column.kind == "date":
                row[column.name] = date(self.applied.on.year, 1, 1)
            elif column.unit is not None:
                is_record = not isinstance(column, Input)
                typical = range_of(column, is_record=is_record).typical
                row[column.name] = 0 if chosen.get(column.name) == NONE else typical
        return row
