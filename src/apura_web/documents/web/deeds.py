"""Acts on legal acts: registering, correcting the record, registering the publication, attaching a file."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods

from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.documents.dependents import dependents_of
from apura_web.documents.models import LegalAct, Relation
from apura_web.documents.services import legal_acts
from apura_web.documents.web.forms import (
    AttachmentForm,
    CorrectLegalActForm,
    LegalActForm,
    PublicationForm,
    initial_of,
)
from apura_web.documents.web.views import NEW_MAIN, find
from apura_web.foundation import blobs
from apura_web.foundation.presentation import Basis, Confirmation, Crumb, Tone
from apura_web.foundation.refusals import refusals_as_errors
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED, Deed, answer

UNDOING = "O registro pode ser corrigido; o que o ato fez só se muda por outro ato."
FOLLOWS = {
    Relation.ERRATUM: ("O que o ato retificado fez continua; a página dele mostra a retificação.",),
    Relation.REPUBLICATION: ("O que o ato republicado fez continua; a página dele mostra a republicação.",),
    Relation.REVOCATION: (
        "O ato revogado deixa de valer daqui em diante.",
        "O que ele fez permanece: registre, se for o caso, o término de cada designação.",
    ),
}


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Register an act; with a way back, return there with the act chosen."""
    check_power(request, "documents.legal_act.register", request.institution)
    form = LegalActForm(request.POST or None, actor=request.actor)
    back = _safe(request, request.GET.get("volta", ""))
    asked = bool(request.POST.get("relation"))
    deed = Deed(
        form=form,
        do=lambda: legal_acts.register(request.institution, actor=request.actor, at=request.at, **form.facts),
        done="Ato registrado.",
        goes_to=partial(_after, back),
        page={
            "title": "Registrar ato",
            "lead": "Registre o ato como foi assinado. A publicação e os arquivos vêm depois, na página dele.",
            "crumbs": (NEW_MAIN, Crumb("Registrar ato")),
            "verb": REGISTRY["documents.legal_act.register"].title,
            "cancel_url": back or reverse("legal_acts"),
        },
        tell=(lambda: _registering(form, request.actor)) if asked else None,
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, code: str) -> HttpResponse:
    """Correct what was typed wrongly in the record of an act."""
    first = find(request.actor, code)
    check_power(request, "documents.legal_act.correct", first)
    seen = last_seen(first, request.institution.pk)
    initial = {**initial_of(first.current), "seen": seen}
    form = CorrectLegalActForm(request.POST or None, actor=request.actor, initial=initial)

    def do() -> LegalAct:
        facts, data = form.facts, form.cleaned_data
        common = {"actor": request.actor, "at": request.at, "reason": data["reason"], "seen": data["seen"]}
        return legal_acts.correct(first, **common, **facts)

    deed = Deed(
        form=form,
        do=do,
        done="Registro corrigido. A versão anterior continua na página do ato.",
        goes_to=lambda _record: first.get_absolute_url(),
        page=_page(first, "Corrigir registro", "documents.legal_act.correct"),
        latest=lambda: last_seen(first, request.institution.pk),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: ActorRequest, code: str) -> HttpResponse:
    """Register where and when an act came out."""
    first = find(request.actor, code)
    check_power(request, "documents.publication.register", first)
    initial = {"seen": last_seen(first, request.institution.pk)}
    form = PublicationForm(request.POST or None, initial=initial)
    deed = Deed(
        form=form,
        do=lambda: legal_acts.publish(
            first, actor=request.actor, at=request.at, seen=form.cleaned_data["seen"], **form.facts
        ),
        done="Publicação registrada.",
        goes_to=lambda _publication: first.get_absolute_url(),
        page=_page(first, "Registrar publicação", "documents.publication.register"),
        latest=lambda: last_seen(first, request.institution.pk),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def attach(request: ActorRequest, code: str) -> HttpResponse:
    """Attach a file to an act; the bytes are kept before the act, which only writes rows."""
    first = find(request.actor, code)
    check_power(request, "documents.attachment.add", first)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    page = _page(first, "Anexar arquivo", "documents.attachment.add")
    if request.method == "POST" and form.is_valid():
        with refusals_as_errors(form):
            blob = blobs.prepare(form.cleaned_data["file"], request.institution)
            title = form.cleaned_data["title"]
            legal_acts.attach(first, blob=blob, title=title, actor=request.actor, at=request.at)
            messages.success(request, "Arquivo anexado.")
            return redirect(first.get_absolute_url())
    status = REFUSED if form.errors else 200
    return render(
        request, "foundation/deed_form.html", {**page, "form": form, "submit": page["verb"]}, status=status
    )


def _page(first: LegalAct, title: str, act_name: str) -> dict[str, object]:
    current = first.current
    return {
        "title": title,
        "lead": str(current),
        "crumbs": (NEW_MAIN, Crumb(str(current), first.get_absolute_url()), Crumb(title)),
        "verb": REGISTRY[act_name].title,
        "cancel_url": first.get_absolute_url(),
    }


def _registering(form: LegalActForm, actor: Actor) -> Confirmation:
    new = LegalAct(**{name: value for name, value in form.facts.items() if name != "target"})
    target, relation = form.facts["target"], Relation(new.relation)
    falls = relation == Relation.NULLIFICATION
    told = dependents_of(target, actor) if falls else []
    consequences = tuple(each.if_it_falls or f"Deixa de valer: {each.sentence}." for each in told)
    if falls and not consequences:
        consequences = ("Nada registrado aqui se apoia nesse ato.",)
    return Confirmation(
        question=f"Registrar {new}, que {relation.label.lower()} {target.current}?",
        what=f"{target.current} fica {'sem efeito desde a origem' if falls else 'marcado com o que este ato lhe fez'}.",
        whom=f"O que se apoia em {target.current}, de {target.current.signed_on:%d/%m/%Y}",
        verb="Registrar ato",
        cancel_url=target.get_absolute_url(),
        bases=(Basis(str(new), form.facts["summary"]),),
        consequences=consequences if falls else FOLLOWS[relation],
        undoing=UNDOING,
        tone=Tone.BAD if falls else Tone.INFO,
    )


def _after(back: str, registered: LegalAct) -> str:
    if not back:
        return registered.get_absolute_url()
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'legal_act': registered.code})}"


def _safe(request: ActorRequest, address: str) -> str:
    is_safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_safe and address.startswith("/") else ""
