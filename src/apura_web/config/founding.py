"""``apura instituir``: a new institution, the act that says who administers it, and that person's invitation."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from datetime import datetime

from apura_web.config.running import with_django

ACT = re.compile(r"(?P<kind>[^\d/]+?)\s+(?:nº\s*)?(?P<number>[\w.-]+)/(?P<year>\d{4})")


@with_django
def found(options: Namespace) -> int:
    """Register the institution and its administrator, in one go or not at all, and show the invitation once."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - only after Django started
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from apura_web.foundation.refusals import Refused  # noqa: PLC0415

    try:
        with transaction.atomic():
            secret = _found(options, timezone.now())
    except (ValidationError, Refused, ValueError) as error:
        told = error.messages if isinstance(error, ValidationError) else [str(error)]
        sys.stderr.write("Nada foi gravado:\n" + "".join(f"  · {each}\n" for each in told))
        return 2
    sys.stdout.write(
        f"{options.nome} está registrada. O convite de {options.administrador} serve uma vez e vale sete dias:\n"
        f"  /convite/{secret}/\n"
    )
    return 0


def _found(options: Namespace, at: datetime) -> str:
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.orgs.models import TenureKind  # noqa: PLC0415
    from apura_web.orgs.services import people, tenures  # noqa: PLC0415

    institution = Institution(
        code=options.codigo,
        name=options.nome,
        acronym=options.sigla,
        time_zone=options.fuso,
        calendar=options.calendario,
        theme=options.tema,
        founded_on=options.existe_desde,
    )
    institution.full_clean()
    institution.save()
    common = {"actor": system_actor(institution.pk), "at": at}
    act = _register_act(institution, options, common)
    facts = people.PersonFacts(options.administrador, email=options.email)
    person = people.register(institution, facts=facts, **common)
    appointment = tenures.Appointment(TenureKind.ADMINISTRATOR, act, options.em)
    tenures.grant_access(institution, person=person, appointment=appointment, **common)
    return str(people.invite(person, **common).secret)


def _register_act(institution, options: Namespace, common):  # type: ignore[no-untyped-def]
    from apura_web.documents.models import ActKind  # noqa: PLC0415
    from apura_web.documents.services import legal_acts  # noqa: PLC0415

    found_text = ACT.fullmatch(options.ato.strip())
    kinds = {kind.label.casefold(): kind for kind in ActKind}
    kind = kinds.get(found_text["kind"].casefold()) if found_text else None
    if found_text is None or kind is None:
        raise ValueError(
            f"--ato: escreva espécie, número e ano, como “Portaria 12/2026”; veio “{options.ato}”."
        )
    return legal_acts.register(
        institution,
        kind=kind,
        number=found_text["number"],
        year=int(found_text["year"]),
        signed_on=options.em,
        authority=options.autoridade,
        **common,
    )
