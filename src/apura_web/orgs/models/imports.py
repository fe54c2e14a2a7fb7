"""An import while it waits to be confirmed or is being applied. Not a fact: its rows are erased when it ends."""

from __future__ import annotations

from django.db import models

from apura_web.documents.models import LegalAct
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution


class ImportKind(models.TextChoices):
    """What the sheet holds."""

    PEOPLE = "pessoas", "Pessoas"
    UNITS = "unidades", "Unidades"


class ImportBatch(models.Model):
    """A sheet as it was compared with what exists. Term: importação.

    Who confirmed it, and in which office, is kept so that the worker writes it with that person's powers. ``turn``
    counts the times it was handed to the worker: a job of an earlier turn does nothing.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    kind = models.CharField("o que se importa", max_length=20, choices=ImportKind.choices)
    file_name = models.CharField("arquivo", max_length=200)
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+", verbose_name="ato")
    from_on = models.DateField("a partir de")
    asked_by = models.CharField("pedida por", max_length=40)
    asked_at = models.DateTimeField("pedida em")
    items = models.JSONField("linhas a escrever", default=list)
    created = models.PositiveIntegerField("criações", default=0)
    changed = models.PositiveIntegerField("alterações", default=0)
    unchanged = models.PositiveIntegerField("sem mudança", default=0)
    problems = models.JSONField("erros", default=list)
    problem_count = models.PositiveIntegerField("quantos erros", default=0)
    done = models.PositiveIntegerField("linhas escritas", default=0)
    confirmed_by = models.CharField("confirmada por", max_length=40, blank=True)
    confirmed_at = models.DateTimeField("confirmada em", null=True, blank=True)
    office = models.CharField("função com que se confirmou", max_length=40, blank=True)
    turn = models.PositiveIntegerField("vez", default=0)
    stop_reason = models.TextField("por que parou", blank=True)
    told_at = models.DateTimeField("fim visto em", null=True, blank=True)
    finished_at = models.DateTimeField("terminada em", null=True, blank=True)

    class Meta:
        verbose_name = "importação"
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def total(self) -> int:
        """How many rows are to be written."""
        return self.created + self.changed

    @property
    def left(self) -> int:
        """How many rows are still to be written."""
        return self.total - self.done

    @property
    def storage_name(self) -> str:
        """Where storage keeps the file until the import ends."""
        return f"{self.institution.code}/importacao-{self.code}"
