"""The keys of access of an institution's people: who has which, and revoking one of somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.accounts.services import tokens
from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.clock import local_date
from apura_web.foundation.presentation import Confirmation, Crumb, Tone
from apura_web.foundation.tables import Column, Kind, Table, TableLayout
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer
from apura_web.orgs.selectors.keys import keys_visible_to, serving
from apura_web.orgs.selectors.offices import SEES_ACCESSES
from apura_web.orgs.services import keys as service
from apura_web.orgs.web.person_forms import ReasonForm
from apura_web.orgs.web.person_tables import access_tabs

ACT = "orgs.key.revoke"
NOBODY = "sem pessoa"


def _owner_url(key: Any) -> str:
    return reverse("person", args=[key.owner_code]) if key.owner_code else ""


def _revocation(key: Any) -> str:
    return reverse("key_revoke", args=[key.code])


def _scopes(key: Any) -> str:
    return "; ".join(tokens.labels_of(tokens.scopes_of(key.scopes)))


def _created_on(key: Any) -> date:
    return local_date(key.created_at, key.institution)


def _expires_on(key: Any) -> date:
    return local_date(key.expires_at, key.institution)


COLUMNS = (
    Column("pessoa", "De quem", lambda key: key.owner_name or NOBODY, sort="owner_name", link=_owner_url),
    Column("nome", "Para que é", "name", sort="name"),
    Column("alcance", "O que pode fazer", _scopes),
    Column("criada", "Criada em", _created_on, sort="created_at", kind=Kind.DATE),
    Column("vale", "Vale até", _expires_on, sort="expires_at", kind=Kind.DATE),
    Column("usada", "Usada por último", "last_used_on", sort="last_used_on", kind=Kind.DATE),
)
REVOCATION = Column("revogar", "Revogar", lambda _key: "Revogar", link=_revocation)


@signed_in
@require_GET
def keys(request: ActorRequest) -> HttpResponse:
    """List the keys that serve."""
    if not request.actor.has(*SEES_ACCESSES, path="/"):
        raise PermissionDenied(
            "As chaves são vistas por quem administra a plataforma e pelo controle interno."
        )
    may_revoke = request.actor.has(*REGISTRY[ACT].roles, path="/")
    layout = TableLayout(
        name="chaves",
        caption="Chaves de acesso em uso",
        columns=(*COLUMNS, REVOCATION) if may_revoke else COLUMNS,
        search=("owner_name", "name"),
        empty="Ninguém tem chave de acesso em uso.",
    )
    table = Table(layout, serving(keys_visible_to(request.actor), request.at), request)
    context = {
        "crumbs": (Crumb("Acessos", reverse("accesses")), Crumb("Chaves")),
        "tabs": access_tabs("keys"),
    }
    return table.answer("orgs/keys.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def revoke(request: ActorRequest, code: str) -> HttpResponse:
    """Revoke a key, with the reason, after saying what stops."""
    found: Any = get_object_or_404(keys_visible_to(request.actor), code=code)
    check_power(request, ACT, found)
    title = REGISTRY[ACT].title
    seen = last_seen(found, request.institution.pk)
    form = ReasonForm(request.POST or None, initial={"seen": seen})
    deed = Deed(
        form=form,
        do=lambda: service.revoke(
            get_object_or_404(keys_visible_to(request.actor), code=code),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done=f"Chave “{found.name}” revogada.",
        goes_to=lambda _key: reverse("keys"),
        page={
            "title": f"{title}: {found.name}",
            "lead": _lead(found),
            "crumbs": (
                Crumb("Acessos", reverse("accesses")),
                Crumb("Chaves", reverse("keys")),
                Crumb(title),
            ),
            "verb": title,
            "cancel_url": reverse("keys"),
        },
        tell=lambda: _told(found),
        latest=lambda: last_seen(found, request.institution.pk),
    )
    return answer(request, deed)


def _lead(key: Any) -> str:
    used = f"usada por último em {day(key.last_used_on)}" if key.last_used_on else "ainda não usada"
    whose = key.owner_name or NOBODY
    return f"De {whose}, criada em {day(key.created_at)}, {used}. Vale até {day(key.expires_at)}."


def _told(key: Any) -> Confirmation:
    whose = key.owner_name or NOBODY
    return Confirmation(
        question=f"Revogar a chave “{key.name}”, de {whose}?",
        what="Os programas que a usam param de ter resposta, a partir de agora.",
        whom=whose,
        verb=REGISTRY[ACT].title,
        cancel_url=reverse("keys"),
        consequences=(
            "A pessoa continua a entrar na plataforma e a praticar atos como antes.",
            "O motivo aparece no histórico dela.",
        ),
        undoing="Não. Se ainda precisar, a própria pessoa cria outra chave em “Minha conta”.",
        tone=Tone.BAD,
    )
