"""Read the files of a pack and check each against its shape, naming file, key and reason when one is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from apura.norms.annex import Annex
from apura.norms.csv_tables import read_table
from apura.norms.errors import PackError
from apura.norms.resolving import resolved_rules
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
from apura.norms.texts import quoted

T = TypeVar("T", bound=Declared)

_IDENTIFIER, _SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}\Z"), re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
EDITIONS, EDITIONS_FOLDER = "editions.toml", "editions"
FILES = (
    "norm.toml",
    "parameters.toml",
    "interpretations.toml",
    "deadlines.toml",
    "tables.toml",
    "provisions.toml",
    "cases.toml",
    EDITIONS,
)
"""The files at the top of a pack; all but the first may be left out."""


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
    rule_files: Mapping[str, str]
    provisions: tuple[Provision, ...]
    cases: tuple[Case, ...]
    content: Mapping[str, Any]


def read_pack(folder: Path) -> PackFiles:
    """Read every file of the pack in ``folder``.

    Raises:
        PackError: a file is missing, is not TOML or CSV, or does not have the shape it must have.
    """
    texts = {name: _toml(folder, name) for name in FILES if name != EDITIONS}
    rules = {
        path.name: _toml(folder, f"rules/{path.name}") for path in sorted((folder / "rules").glob("*.toml"))
    }
    members = {
        path.stem: read_table(folder, f"members/{path.name}")
        for path in sorted((folder / "members").glob("*.csv"))
    }
    views = _named(TableView, "tables.toml", texts)
    _refuse_strangers(folder, views)
    annexes = {name: _annex(folder, name, view) for name, view in views.items()}
    shaped = resolved_rules(_rules(rules), annexes)
    return PackFiles(
        norm=_shaped(NormFile, "norm.toml", "", texts["norm.toml"]),
        parameters=_named(Parameter, "parameters.toml", texts),
        interpretations=_named(Interpretation, "interpretations.toml", texts),
        deadlines=_named(Deadline, "deadlines.toml", texts),
        annexes=annexes,
        members={name: _members(f"members/{name}.csv", rows) for name, rows in members.items()},
        rules=shaped,
        rule_files={data["name"]: f"rules/{file}" for file, data in rules.items()},
        provisions=tuple(_listed(Provision, "provisions.toml", texts)),
        cases=tuple(_listed(Case, "cases.toml", texts)),
        content={
            **{
                name.removesuffix(".toml"): texts[name]
                for name in texts
                if name not in ("cases.toml", "provisions.toml")
            },
            "annexes": {name: annex.rows for name, annex in annexes.items()},
            "members": members,
            "rules": rules,
        },
    )


def _refuse_strangers(folder: Path, views: Mapping[str, TableView]) -> None:
    """Refuse a file that nothing reads: a misspelt name would otherwise be law left out in silence."""
    tables = {f"tables/{view.file}.csv" for view in views.values()}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        top, _, rest = name.partition("/")
        known = (
            path.is_dir()
            or path.name.startswith(".")
            or name in FILES
            or name in tables
            or top == EDITIONS_FOLDER
            or (top == "rules" and path.suffix == ".toml" and "/" not in rest)
            or (top == "members" and path.suffix == ".csv" and "/" not in rest)
        )
        if not known:
            raise PackError(
                name,
                "",
                "nada lê este arquivo",
                what_to_do=f"Confira o nome. Um pacote tem {', '.join(FILES)}, rules/*.toml, members/*.csv e as "
                "tabelas que tables.toml cita.",
            )


def _toml(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    if not path.is_file():
        if name == "norm.toml":
            raise PackError(
                name,
                "",
                "o arquivo não existe.",
                what_to_do="Crie o arquivo; veja o guia de inclusão de normas.",
            )
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        raise PackError(
            name,
            f"linha {place[1]}, coluna {place[2]}" if place else "no fim do arquivo",
            "não é TOML válido",
            what_to_do="Procure aspas, colchete ou vírgula que falte, ou nome repetido, nesta linha e na anterior.",
        ) from error
    except UnicodeDecodeError as error:
        raise PackError(name, "", "não está em UTF-8", what_to_do="Salve o arquivo em UTF-8.") from error


def _annex(folder: Path, name: str, view: TableView) -> Annex:
    annex = Annex(view, read_table(folder, f"tables/{view.file}.csv"))
    for column in (*annex.columns(), *view.headers):
        if column not in annex.rows[0]:
            raise PackError("tables.toml", name, f"a tabela {view.file}.csv não tem a coluna “{column}”")
    seen: set[tuple[str, ...]] = set()
    for line, keys, _text in annex.entries():
        if keys in seen:
            raise PackError(f"tables/{view.file}.csv", f"linha {line}", f"chave repetida: {', '.join(keys)}")
        seen.add(keys)
    return annex


def _members(file: str, rows: tuple[dict[str, str], ...]) -> tuple[Member, ...]:
    found: list[Member] = []
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
    if not rules:
        raise PackError("rules", "", "o pacote não tem regra nenhuma", what_to_do="Escreva rules/NOME.toml.")
    return rules


def _named(model: type[T], file: str, texts: Mapping[str, Mapping[str, Any]]) -> dict[str, T]:
    """Shape the entries of a file whose top keys are names: slugs for interpretations, identifiers for the rest."""
    form, said = (_SLUG, "-") if model is Interpretation else (_IDENTIFIER, "_")
    for name in texts[file]:
        if not form.match(name):
            raise PackError(
                file,
                name,
                "o nome não tem a forma esperada",
                what_to_do=f"Use letras minúsculas sem acento, algarismos e “{said}”.",
            )
    return {name: _shaped(model, file, name, entry) for name, entry in texts[file].items()}


def _listed(model: type[T], file: str, texts: Mapping[str, Mapping[str, Any]]) -> list[T]:
    """Shape the entries of a file of repeated blocks, ``[[cases]]`` in cases.toml."""
    key = file.removesuffix(".toml")
    if strange := set(texts[file]) - {key}:
        raise PackError(file, "", f"chave desconhecida: {', '.join(sorted(strange))}")
    entries = texts[file].get(key, [])
    if not isinstance(entries, list):
        raise PackError(file, key, f"escreva cada um em um bloco [[{key}]], com dois colchetes")
    return [_shaped(model, file, f"{key} {number}", entry) for number, entry in enumerate(entries, start=1)]


def _shaped(model: type[T], file: str, place: str, data: object) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        where = ", ".join(part for part in (place, path) if part)
        reason, what_to_do = _in_portuguese(first)
        raise PackError(file, where, reason, what_to_do=what_to_do) from error


def _in_portuguese(error: Mapping[str, Any]) -> tuple[str, str]:
    """Say in Portuguese what the validation library found, and what to do about it."""
    kind, context = error["type"], error.get("ctx", {})
    given = quoted(error["input"])
    sentences = {
        "model_type": (f"{given} deveria ser um bloco de chaves", "Abra o bloco com [nome]."),
        "missing": ("falta esta chave", "Escreva-a; o guia de inclusão de normas diz o que cada chave é."),
        "extra_forbidden": ("chave desconhecida", "Confira o nome da chave ou apague a linha."),
        "literal_error": (f"{given} não está entre {_or(context.get('expected', ''))}", ""),
        "string_pattern_mismatch": (f"{given} não tem a forma esperada", _FORM),
        "string_too_short": ("texto vazio ou curto demais", ""),
        "string_too_long": ("texto longo demais", ""),
        "string_type": (f"{given} deveria ser texto", "Escreva entre aspas."),
        "too_short": ("a lista está vazia", ""),
        "value_error": (str(context.get("error", "")), ""),
    }
    if kind in sentences:
        return sentences[kind]
    if kind.startswith("date"):
        return f"{given} não é uma data", "Escreva ano-mês-dia, sem aspas: 2015-12-31."
    if kind.startswith(("int", "greater", "less")):
        return f"{given} não é um número inteiro na faixa esperada", ""
    if kind.startswith("bool"):
        return f"{given} não é true nem false", ""
    return f"valor inesperado: {given}", ""


_FORM = "Nomes têm letras minúsculas sem acento e algarismos; “_” em regras e passos, “-” em normas e interpretações."


def _or(expected: str) -> str:
    return expected.replace(" or ", " ou ")
