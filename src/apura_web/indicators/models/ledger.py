"""The ledger: what was measured, by whom, from what, when it happened, was received and was recorded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from apura_web.audit.bundles import Bundle, Bundled
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Blob, Institution
from apura_web.indicators.models.cards import PLACES, CardVersion, Indicator
from apura_web.indicators.models.channels import Channel
from apura_web.indicators.models.rounds import Submission
from apura_web.indicators.models.targets import LONGEST_BREAKDOWN
from apura_web.indicators.periods import Period
from apura_web.orgs.models import Unit


class ValueState(models.TextChoices):
    """What a value is. Blank is none of these: there is no row."""

    MEASURED = "apurado", "apurado"
    NOT_APPLICABLE = "nao_se_aplica", "não se aplica"
    NOT_REPORTED = "nao_informado", "não informado"


class Certainty(models.TextChoices):
    """How firm a measured value is."""

    DEFINITIVE = "definitivo", "definitivo"
    PROVISIONAL = "provisorio", "provisório"
    ESTIMATED = "estimado", "estimado"


class Figure(models.TextChoices):
    """Whose figure it is (Decreto GO nº 8.170/2014, arts. 13 to 15)."""

    REPORTED = "informado", "informado"
    VERIFIED = "verificado", "verificado"
    RATIFIED = "homologado", "homologado"


class Correction(models.TextChoices):
    """What a correction is."""

    ERROR = "erro", "erro de apuração"
    DEFINITIVE = "definitivo", "valor definitivo no lugar do provisório"
    REVISION = "revisao_oficial", "revisão oficial da fonte"


class Batch(Bundle):
    """What one act put into the ledger. Term: lançamento."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    channel = models.CharField("por onde veio", max_length=20, choices=Channel.choices)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="batches", verbose_name="remessa"
    )
    typed_by = models.CharField("digitado por", max_length=40)
    on_behalf_of = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="em nome de"
    )
    received_on = models.DateField("recebido em")
    received_through = models.CharField("recebido por (canal e protocolo)", max_length=160, blank=True)
    document = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="documento de origem"
    )
    correction = models.CharField(
        "o que é a correção", max_length=20, choices=Correction.choices, blank=True, default=""
    )
    reason = models.CharField("motivo", max_length=400, blank=True)
    recorded_at = models.DateTimeField("registrado em")

    later = ("correction",)

    class Meta:
        verbose_name = "lançamento"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"lançamento {self.code}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        where = f" ({self.on_behalf_of})" if self.on_behalf_of else ""
        return f"{self.row_count} valores{where}, por {self.get_channel_display().lower()}"


class Measurement(Bundled):
    """One reading of one variable of an indicator, at a unit, for a period; never updated or deleted.

    A correction is a new row that ``replaces`` the old one. Term: apuração.
    Norm: Decreto GO nº 8.170/2014, art. 11, I; Deliberação ALMG nº 2.554/2012, art. 6º, II.
    """

    bundle = "batch"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="measurements")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    version = models.ForeignKey(
        CardVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="versão da ficha"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measurements", verbose_name="unidade")
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    breakdown = models.CharField("desagregação", max_length=LONGEST_BREAKDOWN, blank=True)
    variable = models.CharField("variável", max_length=60, blank=True)
    figure = models.CharField("valor", max_length=20, choices=Figure.choices, default=Figure.REPORTED)
    value = ExactField("valor apurado", places=PLACES, null=True, blank=True)
    state = models.CharField("situação do valor", max_length=20, choices=ValueState.choices)
    certainty = models.CharField(
        "firmeza", max_length=20, choices=Certainty.choices, default=Certainty.DEFINITIVE
    )
    based_on = models.DateField("data-base", null=True, blank=True)
    source = models.CharField("fonte", max_length=300, blank=True)
    reason = models.CharField("motivo ou justificativa", max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )

    class Meta:
        verbose_name = "apuração"
        ordering = ("id",)
        indexes = [
            models.Index(fields=["indicator", "period_start"], name="measurement_by_indicator"),
            models.Index(fields=["unit", "period_start"], name="measurement_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "unit",
                    "period_start",
                    "period_end",
                    "breakdown",
                    "variable",
                    "figure",
                ],
                condition=Q(replaces=None),
                name="measurement_first_once",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="measurement_period_in_order",
                violation_error_message="O período termina antes de começar.",
            ),
            models.CheckConstraint(
                condition=Q(state="apurado", value__isnull=False) | (~Q(state="apurado") & Q(value=None)),
                name="measurement_value_when_measured",
                violation_error_message="Só o que foi apurado tem valor.",
            ),
            models.CheckConstraint(
                condition=~Q(state="nao_informado") | ~Q(reason=""),
                name="measurement_missing_has_reason",
                violation_error_message="Diga por que não foi informado.",
            ),
            models.CheckConstraint(
                condition=Q(certainty="definitivo") | Q(based_on__isnull=False),
                name="measurement_provisional_has_base_date",
                violation_error_message="Valor provisório ou estimado tem data-base.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.variable or 'resultado'} {self.period.label}"

    @property
    def period(self) -> Period:
        """The period it is of."""
        return Period(self.period_start, self.period_end)


class Evidence(AppendOnly):
    """A file that shows where a measurement came from. Term: comprovação."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="evidence")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unidade")
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="arquivo")
    title = models.CharField("título", max_length=120)
    added_by = models.CharField("anexado por", max_length=40)
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "comprovação"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title

    def told(self) -> str:
        """Say it whole, as the history does."""
        period = Period(self.period_start, self.period_end).label
        return f"{self.title}, de {self.indicator.number} ({self.unit}), {period}"

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path


class Comment(AppendOnly):
    """What somebody says about an indicator or one of its periods. Term: comentário."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="comments")
    period_start = models.DateField("início do período", null=True, blank=True)
    period_end = models.DateField("fim do período", null=True, blank=True)
    text = models.TextField("comentário", max_length=2000)
    author = models.CharField("de", max_length=40)
    recorded_at = models.DateTimeField("registrado em")

    personal = ("text",)

    class Meta:
        verbose_name = "comentário"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"comentário sobre {self.indicator.number}"

    def told(self) -> str:
        """Say of what it is; the words stay on the page."""
        return str(self.indicator)

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.indicator.scope_path
