"""The one shape in which a program is told that something was not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apura_web.foundation.refusals import Refusal


def problem(
    refusal: Refusal, *, fields: Mapping[str, Sequence[str]] | None = None, reference: str = ""
) -> dict[str, Any]:
    """Give the body of an error.

    Args:
        refusal: what happened and what to do.
        fields: what is wrong with each field that was sent, by its name.
        reference: what to quote to who keeps the platform, when the fault is ours.
    """
    return {
        "codigo": refusal.code,
        "mensagem": refusal.reason,
        "o_que_fazer": refusal.what_to_do,
        "fundamento": refusal.cites,
        "campos": {name: list(said) for name, said in (fields or {}).items()},
        "referencia": reference,
    }
