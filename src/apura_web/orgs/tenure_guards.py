"""Why an appointment or its end is refused."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from apura_web.documents.models import ActKind, LegalAct
from apura_web.foundation.refusals import Refusal
from apura_web.orgs import guards
from apura_web.orgs.models import Capacity, Tenure, TenureKind
from apura_web.orgs.offices import OFFICES, PRIVILEGED
from apura_web.orgs.selectors.tenures import last_day, open_tenures, standing_tenures, tenures_on


def privileged_refusal(kind: str) -> Refusal | None:
    """Refuse an office of access where offices of the structure are registered."""
    if kind not in PRIVILEGED:
        return None
    return Refusal(
        "orgs.privileged_office",
        f"“{TenureKind(kind).label}” dá acesso à plataforma e só se concede em “Acessos”.",
        "Peça a quem administra a plataforma na instituição.",
        status=403,
    )


def unprivileged_refusal(kind: str) -> Refusal | None:
    """Refuse an office of the structure where accesses are given."""
    if kind in PRIVILEGED:
        return None
    return Refusal(
        "orgs.unprivileged_office",
        f"“{TenureKind(kind).label}” não é um acesso: é uma função da estrutura.",
        "Registre-a na página da pessoa, em “Registrar designação”.",
    )


def letter_refusal(kind: str, legal_act: LegalAct) -> Refusal | None:
    """Refuse access to external control that no letter asked for."""
    if kind != TenureKind.EXTERNAL_CONTROL or legal_act.current.kind == ActKind.OFFICIAL_LETTER:
        return None
    return Refusal(
        "orgs.no_letter",
        "O acesso do controle externo se apoia no ofício que o pediu.",
        "Registre o ofício em “Atos” e escolha-o aqui.",
    )


def appointment_refusal(tenure: Tenure) -> Refusal | None:
    """Refuse an appointment that the person, the unit or the office cannot have in those days."""
    if tenure.person.purged_at:
        return Refusal("orgs.person_purged", "Os dados desta pessoa foram expurgados.", "Registre-a de novo.")
    office = OFFICES[tenure.kind]
    if office.needs_unit and tenure.unit is None:
        return Refusal(
            "orgs.office_without_unit",
            f"“{tenure.get_kind_display()}” é sempre de uma unidade.",
            "Escolha a unidade.",
        )
    if tenure.capacity == Capacity.SUBSTITUTE and not (office.is_single and office.has_substitution):
        return Refusal(
            "orgs.no_substitution",
            f"“{tenure.get_kind_display()}” não tem substituto legal permanente.",
            "Para uma ausência, use “Respondendo pelo expediente”, com primeiro e último dia.",
        )
    return (
        guards.superior_refusal(tenure.unit, tenure.from_on)
        or _outlives_unit(tenure)
        or _own_overlap(tenure)
        or _taken_refusal(tenure)
    )


def _outlives_unit(tenure: Tenure) -> Refusal | None:
    ended = guards.extinct_from(tenure.unit, tenure.from_on) if tenure.unit else None
    if ended is None or (tenure.until_on and tenure.until_on < ended):
        return None
    last = ended - timedelta(days=1)
    return Refusal(
        "orgs.outlives_unit",
        f"{tenure.unit} funciona só até {last:%d/%m/%Y}: o ato que a extingue ou incorpora já está registrado.",
        f"Informe como último dia {last:%d/%m/%Y}, ou antes.",
    )


def _own_overlap(tenure: Tenure) -> Refusal | None:
    own = _overlapping(tenure).filter(person=tenure.person, kind=tenure.kind)
    if tenure.kind != TenureKind.POSTING:
        own = own.filter(unit=tenure.unit)
    clash = own.first()
    if clash is None:
        return None
    what = "lotada" if tenure.kind == TenureKind.POSTING else "nesta função"
    until = last_day(clash)
    return Refusal(
        "orgs.overlapping_tenure",
        f"{tenure.person} já está {what} em {clash.unit or 'toda a instituição'} desde {clash.from_on:%d/%m/%Y}"
        + (f" até {until:%d/%m/%Y}." if until else "."),
        "Registre antes o término, ou ajuste as datas.",
        status=409,
    )


def _taken_refusal(tenure: Tenure) -> Refusal | None:
    if tenure.capacity != Capacity.HOLDER or not OFFICES[tenure.kind].is_single:
        return None
    clash = _overlapping(tenure).filter(unit=tenure.unit, kind=tenure.kind, capacity=Capacity.HOLDER).first()
    if clash is None:
        return None
    return Refusal(
        "orgs.office_taken",
        f"{clash.person} já ocupa “{tenure.get_kind_display()}” de {tenure.unit} desde {clash.from_on:%d/%m/%Y}.",
        "Registre antes a dispensa ou exoneração. Se é só por um tempo, escolha “Respondendo pelo expediente”.",
        OFFICES[tenure.kind].cites,
        status=409,
    )


def ending_refusal(tenure: Tenure, ended_on: date) -> Refusal | None:
    """Refuse an end after the tenure ended already."""
    fresh = standing_tenures(tenure.institution_id).get(pk=tenure.pk)
    until = last_day(fresh)
    if until and until <= ended_on:
        return Refusal(
            "orgs.tenure_over",
            f"Esta designação já terminou em {until:%d/%m/%Y}.",
            "Não é preciso registrar outro término.",
            status=409,
        )
    return None


def last_administrator_refusal(tenure: Tenure, ended_on: date) -> Refusal | None:
    """Refuse to leave an institution without anybody to administer it."""
    if tenure.kind != TenureKind.ADMINISTRATOR:
        return None
    others = (
        tenures_on(tenure.institution_id, ended_on)
        .filter(kind=TenureKind.ADMINISTRATOR)
        .exclude(pk=tenure.pk)
    )
    if any(last_day(each) is None for each in others):
        return None
    return Refusal(
        "orgs.last_administrator",
        "A instituição ficaria sem administrador.",
        "Conceda antes o acesso de administrador a outra pessoa, sem prazo.",
    )


def _overlapping(tenure: Tenure):  # type: ignore[no-untyped-def]
    rows = open_tenures(tenure.institution_id, tenure.from_on)
    return rows.filter(from_on__lte=tenure.until_on) if tenure.until_on else rows.filter(Q())
