"""What if: other facts and readings on the same fact sheet, beside what was calculated. It has no official value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apura.formula import brazilian, exact, fold, parse_exact, read_cell_number
from apura.norms import AppliedNorm, BadInput, BadRequest, Norm, Problem, Refusal, load_norm
from apura.norms.application import UNOFFICIAL
from apura.norms.comparison import compare, read_result
from apura.norms.comparison_document import simulation_document
from apura.norms.editions import with_digest
from apura.norms.rule_schema import Input
from apura.norms.scenario import AskedChange, Scenario, suppose
from apura.norms.texts import one_line
from apura_web.calculations.asking import Asked, FactRow
from apura_web.calculations.differing import with_names
from apura_web.calculations.preparing import apply, institution_of
from apura_web.calculations.settling import columns_of, label_of

READING = "leitura"
BLANK = "em branco"
Record = Mapping[str, Any]
Changes = Mapping[str, str]
"""What is supposed: canonical text by ``rule/row/column``, or a reading by ``leitura/name``; empty text is a blank."""


@dataclass(frozen=True)
class Box:
    """A fact that may be supposed otherwise: its name in a form, the words for it, and what the sheet says.

    ``options`` is empty when it is a number; ``text`` is canonical, empty when the sheet has none.
    """

    name: str
    label: str
    text: str
    options: Sequence[str]
    cites: str

    @property
    def shown(self) -> str:
        """What the sheet says, as people type it."""
        return self.text if self.options else typed_number(self.text)


@dataclass(frozen=True)
class BoxRow:
    """A subject with its boxes; None where the sheet has another kind of fact."""

    key: str
    name: str
    boxes: Sequence[Box]


@dataclass(frozen=True)
class BoxTable:
    """The subjects of a rule."""

    label: str
    columns: Sequence[str]
    rows: Sequence[BoxRow]


@dataclass(frozen=True)
class Doubt:
    """An interpretation with more than one reading, and the one that held."""

    name: str
    label: str
    text: str
    cites: str
    held: str
    readings: Sequence[str]


@dataclass(frozen=True)
class Supposed:
    """A scenario calculated: its document, marked as without official value, and its difference from the base."""

    made: Record
    simulation: Record


def edition_of(norm: str, digest: str) -> Norm | None:
    """Give the edition that made a calculation; None when it is not installed here."""
    try:
        return with_digest(load_norm(norm), digest)
    except BadRequest:
        return None


def tables_of(asked: Asked, norm: Norm) -> list[BoxTable]:
    """Give every number and option of a fact sheet as boxes, rule by rule."""
    found = []
    for rule in asked.rules:
        columns = [each for each in (columns_of(norm, rule) or {}).values() if _is_supposable(each)]
        if columns and asked.rules[rule]:
            rows = [_row(rule, place, row, columns) for place, row in enumerate(asked.rules[rule])]
            found.append(BoxTable(label_of(norm, rule), [each.label for each in columns], rows))
    return found


def _is_supposable(column: Any) -> bool:
    return not (isinstance(column, Input) and column.is_counted) and bool(column.unit or column.options)


def _row(rule: str, place: int, row: FactRow, columns: Sequence[Any]) -> BoxRow:
    key, name = row.values.get("chave", ""), row.values.get("nome", "")
    who = f"{key} – {name}" if name and name != key else key
    boxes = [
        Box(
            f"{rule}/{place}/{each.name}",
            f"{each.label} de {who}",
            row.values.get(each.name, ""),
            tuple(each.options),
            each.cites or "",
        )
        for each in columns
    ]
    return BoxRow(key, "" if name == key else name, boxes)


def doubts_of(applied: AppliedNorm, rules: Sequence[str]) -> list[Doubt]:
    """Give the interpretations with more than one reading that touch some rules."""
    return [
        Doubt(name, each.label, each.text, each.cites, _held(applied, name), tuple(each.readings))
        for name, each in applied.norm.interpretations.items()
        if len(each.readings) > 1 and {change.partition(".")[0] for change in each.changes} & set(rules)
    ]


def _held(applied: AppliedNorm, name: str) -> str:
    try:
        return applied.reading(name).reading
    except Refusal:
        return ""


def applied_of(asked: Asked, norm: Norm) -> AppliedNorm:
    """Apply a norm as a fact sheet says: its day and the decisions of its institution."""
    return AppliedNorm(norm, asked.on, institution_of(asked))


def canonical(box: Box, typed: str) -> str:
    """Read what was typed in a box as canonical text; empty is a blank.

    Raises:
        ValueError: it is not a number.
    """
    text = typed.strip()
    if box.options or not text or fold(text).startswith(("nao informado", "nao se aplica")):
        return text
    return exact(parse_exact(text) if "/" in text else read_cell_number(text))


def typed_number(text: str) -> str:
    """Write canonical text as people type it, without grouping."""
    try:
        return brazilian(parse_exact(text), None).replace(".", "")
    except ValueError:
        return text


def supposed(base: Record, asked: Asked, norm: Norm, changes: Changes) -> Supposed:
    """Calculate a scenario, and compare it with what was calculated.

    Args:
        base: the stored document.
        asked: its fact sheet.
        norm: the edition that made it.
        changes: what is supposed.

    Raises:
        BadInput: the norm does not take what is supposed; or nothing is.
    """
    readings = {name[len(READING) + 1 :]: text for name, text in changes.items() if _is_reading(name)}
    applied = applied_of(asked, norm)
    told: tuple[AskedChange, ...] = ()
    if readings:
        applied, told = suppose(applied, Scenario(readings=readings))
    prepared = apply(_with(asked, changes), applied)
    made = {
        **json.loads(prepared.document_text),
        "simulacao": {"aviso": UNOFFICIAL, "motivos": [_why(changes)]},
    }
    before, after = read_result(base, called="A"), read_result(made, called="B")
    simulation = simulation_document(compare(before, after), told)
    simulation["mudancas"] += list(_facts_told(asked, norm, changes))
    with_names(simulation["comparacao"], (base, made))
    return Supposed(made, simulation)


def _why(changes: Changes) -> str:
    count = len(changes)
    return f"{count} {'fato ou leitura suposto' if count == 1 else 'fatos ou leituras supostos'}"


def _is_reading(name: str) -> bool:
    return name.startswith(f"{READING}/")


def _with(asked: Asked, changes: Changes) -> Asked:
    """Put what is supposed in the rows; a blank takes the value away."""
    rules = {rule: [dict(row.values) for row in rows] for rule, rows in asked.rules.items()}
    for name, text in changes.items():
        if not _is_reading(name):
            rule, place, column = name.split("/")
            try:
                rules[rule][int(place)][column] = text
            except (KeyError, IndexError, ValueError) as error:
                raise BadInput([Problem(f"a folha de fatos não tem {one_line(error)}")]) from error
    return replace(
        asked,
        rules={
            rule: [FactRow({name: text for name, text in values.items() if text}) for values in rows]
            for rule, rows in rules.items()
        },
    )


def _facts_told(asked: Asked, norm: Norm, changes: Changes) -> Iterator[dict[str, Any]]:
    """Tell the facts supposed otherwise, as the document of a simulation tells its changes."""
    for table in tables_of(asked, norm):
        for row in table.rows:
            for box in row.boxes:
                if box.name in changes:
                    after = changes[box.name]
                    yield {
                        "tipo": "fato",
                        "nome": box.name.rpartition("/")[2],
                        "rotulo": box.label,
                        "texto": "",
                        "fundamento": box.cites,
                        "de": box.shown or BLANK,
                        "para": (after if box.options else typed_number(after)) or BLANK,
                        "ato": None,
                        "na_norma": [],
                    }
