"""Institutions, and the files they keep."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apura.calendars import known_calendars
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField

__all__ = ["AppendOnly", "Blob", "Institution", "WorkerPulse"]


class Theme(models.TextChoices):
    """The colours an institution dresses the pages with; the style sheet holds them as tokens."""

    FEDERAL = "federal", "Padrão federal"
    GOIAS = "goias", "Estado de Goiás"
    MINAS = "minas", "Minas Gerais"
    MATO_GROSSO = "mato-grosso", "Mato Grosso"


class Institution(models.Model):
    """A public body that uses the platform; nothing of one is ever seen from another."""

    code = models.SlugField("código", max_length=20, unique=True)
    name = models.CharField("nome", max_length=120)
    acronym = models.CharField("sigla", max_length=20)
    time_zone = models.CharField("fuso horário", max_length=40, default="America/Sao_Paulo")
    calendar = models.CharField("calendário", max_length=20)
    theme = models.CharField("tema", max_length=20, choices=Theme.choices, default=Theme.FEDERAL)
    founded_on = models.DateField("existe desde")
    arms = models.ForeignKey(
        "foundation.Blob", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="brasão"
    )
    is_fictitious = models.BooleanField("dados fictícios", default=False)
    structure_as_of = models.DateField("estrutura calculada para", null=True, editable=False)

    untracked = ("structure_as_of",)
    later = ("arms_id",)
    scope_path = "/"

    class Meta:
        verbose_name = "instituição"
        verbose_name_plural = "instituições"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a calendar or a time zone that nobody knows, and the arms of somebody else."""
        errors = {}
        if self.arms and self.arms.institution_id != self.pk:
            errors["arms"] = "Este arquivo é de outra instituição."
        if self.calendar not in known_calendars():
            errors["calendar"] = f"Não há o calendário “{self.calendar}”; há: {', '.join(known_calendars())}."
        if self.time_zone not in available_timezones():
            errors["time_zone"] = f"Não há o fuso horário “{self.time_zone}”; use um como America/Cuiaba."
        if errors:
            raise ValidationError(errors)

    @property
    def institution_id(self) -> int:
        """Belong to itself, so that an act on the institution is checked like any other."""
        return self.pk

    def told(self) -> str:
        """Say how it dresses its pages, as the history does."""
        return f"cores {self.get_theme_display()}, {'com brasão' if self.arms_id else 'sem brasão'}"

    @property
    def arms_url(self) -> str:
        """Where the picture of its arms is; empty when it has none."""
        return reverse("institution_arms", args=[self.code, self.arms.sha256]) if self.arms else ""


class Blob(models.Model):
    """A file by its content: the bytes live in storage under the institution and their digest. Term: arquivo."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="blobs")
    code = CodeField()
    sha256 = models.CharField("resumo SHA-256", max_length=64)
    size = models.BigIntegerField("tamanho em bytes")
    media_type = models.CharField("tipo", max_length=100)
    file_name = models.CharField("nome do arquivo", max_length=200)
    purged_at = models.DateTimeField("expurgado em", null=True, blank=True)

    class Meta:
        verbose_name = "arquivo"
        constraints = [
            models.UniqueConstraint(fields=["institution", "sha256"], name="blob_once_per_institution"),
            models.CheckConstraint(condition=Q(size__gte=0), name="blob_size_not_negative"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def storage_name(self) -> str:
        """Where storage keeps the bytes."""
        return f"{self.institution.code}/{self.sha256}"


class WorkerPulse(models.Model):
    """The last sign of life of a worker; one that stops giving it loses the jobs it holds. Term: pulso."""

    worker = models.CharField("trabalhador", max_length=64, primary_key=True)
    started_at = models.DateTimeField("desde")
    seen_at = models.DateTimeField("último sinal")

    def __str__(self) -> str:
        return self.worker
