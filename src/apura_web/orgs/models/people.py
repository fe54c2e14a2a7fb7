"""People, known elsewhere only by an opaque code, and their absences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from apura_web.accounts.models import Login
from apura_web.audit.names import marked
from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution
from apura_web.orgs import cpf


class Person(models.Model):
    """Somebody who works in an institution. Name, CPF and e-mail live only here, where law can have them erased."""

    masks = {"cpf": cpf.masked}  # before the column takes the name; nobody reads a whole CPF
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="people")
    code = CodeField()
    name = models.CharField("nome", max_length=120)
    cpf = models.CharField("CPF", max_length=11, blank=True, validators=[cpf.check])
    registration = models.CharField("matrícula", max_length=20, blank=True)
    email = models.EmailField("e-mail institucional", blank=True)
    login = models.ForeignKey(Login, models.PROTECT, null=True, blank=True, related_name="people")
    purged_at = models.DateTimeField("expurgado em", null=True, blank=True)
    created_at = models.DateTimeField("registrada em")

    personal = ("cpf", "registration", "email")

    class Meta:
        verbose_name = "pessoa"
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "cpf"],
                condition=~Q(cpf=""),
                name="person_cpf_once",
                violation_error_message="Já há uma pessoa com este CPF na instituição.",
            ),
            models.UniqueConstraint(
                fields=["institution", "registration"],
                condition=~Q(registration=""),
                name="person_registration_once",
                violation_error_message="Já há uma pessoa com esta matrícula na instituição.",
            ),
            models.UniqueConstraint(
                fields=["institution", "login"],
                condition=Q(login__isnull=False),
                name="person_login_once",
                violation_error_message="Este acesso já é de outra pessoa da instituição.",
            ),
        ]

    def told(self) -> str:
        """Say who, as the history does: by the code, which is read as the name while there is one."""
        return marked(self.code)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of the person's page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("person", args=[self.code])

    @property
    def scope_path(self) -> str:
        """People are registered in the institution; where they work is in their postings."""
        return "/"

    @property
    def masked_cpf(self) -> str:
        """The CPF as pages show it."""
        return cpf.masked(self.cpf)


class AbsenceKind(models.TextChoices):
    """Why somebody is away. Only who needs to know sees which."""

    VACATION = "ferias", "Férias"
    LEAVE = "licenca", "Licença"
    TRAVEL = "viagem", "Viagem a serviço"
    OTHER = "outro", "Outro afastamento"


class Absence(AppendOnly):
    """Days in which a person does not act; a correction is a new row that ``replaces``. Term: afastamento."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name="pessoa")
    code = CodeField()
    kind = models.CharField("motivo", max_length=20, choices=AbsenceKind.choices)
    from_on = models.DateField("primeiro dia")
    until_on = models.DateField("último dia")
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ato"
    )
    is_cancelled = models.BooleanField("cancelado", default=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    recorded_at = models.DateTimeField("registrado em")

    personal = ("kind",)

    class Meta:
        verbose_name = "afastamento"
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")),
                name="absence_in_order",
                violation_error_message="O afastamento termina antes de começar.",
            ),
        ]

    def told(self) -> str:
        """Say it whole, as the history does; the reason is left out, which not everybody may know."""
        return f"{self.person.told()}, de {self}"

    def __str__(self) -> str:
        return f"{self.from_on:%d/%m/%Y} a {self.until_on:%d/%m/%Y}"
