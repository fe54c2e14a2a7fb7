"""What gives the score: milestones reached, items cancelled, readings adopted; and the scores."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from apura_web.agreements.models.agreements import Agreement
from apura_web.agreements.models.pacts import Pact
from apura_web.calculations.models import Calculation
from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Blob, Institution

PLACES = 6


class ItemState(models.TextChoices):
    """How an item of the pact stands in a period, as the norm reads it."""

    MEASURED = "apurado", "apurado"
    UNMEASURED = "não apurado", "não apurado"
    CANCELLED = "cancelado", "cancelado"


class ItemReading(AppendOnly):
    """How far a milestone or commitment went by a day, or that an item was cancelled. Term: registro do item.

    A correction is a new row that ``replaces`` the old one. Norm: Decreto GO nº 8.170/2014, arts. 3º, I, and 13.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="item_readings")
    item_key = models.CharField("item", max_length=40)
    until_on = models.DateField("situação em")
    state = models.CharField("situação", max_length=20, choices=ItemState.choices)
    value = ExactField("realizado", places=PLACES, null=True, blank=True)
    done_on = models.DateField("entregue em", null=True, blank=True)
    reason = models.CharField("o que aconteceu", max_length=400, blank=True)
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato"
    )
    document = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="comprovação"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )
    recorded_by = models.CharField("registrado por", max_length=40)
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "registro do item"
        ordering = ("until_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "item_key", "until_on"],
                condition=Q(replaces=None),
                name="item_reading_first_once",
            ),
            models.CheckConstraint(
                condition=Q(state="apurado", value__isnull=False) | (~Q(state="apurado") & Q(value=None)),
                name="item_reading_value_when_measured",
                violation_error_message="Só o item apurado tem valor.",
            ),
            models.CheckConstraint(
                condition=Q(state="apurado") | ~Q(reason=""),
                name="item_reading_says_why",
                violation_error_message="Diga por que o item não foi apurado.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_key} em {self.until_on:%d/%m/%Y}: {self.state}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}, {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path


class Adoption(AppendOnly):
    """A reading adopted by who decides doubts, for an agreement or for all of them. Term: interpretação adotada.

    Norm: Decreto GO nº 8.170/2014, art. 37.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="adoptions", verbose_name="acordo"
    )
    interpretation = models.CharField("interpretação", max_length=60)
    reading = models.CharField("leitura adotada", max_length=120)
    from_on = models.DateField("a partir de")
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+", verbose_name="ata ou ato")
    reason = models.CharField("motivo", max_length=400, blank=True)
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "interpretação adotada"
        ordering = ("from_on", "id")

    def __str__(self) -> str:
        return f"{self.interpretation}: {self.reading}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement or 'todos os acordos'}, {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access; the whole institution when it is for all."""
        return self.agreement.scope_path if self.agreement else "/"


class ScoreKind(models.TextChoices):
    """Which score: of a quadrimestre, or of the whole period."""

    PARTIAL = "parcial", "Nota parcial"
    FINAL = "final", "Nota final"


class Score(AppendOnly):
    """A score of an agreement: what a calculation gave for a period. Term: nota parcial, nota final.

    Calculating again makes another that ``replaces`` it. Norm: Decreto GO nº 8.170/2014, art. 12.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="scores")
    pact = models.ForeignKey(Pact, models.PROTECT, related_name="+")
    kind = models.CharField("nota", max_length=10, choices=ScoreKind.choices)
    from_on = models.DateField("início do período apurado")
    until_on = models.DateField("fim do período apurado")
    calculation = models.OneToOneField(
        Calculation, models.PROTECT, related_name="agreement_score", verbose_name="cálculo"
    )
    value = models.CharField("valor exato", max_length=400, blank=True)
    provisional_count = models.PositiveIntegerField("itens provisórios", default=0)
    missing_count = models.PositiveIntegerField("itens não apurados", default=0)
    reason = models.CharField("motivo do novo cálculo", max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "nota"
        ordering = ("until_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "until_on"],
                condition=Q(replaces=None),
                name="score_first_once",
                violation_error_message="A nota deste período já foi apurada.",
            ),
            models.CheckConstraint(condition=Q(from_on__lte=F("until_on")), name="score_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} até {self.until_on:%d/%m/%Y}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}, {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path


class PastScore(AppendOnly):
    """A score given before this base, typed from its document. Term: nota importada, sem memória.

    A correction is a new row that ``replaces`` the old one. Norm: Decreto GO nº 8.170/2014, art. 12.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="past_scores")
    kind = models.CharField("nota", max_length=10, choices=ScoreKind.choices)
    until_on = models.DateField("fim do período apurado")
    value = ExactField("valor", places=PLACES)
    source = models.CharField("de onde vem", max_length=300)
    document = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="documento"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="substitui"
    )
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "nota importada, sem memória"
        ordering = ("until_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "until_on"],
                condition=Q(replaces=None),
                name="past_score_first_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} até {self.until_on:%d/%m/%Y}, sem memória"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}, {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path
