"""The pages of scores: made and made again through the web, opened to the measurement, and shut to who may not."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of

from addresses import add_more
from agreeing import in_force, indicator_of_item
from apura_web.agreements.models import Adoption, Agreement, ItemReading, Score
from apura_web.indicators.periods import Period
from cast import Cast, House
from ledgers import put

pytestmark = pytest.mark.django_db
FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))
SECOND = Period(date(2014, 5, 1), date(2014, 8, 31))
MARCO = {
    "especie": "marco",
    "indicador": "",
    "polaridade": "",
    "prazo": "2014-06-30",
    "meta_final": "1",
    "acumulacao": "fim do período",
    "metodo": "Tudo ou nada, maior é melhor",
}


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def url(name: str, agreement: Agreement, *more: str) -> str:
    return reverse(name, args=[agreement.code, *more])


def measured(house: House, values: dict[str, str], term: Period = FIRST, **how: object) -> None:
    for key, value in values.items():
        put(house, indicator_of_item(house, "SAU", key), ("SAU", term), {"concluidos": value}, **how)


APRIL = "parcial-2014-04-30"
NOTHING_SEEN = {"seen": ""}
# 400, 80 and 12 × 4/12: 133 1/3, 26 2/3 and 4. 100 ÷ 133 1/3 = 0,75; 20 ÷ 26 2/3 = 0,75; 3 ÷ 4 = 0,75.
THREE_QUARTERS = {"item-1": "100", "item-2": "20", "item-3": "3"}


def test_a_quadrimestre_is_closed_opened_and_made_again(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014, changes={"item-4": MARCO})
    measured(house, THREE_QUARTERS)
    sara = enter(client, house, "Sara")

    page = text_of(sara.get(url("agreement_scores", agreement)))
    assert "Nota parcial do 1º quadrimestre 01/01/2014 a 30/04/2014 pode ser apurada não há" in page

    # Object A: 7,5. Object B: the milestone has nothing recorded, so the other item alone: 7,5. All of it: 7,50.
    assert "A nota é 7,50" in text_of(sara.get(url("score_compute", agreement, APRIL)))
    shown = sara.post(url("score_compute", agreement, APRIL), NOTHING_SEEN)
    assert "A nota é 7,50" in text_of(shown)
    assert "Não apurado: Equipes completas (nada foi registrado até o fim do período)." in text_of(shown)
    assert not Score.objects.exists()
    done = confirm(sara, url("score_compute", agreement, APRIL), NOTHING_SEEN)
    score = Score.objects.get()
    assert done.headers["Location"] == reverse("calculation", args=[score.calculation.code])
    assert score.value == "15/2"

    page = text_of(sara.get(url("agreement_scores", agreement)))
    assert "já foi apurada em" in text_of(sara.get(url("score_compute", agreement, APRIL)))
    assert "apurada 7,50 : memória de cálculo da Nota parcial do 1º quadrimestre" in page
    assert "alcança a mínima a partir de 7" in page
    assert "1 não apurado" in page

    again = url("score_recompute", agreement, APRIL)
    same = sara.post(again, {"reason": "Conferir."})
    assert "Nada mudou desde a última apuração" in errors_of(same)
    item = url("item_read", agreement, "item-4")
    shows = SimpleUploadedFile("termo.pdf", b"%PDF-1.7 termo de recebimento", "application/pdf")
    typed = {"until_on": "30/04/2014", "state": "apurado", "value": "1", "done_on": "12/04/2014"}
    assert sara.post(item, {**typed, "document": shows}).status_code == 302
    handed = sara.get(url("item_document", agreement, ItemReading.objects.get().code))
    assert b"".join(handed.streaming_content) == b"%PDF-1.7 termo de recebimento"  # type: ignore[attr-defined]
    # B: (7,5 + 10) / 2 = 8,75. (60 × 7,5 + 40 × 8,75) / 100 = 8,00.
    confirm(sara, again, {"reason": "Marco registrado depois."})
    assert [each.value for each in Score.objects.order_by("pk")] == ["15/2", "8"]
    page = text_of(sara.get(url("agreement_scores", agreement)))
    assert "Nota parcial até 30/04/2014: 7,50" in page
    assert "apurada de novo: Marco registrado depois." in page


def test_every_number_opens_to_the_measurement_it_came_from(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    measured(house, {**THREE_QUARTERS, "item-4": "5"})
    sara = enter(client, house, "Sara")
    confirm(sara, url("score_compute", agreement, APRIL), NOTHING_SEEN)
    score = Score.objects.get()

    page = sara.get(reverse("outcome", args=[score.calculation.code, "nota_item", "item-1"]))
    indicator = indicator_of_item(house, "SAU", "item-1")
    source = reverse("indicator_value", args=[indicator.code, house.units["SAU"].code, FIRST.key])
    assert f'href="{source}"' in page.content.decode()
    assert f'href="{agreement.get_absolute_url()}#parte-item-1"' in page.content.decode()
    assert sara.get(source).status_code == 200


def test_a_value_over_two_quadrimestres_has_a_page_of_its_own(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    measured(house, {**THREE_QUARTERS, "item-4": "5"})
    measured(house, {**THREE_QUARTERS, "item-4": "5"}, SECOND)
    sara = enter(client, house, "Sara")
    confirm(sara, url("score_compute", agreement, "parcial-2014-08-31"), NOTHING_SEEN)
    whole = Period(FIRST.start, SECOND.end)

    indicator = indicator_of_item(house, "SAU", "item-1")
    source = reverse("indicator_value", args=[indicator.code, house.units["SAU"].code, whole.key])
    page = text_of(sara.get(source))
    assert "200 processos" in page  # 100 + 100


def test_monitoring_shows_what_the_score_found_and_what_changed_since(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    measured(house, {**THREE_QUARTERS, "item-4": "7"})  # 7 = 21 × 4/12: reached
    sara = enter(client, house, "Sara")
    before = text_of(sara.get(url("agreement_monitoring", agreement)))
    assert "Consultas feitas 3 400 100 , Consultas feitas" in before
    confirm(sara, url("score_compute", agreement, APRIL), NOTHING_SEEN)
    measured(house, {"item-1": "120"})

    page = text_of(sara.get(url("agreement_monitoring", agreement)))

    assert "mudou depois da apuração: hoje, 120" in page
    assert "nota 7,50 não alcançada" in page
    assert "nota 10,00 alcançada" in page


def test_a_reading_is_adopted_by_minutes(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    minutes = house.act("8", date(2014, 5, 20), kind="ata")
    sara = enter(client, house, "Sara")
    typed = {
        "interpretation": "proporcao-temporal",
        "reading": "por dias",
        "legal_act": str(minutes),
        "from_on": "02/01/2014",
    }
    wrong = sara.post(url("reading_adopt", agreement), {**typed, "reading": "contar como zero"})
    assert "As leituras de “Proporção temporal” são" in errors_of(wrong)

    assert sara.post(url("reading_adopt", agreement), typed).status_code == 302

    assert Adoption.objects.get().reading == "por dias"
    page = text_of(sara.get(url("agreement_scores", agreement)))
    assert "por dias Ata nº 8/2014, para este acordo" in page


def test_a_reading_of_the_house_holds_for_all_until_an_agreement_has_its_own(
    client: Client, house: House
) -> None:
    agreement = in_force(house, year=2014)
    measured(house, {**THREE_QUARTERS, "item-4": "5"})
    act, minutes = house.act("20", date(2014, 2, 1)), house.act("21", date(2014, 3, 1), kind="ata")
    sara = enter(client, house, "Sara")
    doubt = {"interpretation": "arredondamento-da-nota", "from_on": "01/01/2014"}
    whole = {**doubt, "reading": "duas casas na nota do acordo", "legal_act": str(act)}
    confirm(sara, reverse("adoption_new"), whole)

    shown = text_of(sara.get(reverse("adoptions")))
    assert "duas casas na nota do acordo todos os acordos 01/01/2014" in shown
    # Exact: 52/7 = 7,428…; with two places, by the reading of the house: 7,43.
    confirm(sara, url("score_compute", agreement, APRIL), NOTHING_SEEN)
    assert Score.objects.latest("pk").value == "743/100"

    own = {**doubt, "reading": "exata", "legal_act": str(minutes)}
    assert sara.post(url("reading_adopt", agreement), own).status_code == 302
    confirm(sara, url("score_recompute", agreement, APRIL), {"reason": "Ata da comissão."})
    assert Score.objects.latest("pk").value == "52/7"


def test_the_other_years_of_a_body_are_told_beside_its_scores(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    in_force(house, year=2015, number="1/2015")
    sara = enter(client, house, "Sara")

    page = text_of(sara.get(url("agreement_scores", agreement)))

    assert "Outros acordos de SAU 2015 nº 1/2015 sem nota apurada aqui vigente" in page


def test_bad_input_is_told_and_leaves_nothing(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014, changes={"item-4": MARCO})
    sara = enter(client, house, "Sara")
    nothing = sara.post(url("score_compute", agreement, APRIL), NOTHING_SEEN)
    assert "isso não é nota zero" in errors_of(nothing)
    asked = text_of(sara.get(url("score_compute", agreement, APRIL)))
    assert "Não é possível agora." in asked
    assert "isso não é nota zero" in asked
    item = url("item_read", agreement, "item-4")
    day = {"until_on": "30/04/2014"}
    assert "Informe o realizado" in errors_of(sara.post(item, {**day, "state": "apurado"}))
    assert "Diga o que aconteceu" in errors_of(sara.post(item, {**day, "state": "não apurado"}))
    cancelled = {**day, "state": "cancelado", "reason": "Perdeu o objeto."}
    assert "só é cancelado por ato" in errors_of(sara.post(item, cancelled))
    out = {"until_on": "30/04/2015", "state": "apurado", "value": "1"}
    assert "O período avaliatório vai de" in errors_of(sara.post(item, out))
    ambiguous = sara.post(item, {**day, "state": "apurado", "value": "1.234"})
    assert ambiguous.status_code == 422
    measured_item = url("item_read", agreement, "item-1")
    assert sara.post(measured_item, {**day, "state": "apurado", "value": "1"}).status_code == 422
    assert not ItemReading.objects.exists()
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("name", "answer"),
    [("Carla", 403), ("Ana", 403), ("Caio", 403), ("Davi", 403), ("Elisa", 403), ("Sara", 200)],
)
def test_only_the_central_unit_makes_scores(client: Client, house: House, name: str, answer: int) -> None:
    agreement = in_force(house, year=2014)
    who = enter(client, house, name)

    assert who.get(url("agreement_scores", agreement)).status_code == 200
    assert who.get(url("score_compute", agreement, APRIL)).status_code == answer


def test_another_institution_sees_nothing(client: Client, cast: Cast) -> None:
    agreement = in_force(cast.house, year=2014)
    add_more(cast.twin)
    twin = enter(client, cast.twin, "Sara")

    for name in ("agreement_scores", "agreement_monitoring"):
        assert twin.get(url(name, agreement)).status_code == 404


def test_the_queries_do_not_grow_with_the_items(client: Client, house: House) -> None:
    more: dict[str, dict[str, str]] = {f"item-{each}": {} for each in range(5, 13)}
    few, many = in_force(house, year=2014), in_force(house, "EDU", year=2014, changes=more)
    measured(house, {**THREE_QUARTERS, "item-4": "7"})
    for key in THREE_QUARTERS:
        put(house, indicator_of_item(house, "EDU", key), ("EDU", FIRST), {"concluidos": "3"})
    sara = enter(client, house, "Sara")
    for name in ("agreement_monitoring", "agreement_scores"):
        counts = []
        for agreement in (few, many):
            with CaptureQueriesContext(connection) as queries:
                assert sara.get(url(name, agreement)).status_code == 200
            counts.append(len(queries))
        assert counts[1] <= counts[0], name
        assert counts[0] < 60, name
