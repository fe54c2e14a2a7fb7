"""Reading agreements: who sees which, what each says now, and what is known around it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from apura_web.agreements.lifecycle import Side, State
from apura_web.agreements.models import Agreement, Pact, Party, Proposal
from apura_web.agreements.pact.checklist import Surroundings
from apura_web.agreements.pact.text import PactText, in_order
from apura_web.audit.actors import Actor, Role
from apura_web.indicators.models import Indicator
from apura_web.indicators.selectors.cards import SEES_ALL, versions_by_indicator
from apura_web.orgs.models import TenureKind, Unit, UnitKind
from apura_web.orgs.selectors.structure import in_branches, units_visible_to
from apura_web.orgs.selectors.tenures import absences_on, office_on, tenures_on

WRITES = (Role.HEAD, Role.COORDINATOR)
ENTITIES = (UnitKind.DIRECT, UnitKind.AUTARCHY, UnitKind.FOUNDATION)
"""The bodies that may celebrate an agreement (Decreto GO nº 8.170/2014, art. 1º)."""
SETTLED = (State.IN_FORCE.value, State.CLOSED.value)
"""What everybody of the house sees; what is still negotiated is a preparatory document (LAI, art. 7º, § 3º)."""


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Give the agreements in force or closed to everybody of the house; the others to who negotiates or signs them."""
    rows = Agreement.objects.filter(institution_id=actor.institution_id).select_related("unit", "institution")
    if not actor.grants:
        return rows.none()
    rows = rows.filter(unit__in=units_visible_to(actor))
    if actor.has(*SEES_ALL, path="/"):
        return rows
    own = in_branches(actor.branches(*SEES_ALL, *WRITES), "unit__path")
    signs = Party.objects.filter(in_branches(actor.branches(Role.HEAD), "unit__path"))
    asked = Q(state=State.SIGNING.value, pacts__parties__in=signs)
    return rows.filter(Q(state__in=SETTLED) | own | asked).distinct()


def uses_agreements(institution_id: int) -> bool:
    """Say whether an institution has a body that may celebrate an agreement."""
    rows = Unit.objects.filter(institution_id=institution_id, kind__in=ENTITIES, is_active=True)
    return rows.exists()


def side_of(actor: Actor, agreement: Agreement) -> Side:
    """Say for which side somebody writes: the central unit for the Acordante, the others for the Acordada."""
    is_central = actor.has(Role.CENTRAL_ANALYST, path=agreement.scope_path)
    return Side.CENTRAL if is_central else Side.AGREED


def negotiates(actor: Actor, agreement: Agreement) -> bool:
    """Say whether somebody writes in an agreement: the central unit, and who answers for the Acordada itself.

    Who heads a unit above the Acordada follows the negotiation and does not speak for it: it may be the Acordante.
    """
    if side_of(actor, agreement) is Side.CENTRAL:
        return True
    return any(grant.role in WRITES and grant.path == agreement.scope_path for grant in actor.grants)


def working_text(agreement: Agreement) -> PactText:
    """Give the text being negotiated, as it is now."""
    rows = agreement.drafts.filter(is_removed=False).order_by("id")
    return in_order(each.part for each in rows)


def last_proposal(agreement: Agreement) -> Proposal | None:
    """Give the last round sent; None when there was none."""
    return agreement.proposals.order_by("-number").first()


def last_pact(agreement: Agreement) -> Pact | None:
    """Give the last text closed for signature; None when there was none."""
    return agreement.pacts.order_by("-number").first()


def surroundings_of(agreement: Agreement, text: PactText, on: date) -> Surroundings:
    """Give what the conference of a pact knows besides its text."""
    return Surroundings(
        agreed_unit=agreement.unit.code,
        on=on,
        has_alignment=agreement.had_alignment,
        has_coordinator=_has_coordinator(agreement, on),
        measured_by=_accumulations(agreement, text),
        units=_working_units(agreement, text),
    )


def _working_units(agreement: Agreement, text: PactText) -> frozenset[str]:
    codes = {each.get("unidade") for each in text.of("parte")}
    rows = Unit.objects.filter(institution_id=agreement.institution_id, code__in=codes, is_active=True)
    return frozenset(rows.values_list("code", flat=True))


def _has_coordinator(agreement: Agreement, on: date) -> bool:
    rows = list(
        tenures_on(agreement.institution_id, on).filter(unit=agreement.unit, kind=TenureKind.COORDINATOR)
    )
    return office_on(rows, absences_on(agreement.institution_id, on)).in_charge is not None


def _accumulations(agreement: Agreement, text: PactText) -> dict[str, str]:
    """Give how the latest card of each indicator of a text accumulates, by code."""
    codes = [each.get("indicador") for each in text.of("item") if each.get("indicador")]
    rows = Indicator.objects.filter(institution_id=agreement.institution_id, code__in=codes)
    by_id = dict(rows.values_list("pk", "code"))
    versions = versions_by_indicator(set(by_id)) if by_id else {}
    return {by_id[number]: str(found[-1].accumulation) for number, found in versions.items() if found}
