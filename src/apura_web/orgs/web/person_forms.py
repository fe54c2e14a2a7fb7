"""Forms of acts on people, offices and absences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from apura_web.audit.actors import Actor
from apura_web.documents.basis_form import BasisForm
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField
from apura_web.foundation.models import Institution
from apura_web.foundation.web.deeds import SeenForm
from apura_web.orgs import cpf
from apura_web.orgs.choosing import people_for, units_for
from apura_web.orgs.models import AbsenceKind, Capacity, Person, TenureKind, Unit
from apura_web.orgs.offices import PRIVILEGED
from apura_web.orgs.services.people import AbsenceFacts, PersonFacts
from apura_web.orgs.services.tenures import Appointment, Ending

OFFICES = [(kind.value, kind.label) for kind in TenureKind if kind not in PRIVILEGED]
ACCESSES = [(kind.value, kind.label) for kind in TenureKind if kind in PRIVILEGED]


class PersonForm(SeenForm):
    """What is registered of a person."""

    name = forms.CharField(label="Nome", max_length=Person._meta.get_field("name").max_length)
    cpf = forms.CharField(
        label="CPF",
        required=False,
        max_length=14,
        help_text="Com ou sem pontos. Depois de gravado, aparece sempre com os dígitos cobertos.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    registration = forms.CharField(label="Matrícula", required=False, max_length=20)
    email = forms.EmailField(
        label="E-mail institucional", required=False, help_text="Para onde vai o convite de acesso."
    )

    def clean_cpf(self) -> str:
        """Keep the eleven digits, if they check."""
        digits = cpf.digits_of(self.cleaned_data["cpf"])
        if self.cleaned_data["cpf"].strip() and not cpf.is_valid(digits):
            raise forms.ValidationError("O CPF não confere: revise os onze dígitos.", code="cpf")
        return digits

    @property
    def facts(self) -> PersonFacts:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return PersonFacts(data["name"], data["cpf"], data["registration"].strip(), data["email"])


class CorrectPersonForm(PersonForm):
    """The registration of a person, to be corrected; the CPF is shown to nobody, and stays when left blank."""

    no_cpf = forms.BooleanField(label="Retirar o CPF do cadastro", required=False)
    reason = forms.CharField(label="Por que se corrige", max_length=200)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.cpf:
            self.fields[
                "cpf"
            ].help_text = (
                f"Registrado: {person.masked_cpf}. Deixe em branco para mantê-lo; só preencha para trocá-lo."
            )
        else:
            del self.fields["no_cpf"]
        self.order_fields(["name", "cpf", "no_cpf", "registration", "email", "reason"])

    @property
    def facts(self) -> PersonFacts:
        """What was typed; an empty CPF is the one registered."""
        typed = super().facts
        kept = "" if self.cleaned_data.get("no_cpf") else self.person.cpf
        return PersonFacts(typed.name, typed.cpf or kept, typed.registration, typed.email)


class TenureForm(BasisForm):
    """Who, where, when and by which act."""

    person = RecordField(label="Pessoa", help_text="Escreva o nome, a matrícula ou o CPF.")
    unit = RecordField(label="Unidade", required=False, help_text="Escreva a sigla.")
    until_on = DayField(
        label="Até",
        required=False,
        help_text="O último dia, quando o próprio ato o fixa. Em branco: sem prazo.",
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "person", people_for(actor, today))
        offer(self, "unit", units_for(actor))
        self.order_fields(["person", "kind", "capacity", "unit", "legal_act", "from_on", "until_on"])

    @property
    def appointment(self) -> Appointment:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return Appointment(
            data["kind"],
            data["legal_act"],
            self.starts_on,
            data["until_on"],
            data.get("capacity") or Capacity.HOLDER,
        )

    def place(self, institution: Institution) -> Institution | Unit:
        """Where the office is: the unit, or the whole institution."""
        return self.cleaned_data["unit"] or institution


class AppointForm(TenureForm):
    """An office of the structure, or a posting."""

    kind = forms.ChoiceField(label="Função", choices=[("", "escolha…"), *OFFICES])
    capacity = forms.ChoiceField(
        label="Condição",
        choices=Capacity.choices,
        help_text="O substituto legal atua em cada falta do titular; os demais, só nas datas do ato.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].required = True


class GrantForm(TenureForm):
    """An office of access."""

    kind = forms.ChoiceField(label="Acesso", choices=[("", "escolha…"), *ACCESSES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = "Alcance"
        self.fields[
            "unit"
        ].help_text = "A unidade, com as que estão abaixo dela. Em branco: toda a instituição."
        self.fields["until_on"].help_text = "Obrigatório para o controle externo."
        self.fields[
            "legal_act"
        ].help_text = (
            "O ato que dá o acesso; para o controle externo, o ofício que o pediu, como “Ofício nº 7/2026”."
        )


class EndForm(SeenForm):
    """The last day of a tenure."""

    ended_on = DayField(label="Último dia", help_text="O último dia na função; no seguinte, já não atua.")
    legal_act = RecordField(label="Ato", help_text="O ato de dispensa, exoneração, remoção ou revogação.")
    reason = forms.CharField(label="Motivo", required=False, max_length=200, help_text="Como “a pedido”.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))

    @property
    def ending(self) -> Ending:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return Ending(data["ended_on"], data["legal_act"], data["reason"])


class AbsenceForm(SeenForm):
    """When and why somebody is away."""

    kind = forms.ChoiceField(
        label="Motivo",
        choices=AbsenceKind.choices,
        help_text="Só a própria pessoa, quem cuida do cadastro e o controle veem o motivo.",
    )
    from_on = DayField(label="Primeiro dia")
    until_on = DayField(label="Último dia")
    legal_act = RecordField(label="Ato", required=False, help_text="Quando há, como a portaria de férias.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "O afastamento termina antes de começar.")
        return cleaned

    @property
    def facts(self) -> AbsenceFacts:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return AbsenceFacts(data["kind"], data["from_on"], data["until_on"], data["legal_act"])


class ReasonForm(SeenForm):
    """Why something is done."""

    reason = forms.CharField(label="Motivo", max_length=200)
