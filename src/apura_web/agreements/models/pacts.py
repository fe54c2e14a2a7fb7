"""The pact as it was accepted by both sides, and who signed it."""

from __future__ import annotations

from django.db import models

from apura_web.agreements.models.agreements import Agreement
from apura_web.agreements.models.negotiation import Proposal
from apura_web.agreements.pact.text import PactText, read_text
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Blob, Institution
from apura_web.orgs.models import Tenure, Unit


class Pact(AppendOnly):
    """What an agreement says, closed for signature; reopening the negotiation makes another. Term: pacto.

    Norm: Decreto GO nº 8.170/2014, arts. 10, 12, 16, § 1º, 29, parágrafo único, and 32.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="pacts")
    number = models.PositiveIntegerField("versão")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rodada aceita"
    )
    content = models.TextField("texto")
    sha256 = models.CharField("resumo SHA-256", max_length=64)
    document = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="documento assinado"
    )
    accepted_by = models.CharField("aceito por", max_length=40)
    recorded_at = models.DateTimeField("aceito em")

    class Meta:
        verbose_name = "pacto"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="pact_number_once")]

    def __str__(self) -> str:
        return f"pacto, versão {self.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}, {self}"

    @property
    def text(self) -> PactText:
        """What it says."""
        return read_text(self.content)

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path


class Party(AppendOnly):
    """A party of a pact, all of which sign. Term: parte signatária.

    Norm: Decreto GO nº 8.170/2014, arts. 2º, 3º, III, and 20.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    pact = models.ForeignKey(Pact, models.PROTECT, related_name="parties")
    key = models.CharField("parte", max_length=40)
    role = models.CharField("papel", max_length=20)
    name = models.CharField("nome", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unidade")

    class Meta:
        verbose_name = "parte signatária"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["pact", "key"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.pact.told()}: {self}"

    @property
    def scope_path(self) -> str:
        """Where its unit stands today: its head signs."""
        return self.unit.scope_path


class Signature(AppendOnly):
    """A party signed, by who was in charge of its unit on the day. Term: assinatura registrada."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    party = models.OneToOneField(Party, models.PROTECT, related_name="signature", verbose_name="parte")
    tenure = models.ForeignKey(
        Tenure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cargo e ato de quem assinou",
        help_text="Em branco só no acordo importado, quando a base não registra quem exercia o cargo.",
    )
    signed_on = models.DateField("assinado em")
    on_paper = models.BooleanField("assinado em papel", default=False)
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "assinatura"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.party.name}, em {self.signed_on:%d/%m/%Y}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.party.pact.told()}: {self}"

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.party.pact.scope_path
