"""What anybody may know of the trails without coming in: codes, numbers, when they were checked; nothing of anyone."""

from __future__ import annotations

from dataclasses import dataclass

from apura_web.audit.checking import latest_finished
from apura_web.audit.models import ChainHead, TrailCheck, TrailEntry
from apura_web.audit.trail import integrity_code
from apura_web.foundation.models import Institution


@dataclass(frozen=True)
class Integrity:
    """The state of an institution's trail: its code, how many entries it has, and the last check that ended."""

    institution: Institution
    code: str
    entries: int
    check: TrailCheck | None


def integrity_of_all() -> list[Integrity]:
    """Give the state of every institution's trail, by name."""
    heads = {head.institution_id: head for head in ChainHead.objects.all()}
    found = []
    for institution in Institution.objects.order_by("name"):
        head = heads.get(institution.pk) or ChainHead(institution=institution)
        check = latest_finished(institution.pk)
        found.append(Integrity(institution, integrity_code(head), head.seq, check))
    return found


def digest_of_entry_number(institution_code: str, seq: int) -> str:
    """Give the digest of an entry; empty when the trail does not reach it."""
    digests = TrailEntry.objects.filter(institution__code=institution_code, seq=seq)
    return digests.values_list("digest", flat=True).first() or ""
