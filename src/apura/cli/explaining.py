"""A memória de cálculo as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apura.formula import parse, parse_exact, portuguese
from apura.norms import quantity
from apura.paper.formats import cell, day


def explanation_lines(made: Mapping[str, Any], outcome: Mapping[str, Any]) -> Iterator[str]:
    """Return the explanation of one outcome of the document ``made``, line by line."""
    rule = next(rule for rule in made["regras"] if rule["regra"] == outcome["regra"])
    named = made["rotulos"][outcome["regra"]]
    last = outcome["passos"][-1]
    yield f"{rule['rotulo']} · {outcome['chave']} · {outcome['nome']}".rstrip(" ·")
    yield f"  {_value(last)} · {rule['fundamento']} · {made['titulo']}, em {day(made['em'])}, {rule['redacao']}"
    for deadline in outcome["fatos"]["prazos"]:
        yield f"  {deadline['rotulo']}: {deadline['motivo']} {_met(deadline)}"
    for row in _rows(outcome):
        yield f"  {row}"
    for number, step in enumerate(outcome["passos"], start=1):
        yield ""
        yield f"{number:>2}. {step['rotulo']} = {_value(step)}   [{step['fundamento']}]"
        yield f"    fórmula: {portuguese(parse(step['formula']), named)}"
        yield f"    valores: {step['com_valores']}"
        for parameter in step["parametros"]:
            places = len(parameter["valor"].partition(".")[2])
            shown = quantity(parse_exact(parameter["valor"]), parameter["unidade"], places=places)
            act = f"; {parameter['ato']}" if parameter["ato"] else ""
            since = f"desde {day(parameter['desde'])} ({parameter['fundamento']}{act})"
            yield f"    {parameter['rotulo']} = {shown} {since}"
        for rounding in step["arredondamentos"]:
            before, after = rounding["antes"].replace(".", ","), rounding["depois"].replace(".", ",")
            yield f"    arredondamento: {before} → {after} ({rounding['casas']} casas)"
        for reading in step["interpretacoes"]:
            act = f", por {reading['ato']}" if reading["ato"] else ""
            others = f"; outras: {'; '.join(reading['alternativas'])}" if reading["alternativas"] else ""
            yield f"    interpretação {reading['nome']}: {reading['adotada']}{act}{others}"
    yield ""


def _met(deadline: Mapping[str, Any]) -> str:
    late = quantity(parse_exact(deadline["dias"]), "dia", places=0)
    said = f"{late} de atraso ({deadline['contagem']}, calendário {deadline['calendario']})"
    return f"Entregue em {day(deadline['cumprido_em'])}: {'no prazo' if deadline['dias'] == '0' else said}."


def _rows(outcome: Mapping[str, Any]) -> Iterator[str]:
    for rows in outcome["fatos"]["relacoes"].values():
        for row in rows:
            values = (cell(value) for name, value in row.items() if name not in ("identidade", "nome"))
            yield f"{row['identidade']}: {'; '.join(values)}  {row['nome']}".rstrip()


def _value(step: Mapping[str, Any]) -> str:
    if not step["unidade"]:
        return str(step["valor"])
    shown = quantity(parse_exact(step["valor"]), step["unidade"], places=step["casas"])
    exact = "" if step["exato"] == step["valor"] else f" (exato: {step['exato'].replace('.', ',')})"
    return f"{shown}{exact}"
