"""Who holds which office, in which capacity, from when and by which act: postings, mandates and designations."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution
from apura_web.orgs.models.people import Person
from apura_web.orgs.models.units import Unit


class TenureKind(models.TextChoices):
    """The office. Each gives one role, in ``orgs.offices``."""

    POSTING = "lotacao", "Lotação"
    HEAD = "titular", "Titular do órgão"
    MANAGER = "chefia", "Chefia de unidade"
    COORDINATOR = "coordenador_setorial", "Coordenador setorial"
    PROCESS_AGENT = "agente_de_processo", "Agente de processo"
    COMMISSION_MEMBER = "membro_de_comissao", "Membro de comissão"
    CENTRAL_ANALYST = "analista_central", "Analista da unidade central"
    REGISTRAR = "cadastro", "Gestor de unidades e pessoas"
    NORM_KEEPER = "guardiao_de_normas", "Guardião das normas"
    ADMINISTRATOR = "administrador", "Administrador na instituição"
    INTERNAL_CONTROL = "controle_interno", "Controle interno"
    EXTERNAL_CONTROL = "controle_externo", "Controle externo"


class Capacity(models.TextChoices):
    """In which capacity the office is held."""

    HOLDER = "efetivo", "Titular do cargo ou função"
    SUBSTITUTE = "substituto", "Substituto legal"
    INTERIM = "interino", "Interino"
    ACTING = "respondendo", "Respondendo pelo expediente"
    DELEGATE = "delegado", "Por delegação"


class Tenure(AppendOnly):
    """A person in an office. Terms: lotação, mandato, designação.

    ``until_on`` is the end foreseen by the act itself; an end by another act is a :class:`TenureEnd`.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", verbose_name="pessoa")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name="unidade"
    )
    code = CodeField()
    kind = models.CharField("função", max_length=30, choices=TenureKind.choices)
    capacity = models.CharField("condição", max_length=20, choices=Capacity.choices, default=Capacity.HOLDER)
    from_on = models.DateField("desde")
    until_on = models.DateField("até", null=True, blank=True)
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="tenures", verbose_name="ato")
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "designação"
        ordering = ("from_on", "id")
        indexes = [models.Index(fields=["unit", "kind"], name="tenure_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(from_on__lte=F("until_on")),
                name="tenure_in_order",
                violation_error_message="A designação termina antes de começar.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="controle_externo") | Q(until_on__isnull=False),
                name="tenure_external_control_has_term",
                violation_error_message="O acesso do controle externo tem prazo: informe o último dia.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.unit or 'toda a instituição'})"

    def told(self) -> str:
        """Say it whole, as the history does."""
        how = "" if self.capacity == Capacity.HOLDER else f", {self.get_capacity_display().lower()}"
        where = self.unit or "toda a instituição"
        return f"{self.person.told()}, {self.get_kind_display().lower()}{how} ({where})"

    def get_absolute_url(self) -> str:
        """Give the address where it is told: the person's page."""
        return self.person.get_absolute_url()

    @property
    def scope_path(self) -> str:
        """Where the office is, for access."""
        return self.unit.scope_path if self.unit else "/"

    def clean(self) -> None:
        """Keep one institution and its dates."""
        errors = {}
        if self.from_on and self.from_on < self.institution.founded_on:
            errors["from_on"] = f"A instituição existe desde {self.institution.founded_on:%d/%m/%Y}."
        for name in ("person", "unit", "legal_act"):
            other = getattr(self, name)
            if other is not None and other.institution_id != self.institution_id:
                errors[name] = "Não há este registro na sua instituição."
        if errors:
            raise ValidationError(errors)


class TenureEnd(AppendOnly):
    """The last day of a tenure, when it is not the one its act foresaw. Terms: dispensa, exoneração, vacância."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="ends", verbose_name="designação")
    code = CodeField()
    ended_on = models.DateField("último dia")
    reason = models.CharField("motivo", max_length=200, blank=True)
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+", verbose_name="ato")
    recorded_at = models.DateTimeField("registrado em")

    class Meta:
        verbose_name = "término de designação"
        ordering = ("id",)

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.tenure.told()} até {self.ended_on:%d/%m/%Y}"

    def __str__(self) -> str:
        return f"{self.tenure_id} até {self.ended_on:%d/%m/%Y}"
