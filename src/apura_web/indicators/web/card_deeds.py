"""Acts on a proposal of card: starting a revision, sending, returning, speaking of it, approving, giving up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.audit.works import Work, work_page
from apura_web.foundation.presentation import Basis, Confirmation, Crumb, Tone
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, SeenForm, answer, typed_before
from apura_web.indicators.models import CardProposal, CardVersion, Indicator
from apura_web.indicators.selectors.card_pages import proposal_seen
from apura_web.indicators.selectors.cards import indicators_visible_to, version_on, versions_of
from apura_web.indicators.services import cards
from apura_web.indicators.web.card_deed_forms import (
    ApprovalForm,
    DropForm,
    NoteForm,
    OpinionForm,
    ReturnForm,
)
from apura_web.indicators.web.card_told import changes_between
from apura_web.indicators.web.indicator_tabs import crumbs_of

AWAITING = "Enquanto ela estiver em análise, a proposta não muda. Só a unidade central pode devolvê-la."
DIFF = "foundation/components/_diff.html"


def find_indicator(request: ActorRequest, code: str) -> Indicator:
    """Find an indicator the person may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(indicators_visible_to(request.actor), code=code)


def find_proposal(request: ActorRequest, code: str) -> CardProposal:
    """Find the latest proposal of an indicator, when the person may see it.

    Raises:
        Http404: there is none.
    """
    proposal = proposal_seen(find_indicator(request, code), request.actor)
    if proposal is None:
        raise Http404
    return proposal


@signed_in
@require_http_methods(["GET", "POST"])
def propose(request: ActorRequest, code: str) -> HttpResponse:
    """Start the revision of a card."""
    indicator = find_indicator(request, code)
    act = REGISTRY["indicators.card.propose"]
    check_power(request, act.name, indicator)
    seen = last_seen(indicator, request.institution.pk)
    form = NoteForm(request.POST or None, initial={"seen": seen})
    deed = Deed(
        form=form,
        do=lambda: cards.propose(
            indicator,
            change_note=form.cleaned_data["change_note"],
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Revisão iniciada: a proposta começa igual à ficha vigente. Mude o que for preciso.",
        goes_to=lambda _proposal: reverse("card_edit", args=[indicator.code]),
        page={
            "title": f"{act.title}: {indicator.number}",
            "lead": "A ficha vigente continua valendo até que um ato aprove a nova.",
            "crumbs": crumbs_of(indicator, Crumb(act.title)),
            "verb": act.title,
            "cancel_url": reverse("indicator_card", args=[indicator.code]),
        },
        latest=lambda: last_seen(indicator, request.institution.pk),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, code: str) -> HttpResponse:
    """Send a proposal to the central unit."""
    proposal = find_proposal(request, code)
    form = SeenForm(request.POST or None, initial=_initial(request, proposal))
    return _do(
        request,
        Work(
            "indicators.card.send",
            proposal,
            form,
            lambda **given: cards.send(proposal, **given),
            "Proposta enviada. Agora é a vez da unidade central.",
            lead="A unidade central analisa a proposta e pode devolvê-la para complementação.",
            shown={"note": AWAITING},
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def give_back(request: ActorRequest, code: str) -> HttpResponse:
    """Return a proposal, saying what is missing."""
    proposal = find_proposal(request, code)
    form = ReturnForm(request.POST or None, initial=_initial(request, proposal))
    return _do(
        request,
        Work(
            "indicators.card.return",
            proposal,
            form,
            lambda **given: cards.give_back(proposal, comment=form.cleaned_data["comment"], **given),
            "Proposta devolvida. O comentário aparece no alto da página dela.",
            lead="A proposta volta a quem a redigiu, que pode mudá-la e enviar de novo.",
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def examine(request: ActorRequest, code: str) -> HttpResponse:
    """Record what the central unit says of a proposal."""
    proposal = find_proposal(request, code)
    form = OpinionForm(request.POST or None, initial=_initial(request, proposal))
    return _do(
        request,
        Work(
            "indicators.card.examine",
            proposal,
            form,
            lambda **given: cards.examine(proposal, opinion=form.cleaned_data["opinion"], **given),
            "Manifestação registrada. Falta registrar o ato que aprova a ficha.",
            lead="A manifestação abre caminho ao ato que aprova a ficha. Se falta algo, devolva a proposta.",
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def approve(request: ActorRequest, code: str) -> HttpResponse:
    """Record the act that approves a card."""
    proposal = find_proposal(request, code)
    versions = versions_of(proposal.indicator)
    form = ApprovalForm(
        request.POST or None,
        actor=request.actor,
        has_version=bool(versions),
        initial=_initial(request, proposal),
    )
    work = Work(
        "indicators.card.approve",
        proposal,
        form,
        lambda **given: cards.approve(proposal, approval=form.approval, **given),
        "Aprovação registrada: a ficha tem nova versão.",
        lead="Registre o ato que aprovou a ficha e desde quando ela vale.",
        tell=lambda: _approving(request, proposal, form, versions),
        goes_to=lambda _version: reverse("indicator_card", args=[proposal.indicator.code]),
        shown=_compared(proposal, versions),
    )
    return _do(request, work)


def _compared(proposal: CardProposal, versions: list[CardVersion]) -> dict[str, Any]:
    shown: CardVersion | None = versions[-1] if versions else None
    return {
        "sample": DIFF if shown else "",
        "changes": changes_between(shown, proposal),
        "caption": "O que muda na ficha",
        "before_title": f"Versão {shown.number}" if shown else "",
        "after_title": "Proposta",
    }


@signed_in
@require_http_methods(["GET", "POST"])
def drop(request: ActorRequest, code: str) -> HttpResponse:
    """Give up a proposal."""
    proposal = find_proposal(request, code)
    form = DropForm(request.POST or None, initial=_initial(request, proposal))
    return _do(
        request,
        Work(
            "indicators.card.drop",
            proposal,
            form,
            lambda **given: cards.drop(proposal, reason=form.cleaned_data["reason"], **given),
            "Proposta retirada.",
            tell=lambda: _dropping(proposal),
        ),
    )


def _do(request: ActorRequest, work: Work) -> HttpResponse:
    proposal = work.record
    own = Crumb("Proposta", proposal.get_absolute_url())
    crumbs = crumbs_of(proposal.indicator, own)
    return work_page(
        request,
        replace(work, lead=work.lead or proposal.name),
        called=proposal.indicator.number,
        crumbs=crumbs,
    )


def _initial(request: ActorRequest, proposal: CardProposal) -> dict[str, Any]:
    return {**typed_before(request), "seen": last_seen(proposal, request.institution.pk)}


def _approving(
    request: ActorRequest, proposal: CardProposal, form: ApprovalForm, versions: list[CardVersion]
) -> Confirmation:
    approval, number = form.approval, proposal.indicator.number
    legal_act = approval.legal_act.current
    since = day(approval.from_on)
    stays = "Os períodos já apurados ficam com a versão em vigor no último dia deles: nada do que foi medido muda."
    follows = (
        [stays] if versions else ["A partir desse dia o indicador pode ter unidades que apuram e metas."]
    )
    before = version_on(versions, approval.from_on)
    if before is not None:
        follows.insert(0, f"A {before} deixa de valer na véspera.")
    if approval.from_on < request.today:
        follows.append(
            f"O dia {since} já passou: os períodos que terminam desde então se apuram por esta ficha."
        )
    what = (
        f"A apuração de {number} se encerra: desde {since} não se apura mais."
        if approval.is_last
        else f"A ficha proposta passa a valer em {since}, como nova versão."
    )
    return Confirmation(
        question=f"Registrar a aprovação da ficha de {number}?",
        what=what,
        whom=f"{proposal.indicator.number} – {proposal.name} ({proposal.unit})",
        verb=REGISTRY["indicators.card.approve"].title,
        cancel_url=proposal.get_absolute_url(),
        bases=(Basis(str(legal_act), legal_act.summary, approval.legal_act.get_absolute_url()),),
        consequences=follows,
        undoing="Só por outra versão, ou pelo que tornar o ato sem efeito.",
        tone=Tone.BAD if approval.is_last else Tone.INFO,
    )


def _dropping(proposal: CardProposal) -> Confirmation:
    return Confirmation(
        question=f"Retirar a proposta de ficha de {proposal.indicator.number}?",
        what="A proposta deixa de tramitar e fica só no histórico.",
        whom=f"{proposal.indicator} ({proposal.unit})",
        verb=REGISTRY["indicators.card.drop"].title,
        cancel_url=proposal.get_absolute_url(),
        consequences=("A ficha vigente, se houver, continua como está.",),
        undoing="Não, mas outra revisão pode ser iniciada."
        if versions_of(proposal.indicator)
        else "Não. O indicador fica sem ficha; para retomá-lo, crie outro.",
        tone=Tone.BAD,
    )
