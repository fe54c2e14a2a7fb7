"""A quadrimestre closed for all agreements at once: one act for each, resumable; what is missing is never a zero."""

from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from pages import enter, errors_of, text_of

from addresses import add_more
from agreeing import in_force, indicator_of_item
from apura_web.agreements.models import Agreement, ClosingLine, ClosingRun, Score
from apura_web.agreements.services import closing_runs
from apura_web.indicators.periods import Period
from cast import Cast, House
from ledgers import put
from visits import work_off

pytestmark = pytest.mark.django_db
FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))
APRIL = "parcial-2014-04-30"
REACHED = {"item-1": 100, "item-2": 20, "item-3": 3, "item-4": 5}
"""By April. Proportional targets: 133 1/3, 26 2/3, 4 and 7."""


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def measured(house: House, unit: str = "SAU", share: int = 1) -> None:
    for key, value in REACHED.items():
        put(house, indicator_of_item(house, unit, key), (unit, FIRST), {"concluidos": value * share})


def asked(client: Client, house: House, key: str = APRIL) -> ClosingRun:
    sara = enter(client, house, "Sara")
    url = reverse("closing_close", args=[key])
    shown = sara.post(url, {"seen": ""})
    assert "Apurar" in text_of(shown), errors_of(shown)
    assert not ClosingRun.objects.exists()
    sara.post(url, {"seen": "", "confirmado": "sim"})
    return ClosingRun.objects.get()


def three(house: House) -> dict[str, Agreement]:
    return {unit: in_force(house, unit, year=2014) for unit in ("SAU", "EDU", "GAB")}


def test_every_agreement_gets_its_score_and_what_has_none_says_why(client: Client, house: House) -> None:
    agreements = three(house)
    measured(house)
    measured(house, "EDU")

    run = asked(client, house)

    page = text_of(client.get(run.get_absolute_url()))
    assert "Fechamento concluído" in page
    fates = dict(ClosingLine.objects.values_list("agreement__unit__acronym", "fate"))
    assert fates == {"SAU": "apurada", "EDU": "apurada", "GAB": "recusada"}
    assert "isso não é nota zero" in page
    # A: 7,5. B: (7,5 + 10 × 5/7) / 2 = (105/14 + 100/14) / 2 = 205/28. (60 × 7,5 + 40 × 205/28) / 100 = 52/7.
    assert {each.value for each in Score.objects.all()} == {"52/7"}
    assert not Score.objects.filter(agreement=agreements["GAB"]).exists()


def test_a_closing_whose_worker_died_goes_on_and_doubles_nothing(client: Client, house: House) -> None:
    three(house)
    for unit in ("SAU", "EDU", "GAB"):
        measured(house, unit)
    with patch.object(closing_runs, "SECONDS_AT_ONCE", 0.0):
        run = asked(client, house)
    assert not Score.objects.exists()
    with patch.object(closing_runs, "SECONDS_AT_A_TIME", 0.0), patch.object(closing_runs, "_hand_over"):
        closing_runs.go_on.call(code=run.code, turn=1, institution_id=house.institution.pk)
    assert Score.objects.count() == 1

    assert "à espera" in text_of(client.get(run.get_absolute_url()))
    work_off()

    run.refresh_from_db()
    assert run.finished_at is not None
    assert Score.objects.count() == 3
    work_off()
    assert Score.objects.count() == 3


def test_who_asked_and_lost_the_office_stops_the_closing(client: Client, house: House) -> None:
    three(house)
    measured(house)
    with patch.object(closing_runs, "SECONDS_AT_ONCE", 0.0):
        run = asked(client, house)
    ClosingRun.objects.filter(pk=run.pk).update(office="nenhuma")

    work_off()

    page = text_of(client.get(run.get_absolute_url()))
    assert "O fechamento parou" in page
    assert "deixou de exercer a função" in page
    assert not Score.objects.exists()
    client.post(run.get_absolute_url())
    assert Score.objects.count() == 1


def test_a_period_that_is_closed_is_offered_no_more(client: Client, house: House) -> None:
    in_force(house, year=2014)
    measured(house)
    asked(client, house)

    page = text_of(client.get(reverse("closings")))

    assert "Nota parcial do 1º quadrimestre 30/04/2014 1 1 0 todas apuradas" in page
    again = client.post(reverse("closing_close", args=[APRIL]), {"seen": "", "confirmado": "sim"})
    assert again.status_code == 302
    assert dict(ClosingLine.objects.values_list("run_id", "fate")).popitem()[1] == "ja_apurada"
    assert Score.objects.count() == 1


def test_the_first_screen_of_the_central_unit_tells_of_periods_without_score(
    client: Client, house: House
) -> None:
    three(house)
    sara = enter(client, house, "Sara")
    wanted = "Nota parcial do 1º quadrimestre, até 30/04/2014: 3 acordos sem nota"

    assert wanted in text_of(sara.get("/"))
    assert wanted not in text_of(enter(client, house, "Carla").get("/"))


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("Sara", (200, 200)),
        ("Ada", (200, 403)),
        ("Caio", (200, 403)),
        ("Carla", (403, 403)),
        ("Davi", (403, 403)),
    ],
)
def test_only_the_central_unit_closes(
    client: Client, house: House, name: str, answers: tuple[int, int]
) -> None:
    in_force(house, year=2014)
    who = enter(client, house, name)

    listed, closes = who.get(reverse("closings")), who.get(reverse("closing_close", args=[APRIL]))

    assert (listed.status_code, closes.status_code) == answers


def test_the_panel_ranks_by_the_latest_score(client: Client, house: House) -> None:
    three(house)
    measured(house)
    measured(house, "EDU", share=2)
    asked(client, house)

    page = text_of(client.get(reverse("agreements_panel")))

    # EDU: each item twice that of SAU, without limit: 104/7 = 14,857…; SAU: 52/7 = 7,428…
    assert "2 de 3 acordos com nota apurada" in page
    assert page.index("14,86") < page.index("7,43")
    assert "parcial, até 30/04/2014" in page
    assert client.get(reverse("agreements_panel"), {"exercicio": "2014"}).status_code == 200


def test_another_house_sees_no_closing(client: Client, cast: Cast, house: House) -> None:
    in_force(house, year=2014)
    measured(house)
    run = asked(client, house)
    add_more(cast.twin)
    twin = enter(client, cast.twin, "Sara")

    assert twin.get(run.get_absolute_url()).status_code == 404
    assert twin.get(reverse("closing_progress", args=[run.code])).status_code == 404
    assert twin.get(reverse("closing_close", args=[APRIL])).status_code == 404


def test_the_scores_of_an_agreement_are_a_small_line_with_its_numbers(client: Client, house: House) -> None:
    in_force(house, year=2014)
    measured(house)
    asked(client, house)

    page = client.get(reverse("agreements_panel"))
    taken = client.get(reverse("agreements_panel"), {"formato": "csv"})

    assert '<svg class="sparkline"' in page.content.decode()
    assert "7,43" in text_of(page)
    table = b"".join(taken.streaming_content).decode() if taken.streaming else taken.content.decode()
    assert "7,43" in table
    assert "svg" not in table
