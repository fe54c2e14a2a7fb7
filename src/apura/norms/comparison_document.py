"""A comparison, or a simulation, as plain data ready for JSON: numbers as text with a point, keys in Portuguese."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from apura.formula import exact
from apura.norms.application import UNOFFICIAL
from apura.norms.bands import Band
from apura.norms.comparison import Change, Comparison, RuleComparison, StepDifference, SubjectComparison
from apura.norms.difference_reasons import Reason
from apura.norms.result_schema import Documento, Passo, Resultado
from apura.norms.scenario import AskedChange

COMPARISON_SCHEMA, SIMULATION_SCHEMA = "apura/comparacao/1", "apura/simulacao/1"
LARGEST = 10
COUNTS = {
    Change.ROSE: "sobem",
    Change.FELL: "caem",
    Change.OTHER: "mudam",
    Change.SAME: "iguais",
    Change.ONLY_BEFORE: "so_em_a",
    Change.ONLY_AFTER: "so_em_b",
}


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as plain data."""
    return {
        "esquema": COMPARISON_SCHEMA,
        "norma": comparison.after.norma,
        "titulo": comparison.after.titulo,
        "a": _heading(comparison.before),
        "b": _heading(comparison.after),
        "resumo": {name: comparison.count(change) for change, name in COUNTS.items()},
        "maiores": [
            {"regra": rule.regra, "chave": subject.key, "diferenca": _exact(subject.difference)}
            for rule, subject in comparison.largest[:LARGEST]
        ],
        "rotulos": _labels(comparison),
        "regras": [_rule(rule) for rule in comparison.rules],
        "pendencias": {
            "a": [one.model_dump() for one in comparison.before.pendencias],
            "b": [one.model_dump() for one in comparison.after.pendencias],
        },
    }


def simulation_document(comparison: Comparison, asked: Sequence[AskedChange]) -> dict[str, Any]:
    """Return the simulation as plain data: what was changed, and the base (A) compared with the scenario (B)."""
    return {
        "esquema": SIMULATION_SCHEMA,
        "aviso": UNOFFICIAL,
        "norma": comparison.after.norma,
        "titulo": comparison.after.titulo,
        "em": comparison.after.em,
        "motor": comparison.after.motor,
        "ficticio": comparison.after.ficticio,
        "mudancas": [change_document(change) for change in asked],
        "comparacao": comparison_document(comparison),
    }


def _heading(result: Documento) -> dict[str, Any]:
    """Return what a result says of itself: edition, date, file, institution, whether it is a simulation."""
    parts = ("edicao", "digest", "em", "motor", "simulacao", "ficticio", "origem", "instituicao")
    return result.model_dump(include=set(parts))


def _labels(comparison: Comparison) -> dict[str, dict[str, str]]:
    return {
        rule.rule.regra: {
            **comparison.before.rotulos.get(rule.rule.regra, {}),
            **comparison.after.rotulos.get(rule.rule.regra, {}),
        }
        for rule in comparison.rules
    }


def _rule(compared: RuleComparison) -> dict[str, Any]:
    parts = {"regra", "rotulo", "sujeito", "unidade", "casas", "minimo", "maximo", "fundamento"}
    return {
        **compared.rule.model_dump(include=parts),
        "resumo": {name: compared.count(change) for change, name in COUNTS.items()},
        "faixas": [_band(band) for band in compared.bands],
        "sujeitos": [_subject(subject) for subject in compared.subjects],
    }


def _band(band: Band) -> dict[str, Any]:
    return {"de": exact(band.low), "ate": exact(band.high), "a": band.before, "b": band.after}


def _subject(subject: SubjectComparison) -> dict[str, Any]:
    first = subject.first
    return {
        "chave": subject.key,
        "nome": subject.name,
        "situacao": subject.change.value,
        "a": _result(subject.before),
        "b": _result(subject.after),
        "diferenca": _exact(subject.difference),
        "primeiro_passo": first.step.nome if first else None,
        "passos": [_difference(step) for step in subject.steps],
        "sem_efeito": [_difference(step) for step in subject.unfelt],
        "pendencia": subject.pending.model_dump() if subject.pending else None,
    }


def _result(outcome: Resultado | None) -> dict[str, str] | None:
    return None if outcome is None else {"valor": outcome.passos[-1].valor, "exato": outcome.passos[-1].exato}


def _difference(difference: StepDifference) -> dict[str, Any]:
    parts = {"nome", "rotulo", "unidade", "casas", "fundamento"}
    return {
        **difference.step.model_dump(include=parts),
        "a": _side(difference.before),
        "b": _side(difference.after),
        "motivos": [_reason(reason) for reason in difference.reasons],
    }


def _side(step: Passo | None) -> dict[str, Any] | None:
    return None if step is None else step.model_dump(include={"formula", "com_valores", "valor", "exato"})


def _reason(reason: Reason) -> dict[str, str | None]:
    return {
        "tipo": reason.cause.value,
        "nome": reason.name,
        "rotulo": reason.label,
        "a": reason.before,
        "b": reason.after,
        "fundamento": reason.cites,
    }


def change_document(change: AskedChange) -> dict[str, Any]:
    """Write what a simulation supposes."""
    return {
        "tipo": change.kind,
        "nome": change.name,
        "rotulo": change.label,
        "texto": change.text,
        "fundamento": change.cites,
        "de": change.before,
        "para": change.after,
        "ato": change.decided_by,
        "na_norma": [
            {
                "tipo": one.kind,
                "nome": one.name,
                "rotulo": one.label,
                "de": one.before,
                "para": one.after,
                "fundamento": one.cites,
            }
            for one in change.details
        ],
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)
