"""Acts on people: registering, correcting, inviting, purging, and noting their absences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from apura_web.accounts.models import Login
from apura_web.accounts.services.invitations import Opening, open_invitation
from apura_web.accounts.services.mail import send_invitation
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.audit.purging import purge_details
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, refuse_if
from apura_web.orgs import cpf
from apura_web.orgs.models import Absence, Person
from apura_web.orgs.selectors.tenures import open_tenures, standing_absences


@dataclass(frozen=True)
class PersonFacts:
    """What is registered of a person; CPF with or without punctuation."""

    name: str
    cpf: str = ""
    registration: str = ""
    email: str = ""

    def columns(self) -> dict[str, str]:
        """Give the columns of :class:`Person`; what has no digit at all is kept as typed, for the model to refuse."""
        return {
            **vars(self),
            "cpf": cpf.digits_of(self.cpf) or self.cpf.strip(),
            "name": " ".join(self.name.split()),
        }


@dataclass(frozen=True)
class AbsenceFacts:
    """When and why somebody is away."""

    kind: str
    from_on: date
    until_on: date
    legal_act: LegalAct | None = None


@act("orgs.person.register")
def register(institution: Institution, *, facts: PersonFacts, actor: Actor, at: datetime) -> Person:
    """Register a person.

    Raises:
        ValidationError: the CPF does not check, or somebody in the institution has it, or the registration number.
    """
    return journal.create(Person(institution=institution, created_at=at, **facts.columns()))


@act("orgs.person.correct")
def correct(person: Person, *, facts: PersonFacts, reason: str, actor: Actor, at: datetime) -> Person:
    """Correct what is registered of a person.

    Raises:
        ValidationError: as in :func:`register`.
        Refused: the data were purged.
    """
    refuse_if(_purged_refusal(person))
    journal.because(reason)
    return journal.change(person, **facts.columns())


@act("orgs.person.invite")
def invite(person: Person, *, actor: Actor, at: datetime, base_url: str = "") -> Opening:
    """Open an invitation for a person to choose a password; what was open before stops serving.

    Args:
        base_url: where the platform is; the invitation is mailed, by the worker, only when it is given.

    Raises:
        Refused: the person has no e-mail, or the e-mail is the login of somebody else in the institution.
    """
    refuse_if(_purged_refusal(person))
    refuse_if(_invitation_refusal(person))
    if person.login is None:
        login = Login.objects.filter(email__iexact=person.email).first()
        if login is None:
            login = Login(email=person.email)
            login.set_unusable_password()
            journal.create(login)
        journal.change(person, login=login)
    assert person.login is not None  # noqa: S101 - the branch above gave it
    opening = open_invitation(person.login, institution=person.institution, at=at)
    journal.current().concerned.append(person)
    if base_url:
        send_invitation(opening, base_url)
    return opening


@act("orgs.person.purge")
def purge(person: Person, *, reason: str, actor: Actor, at: datetime) -> Person:
    """Erase a person's data where they are kept, leaving the opaque code, the digests and the reason.

    Norm: Lei nº 13.709/2018 (LGPD), arts. 16 and 18, VI.

    Raises:
        Refused: the person still holds an office or a posting, or was purged already.
    """
    refuse_if(_purged_refusal(person))
    today = local_date(at, person.institution)
    holding = open_tenures(person.institution_id, today).filter(person=person).first()
    if holding:
        refuse_if(
            Refusal(
                "orgs.person_in_office",
                f"{person} ainda ocupa: {holding}.",
                "Registre antes o término de cada designação e da lotação.",
                "LGPD, art. 16, I e II",
            )
        )
    journal.because(reason)
    login = person.login
    journal.change(
        person,
        name="Pessoa com dados expurgados",
        cpf="",
        registration="",
        email="",
        login=None,
        purged_at=at,
    )
    if login is not None and not login.people.exists():
        password = make_password(None)
        journal.change(
            login, email=f"expurgado-{person.code}@invalid.example", is_active=False, password=password
        )
        purge_details(login)
    purge_details(person)
    return person


@act("orgs.absence.register")
def register_absence(person: Person, *, facts: AbsenceFacts, actor: Actor, at: datetime) -> Absence:
    """Note that a person is away for some days; who substitutes them acts in the meantime.

    Raises:
        ValidationError: it ends before it starts.
        Refused: another absence covers some of these days.
    """
    refuse_if(_purged_refusal(person))
    clash = (
        standing_absences(person.institution_id)
        .filter(person=person, from_on__lte=facts.until_on, until_on__gte=facts.from_on)
        .first()
    )
    if clash:
        refuse_if(
            Refusal(
                "orgs.absence_overlaps",
                f"Já há um afastamento de {clash} registrado para esta pessoa.",
                "Cancele-o antes, se este o substitui.",
                status=409,
            )
        )
    row = Absence(institution_id=person.institution_id, person=person, recorded_at=at, **vars(facts))
    return journal.create(row, about=(person,))


@act("orgs.absence.cancel")
def cancel_absence(person: Person, *, absence: Absence, reason: str, actor: Actor, at: datetime) -> Absence:
    """Cancel an absence by a new row; the first one stays."""
    journal.because(reason)
    row = Absence(
        institution_id=person.institution_id,
        person=person,
        kind=absence.kind,
        from_on=absence.from_on,
        until_on=absence.until_on,
        legal_act=absence.legal_act,
        is_cancelled=True,
        replaces=absence,
        recorded_at=at,
    )
    return journal.create(row, about=(person,))


def _purged_refusal(person: Person) -> Refusal | None:
    if person.purged_at is None:
        return None
    return Refusal(
        "orgs.person_purged",
        "Os dados desta pessoa foram expurgados.",
        "Se ela voltou a trabalhar na instituição, registre-a de novo.",
        "LGPD, art. 18, VI",
    )


def _invitation_refusal(person: Person) -> Refusal | None:
    if person.login is None and not person.email:
        return Refusal(
            "orgs.no_email",
            f"{person} não tem e-mail registrado.",
            "Informe o e-mail em “Corrigir cadastro”.",
        )
    taken = Person.objects.filter(institution=person.institution, login__email__iexact=person.email).exclude(
        pk=person.pk
    )
    if person.login is None and taken.exists():
        return Refusal(
            "orgs.email_taken",
            "Este e-mail já é o acesso de outra pessoa da instituição.",
            "Confira o e-mail das duas em “Corrigir cadastro”.",
            status=409,
        )
    return None
