"""Requests of programs: what their key allows, and doing once what is asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from apura_web.audit import security
from apura_web.audit.journal import canonical, sha256
from apura_web.audit.models import RememberedAnswer
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.refusals import Refusal, Refused, refuse_if

REMEMBERED_FOR = timedelta(days=30)
FORBIDDEN = 403


class ProgramRequest(ActorRequest):
    """A request that came with a key of access.

    Attributes:
        caller: the code of the key.
        scopes: what the key may be used for.
    """

    caller: str
    scopes: frozenset[str]


def scope_refusal(scopes: frozenset[str], needed: str) -> Refusal | None:
    """Refuse a key that was not made for this."""
    if needed in scopes:
        return None
    return Refusal(
        "accounts.scope",
        f"Esta chave de acesso não alcança “{needed}”.",
        "Crie em “Minha conta” uma chave com este alcance.",
        status=FORBIDDEN,
    )


def needs(request: ProgramRequest, scope: str) -> None:
    """Stop when the key of a request was not made for something.

    Raises:
        Refused: it was not.
    """
    refuse_if(scope_refusal(request.scopes, scope))


@dataclass(frozen=True)
class Asked:
    """What a program asked to be done, and the key by which it will know that it asked the same."""

    key: str
    body: dict[str, Any]


def once(
    request: ProgramRequest, asked: Asked, perform: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    """Do what is asked, or give the answer of the first time it was asked with this key.

    Args:
        request: of who asks.
        asked: what.
        perform: does it in acts, and gives status and body; what it refuses is not remembered.

    Raises:
        Refused: the key was used for something else; or ``perform`` refused.
    """
    what = canonical({"metodo": request.method, "caminho": request.path, "corpo": asked.body})
    digest = sha256(what)
    known = _known(request, asked.key)
    if known is not None:
        return _again(known, digest)
    try:
        with transaction.atomic():
            remembered = _claim(request, asked.key, digest)
            remembered.status, remembered.body = perform()
            remembered.save(update_fields=["status", "body"])
    except Refused as refused:
        if refused.refusal.status == FORBIDDEN:  # what the act noted was undone with the rest
            security.note_denial(request.actor, f"api {request.path}", refused.refusal.code)
        raise
    except IntegrityError:
        known = _known(request, asked.key)
        if known is None:
            raise
        return _again(known, digest)
    return remembered.status, remembered.body


def _claim(request: ProgramRequest, key: str, digest: str) -> RememberedAnswer:
    mine = RememberedAnswer.objects.filter(caller=request.caller)
    mine.filter(answered_at__lt=request.at - REMEMBERED_FOR).delete()
    return RememberedAnswer.objects.create(
        institution_id=request.actor.institution_id,
        caller=request.caller,
        key=key,
        asked=digest,
        status=0,
        body={},
        answered_at=request.at,
    )


def _known(request: ProgramRequest, key: str) -> RememberedAnswer | None:
    return RememberedAnswer.objects.filter(caller=request.caller, key=key).first()


def _again(known: RememberedAnswer, digest: str) -> tuple[int, dict[str, Any]]:
    if known.asked != digest:
        raise Refused(
            Refusal(
                "api.key_used",
                "Esta Idempotency-Key já foi usada para outro pedido.",
                "Use uma chave nova para cada coisa que pedir.",
                status=409,
            )
        )
    return known.status, known.body
