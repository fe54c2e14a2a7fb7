"""Reading the scores of agreements, and what they rest on besides measurements: readings adopted, items recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from apura.norms import Decision
from apura_web.agreements.facts import Subject
from apura_web.agreements.models import Adoption, Agreement, ItemReading, Pact, PastScore, Score
from apura_web.agreements.quarters import Closing
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor
from apura_web.audit.trail import head_of


def scores_of(agreement: Agreement) -> QuerySet[Score]:
    """Give every score of an agreement, superseded ones included; their documents stay where they are."""
    rows = agreement.scores.select_related("calculation", "pact").defer("calculation__document")
    return rows.order_by("until_on", "id")


def past_scores_of(agreement: Agreement) -> QuerySet[PastScore]:
    """Give the scores an agreement had before this base, those that stand."""
    return agreement.past_scores.filter(replaced_by=None).select_related("document")


def standing_score(agreement: Agreement, closing: Closing) -> Score | None:
    """Give the score that stands for a closing; None when it was not made."""
    rows = agreement.scores.filter(kind=closing.kind, until_on=closing.until_on, replaced_by=None)
    return rows.select_related("calculation__fact_sheet").defer("calculation__document").first()


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """Give the scores of the agreements somebody sees."""
    return Score.objects.filter(agreement__in=agreements_visible_to(actor))


def adoptions_of(agreement: Agreement) -> QuerySet[Adoption]:
    """Give the readings adopted for an agreement, and those adopted for the whole institution."""
    rows = Adoption.objects.filter(institution_id=agreement.institution_id)
    mine = Q(agreement=agreement) | Q(agreement=None)
    return rows.filter(mine, legal_act__void=None).select_related("legal_act").order_by("from_on", "id")


def adoptions_visible_to(actor: Actor) -> QuerySet[Adoption]:
    """Give the readings adopted for the agreements somebody sees, and those of the house; acts without effect apart."""
    rows = Adoption.objects.filter(institution_id=actor.institution_id, legal_act__void=None)
    if not actor.grants:
        return rows.none()
    mine = Q(agreement__in=agreements_visible_to(actor)) | Q(agreement=None)
    return (
        rows.filter(mine).select_related("agreement", "legal_act").prefetch_related("legal_act__corrections")
    )


def item_readings_of(agreement: Agreement) -> QuerySet[ItemReading]:
    """Give what was recorded of the items of an agreement and stands."""
    rows = agreement.item_readings.filter(replaced_by=None)
    return rows.select_related("legal_act", "document").order_by("until_on", "id")


def subject_of(agreement: Agreement, pact: Pact) -> Subject:
    """Give the agreement as its facts need it, with what is known now."""
    signed = pact.parties.order_by("-signature__signed_on").values_list("signature__signed_on", flat=True)
    institution = agreement.institution
    return Subject(
        code=agreement.code,
        number=agreement.number,
        institution=institution.name,
        signed_on=signed.first() or pact.recorded_at.date(),
        is_fictitious=institution.is_fictitious,
        at_seq=head_of(institution.pk).seq,
        adopted=_decisions(adoptions_of(agreement)),
    )


def _decisions(rows: Iterable[Adoption]) -> tuple[Decision, ...]:
    """Give the readings adopted; of one doubt and day, the latest, and the agreement's before the house's."""
    kept: dict[tuple[str, date], Decision] = {}
    for each in sorted(rows, key=lambda row: (row.agreement_id is not None, row.pk)):
        act = each.legal_act.current
        kept[each.interpretation, each.from_on] = Decision(
            each.interpretation, each.reading, each.from_on, str(act), act.signed_on, "interpretação adotada"
        )
    return tuple(kept.values())
