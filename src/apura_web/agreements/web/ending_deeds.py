"""The act that ends an agreement: its page asks at once when the final score stands, and for the reason when not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_http_methods

from apura_web.agreements import guards
from apura_web.agreements.models import Agreement, Score, ScoreKind
from apura_web.agreements.quarters import closings_of
from apura_web.agreements.selectors.endings import has_final_score
from apura_web.agreements.selectors.scores import scores_of
from apura_web.agreements.services import ending
from apura_web.agreements.services.ending import Unscored
from apura_web.agreements.web.agreement_work import agreement_work, seen_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.agreements.web.score_views import signed_pact
from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.audit.requests import ActorRequest
from apura_web.audit.works import Work
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.presentation import Basis, Confirmation
from apura_web.foundation.refusals import refuse_if
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import SeenForm

ACT = "agreements.agreement.close"
LONGEST = 400
NO_ACT_IN_THE_DECREE = (
    "O decreto não prevê ato de encerramento: este registro é da plataforma e só diz que nada mais se espera do "
    "acordo."
)
FINAL_SCORE = Basis(
    f"{guards.DECREE}, art. 12, § 2º", "Ao fim do período avaliatório apura-se a nota final do acordo."
)
TERM = Basis(f"{guards.DECREE}, art. 17", "A vigência é a do pacto; alterar-lhe a data é renovação.")


class UnscoredForm(SeenForm):
    """Why there is no final score, and the act that shows it."""

    reason = forms.CharField(
        label="Por que não há nota final",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Como “extinção da Acordada, sem sucessora que responda pelas metas”. Fica no histórico.",
    )
    legal_act = RecordField(
        label="Ato que o demonstra",
        help_text="A lei, o decreto ou a ata da comissão. Escreva espécie e número, como “Lei nº 12/2014”.",
    )
    bases = {"reason": FINAL_SCORE}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))

    @property
    def unscored(self) -> Unscored:
        """What was typed."""
        return Unscored(self.cleaned_data["reason"], self.cleaned_data["legal_act"])


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, code: str) -> HttpResponse:
    """Close an agreement that is over."""
    found = find_agreement(request, code)
    form = _form(request, found)

    def do(**given: Any) -> Agreement:
        unscored = form.unscored if isinstance(form, UnscoredForm) else None
        return ending.close(found, unscored=unscored, **given)

    def tell() -> Confirmation:
        found.refresh_from_db(fields=["state"])  # a rehearsal was undone only in the database
        refuse_if(guards.ending_refusal(found, request.today))
        return _told(found, form)

    work = Work(ACT, found, form, do, "Acordo encerrado.", lead=_lead(form), tell=tell)
    return agreement_work(request, work)


def _form(request: ActorRequest, found: Agreement) -> SeenForm:
    """Give the form: there is something to type only when the agreement may be closed and has no final score."""
    given = {"data": request.POST or None, "initial": seen_of(request, found)}
    if guards.ending_refusal(found, request.today) is not None or has_final_score(found):
        return SeenForm(**given)
    return UnscoredForm(**given, actor=request.actor)


def _lead(form: SeenForm) -> str:
    if not isinstance(form, UnscoredForm):
        return NO_ACT_IN_THE_DECREE
    return f"Este acordo não tem nota final. Se ela ainda pode ser apurada, apure-a antes. {NO_ACT_IN_THE_DECREE}"


def _told(found: Agreement, form: SeenForm) -> Confirmation:
    last = guards.last_day(found)
    return Confirmation(
        question=f"Encerrar o acordo nº {found.number}?",
        what=f"O acordo, que foi até {day(last)}, passa à etapa “encerrado”. {NO_ACT_IN_THE_DECREE}",
        whom=f"{found.unit} – {found.unit.name}",
        verb=REGISTRY[ACT].title,
        cancel_url=found.get_absolute_url(),
        bases=(FINAL_SCORE, TERM),
        consequences=tuple(_consequences(found, form)),
        undoing="Não. Depois de encerrado, nada mais se registra no acordo e nenhuma nota se apura de novo.",
    )


def _consequences(found: Agreement, form: SeenForm) -> Iterator[str]:
    """Say what stays open, so that it is seen before it can no longer be changed."""
    standing = {(each.kind, each.until_on): each for each in scores_of(found).filter(replaced_by=None)}
    if isinstance(form, UnscoredForm):
        yield f"Fica registrado que não há nota final: {form.unscored.reason} ({form.unscored.legal_act.current})."
    pact = signed_pact(found)
    for closing in closings_of(pact.text) if pact and not found.is_imported else ():
        score = standing.get((closing.kind.value, closing.until_on))
        if score is not None:
            yield from _pending(score)
        elif closing.kind == ScoreKind.PARTIAL:
            yield f"{closing.label}: não foi apurada, e não poderá mais ser."
    yield "O pacto, as notas, o acompanhamento e o histórico continuam à vista de toda a instituição."
    yield "Não substitui a deliberação da comissão sobre o desempenho (art. 15)."


def _pending(score: Score) -> Iterator[str]:
    count = score.provisional_count
    if count:
        kept = "vale como está" if count == 1 else "valem como estão"
        yield f"{score}: {count} ite{pluralize(count, 'm,ns')} provisório{pluralize(count)}, que {kept}."
