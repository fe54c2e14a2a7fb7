"""Which sheets and columns the workbook of a norm has; the same for blank, filled and annotated files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apura.norms import KEY, NAME, Norm
from apura.norms.rule_schema import Column, Relation, Rule
from apura.norms.typing_facts import fold

INSTRUCTIONS = "Instruções"
INSTITUTION = "Parâmetros da instituição"
IDENTITY = "_apura"
NOTES = "Observações"
FICTITIOUS = "Valores fictícios"
INSTITUTION_HEADERS = {
    "nome": "Nome",
    "valor": "Valor",
    "desde": "Desde",
    "ato": "Ato",
    "data_do_ato": "Data do ato",
}


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """A column of a sheet: the name facts use, the header people see, and its declaration (None for key and name)."""

    name: str
    header: str
    declared: Column | None

    def is_called(self, header: str) -> bool:
        """Whether people may mean this column by ``header``: the label with or without its unit, or the name."""
        label = self.declared.label if self.declared else self.header
        return fold(header) in {fold(self.header), fold(label), fold(self.name)}


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet of facts: the rows of a rule, or the child rows of one of its relations."""

    title: str
    rule: Rule
    relation: Relation | None
    columns: tuple[ColumnLayout, ...]

    def column(self, header: str) -> ColumnLayout | None:
        """Return the column people mean by ``header``, or None."""
        return next((column for column in self.columns if column.is_called(header)), None)


def sheets_of(norm: Norm) -> Iterator[SheetLayout]:
    """Every sheet of facts of the norm, in the order of its rules."""
    for rule in norm.rules.values():
        if rule.subject.sheet is None:
            continue
        own = (column for column in rule.inputs if column.days_after is None)
        yield SheetLayout(
            rule.subject.sheet,
            rule,
            None,
            (
                ColumnLayout(KEY, str(rule.subject.key), None),
                ColumnLayout(NAME, "Nome", None),
                *map(_laid_out, own),
            ),
        )
        for relation in rule.relations:
            if relation.sheet is not None:
                columns = (ColumnLayout(KEY, str(rule.subject.key), None), *map(_laid_out, relation.columns))
                yield SheetLayout(relation.sheet, rule, relation, columns)


def _laid_out(column: Column) -> ColumnLayout:
    shown = column.unit if column.unit not in (None, "adimensional") else None
    return ColumnLayout(column.name, f"{column.label} ({shown})" if shown else column.label, column)
