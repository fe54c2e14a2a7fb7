"""The grid in a browser: by keyboard alone, pasted from a spreadsheet, beside somebody else, and without connection."""

import pytest
from hands import facts, fill, press, said
from playwright.sync_api import Page
from rig import WIDTHS, Visit, faults

from addresses import add_more
from apura_web.indicators.models import DraftCell, Measurement, Submission
from cast import Cast
from measuring import CASES, answer_of, approved, collection, measured_by

SAVED = "td.box.is-saved"


@pytest.fixture
def answer(cast: Cast) -> Submission:
    """The answer of ATE: twelve months of one indicator and three periods of another with two variables."""
    house = cast.house
    add_more(house)
    measured_by(house, approved(house, "IND-1"), "ATE")
    measured_by(house, approved(house, "IND-2", **{**CASES, "frequency": "mensal"}), "ATE")
    return answer_of(house, collection(house), "ATE")


def open_as(visit: Visit, cast: Cast, name: str, path: str) -> Page:
    visit.sign_in(cast.house.people[name].login)
    return visit.open(path)


def wait_until_saved(page: Page) -> None:
    page.locator("[data-grid-saving]", has_text="Gravado.").wait_for()


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""


def test_typing_by_keyboard_keeps_each_box_and_computes_the_result(
    visit: Visit, cast: Cast, answer: Submission
) -> None:
    page = open_as(visit, cast, "Davi", answer.get_absolute_url())
    page.get_by_label("IND-1, 1º quadrimestre de 2025, Processos concluídos no prazo", exact=True).focus()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    page.locator("[data-result]", has_text="75,00 %").wait_for()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "30"
    page.keyboard.press("ArrowDown")
    page.keyboard.type("1.234")
    page.keyboard.press("Tab")
    page.locator("td.box.is-wrong", has_text="pode ser 1234 ou 1,234").wait_for()
    assert "2 de 18 células preenchidas" in facts(page)
    assert faults(page) == []
    page.reload()
    assert page.locator("td.box.is-wrong").count() == 1
    assert sorted(DraftCell.objects.values_list("typed", flat=True)) == ["1.234", "30"]
    assert visit.complaints == []


def test_a_block_copied_from_a_spreadsheet_fills_the_boxes_and_says_what_did_not_fit(
    visit: Visit, cast: Cast, answer: Submission
) -> None:
    page = open_as(visit, cast, "Davi", answer.get_absolute_url())
    page.get_by_label("IND-2, jan/2025, Processos concluídos", exact=True).focus()
    page.evaluate(PASTE, "\t".join(str(month) for month in range(1, 14)))
    page.locator(SAVED).nth(11).wait_for()
    assert DraftCell.objects.filter(state="apurado").count() == 12
    assert [str(cell.value) for cell in DraftCell.objects.order_by("period_start")] == [
        str(month) for month in range(1, 13)
    ]
    assert "12 de 18 células preenchidas" in facts(page)


def test_two_people_in_one_box_the_second_is_told_and_nothing_is_lost(
    visit: Visit, cast: Cast, answer: Submission
) -> None:
    name = "IND-2, jan/2025, Processos concluídos"
    davi = open_as(visit, cast, "Davi", answer.get_absolute_url())
    mila = open_as(visit, cast, "Mila", answer.get_absolute_url())
    davi.get_by_label(name, exact=True).fill("31")
    davi.keyboard.press("Tab")
    wait_until_saved(davi)
    mila.get_by_label(name, exact=True).fill("33")
    mila.keyboard.press("Tab")
    mila.locator("td.box.is-conflict", has_text="Outra pessoa gravou “31”").wait_for()
    assert mila.get_by_label(name, exact=True).input_value() == "33"
    assert DraftCell.objects.get().typed == "31"
    assert [each for each in visit.complaints if "409 (Conflict)" not in each] == []
    visit.complaints.clear()  # the refusal itself


def test_what_is_typed_while_the_connection_fails_is_kept_and_saved_when_it_comes_back(
    visit: Visit, cast: Cast, answer: Submission
) -> None:
    page = open_as(visit, cast, "Davi", answer.get_absolute_url())
    page.route("**/celulas/", lambda route: route.abort())
    page.get_by_label("IND-2, jan/2025, Processos concluídos", exact=True).fill("31")
    page.keyboard.press("Tab")
    page.locator("[data-grid-saving].is-bad", has_text="O que você digitou continua aqui").wait_for()
    page.unroute("**/celulas/")
    wait_until_saved(page)
    assert DraftCell.objects.get().typed == "31"
    visit.complaints.clear()  # the failed request itself


def test_a_unit_sends_the_coordinator_returns_and_accepts_without_leaving_the_pages(
    visit: Visit, cast: Cast, answer: Submission
) -> None:
    mila = open_as(visit, cast, "Mila", answer.get_absolute_url())
    mila.get_by_label("IND-2, jan/2025, Processos concluídos", exact=True).focus()
    mila.evaluate(PASTE, "\t".join(["10"] * 12))
    mila.locator(SAVED).nth(11).wait_for()
    mila.get_by_label("IND-1, 1º quadrimestre de 2025, Processos concluídos no prazo", exact=True).focus()
    mila.evaluate(PASTE, "30\t31\t32\n40\t40\tn/i")
    mila.locator(SAVED).nth(17).wait_for()
    mila.get_by_role("link", name="Enviar apurações").click()
    press(mila, "Continuar")
    assert "Falta o motivo em: IND-1, 3º quadrimestre de 2025, Processos concluídos." in facts(mila)
    mila.goto(answer.get_absolute_url())
    mila.get_by_label("Motivo ou justificativa").last.fill("O sistema caiu.")
    mila.keyboard.press("Tab")
    wait_until_saved(mila)
    mila.get_by_role("link", name="Enviar apurações").click()
    press(mila, "Continuar")
    assert faults(mila) == []
    press(mila, "Enviar apurações")
    assert "Apurações enviadas" in said(mila)
    assert Measurement.objects.count() == 18
    carla = open_as(visit, cast, "Carla", "/")
    carla.get_by_role("link", name="Conferir").click()
    carla.get_by_role("link", name="Devolver para complementação").click()
    fill(carla, O_que_falta="Confira o 3º quadrimestre.")
    press(carla, "Devolver para complementação")
    mila.goto("/")
    mila.get_by_role("link", name="Preencher").click()
    assert "Confira o 3º quadrimestre." in facts(mila)
    mila.set_viewport_size({"width": WIDTHS["estreita"], "height": 900})
    mila.get_by_label("IND-1, 3º quadrimestre de 2025, Processos concluídos", exact=True).fill("40")
    mila.keyboard.press("Tab")
    wait_until_saved(mila)
    mila.get_by_role("link", name="Enviar apurações").click()
    press(mila, "Continuar")
    press(mila, "Enviar apurações")
    carla.goto(answer.get_absolute_url())
    carla.get_by_role("link", name="Aceitar").click()
    press(carla, "Continuar")
    press(carla, "Aceitar apurações")
    assert "Apurações aceitas." in said(carla)
    assert faults(carla) == []
    assert Measurement.objects.count() == 19
    assert visit.complaints == []
