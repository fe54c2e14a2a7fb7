"""Units, and the dated rows that say what each was called and where it stood."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution


class UnitKind(models.TextChoices):
    """What a unit is; the entity types of Goiás (Decreto GO nº 8.170/2014, art. 1º) are told apart."""

    DIRECT = "administracao_direta", "Órgão da administração direta"
    AUTARCHY = "autarquia", "Autarquia"
    FOUNDATION = "fundacao", "Fundação"
    OFFICE = "unidade", "Unidade administrativa"
    STRATEGIC = "unidade_estrategica", "Unidade estratégica (NGER)"
    COMMISSION = "comissao", "Comissão ou conselho"


class Unit(models.Model):
    """A unit through all its names and places. What it is today is cached here; the truth is in its placements."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="units")
    code = CodeField()
    created_at = models.DateTimeField("registrada em")
    # Today's state, from the placements:
    path = models.CharField("caminho", max_length=400, default="", editable=False, db_index=True)
    name = models.CharField("nome", max_length=160, default="", editable=False)
    acronym = models.CharField("sigla", max_length=30, default="", editable=False)
    kind = models.CharField(
        "espécie", max_length=30, choices=UnitKind.choices, default=UnitKind.OFFICE, editable=False
    )
    is_active = models.BooleanField("em funcionamento", default=False, editable=False)

    untracked = ("path", "name", "acronym", "kind", "is_active")

    class Meta:
        verbose_name = "unidade"
        ordering = ("path",)

    def __str__(self) -> str:
        return self.acronym or self.name or self.code

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("unit", args=[self.code])

    @property
    def scope_path(self) -> str:
        """Where it stands today, for access."""
        return self.path or "/"


class PlacementEvent(models.TextChoices):
    """What an act did to a unit."""

    CREATION = "criacao", "Criação"
    RENAMING = "denominacao", "Alteração de denominação"
    MOVE = "vinculacao", "Mudança de vinculação"
    MERGER = "fusao", "Fusão ou incorporação"
    EXTINCTION = "extincao", "Extinção"


class Placement(AppendOnly):
    """What an act changed in a unit from a day on. Term: situação da unidade.

    Rows are only added, and a row says only what its act changed: the state on a day is the fold of the rows up to it,
    so that an act recorded late finds its place, and an act made without effect takes only its own changes with it.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements", verbose_name="unidade")
    code = CodeField()
    event = models.CharField("o que mudou", max_length=20, choices=PlacementEvent.choices)
    from_on = models.DateField("a partir de")
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unidade superior"
    )
    name = models.CharField("nome", max_length=160, blank=True)
    acronym = models.CharField("sigla", max_length=30, blank=True)
    kind = models.CharField("espécie", max_length=30, choices=UnitKind.choices, blank=True)
    successor = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sucessora"
    )
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="placements", verbose_name="ato")
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "situação da unidade"
        ordering = ("from_on", "id")
        indexes = [models.Index(fields=["institution", "from_on"], name="placement_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(event__in=["criacao", "denominacao"])
                | (~Q(name="") & ~Q(acronym="") & ~Q(kind="")),
                name="placement_names_the_unit",
                violation_error_message="Informe nome, sigla e espécie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} em {self.from_on:%d/%m/%Y}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        where = f" sob {self.parent}" if self.parent else ""
        names = f"{self.acronym} – {self.name}" if self.name else str(self.unit)
        return f"{names}{where}, desde {self.from_on:%d/%m/%Y}"

    def clean(self) -> None:
        """Keep one institution and its dates."""
        errors = {}
        if self.from_on and self.from_on < self.institution.founded_on:
            errors["from_on"] = f"A instituição existe desde {self.institution.founded_on:%d/%m/%Y}."
        for name in ("unit", "parent", "successor", "legal_act"):
            other = getattr(self, name)
            if other is not None and other.institution_id != self.institution_id:
                errors[name] = "Não há este registro na sua instituição."
        if errors:
            raise ValidationError(errors)
