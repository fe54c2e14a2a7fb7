"""Fact sheets, calculations and outcomes: only added, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apura_web.audit.bundles import Bundle, Bundled
from apura_web.calculations.settling import LONGEST_KEY
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution

LONGEST_KIND = 40


class FactSheet(AppendOnly):
    """What was known when a calculation was made: the only thing the norm saw. Term: folha de fatos.

    The trail holds the digest of the text, not the text: checking a trail checks one against the other.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    topic_kind = models.CharField("tipo do assunto", max_length=LONGEST_KIND)
    topic_code = models.CharField("assunto", max_length=40)
    norm = models.CharField("norma", max_length=60)
    on = models.DateField("data de aplicação")
    at_seq = models.BigIntegerField("última entrada da trilha que se conhecia", default=0)
    content = models.TextField("conteúdo")
    sha256 = models.CharField("resumo SHA-256", max_length=64)
    recorded_at = models.DateTimeField("registrada em")

    untracked = ("content",)

    class Meta:
        verbose_name = "folha de fatos"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"folha de fatos {self.sha256[:12]}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.norm}, {self.on:%d/%m/%Y}"


class Calculation(Bundle):
    """What a norm gave a fact sheet, with its explanation. Calculating again makes another that supersedes it.

    Term: cálculo. The trail holds the digest of the document, not the document.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    topic_kind = models.CharField("tipo do assunto", max_length=LONGEST_KIND)
    topic_code = models.CharField("assunto", max_length=40)
    title = models.CharField("título", max_length=200)
    fact_sheet = models.ForeignKey(
        FactSheet, models.PROTECT, related_name="calculations", verbose_name="folha de fatos"
    )
    norm = models.CharField("norma", max_length=60)
    edition = models.CharField("edição", max_length=20)
    norm_digest = models.CharField("resumo da norma", max_length=71)
    on = models.DateField("data de aplicação")
    document = models.TextField("memória de cálculo")
    sha256 = models.CharField("resumo SHA-256 da memória", max_length=64)
    pending_count = models.PositiveIntegerField("pendências", default=0)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name="substitui",
    )
    calculated_by = models.CharField("calculado por", max_length=40)
    recorded_at = models.DateTimeField("calculado em")

    untracked = ("document",)

    class Meta:
        verbose_name = "cálculo"
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["institution", "topic_kind", "topic_code"], name="calculation_by_topic")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                name="calculation_not_its_own_successor",
                violation_error_message="Um cálculo não substitui a si mesmo.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("calculation", args=[self.code])

    def told(self) -> str:
        """Say it whole, as the history does."""
        pending = f", {self.pending_count} pendências" if self.pending_count else ""
        return f"{self.title}: {self.row_count} resultados{pending}"


class Outcome(Bundled):
    """The result of one rule for one subject, exact; the document tells how it came to be. Term: resultado.

    ``value`` is ``p/q``, an integer, a code, or ``verdadeiro`` and ``falso``.
    """

    bundle = "calculation"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    calculation = models.ForeignKey(Calculation, models.PROTECT, related_name="outcomes")
    rule = models.CharField("regra", max_length=80)
    key = models.CharField("sujeito", max_length=LONGEST_KEY)
    name = models.CharField("nome", max_length=LONGEST_KEY, blank=True)
    value = models.TextField("resultado exato")
    unit = models.CharField("unidade", max_length=40, blank=True)
    places = models.PositiveSmallIntegerField("casas mostradas")

    class Meta:
        verbose_name = "resultado"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["calculation", "rule", "key"], name="outcome_once_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.key}: {self.value}"


class NamedScenario(models.Model):
    """A simulation somebody kept under a name: what was supposed over a calculation. Term: cenário.

    It is no fact: it stays out of the trail, is seen by who made it, and is deleted by them.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    calculation = models.ForeignKey(Calculation, models.PROTECT, related_name="scenarios")
    name = models.CharField("nome do cenário", max_length=80)
    changes = models.JSONField("o que se supõe")
    kept_by = models.CharField("de", max_length=40)
    kept_at = models.DateTimeField("guardado em")

    class Meta:
        verbose_name = "cenário"
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "kept_by", "name"],
                name="scenario_once_per_name",
                violation_error_message="Você já tem um cenário com este nome.",
            )
        ]

    def __str__(self) -> str:
        return self.name
