"""Writing a card and fixing targets in a real browser: by keyboard with the live check, and without scripts."""

from fractions import Fraction

import pytest
from playwright.sync_api import Page
from rig import WIDTHS, Visit, faults

from addresses import add_more
from apura_web.indicators.models import CardProposal, Target
from apura_web.indicators.periods import year_of
from apura_web.indicators.services import targets
from apura_web.indicators.services.targets import Origin, Value
from cast import NOON, Cast
from measuring import CASES, approved, measured_by

FIELDS = {
    "Sigla ou número": "IND-7",
    "Para que serve": "Dizer se os processos terminam quando deviam.",
    "Fonte obrigatório": "Sistema de protocolo",
    "Procedimento de coleta": "Contar no último dia do período.",
}
CHOICES = {
    "Unidade de medida obrigatório": "%",
    "Polaridade": "maior",
    "Frequência": "quadrimestral",
    "O que os períodos fazem juntos": "razao_de_somas",
}


def fill_the_rest(page: Page) -> None:
    page.locator("#id_name").fill("Processos concluídos no prazo")
    for label, text in FIELDS.items():
        page.get_by_label(label).fill(text)
    for label, value in CHOICES.items():
        page.get_by_label(label).select_option(value)


@pytest.mark.usefixtures("cast")
def test_a_card_is_written_by_keyboard_and_checked_while_it_is_typed(cast: Cast, visit: Visit) -> None:
    visit.sign_in(cast.house.people["Carla"].login)
    page = visit.open("/indicadores/novo/")
    fill_the_rest(page)
    keys = page.keyboard
    page.locator("#id_v0-label").focus()
    keys.type("No prazo")
    keys.press("Tab")
    assert page.locator("#id_v0-name").input_value() == "no_prazo"
    page.locator("#acrescentar-variavel").focus()
    keys.press("Enter")
    page.locator("#id_v1-label").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_v1-label"
    keys.type("Concluídos")
    assert page.locator("#id_v1-name").input_value() == "concluidos"
    page.locator("#id_formula").focus()
    keys.type("100 * no_prazo / concluidos")
    page.get_by_text("não diz como arredonda").first.wait_for()
    keys.press("Control+A")
    keys.type("arred(100 * no_prazo / concluidos; 2)")
    page.get_by_text("A fórmula está em ordem").wait_for()
    assert page.locator("#conferencia math").count() == 1
    page.locator("#exemplo-no_prazo").focus()
    keys.type("2")
    keys.press("Tab")
    keys.type("3")
    page.get_by_text("Resultado: 66,67 %").wait_for()  # 200 ÷ 3
    assert page.evaluate("document.activeElement.id") == "exemplo-concluidos"
    assert faults(page) == []
    page.locator("#id_number").focus()
    keys.press("Enter")
    page.get_by_text("Indicador criado").wait_for()
    assert [each.name for each in CardProposal.objects.get().read_variables] == ["no_prazo", "concluidos"]
    assert faults(page) == []


@pytest.mark.usefixtures("cast")
def test_a_row_taken_out_takes_its_numbers_and_leaves_the_rest(cast: Cast, visit: Visit) -> None:
    visit.sign_in(cast.house.people["Carla"].login)
    page = visit.open("/indicadores/novo/", WIDTHS["estreita"])
    page.locator("#id_v0-label").fill("Abertos")
    page.locator("#acrescentar-variavel").click()
    page.locator("#id_v1-label").fill("Concluídos")
    page.locator("#id_source").fill("Sistema")
    page.locator("#retirar-0").click()
    page.locator("#id_v1-label").wait_for(state="detached")
    assert page.locator("#id_v0-label").input_value() == "Concluídos"
    assert page.locator("#id_source").input_value() == "Sistema"
    assert page.evaluate("document.activeElement.id") == "id_v0-label"


@pytest.mark.usefixtures("cast")
def test_a_card_is_written_without_scripts(cast: Cast, visit: Visit) -> None:
    visit.sign_in(cast.house.people["Carla"].login)
    page = visit.open("/indicadores/novo/", java_script_enabled=False)
    fill_the_rest(page)
    page.locator("#id_v0-label").fill("No prazo")
    page.get_by_role("button", name="Acrescentar variável").click()
    page.locator("#id_v1-label").fill("Concluídos")
    page.locator("#id_formula").fill("arred(100 * no_prazo / concluidos; 2)")
    page.get_by_role("button", name="Conferir fórmula").click()
    page.locator("#exemplo-no_prazo").fill("3")
    page.locator("#exemplo-concluidos").fill("4")
    page.get_by_role("button", name="Conferir fórmula").click()
    page.get_by_text("Resultado: 75 %").wait_for()  # 300 ÷ 4
    page.get_by_role("button", name="Gravar proposta").click()
    page.get_by_text("Indicador criado").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_targets_are_shared_out_changed_and_confirmed(cast: Cast, visit: Visit, *, scripts: bool) -> None:
    house = cast.house
    add_more(house)
    found = approved(house, "IND-1", **CASES)
    measured_by(house, found, "ATE")
    visit.sign_in(house.people["Carla"].login)
    page = visit.open(f"/indicadores/{found.code}/metas/fixar/?ano=2026", java_script_enabled=scripts)
    page.get_by_label("Meta de 2026").fill("100")
    page.get_by_role("button", name="Distribuir a meta do ano").click()
    page.get_by_text("o que sobrou (1) ficou no último período").wait_for()
    page.get_by_label("Meta de 3º quadrimestre de 2026").fill("40")
    page.get_by_label("De onde vem").select_option("plano")
    if scripts:
        assert faults(page) == []
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("heading", name="Fixar as metas de 2026 de IND-1 em ATE?").wait_for()
    if scripts:
        assert faults(page) == []
    page.get_by_role("button", name="Fixar metas").click()
    page.get_by_text("Metas fixadas.").wait_for()
    assert [row.value for row in Target.objects.order_by("period_end", "-period_start")] == [33, 33, 40, 100]


def test_on_paper_the_targets_that_gave_way_are_all_there(cast: Cast, visit: Visit) -> None:
    house = cast.house
    found = approved(house, "IND-1", **CASES)
    measured_by(house, found, "ATE")
    for value, reason in ((60, ""), (45, "Revisão do plano.")):
        targets.set_targets(
            found,
            values=[Value(house.units["ATE"], year_of(2026), Fraction(value))],
            origin=Origin("plano", "Plano 2024–2027", None, reason),
            actor=house.system,
            at=NOON,
        )
    visit.sign_in(house.people["Davi"].login)
    page = visit.open(f"/indicadores/{found.code}/metas/")
    before = page.get_by_text("Mudou porque: Revisão do plano.")
    assert not before.is_visible()
    page.emulate_media(media="print")
    assert before.is_visible()
    page.emulate_media(media="screen")
    page.get_by_text("1 anterior").click()
    assert before.is_visible()
    assert faults(page) == []
