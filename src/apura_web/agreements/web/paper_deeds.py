"""Acts on what came before this base, and on who owes it now: agreements on paper, past scores, succession."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.agreements.models import Agreement, ScoreKind
from apura_web.agreements.selectors.agreements import ENTITIES
from apura_web.agreements.services import agreements, paper
from apura_web.agreements.services.agreements import Successor
from apura_web.agreements.services.paper import Given, Paper
from apura_web.agreements.web.agreement_work import agreement_work, seen_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.audit.actors import Actor
from apura_web.audit.requests import ActorRequest
from apura_web.audit.works import Work
from apura_web.documents.basis_form import BasisForm
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField, QuantityField, UploadField
from apura_web.foundation.presentation import Basis, Confirmation
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import SeenForm
from apura_web.foundation.web.document_form import FILE_KINDS, MEGABYTES, DocumentForm
from apura_web.orgs.choosing import units_among
from apura_web.orgs.selectors.structure import units_visible_to

PLACES = 6


class PaperForm(SeenForm, DocumentForm):
    """When the agreement was signed, and the file of it."""

    signed_on = DayField(label="Data da assinatura", help_text="A do documento.")
    document = UploadField(
        label="Documento assinado",
        kinds=FILE_KINDS,
        megabytes=MEGABYTES,
        required=False,
        help_text="A íntegra do acordo, como foi assinada.",
    )


class GivenForm(SeenForm, DocumentForm):
    """A score of a past period, as a document gives it."""

    kind = forms.ChoiceField(label="Nota", choices=ScoreKind.choices)
    until_on = DayField(label="Fim do período apurado")
    value = QuantityField(label="Valor", places=PLACES, help_text="Como consta do documento.")
    source = forms.CharField(
        label="De onde vem", max_length=300, help_text="Como “Ata da comissão nº 4/2013, item 2”."
    )


class SuccessionForm(BasisForm):
    """Which body owes the agreement now, by which act, since when."""

    unit = RecordField(
        label="Sucessora", help_text="O órgão que responde pelo acordo desde então. Escreva a sigla."
    )
    order = ("unit",)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "unit", units_among(units_visible_to(actor).filter(kind__in=ENTITIES, is_active=True)))


@signed_in
@require_http_methods(["GET", "POST"])
def import_signed(request: ActorRequest, code: str) -> HttpResponse:
    """Put in force an agreement signed before this base."""
    agreement = find_agreement(request, code)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        institution=request.institution,
        initial=seen_of(request, agreement),
    )

    def tell() -> Confirmation:
        return Confirmation(
            question=f"Registrar o {agreement} como já assinado?",
            what=f"O texto que está no pacto passa a valer como assinado em {day(form.cleaned_data['signed_on'])}.",
            whom=f"{agreement.unit} e as demais partes",
            verb="Registrar acordo já assinado",
            cancel_url=agreement.get_absolute_url(),
            bases=(Basis("Decreto GO nº 8.170/2014, arts. 2º e 6º, I"),),
            consequences=(
                "O acordo fica marcado como importado, sem memória da negociação.",
                "Confira antes se o texto é o do documento: depois só se altera por revisão.",
                f"Documento: {form.blob.file_name}." if form.blob else "Nenhum documento foi anexado.",
            ),
            undoing="Não se desfaz.",
        )

    work = Work(
        "agreements.pact.import",
        agreement,
        form,
        lambda **given: paper.import_signed(
            agreement, paper=Paper(form.cleaned_data["signed_on"], form.blob), **given
        ),
        "Acordo registrado como já assinado, sem memória da negociação.",
        lead="Para acordos assinados em papel antes desta base. Transcreva o texto no pacto, à mão ou por planilha.",
        tell=tell,
        goes_to=lambda _pact: agreement.get_absolute_url(),
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def import_score(request: ActorRequest, code: str) -> HttpResponse:
    """Record a score given before this base."""
    agreement = find_agreement(request, code)
    form = GivenForm(
        request.POST or None,
        request.FILES or None,
        institution=request.institution,
        initial=seen_of(request, agreement),
    )

    def given() -> Given:
        data = form.cleaned_data
        return Given(data["kind"], data["until_on"], data["value"], data["source"], form.blob)

    work = Work(
        "agreements.score.import",
        agreement,
        form,
        lambda **known: paper.import_score(agreement, given=given(), **known),
        "Nota registrada, sem memória de cálculo.",
        lead="A nota aparece como importada: abre no documento de onde vem, e não em um cálculo.",
        goes_to=lambda _row: f"{_scores(agreement)}#sem-memoria",
        shown={"cancel_url": _scores(agreement)},
    )
    return agreement_work(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def succeed(request: ActorRequest, code: str) -> HttpResponse:
    """Record that another body owes the agreement from a day on."""
    agreement = find_agreement(request, code)
    form = SuccessionForm(request.POST or None, actor=request.actor, initial=seen_of(request, agreement))

    def do(**given: Any) -> object:
        data = form.cleaned_data
        successor = Successor(unit=data["unit"], legal_act=data["legal_act"], from_on=form.starts_on)
        return agreements.succeed(agreement, successor=successor, **given)

    work = Work(
        "agreements.agreement.succeed",
        agreement,
        form,
        do,
        "Sucessão registrada: as apurações da sucessora passam a contar para o acordo.",
        lead="Para a fusão, a incorporação ou a extinção da Acordada durante a vigência. O acordo continua o mesmo.",
    )
    return agreement_work(request, work)


def _scores(agreement: Agreement) -> str:
    return reverse("agreement_scores", args=[agreement.code])
