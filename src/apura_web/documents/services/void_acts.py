"""Working out which acts have no effect: one made without effect by an act that has effect itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apura_web.documents.models import LegalAct, Relation, VoidAct
from apura_web.documents.selectors import current_records


def work_out(institution_id: int) -> None:
    """Bring the list of acts without effect to what the acts say, inside the act that changed them."""
    rows = current_records(LegalAct.objects.filter(institution_id=institution_id)).filter(
        relation=Relation.NULLIFICATION
    )
    takers: dict[int, list[int]] = {}
    for root_id, target_id in rows.values_list("root_id", "target_id"):
        takers.setdefault(target_id, []).append(root_id)
    void = {number for number in takers if _is_void(number, takers)}
    known = set(VoidAct.objects.filter(institution_id=institution_id).values_list("pk", flat=True))
    VoidAct.objects.filter(pk__in=known - void).delete()
    VoidAct.objects.bulk_create(
        VoidAct(institution_id=institution_id, legal_act_id=number) for number in sorted(void - known)
    )


def _is_void(number: int, takers: Mapping[int, Sequence[int]], above: frozenset[int] = frozenset()) -> bool:
    if number in above:  # two acts that take each other's effect: neither stands on the other
        return False
    return any(not _is_void(taker, takers, above | {number}) for taker in takers.get(number, ()))
