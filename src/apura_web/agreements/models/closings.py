"""Closing a quadrimestre for all agreements: work under way, kept so that it may be left, found again and resumed."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from apura_web.agreements.models.agreements import Agreement
from apura_web.agreements.models.scores import Score, ScoreKind
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution


class LineFate(models.TextChoices):
    """What became of an agreement in a closing."""

    WAITING = "espera", "à espera"
    MADE = "apurada", "nota apurada"
    THERE = "ja_apurada", "já estava apurada"
    REFUSED = "recusada", "sem nota"


class ClosingRun(models.Model):
    """The closing of a period for all agreements, one act for each. Term: fechamento.

    ``turn`` counts the times it was handed to the worker: a job of an earlier turn does nothing.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    kind = models.CharField("nota", max_length=10, choices=ScoreKind.choices)
    until_on = models.DateField("fim do período apurado")
    confirmed_by = models.CharField("pedido por", max_length=40)
    office = models.CharField("função com que se pediu", max_length=40, blank=True)
    confirmed_at = models.DateTimeField("pedido em")
    turn = models.PositiveIntegerField("vez", default=0)
    stop_reason = models.TextField("por que parou", blank=True)
    finished_at = models.DateTimeField("terminado em", null=True, blank=True)

    class Meta:
        verbose_name = "fechamento"
        ordering = ("-confirmed_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} até {self.until_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("closing_run", args=[self.code])


class ClosingLine(models.Model):
    """An agreement in a closing, and what became of it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    run = models.ForeignKey(ClosingRun, models.CASCADE, related_name="lines")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+", verbose_name="acordo")
    fate = models.CharField("situação", max_length=20, choices=LineFate.choices, default=LineFate.WAITING)
    reason = models.TextField("por quê", blank=True)
    score = models.ForeignKey(
        Score, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nota"
    )

    class Meta:
        verbose_name = "acordo do fechamento"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["run", "agreement"], name="closing_line_once")]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_fate_display()}"
