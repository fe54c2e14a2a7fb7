"""Why a legal act is not registered. Guards read and answer; they change nothing."""

from __future__ import annotations

from apura_web.documents.dependents import refusal_to_fall
from apura_web.documents.models import LegalAct, Relation
from apura_web.documents.selectors import current_records, has_no_effect
from apura_web.foundation.refusals import Refusal


def duplicate_refusal(new: LegalAct) -> Refusal | None:
    """Refuse an act that is registered already; a republication repeats number and year by its nature."""
    if not new.number or new.relation == Relation.REPUBLICATION:
        return None
    same = (
        current_records(LegalAct.objects.filter(institution=new.institution))
        .filter(kind=new.kind, number=new.number, year=new.year, authority__iexact=new.authority)
        .exclude(relation=Relation.REPUBLICATION)
    )
    if new.corrects_id:
        same = same.exclude(root_id=new.corrects_id)
    first = same.first()
    if first is None:
        return None
    return Refusal(
        "documents.duplicate_act",
        f"Já existe o registro de {first}, da mesma autoridade.",
        "Abra o registro existente; se ele foi digitado errado, use “Corrigir registro”.",
        status=409,
    )


def target_refusal(new: LegalAct) -> Refusal | None:
    """Refuse what one act does to another when the other came later, is itself, or has no effect already."""
    target = new.target
    if target is None:
        return None
    if new.corrects_id == target.pk:
        return Refusal(
            "documents.acts_on_itself", "Um ato não atinge a si mesmo.", "Escolha o outro ato atingido."
        )
    return _late_refusal(new, target) or _fall_refusal(new, target)


def _late_refusal(new: LegalAct, target: LegalAct) -> Refusal | None:
    signed_on = target.current.signed_on
    if signed_on <= new.signed_on:
        return None
    return Refusal(
        "documents.target_is_later",
        f"{target.current} é de {signed_on:%d/%m/%Y}, depois deste ato.",
        "Confira a data deste ato e o ato atingido.",
    )


def _fall_refusal(new: LegalAct, target: LegalAct) -> Refusal | None:
    if new.relation != Relation.NULLIFICATION:
        return None
    if has_no_effect(target):
        return Refusal(
            "documents.already_without_effect",
            f"{target.current} já foi tornado sem efeito.",
            "Confira o ato atingido.",
            status=409,
        )
    return refusal_to_fall(target)
