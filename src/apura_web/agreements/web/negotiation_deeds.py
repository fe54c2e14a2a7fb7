"""Acts of the negotiation: a round sent or accepted, a comment, alignment concluded, negotiation reopened, shelved."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.sections import PARTY, SECTIONS
from apura_web.agreements.selectors.agreements import side_of
from apura_web.agreements.selectors.reading import comments_of, reading_of
from apura_web.agreements.services import agreements, negotiation
from apura_web.agreements.web.agreement_frame import CODE_LENGTH
from apura_web.agreements.web.agreement_work import agreement_work, seen_of
from apura_web.agreements.web.finding import check_side, find_agreement
from apura_web.agreements.web.negotiation_pages import SIDES
from apura_web.audit.acts import REGISTRY
from apura_web.audit.requests import ActorRequest
from apura_web.audit.works import Work
from apura_web.foundation.forms import LongTextField
from apura_web.foundation.presentation import Basis, Confirmation, Tone
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import SeenForm

COMMENT, NOTE, REASON = 2_000, 400, 400
DECREE = "Decreto GO nº 8.170/2014"


class NoteForm(SeenForm):
    """What is proposed in a round, in a sentence."""

    note = forms.CharField(
        label="O que se propõe",
        help_text="Uma frase para o outro lado, como “metas de consultas revistas”.",
        max_length=NOTE,
        required=False,
    )


class ReasonForm(SeenForm):
    """Why."""

    reason = forms.CharField(label="Motivo", max_length=REASON)


class CommentForm(SeenForm):
    """What is said of a part."""

    text = LongTextField(
        label="Comentário",
        help_text="Os dois lados leem. Fica no histórico da negociação.",
        max_length=COMMENT,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, code: str) -> HttpResponse:
    """Send the text as it is to the other side."""
    found = find_agreement(request, code)
    check_side(request, found, "agreements.proposal.send")
    form = NoteForm(request.POST or None, initial=seen_of(request, found))
    other = SIDES[side_of(request.actor, found).other.value]
    work = Work(
        "agreements.proposal.send",
        found,
        form,
        lambda **given: negotiation.propose(found, note=form.cleaned_data["note"], **given),
        f"Proposta enviada. Agora é a vez da {other}.",
        lead=f"O texto como está vira uma rodada, que não muda mais, e a vez passa à {other}.",
        goes_to=lambda _row: reverse("agreement_negotiation", args=[found.code]),
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, code: str) -> HttpResponse:
    """Accept the last round of the other side; the text is closed for signature."""
    found = find_agreement(request, code)
    check_side(request, found, "agreements.proposal.accept")
    form = SeenForm(request.POST or None, initial=seen_of(request, found))
    work = Work(
        "agreements.proposal.accept",
        found,
        form,
        lambda **given: negotiation.accept(found, **given),
        "Proposta aceita: o texto está fechado e espera a assinatura das partes.",
        lead="Antes de fechar o texto a conferência é refeita; o que impede a assinatura é dito aqui.",
        tell=lambda: _accepting(request, found),
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def conclude(request: ActorRequest, code: str) -> HttpResponse:
    """Say that alignment is over."""
    found = find_agreement(request, code)
    form = SeenForm(request.POST or None, initial=seen_of(request, found))
    work = Work(
        "agreements.alignment.conclude",
        found,
        form,
        lambda **given: agreements.conclude_alignment(found, **given),
        "Alinhamento concluído: começa a negociação.",
        lead="O resultado do alinhamento fica no texto do pacto e ainda pode ser mudado na negociação.",
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def reopen(request: ActorRequest, code: str) -> HttpResponse:
    """Go back to negotiation before all have signed."""
    found = find_agreement(request, code)
    form = ReasonForm(request.POST or None, initial=seen_of(request, found))
    work = Work(
        "agreements.negotiation.reopen",
        found,
        form,
        lambda **given: negotiation.reopen(found, reason=form.cleaned_data["reason"], **given),
        "Negociação reaberta.",
        tell=lambda: _reopening(found),
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def shelve(request: ActorRequest, code: str) -> HttpResponse:
    """Give an agreement up before it is signed by all."""
    found = find_agreement(request, code)
    form = ReasonForm(request.POST or None, initial=seen_of(request, found))
    work = Work(
        "agreements.agreement.shelve",
        found,
        form,
        lambda **given: agreements.shelve(found, reason=form.cleaned_data["reason"], **given),
        "Acordo arquivado.",
        tell=lambda: _shelving(found),
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def comment(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Say something of a part of the pact."""
    found = find_agreement(request, code)
    part = reading_of(found).text.part(key)
    if part is None and (key not in SECTIONS or SECTIONS[key].is_many):
        raise Http404
    check_side(request, found, "agreements.part.comment")
    name = part.name if part else SECTIONS[key].label
    form = CommentForm(request.POST or None, initial=seen_of(request, found))
    work = Work(
        "agreements.part.comment",
        found,
        form,
        lambda **given: negotiation.comment(found, part_key=key, text=form.cleaned_data["text"], **given),
        "Comentário registrado.",
        lead=name[:160],
        goes_to=lambda _row: reverse("agreement_negotiation", args=[found.code]) + "#comentarios",
        shown={"note": _said_before(request, found, key)},
    )
    return agreement_work(request, work)


def _said_before(request: ActorRequest, found: Agreement, key: str) -> str:
    said = comments_of(found, request.actor, key)
    if not said:
        return ""
    latest = said[0]
    return f"Último comentário, de {latest.who} ({SIDES[latest.comment.side]}): “{latest.comment.text[:300]}”"


def _accepting(request: ActorRequest, found: Agreement) -> Confirmation:
    found.refresh_from_db(fields=["state", "turn"])  # a rehearsed acceptance was undone only in the database
    text, last = negotiation.acceptable(found, actor=request.actor, at=request.at)
    parties = ", ".join(each.name for each in text.of(PARTY.name))
    return Confirmation(
        question=f"Aceitar a rodada {last.number} do acordo nº {found.number}?",
        what="O texto se fecha e passa à assinatura; ninguém o muda mais enquanto se assina.",
        whom=f"Assinam: {parties}",
        verb=REGISTRY["agreements.proposal.accept"].title,
        cancel_url=found.get_absolute_url(),
        bases=(Basis(f"{DECREE}, arts. 2º e 10"),),
        consequences=(
            f"O código de integridade do texto é {text.sha256[:CODE_LENGTH]}; é ele que se assina.",
            "Quem responde hoje por cada parte encontra o acordo em “Minha mesa”.",
        ),
        undoing="Enquanto não assinarem todos, a unidade central pode reabrir a negociação, com motivo.",
    )


def _reopening(found: Agreement) -> Confirmation:
    return Confirmation(
        question=f"Reabrir a negociação do acordo nº {found.number}?",
        what="O texto volta a ser negociado; o que já foi assinado fica no histórico e não vale para o novo texto.",
        whom=f"Quem negocia por {found.unit} e pela unidade central, e quem já assinou",
        verb=REGISTRY["agreements.negotiation.reopen"].title,
        cancel_url=found.get_absolute_url(),
        bases=(Basis(f"{DECREE}, art. 6º, I"),),
        consequences=("Será preciso nova rodada, novo aceite e a assinatura de todas as partes.",),
        undoing="Não: o texto terá de ser aceito e assinado de novo.",
        tone=Tone.BAD,
    )


def _shelving(found: Agreement) -> Confirmation:
    is_signing = found.state == State.SIGNING.value
    return Confirmation(
        question=f"Arquivar o acordo nº {found.number}?",
        what="O acordo deixa de tramitar e fica só para consulta.",
        whom=f"{found.unit} – {found.unit.name}",
        verb=REGISTRY["agreements.agreement.shelve"].title,
        cancel_url=found.get_absolute_url(),
        consequences=("As assinaturas já feitas não produzem efeito.",) if is_signing else (),
        undoing="Não. Outro acordo pode ser iniciado, com outro número.",
        tone=Tone.BAD,
    )
