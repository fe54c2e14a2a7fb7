"""Acts over one agreement go one after the other."""

from __future__ import annotations

from apura_web.agreements.models import Agreement


def hold(agreement: Agreement) -> None:
    """Take the row of an agreement until the act ends, and read its stage as it is now.

    Two people may sign, accept or score at the same instant: who comes second finds what the first one did.
    """
    Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    agreement.refresh_from_db(fields=["state", "turn"])
