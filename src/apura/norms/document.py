"""The result as a document (``resultado.json``): everything needed to check it later, with nothing else at hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from apura.formula import exact, plain, references
from apura.norms.application import UNOFFICIAL, AppliedNorm, ParameterInForce, ReadingInForce
from apura.norms.errors import Problem
from apura.norms.explanation import Explanation, StepExplanation, explain_outcome, shown, shown_exact
from apura.norms.facts import Absent, DeadlineFact, FactValue, RelatedRow, Subject
from apura.norms.institution import Institution
from apura.norms.labels import labels
from apura.norms.rule_schema import Column, Relation, Rule, Step
from apura.norms.running import Pending, Result

SCHEMA = "apura/resultado/1"


def document(result: Result) -> dict[str, Any]:
    """Return the result as plain data, ready for JSON: numbers as text with a point, keys in Portuguese."""
    applied, facts = result.applied, result.facts
    explanations = [explain_outcome(outcome) for outcome in result.outcomes]
    rules = list(dict.fromkeys(outcome.rule.name for outcome in result.outcomes))
    return {
        **_heading(applied),
        "simulacao": {"aviso": UNOFFICIAL, "motivos": list(applied.reasons)} if applied.simulation else None,
        "ficticio": facts.fictitious or bool(applied.institution and applied.institution.fictitious),
        "origem": None
        if facts.source is None
        else {"arquivo": facts.source.file, "sha256": facts.source.sha256, "linhas": facts.source.rows},
        "instituicao": _institution(applied, applied.institution),
        "rotulos": {name: _labels(applied, applied.norm.rules[name]) for name in rules},
        "regras": [_rule(applied, applied.norm.rules[name]) for name in rules],
        "resultados": [outcome_document(explanation) for explanation in explanations],
        "pendencias": [_pending(pending) for pending in result.pending],
        "erros": [],
    }


def refused_document(norm: str, on: date, *, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return the document of a calculation that could not start: only its errors, by sheet and cell."""
    return {
        "esquema": SCHEMA,
        "norma": norm,
        "em": on.isoformat(),
        "motor": engine(),
        "resultados": [],
        "pendencias": [],
        "erros": [
            {
                "planilha": problem.sheet,
                "celula": problem.cell,
                "mensagem": problem.message,
                "fundamento": problem.cites,
            }
            for problem in problems
        ],
    }


def engine() -> str:
    """Return the name and version of what computed the result."""
    return f"apura {version('apura')}"


def _heading(applied: AppliedNorm) -> dict[str, Any]:
    identity = applied.norm.identity
    return {
        "esquema": SCHEMA,
        "norma": identity.id,
        "titulo": f"{identity.title} – {identity.subject}",
        "edicao": identity.edition,
        "digest": applied.norm.digest,
        "em": applied.on.isoformat(),
        "motor": engine(),
    }


def _institution(applied: AppliedNorm, institution: Institution | None) -> dict[str, Any] | None:
    if institution is None:
        return None
    return {
        "nome": institution.name,
        "ficticio": institution.fictitious,
        "escolhas": [
            {
                "nome": decision.name,
                "tipo": "interpretação" if decision.name in applied.norm.interpretations else "parâmetro",
                "valor": decision.value,
                "desde": decision.starts.isoformat(),
                "ato": decision.act,
                "data_do_ato": decision.act_on.isoformat() if decision.act_on else None,
            }
            for decision in institution.decisions
        ],
    }


def _labels(applied: AppliedNorm, rule: Rule) -> dict[str, str]:
    """Return the labels of the names that the rule's formulas in force read, and of its own inputs and steps."""
    read = {part.name for part in (*rule.inputs, *rule.steps)}
    for step in rule.steps:
        found = references(applied.formula(rule, step).tree)
        read |= {*found.names, *found.tables, *found.relations}
        read |= {f"{relation}.{column}" for relation, column in found.columns}
    return {name: label for name, label in labels(applied.norm, rule).items() if name in read}


def _rule(applied: AppliedNorm, rule: Rule) -> dict[str, Any]:
    wording = applied.wording(rule)
    return {
        "regra": rule.name,
        "rotulo": rule.label,
        "sujeito": rule.subject.name,
        "resultado": rule.result,
        "unidade": rule.result_step.unit,
        "casas": rule.result_step.places,
        "fundamento": rule.cites,
        "redacao": f"redação: {wording.act}" if wording.act else "redação original",
        "entradas": [_column(column) for column in rule.inputs],
        "relacoes": [
            {"nome": relation.name, "rotulo": relation.label, "colunas": _columns(applied, relation)}
            for relation in rule.relations
        ],
    }


def _columns(applied: AppliedNorm, relation: Relation) -> list[dict[str, Any]]:
    if relation.columns:
        return [_column(column) for column in relation.columns]
    other = applied.norm.rules[relation.rules[0]]
    return [*map(_column, other.inputs), *map(_column, other.steps)]


def _column(part: Column | Step) -> dict[str, Any]:
    kind = "número" if part.unit is not None else "opção"
    if isinstance(part, Column) and part.kind is not None:
        kind = {"date": "data", "text": "texto", "key": "chave"}[part.kind]
    return {"nome": part.name, "rotulo": part.label, "tipo": kind, "unidade": part.unit, "casas": part.places}


def outcome_document(explanation: Explanation) -> dict[str, Any]:
    """One outcome as plain data: its values, its facts, its steps."""
    outcome = explanation.outcome
    return {
        "regra": outcome.rule.name,
        "chave": outcome.key,
        "nome": outcome.subject.name,
        "valores": {made.name: shown(made.value, made.step.places) for made in outcome.steps},
        "fatos": _facts(explanation),
        "passos": [_step(step) for step in explanation.steps],
    }


def _facts(explanation: Explanation) -> dict[str, Any]:
    outcome = explanation.outcome
    subject = outcome.subject
    read = {
        relation: {
            column
            for step in explanation.steps
            for owner, column in references(step.formula.tree).columns
            if owner == relation
        }
        for relation in subject.relations
    }
    return {
        "entradas": {name: _fact(value) for name, value in subject.inputs.items()},
        "relacoes": {
            name: [_row(row, read[name]) for row in rows] for name, rows in subject.relations.items()
        },
        "consultas": _lookups(explanation),
        "prazos": [_deadline(fact) for fact in subject.deadlines],
        "origem": _origin(subject),
    }


def _origin(subject: Subject) -> dict[str, Any] | None:
    return None if subject.origin is None else {"planilha": subject.origin.sheet, "linha": subject.origin.row}


def _fact(value: FactValue) -> str:
    if isinstance(value, Absent):
        return f"{value.state}: {value.reason}" if value.reason else value.state
    if isinstance(value, date):
        return value.isoformat()
    return exact(value) if isinstance(value, Fraction) else value


def _row(row: RelatedRow, columns: set[str]) -> dict[str, str]:
    values = {
        name: _fact(value) if not isinstance(value, bool) else shown(value, 0)
        for name, value in row.values.items()
        if name in columns
    }
    return {"identidade": row.identity, "nome": row.name, **values}


def _lookups(explanation: Explanation) -> list[dict[str, Any]]:
    found = {(table, keys): value for step in explanation.steps for table, keys, value in step.trace.lookups}
    return [
        {"tabela": table, "chaves": list(keys), "valor": shown_exact(value, 0)}
        for (table, keys), value in found.items()
    ]


def _deadline(fact: DeadlineFact) -> dict[str, Any]:
    return {
        "entrada": fact.input,
        "prazo": fact.deadline,
        "rotulo": fact.label,
        "vencimento": fact.due.date.isoformat(),
        "cumprido_em": fact.done_on.isoformat(),
        "dias": str(fact.days),
        "contagem": fact.counting,
        "calendario": fact.calendar,
        "motivo": fact.due.reason,
    }


def _step(step: StepExplanation) -> dict[str, Any]:
    declared, wording = step.step, step.formula.wording
    return {
        "nome": declared.name,
        "rotulo": declared.label,
        "formula": step.canonical,
        "com_valores": step.with_values,
        "valor": step.shown,
        "exato": step.exact,
        "unidade": declared.unit,
        "casas": declared.places,
        "fundamento": declared.cites,
        "redacao": {
            "situacao": "por interpretação" if wording.wording == "interpretation" else "conhecida",
            "ato": wording.act,
            "desde": wording.starts.isoformat(),
        },
        "parametros": [_parameter(parameter) for parameter in step.parameters],
        "arredondamentos": [
            {"antes": exact(made.before), "depois": plain(made.after, made.places), "casas": made.places}
            for made in step.roundings
        ],
        "interpretacoes": [_reading(reading) for reading in step.readings],
    }


def _parameter(parameter: ParameterInForce) -> dict[str, Any]:
    return {
        "nome": parameter.name,
        "rotulo": parameter.label,
        "valor": shown_exact(parameter.value, parameter.places),
        "unidade": parameter.unit,
        "desde": parameter.since.isoformat(),
        "fundamento": parameter.cites,
        "ato": parameter.act,
    }


def _reading(reading: ReadingInForce) -> dict[str, Any]:
    declared = reading.declared
    return {
        "nome": reading.name,
        "texto": declared.text,
        "fundamento": declared.cites,
        "adotada": reading.reading,
        "alternativas": [other for other in declared.readings if other != reading.reading],
        "decisor": declared.decider,
        "ato": reading.decision.act if reading.decision else None,
    }


def _pending(pending: Pending) -> dict[str, Any]:
    return {
        "regra": pending.rule,
        "chave": pending.key,
        "motivo": pending.reason,
        "fundamento": pending.cites,
        "o_que_fazer": pending.what_to_do,
    }
