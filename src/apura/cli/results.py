"""The result of a calculation as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from apura.cli.tables import table
from apura.formula import brazilian, in_plural, parse_exact


def result_lines(made: Mapping[str, Any]) -> Iterator[str]:
    """Yield the scores of the document ``made``, rule by rule, and then what was refused."""
    if made["simulacao"]:
        reasons = "; ".join(made["simulacao"]["motivos"]) or "pedida na linha de comando"
        yield f"SIMULAÇÃO SEM VALOR OFICIAL: {reasons}"
    if made["ficticio"]:
        yield "VALORES FICTÍCIOS"
    for rule in made["regras"]:
        outcomes = [outcome for outcome in made["resultados"] if outcome["regra"] == rule["regra"]]
        if outcomes:
            yield from _scores(rule, outcomes)
    yield from _told(made["resultados"])
    yield from _readings(made["resultados"])
    yield from _pending(made["pendencias"])
    if not made["resultados"]:
        yield "\nNenhuma regra deu resultado; nada foi gravado."


def _scores(rule: Mapping[str, Any], outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    unit = rule["unidade"]
    yield f"\n{rule['rotulo']} ({rule['fundamento']})"
    rows = []
    for outcome in outcomes:
        step = outcome["passos"][-1]
        value = brazilian(parse_exact(step["valor"]), step["casas"]) if unit else step["valor"]
        exact = "" if step["exato"] == step["valor"] else step["exato"].replace(".", ",")
        rows.append((outcome["chave"], outcome["nome"], value, exact))
    headers = ("Sigla", "Nome", _heading(unit), "Valor exato")
    yield table(headers, rows, right=(2, 3))


def _heading(unit: str | None) -> str:
    """Name the column of results with its unit, as people say it of many."""
    return f"Nota ({in_plural(unit)})" if unit not in (None, "adimensional") else "Resultado"


def _told(outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the dates that follow from results, and what looks wrong."""
    for outcome in outcomes:
        for made in outcome["datas"]:
            day = f"{date.fromisoformat(made['data']):%d/%m/%Y}"
            yield f"  · {outcome['chave']}: {made['rotulo'].lower()} {day} ({made['fundamento']})"
    for outcome in outcomes:
        for told in outcome["avisos"]:
            yield f"  ! {outcome['regra']}, {outcome['chave']}: {told['mensagem']} ({told['fundamento']})"


def _readings(outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the interpretations the results rely on, each once."""
    used = {
        reading["nome"]: reading
        for outcome in outcomes
        for step in outcome["passos"]
        for reading in step["interpretacoes"]
    }
    if used:
        yield f"\nInterpretações de que os resultados dependem ({len(used)}):"
    for reading in used.values():
        act = f", por {reading['ato']}" if reading["ato"] else ""
        yield f"  · {reading['rotulo']}: {reading['adotada']}{act} ({reading['fundamento']})"


def _pending(pendencies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was refused; what has the same reason is told once."""
    if not pendencies:
        return
    yield f"\nPendências ({len(pendencies)}):"
    grouped: dict[tuple[str, str | None, str], list[str]] = {}
    for pending in pendencies:
        who = f"{pending['regra']}, {pending['chave']}" if pending["chave"] else pending["regra"]
        grouped.setdefault((pending["motivo"], pending["fundamento"], pending["o_que_fazer"]), []).append(who)
    for (reason, cites, what_to_do), names in grouped.items():
        basis = f" ({cites})" if cites else ""
        yield f"  · {'; '.join(names)}\n    {reason}{basis}\n    O que fazer: {what_to_do}"
