"""What an entry of the trail says, in words people read: the columns by their names, the values as pages write them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from apura_web.audit.acts import REGISTRY
from apura_web.audit.models import TrailEntry
from apura_web.foundation.fields import ExactField
from apura_web.foundation.templatetags.apura import day, instant, quantity

UNTOLD = {"code", "institution_id", "token_digest", "recorded_at", "created_at", "login_id"}
HIDDEN = "alterado (só vê quem cuida do cadastro)"
EMPTY = "vazio"


@dataclass(frozen=True)
class Line:
    """A column that an act wrote in a row.

    Attributes:
        label: the column, as “Denominação”.
        before: what was there; empty in a new row.
        after: what was written.
    """

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowTold:
    """A row that an act wrote: its kind and key, what it is called, and its lines."""

    table: str
    key: str
    label: str
    is_new: bool
    lines: tuple[Line, ...]

    @property
    def record(self) -> tuple[str, str]:
        """How the trail names it."""
        return (self.table, self.key)


@dataclass(frozen=True)
class EntryTold:
    """What an entry says: what was done, to what, as what, why, and the rows; or that it was erased, by which entry.

    ``what`` has people by their codes, for :func:`apura_web.audit.names.with_names`.
    """

    sentence: str
    what: str
    acting_as: str
    reason: str
    rows: tuple[RowTold, ...]
    purged_by: int | None = None


class Teller:
    """Tells many entries, asking for the names of other records once for each kind."""

    def __init__(self, entries: Iterable[TrailEntry], *, sees_personal: bool) -> None:
        """Read the entries.

        Args:
            entries: with their details.
            sees_personal: whether the reader may see CPF, registration number, e-mail and the reason of absences.
        """
        self._sees_personal = sees_personal
        self._contents = {entry.pk: content_of(entry) for entry in entries}
        self._names = self._names_of_others()

    def tell(self, entry: TrailEntry) -> EntryTold:
        """Tell one of the entries."""
        content = self._contents[entry.pk]
        if not content:
            purger = getattr(getattr(entry, "detail", None), "purged_by", None)
            return EntryTold(sentence_of(entry.act), "", "", "", (), purger.seq if purger else None)
        rows = tuple(self._row(each) for each in content["changes"])
        what = content.get("what", "")
        return EntryTold(content["sentence"], what, content["acting_as"], content["reason"], rows)

    def _row(self, change: dict[str, Any]) -> RowTold:
        model = apps.get_model(change["table"])
        personal = getattr(model, "personal", ())
        lines = []
        for column, (before, after) in change["fields"].items():
            field = _field(model, column)
            if column in UNTOLD or field is None:
                continue
            label = capfirst(str(field.verbose_name))
            if column in personal and not self._sees_personal:
                lines.append(Line(label, "", HIDDEN))
            else:
                mask = getattr(model, "masks", {}).get(column, str)
                lines.append(Line(label, mask(self._shown(field, before)), mask(self._shown(field, after))))
        label = capfirst(str(model._meta.verbose_name))
        return RowTold(change["table"], change["key"], label, change["new"], tuple(lines))

    def _shown(self, field: models.Field[Any, Any], value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(field, models.ForeignKey):
            return self._names.get((field.related_model, str(value)), str(value))
        return written(field, value)

    def _names_of_others(self) -> dict[tuple[Any, str], str]:
        wanted: dict[Any, set[Any]] = {}
        for model, column, value in self._values():
            field = _field(model, column)
            if isinstance(field, models.ForeignKey) and value is not None and column not in UNTOLD:
                wanted.setdefault(field.related_model, set()).add(value)
        return {
            (model, str(number)): str(row)
            for model, numbers in wanted.items()
            for number, row in model._base_manager.select_related().in_bulk(list(numbers)).items()
        }

    def _values(self) -> Iterable[tuple[type[models.Model], str, Any]]:
        for content in self._contents.values():
            for change in content.get("changes", []):
                model = apps.get_model(change["table"])
                for column, pair in change["fields"].items():
                    for value in pair:
                        yield model, column, value


def content_of(entry: TrailEntry) -> dict[str, Any]:
    """Read the details of an entry; empty when they were erased by law."""
    detail = getattr(entry, "detail", None)
    return json.loads(detail.content) if detail and detail.content else {}


def sentence_of(act: str) -> str:
    """Give what an act does, in words, from its declaration."""
    return REGISTRY[act].sentence if act in REGISTRY else act


def written(field: models.Field[Any, Any], value: Any) -> str:
    """Write a value of a column, kept as the trail keeps it, as pages write it."""
    if isinstance(value, bool):
        return "sim" if value else "não"
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ExactField):
        return quantity(Fraction(value))
    if isinstance(field, models.DateTimeField):
        return instant(datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    return str(value)


def _field(model: type[models.Model], column: str) -> models.Field[Any, Any] | None:
    return next((each for each in model._meta.concrete_fields if each.attname == column), None)
