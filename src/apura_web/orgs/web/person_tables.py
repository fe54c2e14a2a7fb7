"""The lists of people and of accesses."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apura_web.audit.actors import Actor, Role
from apura_web.foundation.presentation import Badge, Tab
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.orgs.models import Person, Tenure, TenureKind
from apura_web.orgs.offices import PRIVILEGED
from apura_web.orgs.selectors.tenures import last_day, tenures_on
from apura_web.orgs.web.told import tenure_state
from apura_web.search.index import matching

KEEPERS = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL)


class _Today:
    """What people hold today, read in one query when the first row asks."""

    def __init__(self, tenures: QuerySet[Tenure]) -> None:
        self.tenures = tenures

    @cached_property
    def by_person(self) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = {}
        for person_id, kind, acronym in self.tenures.values_list("person_id", "kind", "unit__acronym"):
            found.setdefault(person_id, []).append((kind, acronym or ""))
        return found

    def posting(self, person: Person) -> str:
        held = self.by_person.get(person.pk, [])
        return ", ".join(acronym for kind, acronym in held if kind == TenureKind.POSTING)

    def offices(self, person: Person) -> str:
        held = self.by_person.get(person.pk, [])
        told = [(TenureKind(kind).label, acronym) for kind, acronym in held if kind != TenureKind.POSTING]
        return "; ".join(f"{label} · {acronym}" if acronym else label for label, acronym in told)


def people_layout(actor: Actor, on: date) -> TableLayout:
    """Give the layout of the list of people; CPF masked, and only to who keeps the registry or controls it."""
    today = _Today(tenures_on(actor.institution_id, on))
    columns = [
        Column("nome", "Nome", "name", sort="name", link="get_absolute_url"),
        Column("lotacao", "Lotação", today.posting),
        Column("funcoes", "Funções hoje", today.offices),
        Column("email", "E-mail", "email", sort="email", visible=False),
    ]
    sees_registry = actor.has(*KEEPERS, path="/")
    if sees_registry:
        columns += [
            Column("matricula", "Matrícula", "registration", sort="registration"),
            Column("cpf", "CPF", "masked_cpf", visible=False),
        ]
    return TableLayout(
        name="pessoas",
        caption="Pessoas",
        columns=tuple(columns),
        finder=matching("orgs.person", *(("registration", "email") if sees_registry else ())),
        order="nome",
        empty="Ninguém a mostrar para a função em que você atua.",
    )


def access_tabs(current: str) -> list[Tab]:
    """Give the two parts of “Acessos”: who may act, and by which keys programs do."""
    named = (("accesses", "Pessoas com acesso"), ("keys", "Chaves de programas"))
    return [Tab(label, reverse(name), name == current) for name, label in named]


def accesses_layout(today: date) -> TableLayout:
    """Give the layout of the list of accesses."""
    return TableLayout(
        name="acessos",
        caption="Acessos vigentes e a iniciar",
        columns=(
            Column("pessoa", "Pessoa", "person.name", sort="person__name", link="person.get_absolute_url"),
            Column("acesso", "Acesso", "get_kind_display", sort="kind"),
            Column("alcance", "Alcance", _scope),
            Column("desde", "Desde", "from_on", sort="from_on", kind=Kind.DATE),
            Column("ate", "Até", last_day, kind=Kind.DATE),
            Column("ato", "Ato", "legal_act.current", link="legal_act.get_absolute_url"),
            Column("situacao", "Situação", _State(today), kind=Kind.BADGE),
            Column("retirar", "Retirar", lambda _row: "Retirar", link=_withdrawal),
        ),
        search=("person__name", "unit__acronym"),
        filters=(
            ChoiceFilter(
                "acesso",
                "Acesso",
                "kind",
                [(kind.value, kind.label) for kind in TenureKind if kind in PRIVILEGED],
            ),
        ),
        empty="Nenhum acesso concedido.",
    )


class _State:
    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self, tenure: Any) -> Badge:
        return tenure_state(tenure, self.today)


def _scope(tenure: Any) -> str:
    return f"{tenure.unit} e abaixo" if tenure.unit else "toda a instituição"


def _withdrawal(tenure: Any) -> str:
    return reverse("access_withdraw", args=[tenure.code])
