"""Seeing and correcting a result in a real browser: by the keyboard, in the panel beside the page, and back in time."""

from rig import WIDTHS, Visit, faults

from apura_web.audit.trail import head_of
from apura_web.indicators.models import Indicator
from cast import Cast
from ledgers import promise, share
from measuring import FIRST, SECOND, approved, measured_by


def measured(cast: Cast) -> Indicator:
    """SAU closes 30 of 40 in time, then 20 of 40, against a target of 70 %."""
    house = cast.house
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("EDU", FIRST), (6, 10))
    for period, numbers in ((FIRST, (30, 40)), (SECOND, (20, 40))):
        share(house, found, ("SAU", period), numbers)
        promise(house, found, ("SAU", period), 70)
    return found


def test_a_number_opens_its_explanation_beside_the_page_and_gives_the_focus_back(
    visit: Visit, cast: Cast
) -> None:
    found = measured(cast)
    visit.sign_in(cast.house.people["Elisa"].login)
    page = visit.open(f"{found.get_absolute_url()}?unidade={cast.house.units['SAU'].code}")
    number = page.locator(".results td.number a", has_text="50,00%")
    number.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog.panel")
    panel.get_by_text("100 × 20 ÷ 40").wait_for()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert number.evaluate("each => each === document.activeElement")


def test_a_value_is_corrected_and_the_page_goes_back_to_what_was_known(visit: Visit, cast: Cast) -> None:
    house = cast.house
    found = measured(cast)
    before = head_of(house.institution.pk).seq
    visit.sign_in(house.people["Carla"].login)
    page = visit.open(f"/indicadores/{found.code}/valor/{house.units['SAU'].code}/{SECOND.key}/")
    page.get_by_role("link", name="Corrigir apuração").click()
    page.get_by_label("Processos concluídos no prazo").fill("32")
    page.get_by_label("O que é a correção").select_option("erro de apuração")
    page.get_by_label("Documento de origem").set_input_files(
        {"name": "oficio.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 oficio"}
    )
    page.get_by_label("Motivo").fill("O protocolo deixou de contar uma unidade.")
    assert faults(page) == []
    page.get_by_role("button", name="Continuar").click()
    page.get_by_text("Processos concluídos no prazo: 20 → 32").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Corrigir apuração").click()
    page.get_by_role("heading", level=1, name="80,00%").wait_for()  # 32 ÷ 40
    assert page.get_by_role("link", name="Documento de origem").count() == 1
    page.goto(f"/indicadores/{found.code}/apuracoes/")
    page.get_by_label("O que se sabia em…").fill(str(before))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ver o resultado como se sabia").click()
    assert page.get_by_role("link", name="50,00%").count() == 1
    assert page.get_by_role("link", name="80,00%").count() == 0
    assert faults(page) == []


def test_the_panel_is_walked_without_scripts_and_on_a_phone(visit: Visit, cast: Cast) -> None:
    measured(cast)
    visit.sign_in(cast.house.people["Ana"].login)
    page = visit.open("/painel/?ano=2025", WIDTHS["estreita"], java_script_enabled=False)
    page.get_by_label("Linhas").select_option("indicadores")
    page.get_by_role("button", name="Ver").click()
    assert page.get_by_text("não alcançada").first.is_visible()
    page.get_by_role("link", name="Comparar unidades").click()
    page.get_by_role("heading", level=1, name="Painel de 2025").wait_for()
    assert page.get_by_role("link", name="50,00%").is_visible()
