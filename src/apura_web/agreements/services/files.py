"""The pact as a file: made, read back into a plan, and applied part by part; nothing is sent by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents
from apura_web.agreements.files.comparing import Comparing, Plan
from apura_web.agreements.files.going import Going
from apura_web.agreements.files.word_back import read_word
from apura_web.agreements.files.workbook_back import read_workbook
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.sections import SECTIONS
from apura_web.agreements.pact.text import in_order
from apura_web.agreements.part_fields import Typist, field_of
from apura_web.agreements.services import drafting
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.audit.actors import Actor
from apura_web.foundation.models import Blob

WORD = ".docx"


def make(agreement: Agreement, written_as: Callable[[Going], bytes], *, actor: Actor, at: datetime) -> bytes:
    """Make a file of the text being written.

    Args:
        agreement: whose text.
        written_as: makes the kind of file: ``workbook_of`` or ``document_of``.
    """
    drafts = list(agreement.drafts.filter(is_removed=False).order_by("id"))
    typist = Typist(actor, in_order(each.part for each in drafts))
    return written_as(Going(agreement, drafts, _called(typist), at))


def plan_of(agreement: Agreement, blob: Blob, *, actor: Actor) -> Plan:
    """Read a file that storage keeps, and say what it would change.

    Args:
        agreement: whose text.
        blob: the file.
        actor: who sent it.
    """
    drafts = list(agreement.drafts.order_by("id"))
    text = in_order(each.part for each in drafts if not each.is_removed)
    typist = Typist(actor, text)
    with default_storage.open(blob.storage_name) as stored:
        contents = FileContents(blob.file_name, PurePosixPath(blob.file_name).suffix.lower(), stored.read())
    try:
        back = (read_word if contents.suffix == WORD else read_workbook)(contents, agreement)
    except BadInput as error:
        return Plan(text, problems=[Problem(each.message, each.sheet, each.cell) for each in error.problems])
    return Comparing(back, drafts, typist, _called(typist)).compare()


def apply(
    agreement: Agreement, plan: Plan, *, chosen: Mapping[str, Iterable[str]], actor: Actor, at: datetime
) -> int:
    """Write in the text what a plan changes, all or nothing, and give how many parts were written.

    Args:
        plan: without problems.
        chosen: the keys where the person prefers their own to the other side's (``meu``), and those of the parts that
            did not come back and must be taken out (``retirar``).

    Raises:
        Refused: the text is closed, or somebody wrote one of the parts since the plan was made.
    """
    mine, gone = set(chosen["meu"]), set(chosen["retirar"])
    editions = dict(agreement.drafts.values_list("key", "edition"))
    keys: dict[str, str] = {}
    written = 0
    with transaction.atomic():
        for each in sorted(plan.parts, key=lambda part: list(SECTIONS).index(part.section)):
            values = each.mine if each.key in mine else each.values
            values = {name: keys.get(text, text) for name, text in values.items()}
            now = plan.now.part(each.key)
            if now is not None and values == dict(now.values):
                continue
            is_added = each.is_new and SECTIONS[each.section].is_many
            place = Place(agreement, each.section, "" if is_added else each.key)
            row = drafting.write(place, Writing(values, each.edition), actor=actor, at=at)
            keys[each.key] = row.key
            written += 1
        for part in plan.missing:
            if part.key in gone:
                place = Place(agreement, part.section, part.key)
                drafting.remove(place, seen=editions[part.key], actor=actor, at=at)
                written += 1
    return written


def _called(typist: Typist) -> dict[str, str]:
    """Give what the codes and keys of a text are called, as one would type them."""
    found = {part.key: part.name for part in typist.text.parts}
    for section, name in (("parte", "unidade"), ("item", "indicador")):
        field = field_of(SECTIONS[section].field(name), typist)
        codes = {part.get(name) for part in typist.text.of(section)} - {""}
        found |= {code: str(field.prepare_value(code)) for code in codes}
    return found
