"""The act by which who administers an institution makes the key of access of somebody else stop serving."""

from __future__ import annotations

from datetime import datetime

from apura_web.accounts.models import ApiToken
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.refusals import Refusal, refuse_if
from apura_web.orgs.selectors.people import person_of_login


@act("orgs.key.revoke")
def revoke(key: ApiToken, *, reason: str, actor: Actor, at: datetime) -> ApiToken:
    """Make somebody's key of access stop serving; it is told in their history, with the reason.

    Raises:
        Refused: it was revoked before.
    """
    if key.revoked_at:
        refuse_if(Refusal("orgs.key_revoked", "Esta chave já foi revogada.", "Nada a fazer.", status=409))
    journal.because(reason)
    owner = person_of_login(key.login_id, key.institution_id)
    if owner is not None:
        journal.current().concerned.append(owner)
    return journal.change(key, revoked_at=at)
