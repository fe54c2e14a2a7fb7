"""The first screen says whose turn it is, and why by that day."""

from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from addresses import add_more
from apura_web.indicators.services import rounds
from cast import Cast
from measuring import CASES, answer_of, approved, collection, measured_by, type_in


def test_the_first_screen_leads_who_fills_and_then_who_checks(client: Client, cast: Cast) -> None:
    house = cast.house
    add_more(house)
    measured_by(house, approved(house, "IND-1", **CASES), "ATE")
    answer = answer_of(house, collection(house), "ATE")
    davi = text_of(enter(client, house, "Davi").get("/"))
    assert "O que espera por mim ATE: Coleta de 2025 em elaboração a vencer vence" in davi
    assert "30 dias do fim do período (regra fictícia)." in davi
    assert "O que espera por mim" not in text_of(enter(client, house, "Elisa").get("/"))
    type_in(answer, {"IND-1": "10"}, actor=house.actor("Davi"))
    rounds.send(answer, actor=house.actor("Mila"), at=timezone.now())
    assert "O que espera por mim" not in text_of(enter(client, house, "Davi").get("/"))
    assert "ATE: Coleta de 2025 enviado Conferir" in text_of(enter(client, house, "Carla").get("/"))


def test_what_is_late_says_by_how_many_days(client: Client, cast: Cast) -> None:
    house = cast.house
    measured_by(house, approved(house, "IND-1", **CASES), "ATE")
    collection(house, opens=-30, due=-3, closes=30)
    assert "atrasado há 3 dias" in text_of(enter(client, house, "Davi").get("/"))
