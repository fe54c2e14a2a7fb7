"""The agreement itself: with whom, where it is, and since when."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from apura_web.agreements.lifecycle import LABELS, Side, State
from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Unit


class Agreement(models.Model):
    """A results agreement through its stages; what it says is in its pacts. Term: Acordo de Resultados.

    Norm: Decreto GO nº 8.170/2014, arts. 2º to 4º.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    number = models.CharField("número", max_length=20, help_text="Como “12/2014”. Não se repete.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agreements", verbose_name="Acordada")
    year = models.PositiveSmallIntegerField("exercício")
    state = models.CharField(
        "situação",
        max_length=20,
        choices=[(each.value, label) for each, label in LABELS.items()],
        default=State.NEGOTIATION.value,
    )
    turn = models.CharField(
        "vez de",
        max_length=20,
        choices=[(each.value, each.value) for each in Side],
        default=Side.CENTRAL.value,
    )
    had_alignment = models.BooleanField("com alinhamento estratégico", default=False)
    is_imported = models.BooleanField("importado, sem memória", default=False)
    created_at = models.DateTimeField("registrado em")
    # From the pact in force:
    term_from = models.DateField("início da vigência", null=True, blank=True, editable=False)
    term_until = models.DateField("fim da vigência", null=True, blank=True, editable=False)
    period_from = models.DateField("início do período avaliatório", null=True, blank=True, editable=False)
    period_until = models.DateField("fim do período avaliatório", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "acordo de resultados"
        ordering = ("-year", "unit__path", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                name="agreement_number_once",
                violation_error_message="Já há um acordo com esse número.",
            ),
        ]

    def __str__(self) -> str:
        return f"Acordo de Resultados nº {self.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self}, {self.unit}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("agreement", args=[self.code])

    @property
    def scope_path(self) -> str:
        """Where its Acordada stands today, for access."""
        return self.unit.scope_path


class Succession(AppendOnly):
    """Another body owes what an agreement promised, from a day on. Term: sucessão da Acordada."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="successions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="sucessora")
    from_on = models.DateField("a partir de")
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+", verbose_name="ato")
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "sucessão da Acordada"
        ordering = ("from_on", "id")

    def __str__(self) -> str:
        return f"{self.unit} desde {self.from_on:%d/%m/%Y}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}: {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path
