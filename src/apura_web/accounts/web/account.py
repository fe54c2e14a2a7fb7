"""“Minha conta”: who I am, where I am signed in, my password and my keys of access."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apura_web.accounts.models import Login
from apura_web.accounts.services import sessions, tokens
from apura_web.accounts.web.forms import TokenForm
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Confirmation, Crumb, Tone
from apura_web.foundation.refusals import refusals_as_errors
from apura_web.foundation.web.access import signed_in

HERE = "Minha conta"


@never_cache
@require_GET
@signed_in
def account(request: ActorRequest) -> HttpResponse:
    """Show who I am, my open sessions and my keys."""
    login = _login(request)
    context = {
        "crumbs": [Crumb(HERE)],
        "sessions": sessions.open_sessions(login),
        "current_session": request.session.session_key,
        "tokens": [
            (each, tokens.labels_of(tokens.scopes_of(each.scopes)), each.is_open(request.at))
            for each in tokens.tokens_of(login, request.actor.institution_id)
        ],
    }
    return render(request, "accounts/account.html", context)


@require_POST
@signed_in
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    """End every session of mine but this one."""
    count = sessions.end_others(_login(request), request.session.session_key)
    said = {0: "Não havia outra sessão aberta.", 1: "Uma sessão encerrada."}
    messages.success(request, said.get(count, f"{count} sessões encerradas."))
    return redirect("account")


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def token_create(request: ActorRequest) -> HttpResponse:
    """Create a key of access; its secret is in this answer and nowhere else."""
    login = _login(request)
    form = TokenForm(request.POST or None)
    if form.is_valid():
        with refusals_as_errors(form):
            owner = tokens.owner_of(login, request.actor)
            issued = tokens.create(owner, terms=form.terms(request.at), actor=request.actor, at=request.at)
            return render(
                request, "accounts/token_created.html", {"issued": issued, "crumbs": _crumbs("Chave criada")}
            )
    return render(request, "accounts/token_create.html", {"form": form, "crumbs": _crumbs("Nova chave")})


@require_http_methods(["GET", "POST"])
@signed_in
def token_revoke(request: ActorRequest, code: str) -> HttpResponse:
    """Revoke one of my keys, after saying what that does."""
    login = _login(request)
    mine = tokens.tokens_of(login, request.actor.institution_id)
    token = next((each for each in mine if each.code == code and each.revoked_at is None), None)
    if token is None:
        raise Http404
    if request.method == "POST":
        owner = tokens.owner_of(login, request.actor)
        tokens.revoke(owner, token=token, actor=request.actor, at=request.at)
        messages.success(request, f"Chave “{token.name}” revogada.")
        return redirect("account")
    confirmation = Confirmation(
        question=f"Revogar a chave “{token.name}”?",
        what="Os programas que a usam param de ter resposta, a partir de agora.",
        whom="A quem guardou o segredo desta chave",
        verb="Revogar chave",
        cancel_url=reverse("account"),
        undoing="Não. Se precisar, crie outra chave.",
        tone=Tone.BAD,
    )
    context = {"confirmation": confirmation, "crumbs": _crumbs("Revogar chave")}
    return render(request, "accounts/token_revoke.html", context)


def _login(request: ActorRequest) -> Login:
    login = request.user
    assert isinstance(login, Login)  # noqa: S101 - `signed_in` let them through
    return login


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb(HERE, reverse("account")), Crumb(last)]
