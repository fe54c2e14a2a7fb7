"""From a pact in force to its final score, through the pages: three grids, two partial scores, a correction, the end.

Object A (60): targets 400 (weight 3) and 80 (weight 2); object B (40): targets 12 and 21, equal weights. Scale 10.

              1º q.   2º q.   3º q.
item-1          100     120     160     item-3   3    4    4
item-2           20      28      28     item-4   7    7    6

By April (4/12 of the targets: 133 1/3, 26 2/3, 4, 7): 0,75; 0,75; 0,75; 1. A: 7,5. B: 8,75. Score: 4,5 + 3,5 = 8,00.
By August (8/12: 266 2/3, 53 1/3, 8, 14): 220 → 0,825; 48 → 0,9; 7 → 0,875; 14 → 1.
  A: (3 × 8,25 + 2 × 9) / 5 = 8,55. B: 9,375. Score: 5,13 + 3,75 = 8,88.
By December: 380/400 = 0,95; 76/80 = 0,95; 11/12; 20/21. The worked case G4: 991/105 = 9,4380…
Corrected: item-3 of the first quadrimestre was 4, and not 3: 12/12 = 1.
  B: 10 × (1 + 20/21) / 2 = 205/21. Score: 5,7 + 0,4 × 205/21 = 57/10 + 82/21 = 2017/210 = 9,6047…
"""

import re
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of

from addresses import add_more
from agreeing import ITEMS, in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Score
from apura_web.audit.verification import verify
from apura_web.indicators.models import Round, Submission
from apura_web.indicators.periods import Period, cut
from cast import Cast, House
from measuring import collection, grid

pytestmark = pytest.mark.django_db
TERMS = tuple(cut(2014, number, 4) for number in range(3))
TYPED = {
    "item-1": ("100", "120", "160"),
    "item-2": ("20", "28", "28"),
    "item-3": ("3", "4", "4"),
    "item-4": ("7", "7", "6"),
}


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def done(answer: Any) -> Any:
    assert answer.status_code == 302, errors_of(answer)
    return answer


def measured_in(client: Client, house: House, number: int) -> None:
    """Carla types the grid of a quadrimestre and sends it; Sara accepts it."""
    opened: Round = collection(house, TERMS[number])
    rows = Submission.objects.select_related("round", "unit", "institution")
    answer = rows.get(round=opened, unit=house.units["SAU"])
    wanted = {indicator_of_item(house, "SAU", key).pk: texts[number] for key, texts in TYPED.items()}
    boxes = [(box, wanted[box.indicator.pk]) for box in grid(answer).boxes]
    sent = [{"key": box.key, "typed": text, "seen": 0} for box, text in boxes]
    carla, url = enter(client, house, "Carla"), answer.get_absolute_url()
    told = carla.post(f"{url}celulas/", {"celulas": sent}, content_type="application/json").json()
    assert {each["situacao"] for each in told["celulas"]} == {"gravada"}
    done(confirm(carla, f"{url}enviar/", {"received_through": ""}))
    done(confirm(enter(client, house, "Sara"), f"{url}aceitar/", {"seen": ""}))


def closed(client: Client, house: House, agreement: Agreement, key: str) -> Score:
    sara = enter(client, house, "Sara")
    done(confirm(sara, reverse("score_compute", args=[agreement.code, key]), {"seen": ""}))
    return Score.objects.latest("pk")


def corrected(client: Client, house: House, key: str, value: str) -> None:
    """Carla corrects what was measured in the first quadrimestre."""
    period: Period = TERMS[0]
    indicator = indicator_of_item(house, "SAU", key)
    url = reverse("value_correct", args=[indicator.code, house.units["SAU"].code, period.key])
    carla = enter(client, house, "Carla")
    shown = carla.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    typed = {
        **hidden,
        "v_concluidos": value,
        "correction": "erro",
        "certainty": "definitivo",
        "received_on": "10/03/2026",
        "reason": "Um posto ficou fora da contagem.",
    }
    done(confirm(carla, url, typed))


def test_from_the_grids_to_the_final_score_made_again(client: Client, house: House) -> None:
    agreement = in_force(house, year=2014)
    assert set(TYPED) == set(ITEMS)
    measured_in(client, house, 0)
    assert closed(client, house, agreement, "parcial-2014-04-30").value == "8"
    measured_in(client, house, 1)
    assert Fraction(closed(client, house, agreement, "parcial-2014-08-31").value) == Fraction("8.88")
    measured_in(client, house, 2)
    assert Fraction(closed(client, house, agreement, "final-2014-12-31").value) == Fraction(991, 105)

    corrected(client, house, "item-3", "4")
    sara = enter(client, house, "Sara")
    followed = text_of(sara.get(reverse("agreement_monitoring", args=[agreement.code])))
    assert (
        followed.count("mudou depois da apuração") == 3
    )  # the three closings rest on the first quadrimestre
    again = reverse("score_recompute", args=[agreement.code, "final-2014-12-31"])
    done(confirm(sara, again, {"seen": "", "reason": "Apuração de postos corrigida."}))
    last = Score.objects.latest("pk")
    assert Fraction(last.value) == Fraction(2017, 210)

    compare = [last.replaces.calculation.code, last.calculation.code]  # type: ignore[union-attr]
    told = text_of(sara.get(reverse("calculation_compare", args=compare)))
    assert "11" in told
    assert "12" in told
    page = text_of(sara.get(reverse("agreement_scores", args=[agreement.code])))
    assert "Nota final: 9,60" in page
    assert "apurada de novo: Apuração de postos corrigida." in page
    assert verify(house.institution).is_whole
