"""The page of components, as people with and without scripts, mouse or wide screens meet it."""

import pytest
from rig import WIDTHS, Visit, accessibility_faults, overflow, screenshots, small_targets

from cast import Cast

PAGE = "/componentes/"
NARROW, WIDE = WIDTHS["estreita"], WIDTHS["larga"]


@pytest.fixture
def ana(visit: Visit, standing_cast: Cast) -> Visit:
    """Ana, signed in."""
    visit.sign_in(standing_cast.house.people["Ana"].login)
    return visit


@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_page_opens_without_a_complaint_of_the_browser_and_is_kept_as_a_picture(
    ana: Visit, width: int
) -> None:
    page = ana.open(PAGE, width)
    page.get_by_role("heading", name="Componentes", exact=True).wait_for()
    page.get_by_role("heading", name="Gráficos", exact=True).scroll_into_view_if_needed()


def test_pictures_are_kept_at_the_three_widths(ana: Visit) -> None:
    assert all(file.stat().st_size for file in screenshots(ana, "componentes", PAGE))


@pytest.mark.parametrize("path", [PAGE, "/componentes/explicacao/"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_to_mend(ana: Visit, path: str, width: int) -> None:
    page = ana.open(path, width)
    assert accessibility_faults(page) == []


def test_axe_finds_nothing_to_mend_with_every_small_box_open(ana: Visit) -> None:
    page = ana.open(PAGE, WIDE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_page_never_scrolls_sideways(ana: Visit, width: int) -> None:
    page = ana.open(PAGE, width)
    assert overflow(page) == 0
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_to_press_is_under_twenty_four_pixels(ana: Visit, width: int) -> None:
    assert small_targets(ana.open(PAGE, width)) == []


def test_the_first_tab_stop_skips_to_the_content(ana: Visit) -> None:
    page = ana.open("/componentes/explicacao/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Pular para o conteúdo"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "conteudo"


def test_the_menu_of_a_narrow_screen_says_whether_it_is_open_and_closes_with_esc(ana: Visit) -> None:
    page = ana.open(PAGE, NARROW)
    button = page.get_by_role("button", name="Menu")
    assert button.get_attribute("aria-expanded") == "false"
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('#menu') !== null")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.hasAttribute('data-menu-toggle')")


def test_arrow_keys_walk_the_tabs_and_only_the_current_one_is_a_tab_stop(ana: Visit) -> None:
    page = ana.open(PAGE)
    tabs = page.get_by_role("tablist").get_by_role("tab")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert [tabs.nth(place).get_attribute("tabindex") for place in range(3)] == ["-1", "0", "-1"]
    page.keyboard.press("End")
    assert page.get_by_role("tabpanel").inner_text().startswith("O que a comissão homologou")
    page.keyboard.press("ArrowRight")
    assert tabs.first.get_attribute("aria-selected") == "true"


def test_every_stop_of_the_keyboard_is_visible(ana: Visit) -> None:
    page = ana.open("/componentes/explicacao/")
    page.keyboard.press("Tab")
    unseen, stops = [], 0
    while page.evaluate("document.activeElement !== document.body") and stops < 100:
        if not page.evaluate(
            "(() => { const look = getComputedStyle(document.activeElement);"
            " return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2; })()"
        ):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        page.keyboard.press("Tab")
        stops += 1
    assert stops > 5
    assert unseen == []


def test_typing_filters_the_list_in_place_and_the_address_follows(ana: Visit) -> None:
    page = ana.open(PAGE)
    field = page.get_by_label("Procurar em Acordos de resultados")
    field.press_sequentially("saude", delay=20)
    page.wait_for_url("**q=saude**")
    page.get_by_text("1 a 13 de 13").wait_for()
    assert field.input_value() == "saude"
    assert page.evaluate("document.activeElement.id") == "lista-acordos-q"


def test_a_heading_orders_the_list_and_says_so(ana: Visit) -> None:
    page = ana.open(PAGE)
    heading = page.get_by_role("columnheader", name="Nota parcial")
    heading.get_by_role("link").click()
    page.wait_for_url("**ordem=nota**")
    page.locator("th[aria-sort=ascending]", has_text="Nota parcial").wait_for()
    heading.get_by_role("link").click()
    page.locator("th[aria-sort=descending]", has_text="Nota parcial").wait_for()
    assert page.locator("#lista-acordos tbody tr").first.inner_text().split("\t")[-2] == "9,62"


def test_selecting_all_counts_and_a_list_renewed_has_nothing_selected(ana: Visit) -> None:
    page = ana.open(PAGE)
    page.get_by_label("Selecionar todas as linhas").check()
    page.get_by_text("25 linhas selecionadas:").wait_for()
    page.get_by_role("link", name="Próxima").click()
    page.get_by_text("26 a 50 de 137").wait_for()
    page.get_by_text("Selecione linhas para:").wait_for()
    assert page.locator("#lista-acordos .pick input:checked").count() == 0


def test_choosing_a_column_leaves_the_choices_open(ana: Visit) -> None:
    page = ana.open(PAGE)
    page.locator("#lista-acordos summary", has_text="Colunas").click()
    page.get_by_label("Responsável").check()
    page.get_by_role("columnheader", name="Responsável").wait_for()
    assert page.get_by_label("Vence em").is_visible()


def test_an_explanation_opens_beside_the_page_and_gives_the_focus_back(ana: Visit) -> None:
    page = ana.open(PAGE)
    link = page.get_by_role("link", name="Ver uma explicação")
    link.click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("heading", name="Nota parcial do 2º quadrimestre: 9,50 pontos").wait_for()
    assert page.url.endswith(PAGE)
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "Ver uma explicação"


def test_leaving_a_form_half_typed_asks_first(ana: Visit) -> None:
    page = ana.open(PAGE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Nome da unidade").first.fill("Gerência")
    page.get_by_text("Alterações ainda não gravadas").first.wait_for()
    page.goto(page.url.replace(PAGE, "/componentes/explicacao/"))
    assert asked == ["beforeunload"]


def test_a_long_text_says_how_much_room_is_left(ana: Visit) -> None:
    page = ana.open(PAGE)
    page.get_by_label("Justificativa").first.fill("x" * 590)
    page.get_by_text("Restam 10 caracteres.").wait_for()


def test_a_form_sent_wrong_comes_back_with_the_focus_on_what_is_missing(ana: Visit) -> None:
    page = ana.open(PAGE)
    page.get_by_role("button", name="Criar unidade").first.click()
    page.wait_for_load_state()
    page.locator(".error-summary:focus").wait_for()
    page.get_by_role("link", name="Nome da unidade: Preencha este campo.").first.click()
    assert page.evaluate("document.activeElement.name") == "name"


def test_the_progress_moves_by_itself(ana: Visit) -> None:
    page = ana.open(PAGE)
    page.get_by_text("2.100 de 4.812").wait_for()


def test_without_scripts_the_list_filters_orders_and_turns_pages(ana: Visit) -> None:
    page = ana.open(PAGE, NARROW, java_script_enabled=False)
    page.get_by_label("Procurar em Acordos de resultados").fill("saude")
    page.get_by_role("button", name="Aplicar").click()
    page.get_by_text("1 a 13 de 13").wait_for()
    page.get_by_role("columnheader", name="Órgão").get_by_role("link").click()
    assert "q=saude" in page.url
    assert "ordem=orgao" in page.url
    page.get_by_role("link", name="ver tudo").click()
    page.get_by_role("link", name="Próxima").click()
    page.get_by_text("26 a 50 de 137").wait_for()


def test_without_scripts_the_menu_is_there_and_a_message_is_read(ana: Visit) -> None:
    page = ana.open(PAGE, NARROW, java_script_enabled=False)
    assert page.get_by_role("navigation", name="Principal").get_by_role("link").first.is_visible()
    assert page.get_by_text("RGM 2014-2/AGE enviado.").is_visible()
    assert page.get_by_text("O que a comissão homologou").is_visible()


def test_nobody_signed_in_sees_a_plain_header(visit: Visit) -> None:
    page = visit.open(PAGE, NARROW)
    assert page.get_by_role("banner").inner_text().split("\n")[0] == "Apura"
    assert page.get_by_role("search", name="Filtrar: Acordos de resultados").count() == 1
    assert overflow(page) == 0
