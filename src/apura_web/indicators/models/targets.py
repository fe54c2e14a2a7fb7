"""What was promised: baselines and targets, for a unit and a period, with where each comes from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Institution
from apura_web.indicators.models.cards import PLACES, Indicator, check_institution
from apura_web.indicators.periods import Period
from apura_web.orgs.models import Unit

LONGEST_BREAKDOWN = 200


class Provenance(models.TextChoices):
    """Where a baseline or a target comes from."""

    PLAN = "plano", "Plano"
    AGREEMENT = "acordo", "Acordo"
    LEGAL_ACT = "ato", "Ato"
    SERIES = "serie", "Série histórica"
    BREAKDOWN = "desdobramento", "Desdobramento de outra meta"


class Promised(AppendOnly):
    """A value set for a unit and a period. A change is a new row that ``replaces`` the old one, with its reason.

    A row whose value is None says that there is no target any more. Zero is a target like any other.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="%(class)ss")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unidade")
    code = CodeField()
    breakdown = models.CharField("desagregação", max_length=LONGEST_BREAKDOWN, blank=True)
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    value = ExactField("valor", places=PLACES, null=True, blank=True)
    provenance = models.CharField("de onde vem", max_length=20, choices=Provenance.choices)
    origin = models.CharField(
        "qual", max_length=300, blank=True, help_text="O plano, acordo ou série, como é conhecido."
    )
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato"
    )
    reason = models.CharField("motivo", max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        abstract = True
        ordering = ("period_start", "id")
        indexes = [models.Index(fields=["indicator", "period_start"], name="%(class)s_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "breakdown", "period_start", "period_end"],
                condition=Q(replaces=None),
                name="%(class)s_first_once",
                violation_error_message="Já há um valor para este período: altere o que existe.",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="%(class)s_in_order",
                violation_error_message="O período termina antes de começar.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""),
                name="%(class)s_change_has_reason",
                violation_error_message="Diga por que o valor muda.",
            ),
            models.CheckConstraint(
                condition=~Q(provenance="ato") | Q(legal_act__isnull=False),
                name="%(class)s_names_its_act",
                violation_error_message="Informe o ato de onde o valor vem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} de {self.period.label}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.indicator.number} ({self.unit}), {self.period.label}"

    def get_absolute_url(self) -> str:
        """Give the address where it is told."""
        return self.indicator.get_absolute_url()

    @property
    def period(self) -> Period:
        """The period it is for."""
        return Period(self.period_start, self.period_end)

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path

    def clean(self) -> None:
        """Keep one institution."""
        check_institution(self, "indicator", "unit", "legal_act", "replaces")


class Baseline(Promised):
    """Where one starts from. Term: linha de base."""

    class Meta(Promised.Meta):
        verbose_name = "linha de base"


class Target(Promised):
    """What is to be reached. Term: meta."""

    high = ExactField("até (faixa)", places=PLACES, null=True, blank=True)
    weight = ExactField("peso", places=4, null=True, blank=True)

    class Meta(Promised.Meta):
        verbose_name = "meta"

    def clean(self) -> None:
        """Keep one institution, and a band in order."""
        super().clean()
        if self.high is not None and (self.value is None or self.high < self.value):
            raise ValidationError(
                {"high": "A faixa termina antes de começar: informe os dois valores, em ordem."}
            )
        if self.weight is not None and self.weight < 0:
            raise ValidationError({"weight": "O peso é zero ou mais."})
