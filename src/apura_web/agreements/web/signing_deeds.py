"""Signatures: by the head in charge, or recorded by the central unit when a party signed on paper."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from apura_web.agreements.guards import not_in_charge
from apura_web.agreements.models import Agreement, Pact, Party
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.selectors.signatories import Signatory, party_of, signatories_of
from apura_web.agreements.services import signing
from apura_web.agreements.web.agreement_frame import CODE_LENGTH
from apura_web.agreements.web.agreement_tabs import crumbs_of
from apura_web.agreements.web.agreement_work import agreement_work, seen_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.security import note_denial
from apura_web.audit.works import Work
from apura_web.foundation.forms import DayField
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, SeenForm, answer_at_once

SIGN = "agreements.pact.sign"
DECREE = "Decreto GO nº 8.170/2014"


class PaperForm(SeenForm):
    """Which party signed on paper, and when."""

    party = forms.ChoiceField(label="Parte que assinou")
    signed_on = DayField(
        label="Data da assinatura",
        help_text="A do papel. Conta como assinado por quem respondia pela unidade nesse dia.",
    )

    def __init__(self, *args: object, parties: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = parties


@signed_in
@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest, code: str, party_code: str) -> HttpResponse:
    """Sign for a party, today."""
    agreement = find_agreement(request, code)
    pact, party = _party(agreement, party_code)
    check_power(request, SIGN, party)
    mine = _signatory(request, pact, party)
    if mine.signature is None and (mine.in_charge is None or mine.in_charge.person.code != request.actor.id):
        note_denial(request.actor, SIGN, "agreements.not_in_charge")
        raise PermissionDenied(str(not_in_charge(party.unit, request.today)))
    form = SeenForm(request.POST or None)
    title = REGISTRY[SIGN].title
    deed = Deed(
        form=form,
        do=lambda: signing.sign(party, actor=request.actor, at=request.at),
        done=f"Acordo assinado por {party.name}.",
        goes_to=lambda _row: agreement.get_absolute_url(),
        page={
            "title": f"{title}: {party.name}",
            "lead": f"{agreement}, {agreement.unit}. Leia o texto antes de assinar.",
            "crumbs": crumbs_of(agreement, Crumb(title)),
            "verb": title,
            "cancel_url": agreement.get_absolute_url(),
            "note": f"O texto tem código de integridade {pact.sha256[:CODE_LENGTH]}.",
        },
        tell=lambda: _signing(agreement, pact, mine),
    )
    return answer_at_once(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, code: str) -> HttpResponse:
    """Record that a party signed on paper."""
    agreement = find_agreement(request, code)
    check_power(request, "agreements.pact.record", agreement)
    pact = last_pact(agreement)
    if pact is None:
        raise Http404
    waiting = [
        each.party for each in signatories_of(pact, request.actor, request.today) if each.signature is None
    ]
    form = PaperForm(
        request.POST or None,
        parties=[(each.code, f"{each.name} ({each.role})") for each in waiting],
        initial=seen_of(request, agreement),
    )
    by_code = {each.code: each for each in waiting}
    work = Work(
        "agreements.pact.record",
        agreement,
        form,
        lambda **given: signing.record_on_paper(
            agreement,
            party=by_code[form.cleaned_data["party"]],
            signed_on=form.cleaned_data["signed_on"],
            **given,
        ),
        "Assinatura registrada.",
        lead="Para a parte que assinou em papel; quem assinou é quem exercia o cargo nesse dia.",
    )
    return agreement_work(request, work)


def _party(agreement: Agreement, party_code: str) -> tuple[Pact, Party]:
    pact = last_pact(agreement)
    party = party_of(pact, party_code) if pact else None
    if pact is None or party is None:
        raise Http404
    return pact, party


def _signatory(request: ActorRequest, pact: Pact, party: Party) -> Signatory:
    rows = signatories_of(pact, request.actor, request.today)
    return next(each for each in rows if each.party == party)


def _signing(agreement: Agreement, pact: Pact, mine: Signatory) -> Confirmation:
    office = mine.in_charge
    how = f"{office.get_kind_display().lower()} ({office.get_capacity_display().lower()})" if office else ""
    by_act = str(office.legal_act.current) if office else ""
    parties = ", ".join(each.name for each in pact.parties.order_by("id"))
    return Confirmation(
        question=f"Assinar o {agreement} por {mine.party.name}?",
        what=f"Você assina, hoje, o texto de código de integridade {pact.sha256[:CODE_LENGTH]}.",
        whom=f"Partes: {parties}",
        verb=REGISTRY[SIGN].title,
        cancel_url=agreement.get_absolute_url(),
        bases=(Basis(f"{DECREE}, art. 2º"),),
        consequences=(
            f"A assinatura fica registrada como de {how}, por {by_act}.",
            "Quando a última parte assinar, o acordo passa a vigente.",
        ),
        undoing="Não. Antes que todos assinem, a unidade central pode reabrir a negociação; assina-se outro texto.",
    )
