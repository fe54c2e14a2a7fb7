"""One indicator from its card to a corrected number, all through the doors people and programs use."""

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pages import HIDDEN, confirm, enter, errors_of, text_of
from test_card_editor import CARD

from addresses import add_more
from apura_web.audit.trail import head_of
from apura_web.audit.verification import verify
from apura_web.indicators.models import Indicator, Measurement, Round, Submission
from apura_web.indicators.selectors.ledger import standing_only
from apura_web.indicators.services import rounds
from cast import Cast, House
from measuring import FIRST, SECOND, THIRD, YEAR_2025, collection, grid, type_in
from programs import key_for, program, told


def done(answer: Any) -> Any:
    assert answer.status_code == 302, errors_of(answer)
    return answer


def at(indicator: Indicator, name: str) -> str:
    return reverse(name, args=[indicator.code])


def approve_the_card(client: Client, house: House) -> Indicator:
    """Carla writes the card, Sara examines it and registers the act that approves it."""
    carla = enter(client, house, "Carla")
    done(carla.post(reverse("indicator_new"), CARD))
    indicator = Indicator.objects.get(number="IND-9")
    done(carla.post(at(indicator, "card_send"), {"seen": ""}))
    sara = enter(client, house, "Sara")
    done(sara.post(at(indicator, "card_examine"), {"opinion": "De acordo.", "seen": ""}))
    act = {"legal_act": "Decreto nº 1/2024", "from_on": "02/01/2024", "seen": ""}
    done(confirm(sara, at(indicator, "card_approve"), act))
    carla = enter(client, house, "Carla")
    for unit in ("ATE", "EDU"):
        person = carla if unit == "ATE" else enter(client, house, "Sara")
        done(
            person.post(
                at(indicator, "indicator_assign"), {"unit": unit, "from_on": "01/01/2025", "seen": ""}
            )
        )
    return indicator


def fix_the_targets(client: Client, house: House, indicator: Indicator) -> None:
    carla = enter(client, house, "Carla")
    rows = {f"valor-{period.key}": "80" for period in (FIRST, SECOND, THIRD)}
    rows[f"valor-{YEAR_2025.key}"] = "80"
    plan = {"unidade": house.units["ATE"].code, "ano": "2025", "provenance": "plano", "origin": "Plano 2025"}
    done(confirm(carla, at(indicator, "targets_set"), {**plan, **rows}))


def by_grid(client: Client, answer: Submission) -> None:
    boxes = [box for box in grid(answer).boxes if box.period == FIRST]
    sent = [{"key": box.key, "typed": text, "seen": 0} for box, text in zip(boxes, ("30", "40"), strict=True)]
    url = f"{answer.get_absolute_url()}celulas/"
    told_back = client.post(url, {"celulas": sent}, content_type="application/json").json()
    assert [each["situacao"] for each in told_back["celulas"]] == ["gravada", "gravada"]


def by_sheet(client: Client, answer: Submission) -> None:
    url = f"{answer.get_absolute_url()}planilha/"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}baixar/").content))
    sheet = book["Quadrimestral"]
    column = next(cell.column for cell in sheet[2] if cell.value == SECOND.label)
    for row, number in ((4, 20), (5, 50)):
        sheet.cell(row, column).value = number
    out = io.BytesIO()
    book.save(out)
    staged = done(client.post(url, {"file": SimpleUploadedFile("grade.xlsx", out.getvalue())}))["Location"]
    assert "20" in text_of(client.get(staged))
    done(client.post(staged))


def by_program(house: House, answer: Submission) -> None:
    boxes = [box for box in grid(answer).boxes if box.period == THIRD]
    cells = [
        {
            "indicador": box.indicator.code,
            "inicio": box.period.start.isoformat(),
            "fim": box.period.end.isoformat(),
            "variavel": box.variable.name,
            "valor": number,
            "firmeza": "provisorio",
            "data_base": "2025-12-31",
        }
        for box, number in zip(boxes, ("9", "10"), strict=True)
    ]
    path = f"/api/v1/remessas/{answer.code}/celulas"
    headers = {"idempotency-key": "terceiro-periodo"}
    mila = program(key_for(house, "Mila"))
    sent = mila.post(path, {"celulas": cells}, content_type="application/json", headers=headers)
    assert sent.status_code == 200, sent.content


def correct(client: Client, house: House, indicator: Indicator) -> None:
    """The source gives the definitive numbers of the third period: 6 of 10, not 9."""
    carla = enter(client, house, "Carla")
    url = f"/indicadores/{indicator.code}/valor/{house.units['ATE'].code}/{THIRD.key}/corrigir/"
    page = carla.get(url).content.decode()
    typed = {
        **dict(HIDDEN.findall(page)),
        "v_no_prazo": "6",
        "v_concluidos": "10",
        "correction": "definitivo",
        "certainty": "definitivo",
        "based_on": "",
        "received_on": "05/03/2026",
        "reason": "A fonte divulgou o número definitivo.",
    }
    done(confirm(carla, url, typed))


def test_from_the_card_to_a_corrected_number_known_differently_at_two_points_of_the_trail(
    client: Client, cast: Cast
) -> None:
    house = cast.house
    add_more(house)
    indicator = approve_the_card(client, house)
    fix_the_targets(client, house, indicator)
    opened: Round = collection(house)
    ate, edu = (
        Submission.objects.select_related("round", "unit", "institution").get(
            round=opened, unit=house.units[unit]
        )
        for unit in ("ATE", "EDU")
    )
    davi = enter(client, house, "Davi")
    by_grid(davi, ate)
    by_sheet(davi, ate)
    by_program(house, ate)
    done(confirm(enter(client, house, "Mila"), f"{ate.get_absolute_url()}enviar/", {"received_through": ""}))
    done(confirm(enter(client, house, "Carla"), f"{ate.get_absolute_url()}aceitar/", {"seen": ""}))
    type_in(edu, {"IND-9": "10"}, actor=house.system)
    rounds.send(edu, actor=house.system, at=timezone.now())
    rounds.accept(edu, actor=house.actor("Sara"), at=timezone.now())
    before = head_of(house.institution.pk).seq
    correct(client, house, indicator)

    sara = enter(client, house, "Sara")
    now, then = (text_of(sara.get(f"{indicator.get_absolute_url()}{end}")) for end in ("", f"?ate={before}"))
    # Third period, both units: (6 + 10) ÷ (10 + 10) = 80 % now, (9 + 10) ÷ 20 = 95 % as it was known.
    assert "80,00%" in now
    assert "95,00%" not in now
    assert "95,00%" in then
    assert "provisório" in then
    # The year, by the rule of the card: (30 + 20 + 6 + 30) ÷ (40 + 50 + 10 + 30) = 86 ÷ 130 = 66,15 % (66,1538…).
    assert "66,15%" in now
    chart = sara.get(f"{indicator.get_absolute_url()}?formato=svg").content.decode()
    assert "80,00" in chart
    series = told(program(key_for(house, "Sara")), f"indicadores/{indicator.code}/apuracoes")
    mine = [each for each in series["itens"] if each["sigla"] == "ATE"]
    # 30 ÷ 40 = 75 %, 20 ÷ 50 = 40 %, 6 ÷ 10 = 60 %.
    assert [each["resultado"] for each in mine] == ["75", "40", "60"]
    assert Measurement.objects.count() == 14  # twelve sent, two that replaced
    assert standing_only(Measurement.objects.filter(unit=house.units["ATE"])).count() == 6
    assert verify(house.institution).is_whole
