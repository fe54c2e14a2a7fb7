"""The act by which an institution dresses its pages: its colours and its arms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.models import Blob, Institution
from apura_web.foundation.pictures import KINDS
from apura_web.foundation.refusals import Refusal, refuse_if


@dataclass(frozen=True)
class Identity:
    """How an institution dresses its pages: its theme, and its arms, whose bytes are in storage already; or none."""

    theme: str
    arms: Blob | None


@act("orgs.identity.change")
def change(institution: Institution, *, identity: Identity, actor: Actor, at: datetime) -> Institution:
    """Give an institution other colours or other arms; without arms its pages show the first letter of its acronym.

    Raises:
        ValidationError: there is no such theme, or the file is of another institution.
        Refused: nothing would change, or the file is not a picture.
    """
    arms = identity.arms
    refuse_if(_same_refusal(institution, identity))
    refuse_if(_kind_refusal(arms))
    if arms is not None and arms.pk is None:
        journal.create(arms)
    return journal.change(institution, theme=identity.theme, arms=arms)


def _same_refusal(institution: Institution, identity: Identity) -> Refusal | None:
    worn, asked = (each.sha256 if each else "" for each in (institution.arms, identity.arms))
    if (institution.theme, worn) != (identity.theme, asked):
        return None
    return Refusal(
        "orgs.identity_unchanged",
        "A identidade visual já é esta.",
        "Escolha outras cores, envie outro brasão, ou volte sem alterar.",
    )


def _kind_refusal(arms: Blob | None) -> Refusal | None:
    if arms is None or arms.media_type in KINDS:
        return None
    return Refusal(
        "orgs.arms_not_a_picture", "O brasão deve ser uma imagem.", "Envie um arquivo PNG ou JPEG."
    )
