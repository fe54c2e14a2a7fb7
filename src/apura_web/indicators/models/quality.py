"""The annual analysis of an indicator's quality (Guia NGER, III.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution
from apura_web.indicators.models.cards import Indicator


class Conclusion(models.TextChoices):
    """What the analysis proposes."""

    KEEP = "manter", "Manter como está"
    IMPROVE = "aperfeicoar", "Aperfeiçoar a ficha"
    REPLACE = "substituir", "Substituir por outro"
    END = "encerrar", "Encerrar a apuração"


class QualityReview(AppendOnly):
    """What somebody judged of an indicator in a year. Term: análise de qualidade.

    ``answers`` has, by criterion of ``reviewing.CRITERIA``, one of ``reviewing.ANSWERS``. A second analysis of the year
    ``replaces`` the first.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="quality_reviews")
    code = CodeField()
    year = models.PositiveSmallIntegerField("ano")
    answers = models.JSONField("respostas", default=dict)
    conclusion = models.CharField("conclusão", max_length=20, choices=Conclusion.choices)
    notes = models.TextField("o que se viu e o que se propõe", max_length=4000)
    reviewed_by = models.CharField("analisado por", max_length=40)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "análise de qualidade"
        ordering = ("-year", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"], condition=Q(replaces=None), name="quality_review_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"análise de {self.year} de {self.indicator.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.indicator}, em {self.year}: {self.get_conclusion_display().lower()}"

    @property
    def scope_path(self) -> str:
        """Where the indicator's unit stands today, for access."""
        return self.indicator.scope_path
