"""An agreement from its opening to force, through the pages, by the people of both sides."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pages import confirm, errors_of, text_of

from addresses import add_more
from agreeing import ITEMS, bodies, indicator_of_item
from apura_web.agreements.models import Agreement, Signature
from cast import Cast, House
from visits import already_in

GENERAL = {
    "vigencia_inicio": "01/01/2026",
    "vigencia_fim": "31/12/2026",
    "periodo_inicio": "01/01/2026",
    "periodo_fim": "31/12/2026",
    "integral": "não",
    "modelo": "Modelo da SGR",
    "modelo_versao": "1",
}
RULES = {
    "escala": "10",
    "soma_dos_pesos": "",
    "proporcao": "por meses",
    "nao_apurado": "redistribuir o peso",
    "arredondamento": "exata",
    "minima": "7",
    "minima_operador": "a partir de",
    "ultimo_quadrimestre": "não",
    "valor_usado": "informado",
}

CLAUSES = {"sistematica.texto": "A comissão acompanha.", "bonus.previsto": "não"}


@pytest.fixture
def house(cast: Cast) -> House:
    bodies(cast.house)
    add_more(cast.house)
    return cast.house


def post(client: Client, url: str, typed: dict[str, Any]) -> str:
    """Send a form and give where it leads."""
    answer = client.post(url, typed)
    assert answer.status_code == 302, (answer.status_code, errors_of(answer))
    return str(answer["Location"])


def edit(client: Client, found: Agreement, key: str, typed: dict[str, Any]) -> str:
    """Change a part as the page does: with the edition that the form carries."""
    url = reverse("part_edit", args=[found.code, key])
    edition = client.get(url).context["form"]["edition"].value() or ""
    return post(client, url, {**typed, "edition": edition})


def add(client: Client, found: Agreement, section: str, typed: dict[str, Any]) -> str:
    return post(client, reverse("part_new", args=[found.code, section]), typed)


def page(client: Client, name: str, found: Agreement) -> HttpResponse:
    answer = client.get(reverse(name, args=[found.code]))
    assert answer.status_code == 200
    return answer


def open_it(client: Client, **typed: Any) -> Agreement:
    url = reverse("agreement_open")
    post(client, url, {"unit": "SAU", "number": "12/2026", "year": "2026", **typed})
    return Agreement.objects.get(number="12/2026")


def send(client: Client, found: Agreement, note: str) -> None:
    post(client, reverse("proposal_send", args=[found.code]), {"note": note})


def aligned(sara: Client) -> Agreement:
    found = open_it(sara, with_alignment="on")
    assert found.state == "alinhamento"
    edit(sara, found, "alinhamento", {"metas": "Mais consultas.", "melhorias": "Agenda única."})
    post(sara, reverse("alignment_conclude", args=[found.code]), {"seen": ""})
    return found


def first_round(sara: Client, found: Agreement) -> None:
    edit(sara, found, "geral", GENERAL)
    add(sara, found, "parte", {"papel": "acordante", "nome": "Gabinete", "unidade": "GAB"})
    add(sara, found, "parte", {"papel": "interveniente", "nome": "Educação", "unidade": "EDU"})
    send(sara, found, "Partes e prazos.")


def second_round(house: House, carla: Client, found: Agreement) -> None:
    add(carla, found, "objeto", {"nome": "Atenção básica", "peso": "60", "descricao": "Consultas."})
    add(carla, found, "objeto", {"nome": "Estrutura", "peso": "40", "descricao": "Postos."})
    for key, item in ITEMS.items():
        indicator = indicator_of_item(house, "SAU", key)
        add(carla, found, "item", {**item, "indicador": indicator.number, "metodo": "Razão", "nome": ""})
    send(carla, found, "Objetos e metas.")


def third_round(sara: Client, found: Agreement) -> None:
    """Answer by the workbook: what gives the score, the clauses, one hypothesis of revision."""
    url = reverse("agreement_files", args=[found.code])
    book = load_workbook(io.BytesIO(sara.get(url + "planilha/").content))
    texts = {**{f"apuracao.{name}": text for name, text in RULES.items()}, **CLAUSES}
    for row in book["Cláusulas"].iter_rows(min_row=3):
        if texts.get(row[0].value):
            row[3].value = texts[row[0].value]
    book["Hipóteses de revisão"].cell(3, 2).value = "Mudança de competência."
    out = io.BytesIO()
    book.save(out)
    shown = sara.post(url, {"file": SimpleUploadedFile("pacto.xlsx", out.getvalue())})
    assert "O que muda" in text_of(shown)
    plan = shown.context["plan"].sha256
    post(sara, url, {"bilhete": shown.context["ticket"], "plano": plan, "acao": "gravar"})
    send(sara, found, "Nota e revisão.")


def sign_as(house: House, name: str, found: Agreement) -> None:
    client = already_in(house, name)
    assert "assinar por" in text_of(client.get("/"))
    signs = page(client, "agreement", found).context["signs"]
    url = reverse("pact_sign", args=[found.code, signs.party.code])
    shown = text_of(client.post(url, {"seen": ""}))
    assert found.pacts.get().sha256[:12] in shown
    assert confirm(client, url, {"seen": ""}).status_code == 302


def test_an_agreement_goes_from_alignment_to_force(house: House) -> None:
    sara, carla = already_in(house, "Sara"), already_in(house, "Carla")
    found = aligned(sara)
    told = text_of(page(carla, "agreement", found))
    assert "Agenda única." in told
    assert "É a vez da unidade central" in told
    first_round(sara, found)
    assert "É a vez do seu lado." in text_of(carla.get("/"))
    second_round(house, carla, found)

    blocked = text_of(page(sara, "agreement_conference", found))
    assert "Falta “Nota máxima”. Decreto GO nº 8.170/2014, art. 12" in blocked
    refused = sara.post(reverse("proposal_accept", args=[found.code]), {"seen": ""})
    assert refused.status_code == 422
    assert "A conferência encontrou" in errors_of(refused)
    asked = text_of(page(sara, "proposal_accept", found))
    assert "Não é possível agora." in asked
    assert "A conferência encontrou" in asked

    third_round(sara, found)
    assert "Nada impede a assinatura." in text_of(page(carla, "agreement_conference", found))
    assert "Rodada 3" in text_of(page(carla, "agreement_negotiation", found))
    assert "Aceitar a rodada 3" in text_of(page(carla, "proposal_accept", found))
    assert confirm(carla, reverse("proposal_accept", args=[found.code]), {"seen": ""}).status_code == 302
    for name in ("Gil", "Ana", "Hugo"):
        assert page(sara, "agreement", found).context["agreement"].state == "assinatura"
        sign_as(house, name, found)
    found.refresh_from_db()
    assert found.state == "vigente"
    assert Signature.objects.filter(institution=house.institution).count() == 3
    assert "É a vez de SAU e da unidade central" in text_of(page(carla, "agreement", found))


def test_what_the_card_says_fills_what_was_left_blank(house: House) -> None:
    carla = already_in(house, "Carla")
    found = open_it(carla)
    indicator = indicator_of_item(house, "SAU", "item-1")
    add(carla, found, "item", {"indicador": indicator.number, "peso": "1,5"})
    assert found.drafts.get(key="item-1").values == {
        "indicador": indicator.code,
        "especie": "indicador",
        "nome": "Consultas feitas",
        "polaridade": "maior é melhor",
        "acumulacao": "cumulativo",
        "peso": "1.5",
    }
