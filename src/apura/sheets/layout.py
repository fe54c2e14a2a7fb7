"""Which sheets and columns the workbook of a norm has; the same for blank, filled and annotated files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apura.norms import KEY, NAME, Norm
from apura.norms.rule_schema import Column, Relation, Rule
from apura.norms.texts import fold

INSTRUCTIONS = "Instruções"
INSTITUTION = "Parâmetros da instituição"
IDENTITY = "_apura"
NOTES = "Observações"
NOTES_NAME = "observacoes"
"""The name under which a row keeps its notes: what is in the column, read and written back, never computed with."""
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

    @property
    def known_as(self) -> tuple[str, ...]:
        """What people may call this column: the label with or without its unit, or the name."""
        label = self.declared.label if self.declared else self.header
        return fold(self.header), fold(label), fold(self.name)

    @property
    def may_be_missing(self) -> bool:
        """Whether a sheet may come without this column: the name, and what is never required."""
        return self.name == NAME or (self.declared is not None and self.declared.required is False)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet of facts: the rows of a rule, or the child rows of one of its relations."""

    title: str
    rule: Rule
    relation: Relation | None
    columns: tuple[ColumnLayout, ...]

    def column(self, header: str) -> ColumnLayout | None:
        """Return the column people mean by ``header``, or None."""
        wanted = fold(header)
        return next((column for column in self.columns if wanted in column.known_as), None)


def sheets_of(norm: Norm) -> Iterator[SheetLayout]:
    """Every sheet of facts of the norm, in the order of its rules."""
    for rule in norm.rules.values():
        if rule.subject.sheet is None:
            continue
        own = (column for column in rule.inputs if not column.is_counted)
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
