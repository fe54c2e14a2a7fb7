"""The result as a document (``resultado.json``): everything needed to check it later, with nothing else at hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from apura.formula import exact, plain, references
from apura.norms.application import UNOFFICIAL, AppliedNorm
from apura.norms.checking import shared_columns
from apura.norms.errors import Problem, Refusal
from apura.norms.explanation import Explanation, StepExplanation, explain_outcome, shown, shown_exact
from apura.norms.facts import Absent, DeadlineFact, FactValue, RelatedRow, Subject
from apura.norms.in_force import ParameterInForce, ReadingInForce
from apura.norms.labels import decidable_label, labels
from apura.norms.pack import Norm, load_norm
from apura.norms.result_schema import SCHEMA
from apura.norms.rule_schema import Column, Relation, Rule, Step
from apura.norms.running import Pending, Result


def document(result: Result) -> dict[str, Any]:
    """Return the result as plain data, ready for JSON: numbers as text with a point, keys in Portuguese."""
    applied, facts = result.applied, result.facts
    explanations = [explain_outcome(outcome) for outcome in result.outcomes]
    spoken = {outcome.rule.name for outcome in result.outcomes} | {one.rule for one in result.pending}
    rules = [name for name in applied.norm.rules if name in spoken]
    labelled = {name: rule_labels(applied, applied.norm.rules[name]) for name in rules}
    return {
        **heading(applied),
        "simulacao": simulation_document(applied),
        "ficticio": facts.fictitious or bool(applied.institution and applied.institution.fictitious),
        "origem": None
        if facts.source is None
        else {"arquivo": facts.source.file, "sha256": facts.source.sha256, "linhas": facts.source.rows},
        "instituicao": institution_document(applied),
        "rotulos": labelled,
        "regras": [rule_document(applied, applied.norm.rules[name]) for name in rules],
        "resultados": [outcome_document(explanation) for explanation in explanations],
        "pendencias": [_pending(pending) for pending in result.pending],
        "erros": [],
    }


def refused_document(
    norm: str | Norm, on: date, *, problems: tuple[Problem, ...] = (), pending: tuple[Pending, ...] = ()
) -> dict[str, Any]:
    """Return the document of a calculation that gave nothing: its errors by sheet and cell, or what was refused.

    Raises:
        BadRequest: no such norm.
    """
    applied = AppliedNorm(load_norm(norm) if isinstance(norm, str) else norm, on)
    return {
        **heading(applied),
        "simulacao": None,
        "ficticio": False,
        "origem": None,
        "instituicao": None,
        "rotulos": {},
        "regras": [],
        "resultados": [],
        "pendencias": [_pending(one) for one in pending],
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


def heading(applied: AppliedNorm) -> dict[str, Any]:
    """Return which norm, in which edition, was applied to which date, and by what engine."""
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


def simulation_document(applied: AppliedNorm) -> dict[str, Any] | None:
    """Return why the result has no official value; None when it has."""
    return {"aviso": UNOFFICIAL, "motivos": sorted(applied.reasons)} if applied.simulation else None


def institution_document(applied: AppliedNorm) -> dict[str, Any] | None:
    """Return the institution and everything it decided, in force on the date or not."""
    institution = applied.institution
    if institution is None:
        return None
    return {
        "nome": institution.name,
        "ficticio": institution.fictitious,
        "escolhas": [
            {
                "nome": decision.name,
                "rotulo": decidable_label(applied.norm, decision.name),
                "tipo": "interpretação" if decision.name in applied.norm.interpretations else "parâmetro",
                "valor": decision.value,
                "desde": decision.starts.isoformat(),
                "ato": decision.act,
                "data_do_ato": decision.act_on.isoformat() if decision.act_on else None,
            }
            for decision in institution.decisions
        ],
    }


def rule_labels(applied: AppliedNorm, rule: Rule) -> dict[str, str]:
    """Return the labels of the names that the rule's formulas in force read, and of its own inputs and steps."""
    read = {part.name for part in (*rule.inputs, *rule.steps)}
    for step in rule.steps:
        if step.formula_from is not None:
            continue  # it reads only inputs and earlier steps
        try:
            found = references(applied.formula(rule, step).tree)
        except Refusal:  # no wording at hand: no formula to label
            continue
        read |= {*found.names, *found.tables, *found.relations}
        read |= {f"{relation}.{column}" for relation, column in found.columns}
    return {name: label for name, label in labels(applied.norm, rule).items() if name in read}


def rule_document(applied: AppliedNorm, rule: Rule) -> dict[str, Any]:
    """One rule as plain data: what its results are, on what basis, and what it reads."""
    scale = rule.result_step.scale
    return {
        "regra": rule.name,
        "rotulo": rule.label,
        "sujeito": rule.subject.name,
        "resultado": rule.result,
        "unidade": rule.result_step.unit,
        "casas": rule.result_step.places,
        "minimo": plain(scale.low, rule.result_step.places) if scale else None,
        "maximo": plain(scale.high, rule.result_step.places) if scale else None,
        "fundamento": rule.cites,
        "redacao": _wording(applied, rule),
        "entradas": [_column(column) for column in rule.inputs],
        "relacoes": [
            {
                "nome": relation.name,
                "rotulo": relation.label,
                "regras": list(relation.rules),
                "colunas": _columns(applied, relation),
            }
            for relation in rule.relations
        ],
    }


def _wording(applied: AppliedNorm, rule: Rule) -> str:
    try:
        wording = applied.wording(rule)
    except Refusal:
        return "sem redação conhecida nesta data"
    return f"redação: {wording.act}" if wording.act else "redação original"


def _columns(applied: AppliedNorm, relation: Relation) -> list[dict[str, Any]]:
    if relation.columns:
        return [_column(column) for column in relation.columns]
    read = [applied.norm.rules[name] for name in relation.rules]
    shared = shared_columns(read)
    offered = [*map(_column, read[0].inputs), *map(_column, read[0].steps)]
    return [column for column in offered if column["nome"] in shared]


def _column(part: Column | Step) -> dict[str, Any]:
    kind = "número" if part.unit is not None else "opção" if part.options else "lógico"
    if isinstance(part, Column) and part.kind is not None:
        kind = {"date": "data", "text": "texto", "key": "chave", "formula": "texto"}[part.kind]
    return {"nome": part.name, "rotulo": part.label, "tipo": kind, "unidade": part.unit, "casas": part.places}


def outcome_document(explanation: Explanation) -> dict[str, Any]:
    """One outcome as plain data: its values, its facts, its steps."""
    outcome = explanation.outcome
    return {
        "regra": outcome.rule.name,
        "chave": outcome.key,
        "nome": outcome.subject.name,
        "valores": {made.name: shown(made.value, made.step.places) for made in outcome.steps},
        "datas": [
            {"nome": made.name, "rotulo": made.label, "data": day.isoformat(), "fundamento": made.cites}
            for made, day in outcome.dates
        ],
        "avisos": [{"mensagem": told.message, "fundamento": told.cites} for told in outcome.warnings],
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
    if row.facts:  # typed for this subject alone: everything in it is needed to check it again
        return {"identidade": row.identity, "nome": row.name, **{k: _fact(v) for k, v in row.facts.items()}}
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
        "fundamento": step.citation,
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
        "rotulo": declared.label,
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
        "rotulo": pending.label,
        "chave": pending.key,
        "motivo": pending.reason,
        "fundamento": pending.cites,
        "o_que_fazer": pending.what_to_do,
    }
