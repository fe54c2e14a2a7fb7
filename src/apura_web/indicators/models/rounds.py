"""Collecting: who measures what, in which window, what they have typed so far and where their answer is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Institution
from apura_web.indicators.models.cards import PLACES, Indicator, check_institution
from apura_web.indicators.models.channels import Channel
from apura_web.indicators.models.targets import LONGEST_BREAKDOWN
from apura_web.indicators.periods import Period
from apura_web.orgs.models import Unit


class Assignment(models.Model):
    """A unit that measures an indicator, from a day on. Term: unidade que apura."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="unidade")
    from_on = models.DateField("desde")
    until_on = models.DateField("até", null=True, blank=True)

    class Meta:
        verbose_name = "unidade que apura"
        ordering = ("from_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit"],
                condition=Q(until_on=None),
                name="assignment_open_once",
                violation_error_message="Esta unidade já apura o indicador.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(from_on__lte=F("until_on")),
                name="assignment_in_order",
                violation_error_message="O prazo termina antes de começar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.number} em {self.unit}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return str(self)

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path

    def clean(self) -> None:
        """Keep one institution."""
        check_institution(self, "indicator", "unit")


class Round(models.Model):
    """A collection: the stretch measured, and the days between which it is typed. Term: coleta."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    name = models.CharField("nome", max_length=120)
    under = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidade",
        help_text="Em branco: toda a instituição.",
    )
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    opens_on = models.DateField("abre em")
    due_on = models.DateField("vence em")
    closes_on = models.DateField("fecha em")
    due_reason = models.CharField(
        "por que vence nesse dia", max_length=300, help_text="A regra e o artigo de onde o prazo vem."
    )
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato"
    )

    class Meta:
        verbose_name = "coleta"
        ordering = ("-period_end", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="round_period_in_order",
                violation_error_message="O período termina antes de começar.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")) & Q(due_on__lte=F("closes_on")),
                name="round_window_in_order",
                violation_error_message="A coleta abre, vence e fecha nesta ordem.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.name}, de {self.opens_on:%d/%m/%Y} a {self.closes_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("round", args=[self.code])

    @property
    def period(self) -> Period:
        """The stretch measured."""
        return Period(self.period_start, self.period_end)

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access; the whole institution when it names none."""
        return self.under.scope_path if self.under else "/"

    def clean(self) -> None:
        """Keep one institution."""
        check_institution(self, "under", "legal_act")


class SubmissionState(models.TextChoices):
    """Where the answer of a unit is."""

    DRAFT = "em_elaboracao", "em elaboração"
    SENT = "enviado", "enviado"
    RETURNED = "devolvido", "devolvido para complementação"
    ACCEPTED = "aceito", "aceito"


class Submission(models.Model):
    """What a unit answers to a collection. Term: remessa."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions", verbose_name="coleta")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="submissions", verbose_name="unidade")
    state = models.CharField(
        "situação", max_length=20, choices=SubmissionState.choices, default=SubmissionState.DRAFT
    )
    sent_at = models.DateTimeField("enviada em", null=True, blank=True)
    first_sent_on = models.DateField("enviada pela primeira vez em", null=True, blank=True)
    days_late = models.PositiveIntegerField("dias de atraso", null=True, blank=True)
    comment = models.TextField("o que falta", max_length=2000, blank=True)
    accepted_at = models.DateTimeField("aceita em", null=True, blank=True)

    class Meta:
        verbose_name = "remessa"
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="submission_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} – {self.unit}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Give the address of its grid."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("grid", args=[self.round.code, self.unit.code])

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path


class Unlock(AppendOnly):
    """The window of a unit opened again, with a reason and until a day. Term: reabertura."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="unlocks", verbose_name="remessa")
    expires_on = models.DateField("aberta até")
    reason = models.CharField("motivo", max_length=400)
    opened_by = models.CharField("aberta por", max_length=40)
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "reabertura"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"reabertura até {self.expires_on:%d/%m/%Y}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.submission.told()}, até {self.expires_on:%d/%m/%Y}"

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.submission.scope_path


class DraftCell(models.Model):
    """What somebody has typed in a cell of the grid, not sent yet: no fact, kept so that no keystroke is lost.

    ``edition`` grows by one at each saving, so that who saves over something they had not seen is told.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="cells")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    breakdown = models.CharField("desagregação", max_length=LONGEST_BREAKDOWN, blank=True)
    variable = models.CharField("variável", max_length=60, blank=True)
    typed = models.CharField("digitado", max_length=60, blank=True)
    value = ExactField("valor", places=PLACES, null=True, blank=True)
    problem = models.CharField("o que está errado", max_length=300, blank=True)
    state = models.CharField("situação do valor", max_length=20, blank=True)
    certainty = models.CharField("firmeza", max_length=20, default="definitivo")
    based_on = models.DateField("data-base", null=True, blank=True)
    reason = models.CharField("motivo ou justificativa", max_length=400, blank=True)
    channel = models.CharField("por onde veio", max_length=20, choices=Channel.choices, default=Channel.GRID)
    edition = models.PositiveIntegerField("edição", default=1)
    edited_by = models.CharField("editado por", max_length=40)
    edited_at = models.DateTimeField("editado em")

    class Meta:
        verbose_name = "célula em elaboração"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator", "period_start", "period_end", "breakdown", "variable"],
                name="draft_cell_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.variable} {self.period.label}"

    @property
    def period(self) -> Period:
        """The period of the cell."""
        return Period(self.period_start, self.period_end)

    def clean(self) -> None:
        """Keep one institution."""
        if self.indicator.institution_id != self.institution_id:
            raise ValidationError("Não há este registro na sua instituição.")
