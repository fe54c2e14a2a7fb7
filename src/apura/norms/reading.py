"""Read the files of a pack and check each against its shape, naming file, key and reason when one is wrong."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from apura.norms.errors import PackError
from apura.norms.rule_schema import Rule
from apura.norms.schema import (
    Case,
    Deadline,
    Declared,
    Interpretation,
    Member,
    NormFile,
    Parameter,
    Provision,
    TableView,
)

T = TypeVar("T", bound=Declared)


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as printed: its view and its rows, in the order of the text."""

    view: TableView
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Everything a pack's folder says, each part valid on its own; not yet checked against the others."""

    norm: NormFile
    parameters: Mapping[str, Parameter]
    interpretations: Mapping[str, Interpretation]
    deadlines: Mapping[str, Deadline]
    annexes: Mapping[str, Annex]
    members: Mapping[str, tuple[Member, ...]]
    rules: Mapping[str, Rule]
    provisions: tuple[Provision, ...]
    cases: tuple[Case, ...]
    content: Mapping[str, Any]


def read_pack(folder: Path) -> PackFiles:
    """Read every file of the pack in ``folder``.

    Raises:
        PackError: a file is missing, is not TOML or CSV, or does not have the shape it must have.
    """
    norm = _toml(folder, "norm.toml", required=True)
    parameters = _toml(folder, "parameters.toml")
    interpretations = _toml(folder, "interpretations.toml")
    deadlines = _toml(folder, "deadlines.toml")
    tables = _toml(folder, "tables.toml")
    provisions = _toml(folder, "provisions.toml")
    cases = _toml(folder, "cases.toml")
    rules = {
        path.name: _toml(folder, f"rules/{path.name}") for path in sorted((folder / "rules").glob("*.toml"))
    }
    members = {
        path.stem: _rows(folder, f"members/{path.name}")
        for path in sorted((folder / "members").glob("*.csv"))
    }
    views = _named(TableView, "tables.toml", tables)
    annexes = {name: Annex(view, _annex_rows(folder, name, view)) for name, view in views.items()}
    return PackFiles(
        norm=_shaped(NormFile, "norm.toml", "", norm),
        parameters=_named(Parameter, "parameters.toml", parameters),
        interpretations=_named(Interpretation, "interpretations.toml", interpretations),
        deadlines=_named(Deadline, "deadlines.toml", deadlines),
        annexes=annexes,
        members={name: _members(f"members/{name}.csv", rows) for name, rows in members.items()},
        rules=_rules(rules),
        provisions=tuple(_listed(Provision, "provisions.toml", provisions, "provisions")),
        cases=tuple(_listed(Case, "cases.toml", cases, "cases")),
        content={
            "norm": norm,
            "parameters": parameters,
            "interpretations": interpretations,
            "deadlines": deadlines,
            "tables": tables,
            "annexes": {name: annex.rows for name, annex in annexes.items()},
            "members": members,
            "rules": rules,
        },
    )


def _toml(folder: Path, name: str, *, required: bool = False) -> dict[str, Any]:
    path = folder / name
    if not path.is_file():
        if required:
            raise PackError(
                name,
                "",
                "o arquivo não existe",
                what_to_do="Crie o arquivo; veja o guia de inclusão de normas.",
            )
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(
            name, "", f"não é TOML válido: {error}", what_to_do="Corrija a linha indicada."
        ) from error
    except UnicodeDecodeError as error:
        raise PackError(name, "", "não está em UTF-8", what_to_do="Salve o arquivo em UTF-8.") from error


def _rows(folder: Path, name: str) -> tuple[dict[str, str], ...]:
    path = folder / name
    if not path.is_file():
        raise PackError(name, "", "o arquivo não existe", what_to_do="Crie a tabela ou retire quem a cita.")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise PackError(name, f"linha {reader.line_num}", "o número de colunas difere do cabeçalho")
            rows.append({column: value.strip() for column, value in row.items()})
    return tuple(rows)


def _annex_rows(folder: Path, name: str, view: TableView) -> tuple[dict[str, str], ...]:
    rows = _rows(folder, f"tables/{view.file}.csv")
    columns = set(rows[0]) if rows else set()
    for column in (*view.keys, *([view.value] if view.value else [])):
        if column not in columns:
            raise PackError("tables.toml", name, f"a tabela {view.file}.csv não tem a coluna “{column}”")
    keys = [tuple(row[column] for column in view.keys) for row in rows] if view.keys else []
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise PackError(
                f"tables/{view.file}.csv", f"linha {index + 2}", f"chave repetida: {', '.join(key)}"
            )
    return rows


def _members(file: str, rows: tuple[dict[str, str], ...]) -> tuple[Member, ...]:
    found = []
    for number, row in enumerate(rows, start=2):
        shaped: dict[str, Any] = {**row, "until": row.get("until") or None}
        for plural in ("aliases", "uses"):
            shaped[plural] = tuple(part.strip() for part in row.get(plural, "").split(";") if part.strip())
        found.append(_shaped(Member, file, f"linha {number}", shaped))
    return tuple(found)


def _rules(files: Mapping[str, dict[str, Any]]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for name, data in files.items():
        rule = _shaped(Rule, f"rules/{name}", "", data)
        if rule.name in rules:
            raise PackError(f"rules/{name}", "name", f"já existe uma regra chamada “{rule.name}”")
        rules[rule.name] = rule
    return rules


def _named(model: type[T], file: str, data: Mapping[str, Any]) -> dict[str, T]:
    return {name: _shaped(model, file, name, entry) for name, entry in data.items()}


def _listed(model: type[T], file: str, data: Mapping[str, Any], key: str) -> list[T]:
    strange = set(data) - {key}
    if strange:
        raise PackError(file, "", f"chave desconhecida: {', '.join(sorted(strange))}")
    return [
        _shaped(model, file, f"{key} {number}", entry)
        for number, entry in enumerate(data.get(key, []), start=1)
    ]


def _shaped(model: type[T], file: str, place: str, data: object) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        where = ", ".join(part for part in (place, path) if part)
        raise PackError(file, where, _in_portuguese(first)) from error


def _in_portuguese(error: Mapping[str, Any]) -> str:
    """Say in Portuguese what the validation library found."""
    kind, context = error["type"], error.get("ctx", {})
    sentences = {
        "missing": "falta esta chave",
        "extra_forbidden": "chave desconhecida",
        "literal_error": f"“{error['input']}” não está entre {context.get('expected', '')}",
        "string_pattern_mismatch": f"“{error['input']}” não tem a forma esperada",
        "string_too_short": "texto vazio ou curto demais",
        "too_short": "a lista está vazia",
        "value_error": str(context.get("error", "")),
    }
    if kind in sentences:
        return sentences[kind]
    if kind.startswith("date"):
        return f"“{error['input']}” não é uma data (use 2015-12-31, sem aspas)"
    return f"valor inesperado: {error['input']!r}"
