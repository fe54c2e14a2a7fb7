"""What a person may do next, from the first screen: the doors their powers open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.orgs.models import Person
from apura_web.orgs.powers import Hat


@dataclass(frozen=True)
class Door:
    """A way to something a person may do: the act, the page where it starts, its picture and what it is for."""

    act: str
    url_name: str
    icon: str
    purpose: str

    @property
    def title(self) -> str:
        """The verb of the act."""
        return REGISTRY[self.act].title

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class Way:
    """A page to consult."""

    label: str
    url: str
    icon: str


DOORS = [
    Door(
        "documents.legal_act.register", "legal_act_new", "file-signature", "Todo o resto se apoia em um ato."
    ),
    Door("orgs.unit.create", "unit_create_top", "sitemap", "Criar uma unidade no organograma, por ato."),
    Door(
        "orgs.person.register",
        "person_register",
        "user-plus",
        "Pôr alguém no cadastro, para lotar e designar.",
    ),
    Door("orgs.import.apply", "import_pessoas", "file-excel", "Trazer unidades e pessoas de uma planilha."),
    Door(
        "indicators.indicator.register",
        "indicator_new",
        "chart-line",
        "Escrever a ficha de um indicador e enviá-la para análise.",
    ),
    Door(
        "agreements.agreement.open",
        "agreement_open",
        "handshake",
        "Iniciar um acordo de resultados com um órgão ou entidade.",
    ),
    Door("indicators.round.open", "round_open", "table", "Abrir a coleta de um período para as unidades."),
    Door(
        "indicators.ledger.load",
        "loads",
        "file-import",
        "Trazer de arquivos anos anteriores ou séries grandes.",
    ),
    Door("orgs.access.grant", "access_grant", "key", "Dar acesso à plataforma, com fundamento e prazo."),
]


def doors_of(actor: Actor) -> list[Door]:
    """Give the doors open to an actor, wherever their power is held."""
    return [door for door in DOORS if actor.has(*REGISTRY[door.act].roles)]


def ways_of(person: Person, hats: list[Hat]) -> list[Way]:
    """Give the pages somebody consults most: their unit in the organogram, what is registered about them, acts."""
    unit = next((hat.tenure.unit for hat in hats if hat.tenure.unit is not None), None)
    organogram = reverse("organogram")
    branch = (
        Way(f"Organograma: {unit.acronym}", f"{organogram}?raiz={unit.code}", "sitemap")
        if unit
        else Way("Organograma de hoje", organogram, "sitemap")
    )
    mine = [Way("Meu cadastro", person.get_absolute_url(), "id-card")] if hats else []
    rest = [Way("Atos", reverse("legal_acts"), "file-signature"), Way("Manual", reverse("help"), "book")]
    return [branch, *mine, *rest]
