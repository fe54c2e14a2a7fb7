"""``apura indexar``: the index of search made again, from the records as they are."""

from __future__ import annotations

import sys
from argparse import Namespace

from apura_web.config.running import BAD_INPUT, DONE, with_django


@with_django
def index(options: Namespace) -> int:
    """Make the index of one or every institution again, and say how many records it has."""
    from apura_web.foundation.models import Institution  # noqa: PLC0415 - only after Django started
    from apura_web.search.index import rebuild  # noqa: PLC0415

    institutions = Institution.objects.order_by("code")
    chosen = institutions.filter(code=options.instituicao) if options.instituicao else institutions
    if not chosen and options.instituicao:
        known = ", ".join(institutions.values_list("code", flat=True))
        sys.stderr.write(f"Não há esta instituição. Há: {known or 'nenhuma'}.\n")
        return BAD_INPUT
    if not chosen:
        sys.stdout.write("Ainda não há instituições: nada a indexar.\n")
    for each in chosen:
        count = rebuild(each.pk)
        told = {0: "nenhum registro a indexar", 1: "índice refeito, com 1 registro"}
        sys.stdout.write(
            f"{each.name} ({each.code}): {told.get(count, f'índice refeito, com {count} registros')}.\n"
        )
        sys.stdout.flush()
    return DONE
