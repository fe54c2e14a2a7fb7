"""Acts on scores: making one, making it again, recording the situation of an item, adopting a reading."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura.formula import brazilian
from apura_web.agreements import score_guards
from apura_web.agreements.models import Agreement, ItemState, Score
from apura_web.agreements.pact.text import Part
from apura_web.agreements.selectors.scores import standing_score
from apura_web.agreements.services import readings, scoring
from apura_web.agreements.services.scoring import Reckoning
from apura_web.agreements.web.agreement_work import agreement_work, seen_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.agreements.web.score_forms import AgainForm, ReadingForm, SituationForm
from apura_web.agreements.web.score_views import find_closing, signed_pact
from apura_web.audit.requests import ActorRequest
from apura_web.audit.works import Work
from apura_web.foundation.presentation import Basis, Confirmation
from apura_web.foundation.refusals import refuse_if
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import SeenForm

ARTICLE = Basis("Decreto GO nº 8.170/2014, art. 12", "A cada quadrimestre, nota parcial; no fim, a final.")
PLACES = 2


@signed_in
@require_http_methods(["GET", "POST"])
def compute(request: ActorRequest, code: str, closing_key: str) -> HttpResponse:
    """Make the score of a closing."""
    agreement = find_agreement(request, code)
    form = SeenForm(request.POST or None, initial=seen_of(request, agreement))
    return _score_page(request, agreement, closing_key, form)


@signed_in
@require_http_methods(["GET", "POST"])
def recompute(request: ActorRequest, code: str, closing_key: str) -> HttpResponse:
    """Make the score of a closing again, with a reason."""
    agreement = find_agreement(request, code)
    form = AgainForm(request.POST or None, initial=seen_of(request, agreement))
    return _score_page(request, agreement, closing_key, form)


def _score_page(
    request: ActorRequest, agreement: Agreement, closing_key: str, form: SeenForm
) -> HttpResponse:
    """Make a score, or make it again when the form asks why."""
    is_again = isinstance(form, AgainForm)
    closing = find_closing(agreement, closing_key)

    @cache
    def made() -> Reckoning:
        return scoring.reckon(agreement, closing, today=request.today)

    def do(**given: object) -> Score:
        if isinstance(form, AgainForm):
            reason = form.cleaned_data["reason"]
            return scoring.recompute(agreement, made=made(), reason=reason, **given)
        return scoring.compute(agreement, made=made(), **given)

    def tell() -> Confirmation:
        before = None if is_again else standing_score(agreement, closing)
        refuse_if(score_guards.twice_refusal(before, closing))
        return _told(agreement, made(), cancel_url=_url(agreement))

    work = Work(
        "agreements.score.recompute" if is_again else "agreements.score.compute",
        agreement,
        form,
        do,
        f"{closing.label} apurada. Cada número abre a sua memória de cálculo.",
        lead="As medições ficam congeladas como se conhecem agora; correções posteriores pedem nova apuração.",
        tell=tell,
        goes_to=lambda score: reverse("calculation", args=[score.calculation.code]),
        shown={"cancel_url": _url(agreement)},
    )
    return agreement_work(request, work, closing.label)


def _told(agreement: Agreement, made: Reckoning, *, cancel_url: str) -> Confirmation:
    value, known = Fraction(made.value), made.prepared.asked.at_seq
    return Confirmation(
        question=f"Registrar a {made.closing.label[:1].lower()}{made.closing.label[1:]}?",
        what=f"A nota é {brazilian(value, PLACES)}, com o que se sabe até a entrada {known} da trilha.",
        whom=f"{agreement}, {agreement.unit}",
        verb="Registrar nota",
        cancel_url=cancel_url,
        bases=(ARTICLE,),
        consequences=tuple(_consequences(made)),
        undoing="A nota não se apaga. Se algo mudar, apura-se de novo, com o motivo, e a anterior continua registrada.",
    )


def _consequences(made: Reckoning) -> Iterator[str]:
    """Say what is provisional and what is missing, item by item."""
    names = {each.key: each.name for each in made.pact.text.of("item")}
    for key, actual in made.actuals.items():
        if actual.state == ItemState.UNMEASURED:
            yield f"Não apurado: {names[key]} ({actual.reason})."
        elif actual.state == ItemState.CANCELLED:
            yield f"Cancelado: {names[key]}."
        elif actual.certainty != "definitivo":
            yield f"Ainda {actual.certainty}: {names[key]}."
    if not made.missing and not made.provisional:
        yield "Todos os itens estão apurados, com valores definitivos."


@signed_in
@require_http_methods(["GET", "POST"])
def read_item(request: ActorRequest, code: str, item_key: str) -> HttpResponse:
    """Record how far a milestone or commitment went, or that an item was cancelled."""
    agreement = find_agreement(request, code)
    item = _find_item(agreement, item_key)
    form = SituationForm(
        request.POST or None,
        request.FILES or None,
        initial=seen_of(request, agreement),
        institution=request.institution,
        actor=request.actor,
        item=item,
    )
    work = Work(
        "agreements.item.read",
        agreement,
        form,
        lambda **given: readings.read_item(agreement, situation=form.situation, **given),
        "Situação registrada. Ela entra na próxima nota apurada.",
        lead=f"{item.name}. O que for registrado para o mesmo dia substitui o anterior, que continua no histórico.",
        goes_to=lambda _row: f"{_url(agreement)}#registros",
        shown={"cancel_url": _url(agreement)},
    )
    return agreement_work(request, work, item.name)


@signed_in
@require_http_methods(["GET", "POST"])
def adopt(request: ActorRequest, code: str) -> HttpResponse:
    """Record the reading that the commission adopted for the agreement."""
    agreement = find_agreement(request, code)
    initial = {**seen_of(request, agreement), "from_on": agreement.period_from}
    form = ReadingForm(request.POST or None, initial=initial, actor=request.actor)
    work = Work(
        "agreements.reading.adopt",
        agreement,
        form,
        lambda **given: readings.adopt(agreement, reading=form.adopted, **given),
        "Interpretação registrada. As notas já apuradas não mudam; apure de novo as que ela alcança.",
        lead="O decreto não responde a tudo; a comissão decide a dúvida e a ata fica ao lado de cada número.",
        goes_to=lambda _row: f"{_url(agreement)}#interpretacoes",
        shown={"cancel_url": _url(agreement)},
    )
    if signed_pact(agreement) is None:
        raise Http404
    return agreement_work(request, work)


def _find_item(agreement: Agreement, key: str) -> Part:
    pact = signed_pact(agreement)
    found = pact.text.part(key) if pact else None
    if found is None or found.section != "item":
        raise Http404
    return found


def _url(agreement: Agreement) -> str:
    return reverse("agreement_scores", args=[agreement.code])
