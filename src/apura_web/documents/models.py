"""The legal act, its publications and its attachments. Rows are only added; what was wrong is corrected by new ones."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Blob, Institution


class ActKind(models.TextChoices):
    """The kinds of act that offices use."""

    LAW = "lei", "Lei"
    COMPLEMENTARY_LAW = "lei_complementar", "Lei Complementar"
    DECREE = "decreto", "Decreto"
    RESOLUTION = "resolucao", "Resolução"
    DELIBERATION = "deliberacao", "Deliberação"
    ORDINANCE = "portaria", "Portaria"
    JOINT_ORDINANCE = "portaria_conjunta", "Portaria Conjunta"
    SERVICE_ORDER = "ordem_de_servico", "Ordem de Serviço"
    NORMATIVE_INSTRUCTION = "instrucao_normativa", "Instrução Normativa"
    ACT = "ato", "Ato"
    ORDER = "despacho", "Despacho"
    OFFICIAL_LETTER = "oficio", "Ofício"
    MINUTES = "ata", "Ata"


class Relation(models.TextChoices):
    """What an act does to an earlier one."""

    ERRATUM = "retifica", "Retifica"
    REPUBLICATION = "republica", "Republica por incorreção"
    NULLIFICATION = "torna_sem_efeito", "Torna sem efeito"
    REVOCATION = "revoga", "Revoga"


class LegalAct(AppendOnly):
    """A legal act as it was issued. Term: ato.

    A typing error in the record is corrected by a new row that ``corrects`` the first one, which everything else goes
    on pointing at; what the authority changed, by a new act with a ``relation`` to the ``target``.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="legal_acts")
    code = CodeField()
    kind = models.CharField("espécie", max_length=30, choices=ActKind.choices)
    number = models.CharField(
        "número", max_length=20, blank=True, help_text="Sem o ano. Em branco quando o ato não é numerado."
    )
    year = models.PositiveSmallIntegerField("ano", validators=[MinValueValidator(1500)])
    signed_on = models.DateField("data do ato")
    authority = models.CharField(
        "autoridade",
        max_length=160,
        help_text="O cargo de quem assina, como “Secretário de Estado da Saúde”.",
    )
    summary = models.CharField("ementa", max_length=400, blank=True)
    sei_process = models.CharField("processo SEI", max_length=40, blank=True)
    sei_document = models.CharField("documento SEI", max_length=20, blank=True)
    effects_from = models.DateField(
        "produz efeitos desde", null=True, blank=True, help_text="Em branco: desde a data do ato."
    )
    relation = models.CharField("o que faz a outro ato", max_length=20, choices=Relation.choices, blank=True)
    target = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="affected_by", verbose_name="ato atingido"
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="corrige o registro",
    )
    recorded_at = models.DateTimeField("registrado em")

    scope_path = "/"

    class Meta:
        verbose_name = "ato"
        ordering = ("-signed_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(relation="", target=None) | (~Q(relation="") & Q(target__isnull=False)),
                name="legal_act_relation_has_target",
                violation_error_message="Diga qual ato é atingido e o que este faz a ele.",
            ),
        ]

    def __str__(self) -> str:
        number = f" nº {self.number}/{self.year}" if self.number else f" de {self.signed_on:%d/%m/%Y}"
        return f"{self.get_kind_display()}{number}"

    def told(self) -> str:
        """Say which, as the history does."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("legal_act", args=[self.code])

    @property
    def current(self) -> LegalAct:
        """The record as last corrected."""
        corrections = sorted(self.corrections.all(), key=lambda each: each.pk)
        return corrections[-1] if corrections else self

    @property
    def takes_effect_on(self) -> date:
        """The day from which it produces effects."""
        return self.effects_from or self.signed_on

    def clean(self) -> None:
        """Keep dates and institutions in order."""
        errors = {}
        if self.signed_on and self.year and self.signed_on.year != self.year:
            errors["year"] = "O ano é o da data do ato."
        if self.signed_on and self.signed_on < self.institution.founded_on:
            errors["signed_on"] = (
                f"A instituição existe desde {self.institution.founded_on:%d/%m/%Y}; o ato não pode ser anterior."
            )
        if self.target is not None and self.target.institution_id != self.institution_id:
            errors["target"] = "Não há este ato na sua instituição."
        if errors:
            raise ValidationError(errors)


class VoidAct(models.Model):
    """An act that has no effect, by acts that stand: worked out again whenever one of those is registered or corrected.

    The truth is in the relations of the acts; this is kept so that every reading of units and offices is one look-up.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    legal_act = models.OneToOneField(LegalAct, models.PROTECT, primary_key=True, related_name="void")

    class Meta:
        verbose_name = "ato sem efeito"

    def __str__(self) -> str:
        return str(self.legal_act)


class Publication(AppendOnly):
    """Where and when an act came out; the gazette often arrives later than the act. Term: publicação."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="publications", verbose_name="ato")
    code = CodeField()
    vehicle = models.CharField(
        "veículo", max_length=120, help_text="Como “Diário Oficial do Estado de Goiás”."
    )
    number = models.CharField("edição", max_length=20, blank=True)
    page = models.CharField("página", max_length=20, blank=True)
    section = models.CharField("seção", max_length=40, blank=True)
    supplement = models.CharField("suplemento", max_length=40, blank=True)
    published_on = models.DateField("publicado em")
    link = models.URLField("endereço", blank=True, max_length=300)
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "publicação"
        ordering = ("published_on", "id")

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.legal_act}, em {self}"

    def __str__(self) -> str:
        return f"{self.vehicle} de {self.published_on:%d/%m/%Y}"

    @property
    def scope_path(self) -> str:
        """Belong to the whole institution."""
        return "/"

    def clean(self) -> None:
        """Refuse a publication before the act."""
        if self.published_on and self.published_on < self.legal_act.current.signed_on:
            signed = (
                f"O ato é de {self.legal_act.current.signed_on:%d/%m/%Y}; a publicação não pode ser anterior."
            )
            raise ValidationError({"published_on": signed})


class Attachment(AppendOnly):
    """A file that accompanies an act. Term: anexo."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="attachments", verbose_name="ato")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="arquivo")
    code = CodeField()
    title = models.CharField("título", max_length=120)
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "anexo"

    def __str__(self) -> str:
        return self.title
