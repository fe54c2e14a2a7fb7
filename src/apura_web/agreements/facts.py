"""The facts of a score: what the pact says, what was reached, and where each came from. No database.

Norm: Decreto GO nº 8.170/2014, art. 12; the rules that read them are in the pack ``go-8170-2014``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.formula import exact
from apura.norms import Decision
from apura_web.agreements.models import ItemState, ScoreKind
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import GENERAL, OBJECT, SCORING
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.quarters import Closing
from apura_web.calculations.asking import Asked, FactRow, SourceRef

NORM, RULE = "go-8170-2014", "nota_acordo"
TOPIC = "acordo"
"""How calculations call what they are about."""
PACT_SOURCE, MEASURED_SOURCE, ITEM_SOURCE = "acordo_pacto", "acordo_apuracao", "acordo_item"
FIXED = "meta parcial fixada"
READINGS = {
    "proporcao-temporal": "proporcao",
    "item-nao-apurado": "nao_apurado",
    "arredondamento-da-nota": "arredondamento",
}
"""The doubts of the decree that a clause of the pact settles, and the field that does."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What an item of the pact reached by a closing.

    Attributes:
        state: measured, not measured or cancelled.
        value: None unless measured.
        certainty: ``definitivo``, ``provisorio`` or ``estimado``; empty when nothing was measured.
        reason: why there is no value, or what is still missing.
        source: where it came from.
    """

    state: ItemState
    value: Fraction | None = None
    certainty: str = ""
    reason: str = ""
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The agreement the facts are of.

    Attributes:
        code: its opaque code.
        number: what people call it, as “12/2014”.
        institution: the name of the institution.
        signed_on: the day of the last signature.
        at_seq: the last entry of the trail that was known.
        adopted: readings adopted by the commission, each with its act.
    """

    code: str
    number: str
    institution: str
    signed_on: date
    is_fictitious: bool = False
    at_seq: int = 0
    adopted: tuple[Decision, ...] = field(default=())


def asked_of(subject: Subject, text: PactText, closing: Closing, actuals: Mapping[str, Actual]) -> Asked:
    """Give what is asked of the norm for a score.

    Args:
        subject: the agreement.
        text: its pact in force.
        closing: which score.
        actuals: what each item reached, by its key.
    """
    return Asked(
        norm=NORM,
        on=closing.until_on,
        rules={
            "dados_do_acordo": [_agreement(subject, text, closing)],
            "nota_item": [
                _item(each, subject, closing, actuals[each.key])
                for each in text.of("item")
                if each.key in actuals
            ],
            "nota_objeto": [_object(each, subject) for each in text.of(OBJECT.name)],
        },
        decisions=_decisions(subject, text, closing),
        institution=subject.institution,
        fictitious=subject.is_fictitious,
        at_seq=subject.at_seq,
        only=RULE,
    )


def _agreement(subject: Subject, text: PactText, closing: Closing) -> FactRow:
    general = text.one(GENERAL.name)
    values = {
        "chave": subject.number,
        "nome": f"Acordo de Resultados nº {subject.number}",
        "apuracao": closing.kind.value,
        "escala": text.one(SCORING.name).get("escala"),
        "inicio_do_periodo": general.get("periodo_inicio"),
        "fim_do_periodo": general.get("periodo_fim"),
        "fim_da_apuracao": closing.until_on.isoformat(),
    }
    sources = {
        "escala": _clause(subject, SCORING),
        "inicio_do_periodo": _clause(subject, GENERAL),
        "fim_do_periodo": _clause(subject, GENERAL),
    }
    return FactRow(values, sources)


def _object(part: Part, subject: Subject) -> FactRow:
    values = {"chave": part.key, "nome": part.name, "acordo": subject.number, "peso": part.get("peso")}
    return FactRow(values, {"peso": _of_pact(subject, part)})


def _item(part: Part, subject: Subject, closing: Closing, actual: Actual) -> FactRow:
    partial = part.get(f"meta_{closing.number}") if closing.kind == ScoreKind.PARTIAL else ""
    values = {
        "chave": part.key,
        "nome": part.name,
        "acordo": subject.number,
        "objeto": part.get("objeto"),
        "peso": part.get("peso"),
        "situacao": actual.state.value,
        "acumulacao": FIXED if partial else part.get("acumulacao"),
        "meta_final": part.get("meta_final"),
        "meta_parcial": partial,
        "linha_de_base": part.get("linha_de_base"),
        "metodo": part.get("metodo"),
        "clausula": part.get("clausula"),
        "realizado": "" if actual.value is None else exact(actual.value),
    }
    clause = _of_pact(subject, part)
    from_pact = ("peso", "acumulacao", "meta_final", "meta_parcial", "linha_de_base", "metodo", "clausula")
    sources = {name: clause for name in from_pact if values[name]}
    if actual.source is not None:
        sources |= {"situacao": actual.source, "realizado": actual.source}
    return FactRow({name: value for name, value in values.items() if value}, sources)


def _clause(subject: Subject, section: Section) -> SourceRef:
    label = f"Acordo nº {subject.number}, {section.plural[:1].lower()}{section.plural[1:]}"
    return SourceRef(PACT_SOURCE, label, {"acordo": subject.code, "parte": section.name})


def _of_pact(subject: Subject, part: Part) -> SourceRef:
    where = part.get("clausula") or part.name
    return SourceRef(
        PACT_SOURCE, f"Acordo nº {subject.number}, {where}", {"acordo": subject.code, "parte": part.key}
    )


def _decisions(subject: Subject, text: PactText, closing: Closing) -> tuple[Decision, ...]:
    """Give the readings that hold: those the pact chose, and those the commission adopted later."""
    clauses = text.one(SCORING.name)
    agreed = [
        Decision(
            name,
            clauses.get(column),
            closing.from_on,
            f"Acordo de Resultados nº {subject.number}, cláusula de apuração da nota",
            subject.signed_on,
            clauses.declared.field(column).label,
        )
        for name, column in READINGS.items()
        if clauses.get(column)
    ]
    taken = {(each.name, each.starts) for each in subject.adopted}
    kept = [each for each in agreed if (each.name, each.starts) not in taken]
    return (*kept, *subject.adopted)


def unmeasured_objects(text: PactText, actuals: Mapping[str, Actual]) -> list[Part]:
    """Give the objects of which no item was measured: their mean would divide by zero."""
    return [each for each in text.of(OBJECT.name) if not _has_measured(text.items_of(each.key), actuals)]


def _has_measured(items: Sequence[Part], actuals: Mapping[str, Actual]) -> bool:
    return any(actuals[each.key].value is not None for each in items if each.key in actuals)
