"""“Identidade visual”: the colours and the arms of an institution, for who administers it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.models import Institution, Theme
from apura_web.foundation.presentation import Confirmation, Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer
from apura_web.orgs.selectors.institutions import institution_of
from apura_web.orgs.services import identity
from apura_web.orgs.web.identity_forms import IdentityForm

ACT, HERE = "orgs.identity.change", "Identidade visual"


@signed_in
@require_GET
def show(request: ActorRequest) -> HttpResponse:
    """Show how the institution dresses its pages, and since when."""
    check_power(request, ACT, request.institution)
    institution = institution_of(request.actor)
    context = {
        "crumbs": (Crumb(HERE),),
        "institution": institution,
        "theme": Theme(institution.theme),
        "picture_url": institution.arms_url,
    }
    return render(request, "orgs/identity.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest) -> HttpResponse:
    """Choose other colours or send other arms, after seeing how the pages will look."""
    check_power(request, ACT, request.institution)
    institution = institution_of(request.actor)
    seen = last_seen(institution, institution.pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IdentityForm(
        *posted,
        institution=institution,
        initial={"theme": institution.theme, "seen": seen},
    )
    title = REGISTRY[ACT].title
    before = institution_of(request.actor)
    deed = Deed(
        form=form,
        do=lambda: identity.change(
            institution,
            identity=form.identity,
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Identidade visual alterada.",
        goes_to=lambda _institution: reverse("identity"),
        page={
            "title": title,
            "lead": f"Vale para todas as pessoas de {institution.name}, em todas as páginas.",
            "crumbs": (Crumb(HERE, reverse("identity")), Crumb(title)),
            "verb": title,
            "cancel_url": reverse("identity"),
            "sample": "orgs/_identity_sample.html",
        },
        tell=lambda: _told(before, form),
        latest=lambda: last_seen(institution, institution.pk),
    )
    return answer(request, deed)


def _told(before: Institution, form: IdentityForm) -> Confirmation:
    asked = form.identity
    return Confirmation(
        question="Alterar a identidade visual?",
        what=" ".join(_changes(before, asked)),
        whom=f"A todas as pessoas de {before.name}",
        verb=REGISTRY[ACT].title,
        cancel_url=reverse("identity"),
        consequences=(
            "Cada pessoa vê a mudança na próxima página que abrir.",
            "O que já foi impresso ou baixado continua como estava.",
        ),
        undoing="Sim: altere de novo. A mudança de hoje continua no histórico.",
    )


def _changes(before: Institution, asked: identity.Identity) -> list[str]:
    told = []
    if asked.theme != before.theme:
        told.append(f"As cores passam de “{Theme(before.theme).label}” a “{Theme(asked.theme).label}”.")
    if asked.arms is None and before.arms is not None:
        told.append(f"O brasão sai, e no lugar dele volta a letra “{before.acronym[:1]}”.")
    elif asked.arms is not None and before.arms is None:
        told.append(f"O brasão enviado toma o lugar da letra “{before.acronym[:1]}”.")
    elif asked.arms is not None and before.arms is not None and asked.arms.sha256 != before.arms.sha256:
        told.append("O brasão enviado toma o lugar do que há hoje.")
    return told
