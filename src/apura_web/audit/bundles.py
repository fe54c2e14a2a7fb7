"""Many small rows written by one act: the trail holds one digest of them all, and each row a mark of its own.

A grid or a load puts thousands of rows in one act. The head of the bundle is an ordinary record of the trail; it says
how many rows it has and the digest of them together, so that none can be changed, added or taken out unnoticed. The
mark of a row tells which one was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, TypeVar

from django.apps import apps
from django.db import models

from apura_web.audit.journal import canonical, create, sha256, table_of, tracked
from apura_web.foundation.append_only import AppendOnly

MARK = 16
AT_A_TIME = 1_000
H = TypeVar("H", bound="Bundle")


class Bundle(AppendOnly):
    """The head of a bundle."""

    row_count = models.PositiveIntegerField("quantas linhas", default=0, editable=False)
    rows_digest = models.CharField("resumo das linhas", max_length=64, editable=False)

    class Meta:
        abstract = True


class Bundled(AppendOnly):
    """A row of a bundle.

    Attributes:
        bundle: the name of the column that points at the head.
    """

    bundle: ClassVar[str]

    mark = models.CharField("marca", max_length=MARK, editable=False)

    class Meta:
        abstract = True


def create_bundle(head: H, rows: Sequence[Bundled], *, about: tuple[models.Model, ...] = ()) -> H:
    """Write a head and its rows, inside an act.

    Args:
        head: unsaved; its count and digest are filled here.
        rows: unsaved, already validated by whoever made them; the database checks its constraints.
        about: records in whose history the act must appear too.

    Raises:
        ValidationError: the head does not accept a value.
        IntegrityError: a row breaks a constraint.
    """
    digests = [_digest(row, head) for row in rows]
    head.row_count, head.rows_digest = len(rows), _together(digests)
    create(head, about=about)
    for row, digest in zip(rows, digests, strict=True):
        row.mark = digest[:MARK]
        setattr(row, row.bundle, head)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_A_TIME)
    return head


def broken_rows(head: models.Model) -> Iterator[tuple[str, str]]:
    """Say what does not hold among the rows of a head: which, and why. Heads of other kinds have none."""
    for model in _kinds_of(head):
        digests = []
        for row in model._default_manager.filter(**{model.bundle: head}).iterator(AT_A_TIME):
            digest = _digest(row, head)
            digests.append(digest)
            if digest[:MARK] != row.mark:
                yield f"{table_of(row)} {row.pk}", "o valor foi alterado fora de um ato"
        if len(digests) != head.row_count:  # type: ignore[attr-defined]
            yield _name(head), f"tem {len(digests)} linhas, e foram registradas {head.row_count}"  # type: ignore[attr-defined]
        elif _together(digests) != head.rows_digest:  # type: ignore[attr-defined]
            yield _name(head), "as linhas não são as que foram registradas"


def _kinds_of(head: models.Model) -> list[type[Bundled]]:
    if not isinstance(head, Bundle):
        return []
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Bundled) and model._meta.get_field(model.bundle).related_model is type(head)
    ]


def _digest(row: Bundled, head: Any) -> str:
    kept = tracked(row)
    for name in ("mark", f"{row.bundle}_id"):
        kept.pop(name, None)
    return sha256(canonical({"head": head.code, "row": kept}))


def _together(digests: Sequence[str]) -> str:
    return sha256("\n".join(sorted(digests)))


def _name(head: models.Model) -> str:
    return f"{table_of(head)} {getattr(head, 'code', head.pk)}"
