"""What awaits somebody among agreements: a signature, a round, an alignment, scores to make, agreements to close."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from apura_web.agreements.acts import CENTRAL, WRITERS
from apura_web.agreements.lifecycle import Side, State
from apura_web.agreements.models import Agreement, Pact, Party
from apura_web.agreements.selectors.closings import Due, dues_of
from apura_web.agreements.selectors.endings import over_on, with_final_score
from apura_web.agreements.selectors.signatories import offices_on
from apura_web.audit.actors import WHOLE_INSTITUTION, Actor, Role
from apura_web.foundation.presentation import Badge, Tone
from apura_web.indicators.selectors.awaiting import Awaited
from apura_web.orgs.models import TenureKind
from apura_web.orgs.selectors.structure import in_branches

MOST, MOST_PERIODS, MOST_OVER = 12, 3, 3
TO_ANSWER = Badge("em negociação", Tone.ATTENTION, "comments")
TO_ALIGN = Badge("em alinhamento estratégico", Tone.ATTENTION, "compass")
TO_SCORE = Badge("a apurar", Tone.ATTENTION, "clock")
TO_CLOSE = Badge("a encerrar", Tone.ATTENTION, "archive")
TO_SIGN = Badge("em assinatura", Tone.ATTENTION, "signature")


def awaited_by(actor: Actor, today: date) -> list[Awaited]:
    """Give what awaits somebody, the signature first, in nine queries at most.

    Args:
        actor: who.
        today: the institution's day.
    """
    return [
        *_to_sign(actor, today),
        *_to_answer(actor),
        *_to_score(actor, today),
        *_to_close(actor, today),
    ]


def _to_score(actor: Actor, today: date) -> list[Awaited]:
    """Give the periods that ended and lack scores, to who makes them."""
    if not actor.has(*CENTRAL, path=WHOLE_INSTITUTION):
        return []
    dues = [each for each in dues_of(actor.institution_id, today) if each.left]
    return [_score(each) for each in dues[:MOST_PERIODS]]


def _score(due: Due) -> Awaited:
    what = "1 acordo sem nota" if due.left == 1 else f"{due.left} acordos sem nota"
    return Awaited(
        f"{due.label}, até {due.until_on:%d/%m/%Y}: {what}",
        "Fechar período",
        reverse("closing_close", args=[due.key]),
        TO_SCORE,
        why="O período apurado terminou (Decreto GO nº 8.170/2014, art. 12).",
    )


def _to_close(actor: Actor, today: date) -> list[Awaited]:
    """Give the agreements that are over and have their final score, to who closes them; many in one line."""
    if not actor.has(*CENTRAL):
        return []
    rows = Agreement.objects.filter(institution_id=actor.institution_id).select_related("unit")
    mine = in_branches(actor.branches(*CENTRAL), "unit__path")
    found = list(with_final_score(over_on(rows, today)).filter(mine).order_by("-year", "id"))
    shown = found[:MOST_OVER] if len(found) > MOST_OVER + 1 else found
    more = len(found) - len(shown)
    return [*(_close(each) for each in shown), *([_close_more(more)] if more else [])]


def _close(row: Agreement) -> Awaited:
    return Awaited(
        f"{row}, {row.unit}",
        "Encerrar",
        reverse("agreement_close", args=[row.code]),
        TO_CLOSE,
        why="A vigência terminou e a nota final está registrada.",
    )


def _close_more(count: int) -> Awaited:
    url = f"{reverse('agreements')}?etapa={State.IN_FORCE.value}"
    said = f"Mais {count} acordos com vigência terminada e nota final registrada"
    return Awaited(said, "Ver acordos", url, TO_CLOSE)


def _to_answer(actor: Actor) -> list[Awaited]:
    central = actor.has(*CENTRAL)
    roles = WRITERS - CENTRAL
    own = Q(unit__path__in=[each.path for each in actor.grants if each.role in roles])
    rows = Agreement.objects.filter(institution_id=actor.institution_id).select_related("unit")
    negotiated = Q(state=State.NEGOTIATION.value)
    mine = negotiated & own & Q(turn=Side.AGREED.value)
    if central:
        waits = negotiated & Q(turn=Side.CENTRAL.value)
        mine |= in_branches(actor.branches(*CENTRAL), "unit__path") & (waits | Q(state=State.ALIGNMENT.value))
    return [_answer(each) for each in rows.filter(mine).order_by("-year", "id")[:MOST]]


def _answer(row: Agreement) -> Awaited:
    is_aligning = row.state == State.ALIGNMENT.value
    return Awaited(
        f"{row}, {row.unit}",
        "Continuar",
        row.get_absolute_url(),
        TO_ALIGN if is_aligning else TO_ANSWER,
        why="O alinhamento espera conclusão." if is_aligning else "É a vez do seu lado.",
    )


def _to_sign(actor: Actor, today: date) -> list[Awaited]:
    heads = [each.path for each in actor.grants if each.role == Role.HEAD]
    if not heads:
        return []
    last = Pact.objects.filter(agreement=OuterRef("pact__agreement")).order_by("-number").values("pk")[:1]
    rows = Party.objects.filter(
        institution_id=actor.institution_id,
        unit__path__in=heads,
        signature=None,
        pact__agreement__state=State.SIGNING.value,
        pact=Subquery(last),
    ).select_related("unit", "pact__agreement")
    kept = list(rows.order_by("id")[:MOST])
    offices = offices_on([each.unit for each in kept], today)
    return [
        _sign(each) for each in kept if _is_in_charge(actor, offices.get((each.unit_id, TenureKind.HEAD)))
    ]


def _is_in_charge(actor: Actor, office: object) -> bool:
    in_charge = getattr(office, "in_charge", None)
    return in_charge is not None and in_charge.person.code == actor.id


def _sign(row: Party) -> Awaited:
    agreement = row.pact.agreement
    return Awaited(
        f"{agreement}: assinar por {row.unit}",
        "Ler e assinar",
        agreement.get_absolute_url(),
        TO_SIGN,
        why="Você exerce hoje a titularidade desta parte.",
    )
