"""From a key of access to a person, their hat of the day and the actor that everything else reads."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from apura_web.accounts.models import ApiToken
from apura_web.accounts.services import tokens
from apura_web.accounts.services.tokens import Scope
from apura_web.audit import security
from apura_web.audit.programs import ProgramRequest, needs
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import Refusal, Refused
from apura_web.orgs.powers import Hat, actor_for, hats_of
from apura_web.orgs.selectors.people import person_of_login
from apura_web.orgs.services.structure_cache import is_stale, refresh

HAT_HEADER = "Atuar-Como"
READING = frozenset({"GET", "HEAD"})


class KeyOfAccess(HttpBearer):
    """Lets in who presents a key that serves: reading needs one scope, writing another."""

    openapi_description = "Chave de acesso criada em “Minha conta”, no cabeçalho Authorization."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Put the actor on the request; None when the key does not serve.

        Raises:
            Refused: the key was not made for this, or the hat asked for is not its owner's today.
        """
        at = timezone.now()
        found = tokens.find(token, at)
        person = person_of_login(found.login_id, found.institution_id) if found else None
        if found is None or person is None:
            security.note("chave de acesso", "recusada")
            return None
        program = cast(ProgramRequest, request)
        program.institution, program.at = found.institution, at
        program.today = local_date(at, found.institution)
        if is_stale(found.institution, program.today):
            refresh(found.institution_id, at)
        hats = hats_of(person, program.today)
        program.actor = actor_for(person, hats, _worn(request, hats))
        program.caller, program.scopes = found.code, tokens.scopes_of(found.scopes)
        needs(program, Scope.READ if request.method in READING else Scope.WRITE)
        tokens.note_use(found, program.today)
        return found


def _worn(request: HttpRequest, hats: list[Hat]) -> str:
    worn = request.headers.get(HAT_HEADER, "")
    if worn and worn not in {hat.value for hat in hats}:
        raise Refused(
            Refusal(
                "orgs.unknown_hat",
                "Esta função não é do dono da chave, hoje.",
                f"Veja em /api/v1/eu as funções que podem ir no cabeçalho {HAT_HEADER}.",
                status=403,
            )
        )
    return worn
