"""An act told to people: its facts, its state and what each correction of its record changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from apura_web.documents.models import LegalAct, Relation
from apura_web.documents.selectors import affecting, has_no_effect
from apura_web.foundation.presentation import Badge, Change, Fact, changes, state_badge
from apura_web.foundation.templatetags.apura import day, weekday_day

STATE_AFTER = {
    Relation.ERRATUM: "retificado",
    Relation.REPUBLICATION: "republicado por incorreção",
    Relation.REVOCATION: "revogado",
}


@dataclass(frozen=True)
class Version:
    """A correction of the record: when it was typed and what it changed."""

    recorded_at: datetime
    changes: list[Change]


def state_of(legal_act: LegalAct) -> Badge:
    """Say in which state an act is, by what others did to it."""
    if has_no_effect(legal_act):
        return state_badge("tornado sem efeito")
    done = {Relation(each.relation) for each in affecting(legal_act) if not has_no_effect(_first(each))}
    for relation in (Relation.REVOCATION, Relation.REPUBLICATION, Relation.ERRATUM):
        if relation in done:
            return state_badge(STATE_AFTER[relation])
    return state_badge("vigente")


def facts_of(record: LegalAct) -> list[Fact]:
    """List what a record of an act says."""
    facts = [
        Fact("Data do ato", weekday_day(record.signed_on)),
        Fact("Autoridade", record.authority),
        Fact("Ementa", record.summary),
        Fact(
            "Produz efeitos desde",
            weekday_day(record.takes_effect_on),
            note="" if record.effects_from else "desde a data do ato",
        ),
        Fact("Processo SEI", record.sei_process),
        Fact("Documento SEI", record.sei_document),
    ]
    if record.target:
        target = record.target
        facts.append(Fact(record.get_relation_display(), str(target.current), target.get_absolute_url()))
    return facts


def version_changes(versions: Sequence[LegalAct]) -> list[Version]:
    """Tell what each correction changed in the record, the newest first."""
    pairs = pairwise(versions)
    told = [Version(new.recorded_at, changes(_as_text(old), _as_text(new))) for old, new in pairs]
    return told[::-1]


def _first(record: LegalAct) -> LegalAct:
    return record.corrects or record


def _as_text(record: LegalAct) -> dict[str, str]:
    return {
        "Espécie": record.get_kind_display(),
        "Número": record.number,
        "Data do ato": day(record.signed_on),
        "Autoridade": record.authority,
        "Ementa": record.summary,
        "Produz efeitos desde": day(record.effects_from),
        "Processo SEI": record.sei_process,
        "Documento SEI": record.sei_document,
        "O que faz a outro ato": record.get_relation_display(),
        "Ato atingido": str(record.target.current) if record.target else "",
    }
