"""What an institution decided for itself: readings adopted, pending values supplied, each by an act."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from apura.formula import read_number
from apura.norms.errors import BadInput, Problem
from apura.norms.pack import Norm
from apura.norms.schema import Interpretation, Parameter
from apura.norms.texts import one_line, quoted, suggestion, told_by_the_system

KEYS = ("nome", "valor", "desde", "ato", "data_do_ato")
"""The columns of a decision, in a file and in the sheet “Parâmetros da instituição”."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice of the institution: a parameter's value or an interpretation's reading, from a day on, by an act.

    ``place`` says where it was read (file and entry, or sheet and cell).
    """

    name: str
    value: str
    starts: date
    act: str | None
    act_on: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Institution:
    """Who decides, what was decided, and whether the whole file is fictitious (an example, a trial)."""

    name: str
    fictitious: bool
    decisions: tuple[Decision, ...]


def read_institution(path: Path) -> Institution:
    """Read an institution file (TOML: ``nome``, ``ficticio``, ``[[parametros]]``).

    Raises:
        BadInput: the file is missing, is not TOML, or an entry lacks something; every problem is listed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            [Problem(f"não foi possível ler o arquivo: {told_by_the_system(error)}", path.name)]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem(f"o arquivo não é TOML em UTF-8: {error}", path.name)]) from error
    strange = set(data) - {"nome", "ficticio", "parametros"}
    problems = [Problem(f"chave desconhecida: {name}", path.name) for name in sorted(strange)]
    if not isinstance(data.get("nome", ""), str):
        problems.append(Problem("escreva o nome da instituição entre aspas", path.name, "nome"))
    if not isinstance(data.get("ficticio", False), bool):
        problems.append(Problem("escreva true ou false, sem aspas", path.name, "ficticio"))
    entries = data.get("parametros", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput([*problems, Problem("escreva cada decisão em um bloco [[parametros]]", path.name)])
    rows = [(f"parâmetro {number}", entry) for number, entry in enumerate(entries, start=1)]
    decisions, found = read_decisions(rows, sheet=path.name)
    if not entries:
        problems.append(
            Problem("não traz decisão nenhuma; escreva cada uma em um bloco [[parametros]]", path.name)
        )
    if problems or found:
        raise BadInput([*problems, *found])
    return Institution(data.get("nome", path.stem), data.get("ficticio", False), decisions)


def read_decisions(
    rows: Iterable[tuple[str, Mapping[str, Any]]], *, sheet: str
) -> tuple[tuple[Decision, ...], list[Problem]]:
    """Turn rows of (place, ``KEYS``) into decisions; what is wrong comes back beside them, by place."""
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for place, row in rows:
        wrong = list(_wrong_with_row(row))
        problems += [Problem(message, sheet, place) for message in wrong]
        if not wrong:
            act = row.get("ato")
            decisions.append(
                Decision(
                    row["nome"].strip(),
                    str(row["valor"]).strip(),
                    row["desde"],
                    act.strip() or None if act else None,
                    row.get("data_do_ato"),
                    f"{sheet}, {place}",
                )
            )
    return tuple(decisions), problems


def _wrong_with_row(row: Mapping[str, Any]) -> Iterator[str]:
    for key in row:
        if key not in KEYS:
            yield f"chave desconhecida {quoted(key)}; use {', '.join(KEYS)}"
    for key in ("nome", "valor", "desde"):
        if row.get(key) in (None, ""):
            yield f"falta “{key}”"
    for key in ("desde", "data_do_ato"):
        if row.get(key) is not None and type(row[key]) is not date:
            yield f"“{key}” não é uma data"
    for key in ("nome", "ato"):
        if not isinstance(row.get(key, ""), str | None):
            yield f"“{key}” não é um texto; escreva entre aspas"
    yield from _wrong_with_value(row.get("valor", ""))


def _wrong_with_value(value: object) -> Iterator[str]:
    if isinstance(value, float):
        yield 'escreva o valor entre aspas ("0,25"), para que nenhum dígito se perca'
    elif not isinstance(value, str | int) or isinstance(value, bool):
        yield "“valor” não é um texto nem um número"


def problems_with(institution: Institution, norm: Norm) -> list[Problem]:
    """Say what the norm does not let this institution decide, or what it lacks to decide it."""
    found = [
        Problem(message, decision.place, None, cites)
        for decision in institution.decisions
        for message, cites in _problems(decision, norm)
    ]
    seen: dict[tuple[str, date], str] = {}
    for decision in institution.decisions:
        first = seen.get((decision.name, decision.starts))
        if first is not None:
            said = f"“{decision.name}” já foi decidido a partir de {decision.starts:%d/%m/%Y}, em {first}"
            found.append(Problem(f"{said}; deixe uma só decisão", decision.place))
        seen[decision.name, decision.starts] = decision.place
    return found


def _problems(decision: Decision, norm: Norm) -> list[tuple[str, str | None]]:
    parameter = norm.parameters.get(decision.name)
    interpretation = norm.interpretations.get(decision.name)
    if interpretation is not None:
        return _reading_problems(decision, interpretation)
    if parameter is not None:
        return _value_problems(decision, parameter)
    offered = [name for name, known in norm.parameters.items() if known.open_to_institution]
    offered += [name for name, known in norm.interpretations.items() if known.others]
    said = f"{quoted(decision.name)} não é parâmetro nem interpretação desta norma"
    hint = suggestion(decision.name, offered)
    return [(f"{said}{hint}; pode-se decidir sobre: {', '.join(offered) or 'nada'}", None)]


def _reading_problems(decision: Decision, interpretation: Interpretation) -> list[tuple[str, str | None]]:
    if decision.value in interpretation.readings:
        return []
    offered = "; ".join(f"“{reading}”" for reading in interpretation.readings)
    return [
        (
            f"“{decision.value}” não é uma leitura de “{decision.name}”; as oferecidas são {offered}",
            interpretation.cites,
        )
    ]


def _value_problems(decision: Decision, parameter: Parameter) -> list[tuple[str, str | None]]:
    cites = parameter.cites or (parameter.values[0].cites if parameter.values else None)
    if not parameter.open_to_institution:
        return [
            (f"“{decision.name}” é fixado pelo texto ({cites}) e a instituição não pode mudá-lo", cites),
        ]
    try:
        value = read_number(decision.value)
    except ValueError as error:
        return [(f"o valor de “{decision.name}” não é um número: {one_line(error)}", cites)]
    wrong = parameter.wrong_with(value)
    return [(f"o valor de “{decision.name}” {wrong}", cites)] if wrong else []
