"""Facts as the engine reads them: names checked against the norm, numbers in their one canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from apura.formula import exact, parse_exact
from apura.norms import KEY, NAME, Institution, Norm, Problem, RawFacts, RawRow, Source
from apura.norms.facts import ROW
from apura.norms.rule_schema import Column, Rule
from apura.norms.texts import quoted, suggestion
from apura_web.calculations.asking import Asked, FactRow

DIGITS = frozenset("-−0123456789")
LONGEST_KEY = 300
"""What the table of outcomes keeps of a key or a name."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Facts in canonical form, the rows the engine takes, and what is wrong with them."""

    asked: Asked
    rows: Mapping[str, Sequence[RawRow]]
    problems: tuple[Problem, ...]

    def raw(self, institution: Institution | None, source: Source) -> RawFacts:
        """Give the rows as the engine takes them, telling rules from their relations."""
        subjects = {name: rows for name, rows in self.rows.items() if "." not in name}
        children = {
            (rule, relation): rows
            for name, rows in self.rows.items()
            for rule, dot, relation in [name.partition(".")]
            if dot
        }
        return RawFacts(subjects, children, institution, self.asked.fictitious, source)


def settle(asked: Asked, norm: Norm) -> Settled:
    """Check names and put every number in canonical form; what is wrong comes back beside it."""
    problems: list[Problem] = []
    kept: dict[str, Sequence[FactRow]] = {}
    raw: dict[str, Sequence[RawRow]] = {}
    for name, rows in asked.rules.items():
        columns = columns_of(norm, name)
        if columns is None:
            problems.append(_no_such_rule(norm, name))
            continue
        label = label_of(norm, name)
        kept[name] = [_canonical(each, columns) for each in rows]
        for each in kept[name]:
            problems += _problems(each, columns, label)
        raw[name] = [_raw(each, columns, label) for each in kept[name]]
    return Settled(replace(asked, rules=kept), raw, tuple(problems))


def columns_of(norm: Norm, name: str) -> Mapping[str, Column] | None:
    """Give the columns rows of a rule, or of one of its relations, may have; None when it takes no rows."""
    rule_name, dot, relation_name = name.partition(".")
    rule: Rule | None = norm.rules.get(rule_name)
    if rule is None or rule.subject.sheet is None:
        return None
    if not dot:
        return {column.name: column for column in rule.inputs}
    relation = rule.relation(relation_name)
    return {column.name: column for column in relation.columns} if relation and relation.columns else None


def label_of(norm: Norm, name: str) -> str:
    """Give what people call a rule, or one of its relations."""
    rule_name, dot, relation_name = name.partition(".")
    rule = norm.rules[rule_name]
    relation = rule.relation(relation_name) if dot else None
    return relation.label if relation else rule.label


def _no_such_rule(norm: Norm, name: str) -> Problem:
    known = [rule.name for rule in norm.rules.values() if rule.subject.sheet is not None]
    return Problem(f"{quoted(name)} não é regra que receba fatos{suggestion(name, known)}")


def _canonical(row: FactRow, columns: Mapping[str, Column]) -> FactRow:
    values = {name: _canonical_text(text, columns.get(name)) for name, text in row.values.items()}
    return FactRow({name: text for name, text in values.items() if text}, row.sources)


def _canonical_text(text: str, column: Column | None) -> str:
    number = _number(text, column)
    return text.strip() if number is None else exact(number)


def _number(text: str, column: Column | None) -> Fraction | None:
    if column is None or column.unit is None:
        return None
    try:
        return parse_exact(text.strip())
    except ValueError:
        return None


def _problems(row: FactRow, columns: Mapping[str, Column], label: str) -> Iterator[Problem]:
    who = row.values.get(KEY, "")
    known = [KEY, NAME, ROW, *columns]
    for name in dict.fromkeys((*row.values, *row.sources)):
        if name not in known:
            yield Problem(f"{quoted(name)} não é coluna{suggestion(name, known)}", label, who)
    if max(len(row.values.get(name, "")) for name in (KEY, NAME)) > LONGEST_KEY:
        yield Problem(f"a sigla e o nome têm no máximo {LONGEST_KEY} caracteres", label, who)
    for name, text in row.values.items():
        column = columns.get(name)
        if column is not None and column.unit and text[:1] in DIGITS and _number(text, column) is None:
            said = f"{quoted(text)} não é um número exato: passe-o como 380, 9.5 ou 1/3"
            yield Problem(said, label, _cell(who, column), column.cites)


def _raw(row: FactRow, columns: Mapping[str, Column], label: str) -> RawRow:
    who = row.values.get(KEY, "")
    values: dict[str, object] = {}
    for name, text in row.values.items():
        number = _number(text, columns.get(name))
        values[name] = text if number is None else number
    cells = {name: _cell(who, column) for name, column in columns.items()}
    return RawRow(values, {KEY: who or label, **cells})


def _cell(who: str, column: Column) -> str:
    return f"{who}, {column.label}" if who else column.label
