"""A comparison, or a simulation, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apura.cli.tables import table
from apura.paper import differences
from apura.paper.formats import day, number, short_hash

Record = Mapping[str, Any]

MOST_SHOWN = 40


def comparison_lines(made: Record, *, called: tuple[str, str]) -> Iterator[str]:
    """Yield what two results have different: each one's heading, the counts, and rule by rule who changed and why."""
    yield made["titulo"]
    for side, name in zip("ab", called, strict=True):
        yield f"{side.upper()}: {name} · {_heading(made[side])}"
    yield f"De A para B: {differences.counts(made['resumo'])}"
    yield from _rules(made, ("A", "B"), ("em A", "em B"))


def simulation_lines(made: Record) -> Iterator[str]:
    """Yield what was supposed and what it changes."""
    yield "SIMULAÇÃO SEM VALOR OFICIAL"
    if made["ficticio"]:
        yield "VALORES FICTÍCIOS"
    yield f"{made['titulo']}, em {day(made['em'])}"
    for change in made["mudancas"]:
        name = "" if change["tipo"] == "redação" else f" ({change['nome']})"
        cites = f" · {change['fundamento']}" if change["fundamento"] else ""
        yield f"\n{change['tipo'].capitalize()} “{change['rotulo']}”{name}{cites}"
        yield f"  {change['texto']}"
        act = f", por {change['ato']}" if change["ato"] else ""
        yield f"  vale: {change['de']}{act}\n  simula-se: {change['para']}"
        for one in change["na_norma"]:
            yield f"  · {one['tipo']}, {one['rotulo']}: {one['de'] or 'não havia'} → {one['para'] or 'não há'}"
    yield f"\n{differences.finding(made['comparacao'])}"
    yield from _rules(made["comparacao"], ("base", "cenário"), differences.SIDES)


def _heading(side: Record) -> str:
    source, institution = side["origem"], side["instituicao"]
    parts = [f"em {day(side['em'])}", f"edição {side['edicao']} ({short_hash(side['digest'])})"]
    parts += [source["arquivo"]] if source else []
    parts += [f"instituição {institution['nome']}"] if institution else []
    parts += ["SIMULAÇÃO SEM VALOR OFICIAL"] if side["simulacao"] else []
    parts += ["valores fictícios"] if side["ficticio"] else []
    return " · ".join(parts)


def _rules(made: Record, called: tuple[str, str], where: tuple[str, str]) -> Iterator[str]:
    for rule in made["regras"]:
        if rule["sujeitos"]:
            yield f"\n{rule['rotulo']} ({rule['fundamento']}): {differences.counts(rule['resumo'], called=where)}"
            yield from _changed(rule, called)
    yield from _one_sided(made, where)


def _changed(rule: Record, called: tuple[str, str]) -> Iterator[str]:
    moved = differences.changed(rule, most=MOST_SHOWN)
    if moved:
        unit = f" ({differences.unit_of(rule)})" if differences.unit_of(rule) else ""
        headers = ("Sigla", "Nome", called[0].capitalize(), called[1].capitalize(), f"Diferença{unit}")
        rows = [
            (
                subject["chave"],
                subject["nome"],
                differences.result(subject["a"]),
                differences.result(subject["b"]),
                differences.difference(subject, rule),
            )
            for subject in moved
        ]
        yield table(headers, rows, right=(2, 3, 4))
    for subject in moved:
        yield from _why(subject)
    more = len(rule["sujeitos"]) - rule["resumo"]["iguais"] - len(moved)
    if more:
        yield f"  … e mais {more}, com mudanças menores; o JSON traz todos"
    yield from _unfelt(rule)


def _why(subject: Record) -> Iterator[str]:
    step = differences.first_step(subject)
    if subject["pendencia"]:
        yield f"  · {subject['chave']}: {subject['pendencia']['motivo']}"
    elif step and step["a"] and step["b"]:
        move = f"{number(step['a']['valor'])} → {number(step['b']['valor'])}"
        yield f"  · {subject['chave']}: {step['rotulo']}, {move}. {differences.why(step)}"


def _unfelt(rule: Record) -> Iterator[str]:
    """Yield those computed otherwise that came to the same result, together when for the same reason."""
    told: dict[str, list[str]] = {}
    for subject in rule["sujeitos"]:
        if subject["situacao"] == "igual" and subject["sem_efeito"]:
            step = subject["sem_efeito"][0]
            told.setdefault(f"{step['rotulo']}. {differences.why(step)}", []).append(subject["chave"])
    for reason, keys in told.items():
        more = f" e mais {len(keys) - MOST_SHOWN}" if len(keys) > MOST_SHOWN else ""
        verb = "fica igual" if len(keys) == 1 else "ficam iguais"
        yield f"  · {', '.join(keys[:MOST_SHOWN])}{more} {verb}, embora a conta mude: {reason}"


def _one_sided(made: Record, where: tuple[str, str]) -> Iterator[str]:
    """Yield the refusals that only one of the results has."""
    keys = {side: {(one["regra"], one["chave"]) for one in made["pendencias"][side]} for side in "ab"}
    for side, other, name in (("a", "b", where[0]), ("b", "a", where[1])):
        alone = [one for one in made["pendencias"][side] if (one["regra"], one["chave"]) not in keys[other]]
        if alone:
            yield f"\nPendências só {name}:"
        for one in alone:
            who = f", {one['chave']}" if one["chave"] else ""
            yield f"  · {one['rotulo']}{who}: {one['motivo']}\n    O que fazer: {one['o_que_fazer']}"
