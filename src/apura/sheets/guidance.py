"""What people are told about a column, and about what an institution may decide."""

from __future__ import annotations

from collections.abc import Mapping

from apura.formula import brazilian
from apura.norms import Norm
from apura.norms.labels import condition
from apura.norms.rule_schema import Column
from apura.sheets.layout import ColumnLayout, SheetLayout


def guidance(norm: Norm, layout: SheetLayout, column: ColumnLayout) -> str:
    """Say what a column takes, in one or two sentences, with its article."""
    declared = column.declared
    if declared is None:
        if column is not layout.columns[0]:
            return "Opcional: o cálculo não depende dele."
        if layout.relation is not None:
            return "De quem é a linha; pode repetir-se."
        return "Identifica a linha; não se repete."
    parts = [_takes(declared), declared.about or "", _when(norm, layout, declared)]
    if declared.states:
        states = ("não informado: motivo" if state == "não informado" else state for state in declared.states)
        parts.append("Aceita: " + "; ".join(states))
    said = ". ".join(part[0].upper() + part[1:].rstrip(".") for part in parts if part)
    return f"{said}. ({declared.cites})"


def _takes(column: Column) -> str:
    if column.options:
        return "Uma destas: " + "; ".join(column.options)
    if column.kind == "date":
        return "Data, dd/mm/aaaa"
    if column.kind is not None:
        return "Sigla ou código" if column.kind == "key" else "Texto"
    unit = "" if column.unit == "adimensional" else f" em {column.unit}"
    return f"Número{unit}{_span(column)}{_places(column.places)}"


def _span(column: Column) -> str:
    low, high = (None if bound is None else brazilian(bound, None) for bound in (column.low, column.high))
    if low and high:
        return f", de {low} a {high}"
    if low:
        return f", a partir de {low}"
    return f", até {high}" if high else ""


def _places(places: int | None) -> str:
    if not places:
        return ", inteiro"
    return ", até 1 casa decimal" if places == 1 else f", até {places} casas decimais"


def _when(norm: Norm, layout: SheetLayout, column: Column) -> str:
    if column.required is True:
        return "Obrigatório"
    said = condition(norm, layout.rule, column)
    if not said:
        return "Opcional"
    return f"Obrigatório quando {said}" + ("; nos demais casos, em branco" if column.blank_otherwise else "")


def decidable(norm: Norm) -> Mapping[str, str]:
    """Say what an institution may decide: readings on offer and pending values, each with what it means."""
    offered = {
        name: f"{interpretation.text} "
        + (
            f"Adotada: “{interpretation.adopted}”; outras: "
            if interpretation.adopted
            else "Escolha obrigatória: "
        )
        + "; ".join(f"“{other}”" for other in interpretation.others)
        + f". Decide: {interpretation.decider} ({interpretation.cites})."
        for name, interpretation in norm.interpretations.items()
        if interpretation.others
    }
    return offered | {
        name: " ".join(
            part for part in (f"{parameter.label}.", parameter.asks, f"({parameter.cites})") if part
        )
        for name, parameter in norm.parameters.items()
        if parameter.open_to_institution
    }
