"""What people come to do, from the first click to the last, by what they see on the screen."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hands import (
    brazilian,
    facts,
    field,
    fill,
    fill_sheet,
    from_menu,
    link_of_last_mail,
    press,
    said,
    sign_in,
    walk_to,
)
from playwright.sync_api import Page
from rig import WIDTHS, Visit, faults

from apura_web.orgs.models import Unit
from apura_web.orgs.services import structure
from apura_web.orgs.services.structure import UnitNames
from cast import NOON, PASSWORD, Cast, House
from visits import email_of, work_off

NARROW = WIDTHS["estreita"]
ACT = "Portaria nº 12/2026"


@pytest.fixture
def house(cast: Cast) -> House:
    """The first house of the cast, with an ordinance to rest on."""
    cast.house.act("12")
    return cast.house


def as_(visit: Visit, house: House, name: str, path: str) -> Page:
    """A window of somebody already in, at a page."""
    visit.sign_in(house.people[name].login)
    return visit.open(path)


def at(unit: Unit) -> str:
    """The path of a unit's page."""
    return str(unit.get_absolute_url())


def test_signing_in_with_a_wrong_password_says_so_and_the_right_one_leads_where_one_was_going(
    visit: Visit, house: House
) -> None:
    page = visit.open("/unidades/")
    email = email_of(house.institution, "Ana")
    assert "/entrar/?next=/unidades/" in page.url
    fill(page, **{"E-mail": email, "Senha": "não é esta"})
    press(page, "Entrar")
    page.locator(".error-summary:focus").wait_for()
    assert field(page, "E-mail").input_value() == email
    assert faults(page) == []
    fill(page, Senha=PASSWORD)
    press(page, "Entrar")
    page.get_by_role("heading", name="Unidades", level=1).wait_for()
    page.locator(".person > summary").click()
    page.get_by_role("button", name="Sair").click()
    page.goto("/unidades/")
    assert "/entrar/" in page.url


def test_who_is_invited_opens_the_link_chooses_a_password_and_is_at_the_desk(
    visit: Visit, house: House
) -> None:
    page = as_(visit, house, "Rita", "/pessoas/")
    page.get_by_role("link", name="Registrar pessoa").click()
    fill(page, **{"Nome": "Nara Nova", "CPF": "529.982.247-25", "E-mail_institucional": "nara@norte.example"})
    press(page, "Registrar pessoa")
    assert "Pessoa registrada" in said(page)
    assert "529.982.247-25" not in page.content()
    from_menu(page, "Cadastro", "Convidar a entrar")
    press(page, "Convidar")
    page.get_by_role("heading", name="Convite feito").wait_for()
    assert faults(page) == []

    work_off()
    link = link_of_last_mail()
    visit.sign_out()
    hers = visit.open(link)
    hers.get_by_role("heading", name="Bem-vindo à Apura").wait_for()
    assert faults(hers, (NARROW,)) == []
    fill(hers, Senha=PASSWORD, Repita_a_senha="outra coisa bem comprida")
    press(hers, "Gravar e entrar")
    hers.locator(".error-summary").wait_for()
    fill(hers, Senha=PASSWORD, Repita_a_senha=PASSWORD)
    press(hers, "Gravar e entrar")
    hers.get_by_role("heading", name=", Nara.").wait_for()
    assert "Minha mesa" in hers.title()
    assert "Nenhuma função vigente" in facts(hers)
    assert faults(hers) == []


def test_a_unit_is_moved_by_an_act_registered_on_the_way_and_confirmed(visit: Visit, house: House) -> None:
    page = as_(visit, house, "Rita", at(house.units["ATE"]))
    from_menu(page, "Mudar a unidade", "Mudar vinculação")
    fill(page, Nova_unidade_superior="EDU")
    press(page, "Registrar novo ato e voltar")
    fill(page, Número="31", Data_do_ato="01/06/2026", Autoridade="Secretário de Saúde")
    field(page, "Espécie").select_option(label="Portaria")
    press(page, "Registrar ato")
    assert field(page, "Nova unidade superior").input_value() == "GAB › EDU — Educação"
    press(page, "Continuar")
    page.get_by_role("heading", name="Mudar a vinculação de").wait_for()
    assert "Portaria nº 31/2026" in facts(page)
    assert "01/06/2026" in facts(page)
    assert faults(page) == []
    page.get_by_role("link", name="Voltar sem fazer").click()
    assert "EDU" not in page.locator("#trajetoria").locator("..").inner_text()
    page.go_back()
    page.locator("main form button.primary").click()
    assert "Feito" in said(page)
    assert "EDU" in page.locator("#trajetoria").locator("..").inner_text()
    assert "vinculação" in page.locator(".history").inner_text()


def test_two_units_become_one_after_a_page_that_tells_what_it_does(visit: Visit, house: House) -> None:
    page = as_(visit, house, "Rita", at(house.units["SAU"]))
    from_menu(page, "Mudar a unidade", "Incorporar unidades a esta")
    page.locator("label", has_text="EDU – Educação").click()
    fill(page, Ato=ACT, A_partir_de="01/06/2026")
    press(page, "Continuar")
    page.get_by_role("heading", name="Incorporar EDU a SAU?").wait_for()
    assert "As unidades incorporadas deixam de funcionar em 01/06/2026." in facts(page)
    assert faults(page) == []
    page.locator("main form button.danger").click()
    assert "Feito" in said(page)
    page.goto(at(house.units["EDU"]))
    assert "Incorporada a SAU" in facts(page)
    assert faults(page, (NARROW,)) == []


def test_the_organogram_of_two_days_and_what_changed_between_them(visit: Visit, house: House) -> None:
    basis = house.basis("31", timezone.localdate() - timedelta(days=60))
    names = UnitNames("Educação e Ensino", "EDE", "unidade")
    structure.rename(house.units["EDU"], names=names, basis=basis, actor=house.system, at=NOON)
    structure.move(house.units["ATE"], under=house.units["EDU"], basis=basis, actor=house.system, at=NOON)
    page = as_(visit, house, "Davi", "/unidades/organograma/")
    drawing = page.get_by_role("navigation", name="Organograma em")
    assert "Educação e Ensino" in drawing.inner_text()
    fill(page, Em="10/01/2025")
    press(page, "Ver")
    page.get_by_role("heading", name="Organograma em 10/01/2025").wait_for()
    assert "Educação e Ensino" not in drawing.inner_text()
    page.get_by_role("link", name="Comparar com hoje").click()
    page.get_by_role("heading", name="O que mudou no organograma").wait_for()
    told = facts(page)
    assert "Educação e Ensino" in told
    assert "Portaria nº 31" in told
    assert faults(page) == []
    page.goto("/unidades/organograma/?em=10/01/2025")
    assert faults(page) == []


def test_during_a_vacation_the_desk_moves_to_who_substitutes(visit: Visit, house: House) -> None:
    today = timezone.localdate()
    bruno = as_(visit, house, "Bruno", "/")
    assert "Nenhuma função vigente" in facts(bruno)
    rita = as_(visit, house, "Rita", at_person(house, "Ana"))
    rita.get_by_role("link", name="Registrar afastamento").click()
    field(rita, "Motivo").select_option(label="Férias")
    fill(rita, Primeiro_dia=brazilian(today), Último_dia=brazilian(today + timedelta(days=10)))
    press(rita, "Continuar")
    assert "Bruno de Teste" in facts(rita)
    assert faults(rita) == []
    rita.locator("main form button.primary").click()
    assert said(rita)
    bruno.reload()
    assert "Você responde por Ana de Teste" in facts(bruno)
    assert "Titular do órgão" in bruno.locator(".person > summary").inner_text()
    assert faults(bruno) == []
    ana = as_(visit, house, "Ana", "/")
    assert "Você está em afastamento" in facts(ana)
    assert "Titular do órgão" not in ana.locator(".person > summary").inner_text()
    assert faults(ana) == []


def at_person(house: House, name: str) -> str:
    """The path of a person's page."""
    return str(house.people[name].get_absolute_url())


def test_a_sheet_with_errors_tells_the_cells_and_corrected_is_brought_in_once(
    visit: Visit, house: House, tmp_path: Path
) -> None:
    page = as_(visit, house, "Rita", "/pessoas/importar/")
    with page.expect_download() as model:
        page.get_by_role("link", name="Modelo em branco").click()
    sheet = tmp_path / "pessoas.xlsx"
    model.value.save_as(sheet)
    send(page, fill_sheet(sheet, *WRONG))
    told = facts(page)
    for cell in ("B2", "D3", "E3"):
        assert f"!{cell}" in told
    assert "3 erros" in told
    assert faults(page) == []
    page.get_by_role("link", name="Enviar de novo").click()
    send(page, fill_sheet(sheet, *RIGHT))
    page.get_by_role("heading", name="O que esta planilha faz").wait_for()
    assert "Nara Nova" in facts(page)
    assert faults(page) == []
    press(page, "Importar 2 linhas")
    assert "Importação concluída" in facts(page)
    page.goto("/pessoas/importar/")
    send(page, sheet)
    assert "Nada a fazer" in facts(page)
    assert faults(page, (NARROW,)) == []
    page.goto("/pessoas/?q=otto")
    assert "Otto Novo" in facts(page)


WRONG = (
    ("Nara Nova", "529.982.247-24", "", "", "", ""),
    ("Otto Novo", "", "42", "não é e-mail", "XYZ", "10/03/2026"),
)
RIGHT = (
    ("Nara Nova", "529.982.247-25", "", "", "", ""),
    ("Otto Novo", "", "42", "otto@norte.example", "EDU", "10/03/2026"),
)


def send(page: Page, sheet: Path) -> None:
    """Send a sheet resting on the ordinance."""
    field(page, "Planilha").set_input_files(sheet)
    fill(page, Ato=ACT)
    press(page, "Ver o que mudaria")


def test_who_comes_second_is_told_what_the_first_did_and_loses_nothing(visit: Visit, house: House) -> None:
    path = f"{at(house.units['EDU'])}denominacao/"
    first, second = as_(visit, house, "Rita", path), as_(visit, house, "Ada", path)
    for page, name in ((first, "Educação e Ensino"), (second, "Educação Básica")):
        fill(page, Nome=name, Ato=ACT, A_partir_de="01/06/2026" if page is first else "01/07/2026")
        press(page, "Continuar")
    first.locator("main form button.primary").click()
    assert "Feito" in said(first)
    second.locator("main form button.primary").click()
    told = second.locator(".error-summary").inner_text()
    assert "Enquanto você editava, Gestor de unidades e pessoas" in told
    assert field(second, "Nome").input_value() == "Educação Básica"
    assert field(second, "A partir de").input_value() == "01/07/2026"
    assert faults(second) == []
    press(second, "Continuar")
    second.locator("main form button.primary").click()
    assert "Feito" in said(second)
    path_of_names = second.locator("#trajetoria").locator("..").inner_text()
    assert "Educação e Ensino" in path_of_names
    assert "Educação Básica" in path_of_names


def test_a_unit_is_renamed_from_the_entrance_on_with_the_keyboard_alone(visit: Visit, house: House) -> None:
    page = visit.open("/entrar/")
    keyboard = page.keyboard
    assert page.evaluate("document.activeElement.name") == "login"
    keyboard.type(email_of(house.institution, "Rita"))
    walk_to(page, "Senha")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    page.get_by_role("heading", name=", Rita.").wait_for()
    walk_to(page, "Unidades")
    keyboard.press("Enter")
    page.get_by_role("heading", name="Unidades", level=1).wait_for()
    walk_to(page, "EDU")
    keyboard.press("Enter")
    page.get_by_role("heading", name="EDU – Educação").wait_for()
    walk_to(page, "Mudar a unidade")
    keyboard.press("Enter")
    keyboard.press("Escape")
    assert page.get_by_role("link", name="Alterar denominação").is_hidden()
    keyboard.press("Enter")
    walk_to(page, "Alterar denominação")
    keyboard.press("Enter")
    page.get_by_role("heading", name="Alterar a denominação").or_(
        page.locator("form.page-form")
    ).first.wait_for()
    walk_to(page, "Nome")
    keyboard.type("Ensino")
    walk_to(page, "Espécie")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    walk_to(page, "Ato obrigatório")
    keyboard.type(ACT)
    walk_to(page, "A partir de")
    keyboard.type("01/06/2026")
    keyboard.press("Escape")
    keyboard.press("Enter")
    page.get_by_text("Confira antes de confirmar").wait_for()
    walk_to(page, str(page.locator("main form button.primary").inner_text()))
    keyboard.press("Enter")
    page.get_by_text("Feito: a mudança está").wait_for()
    assert page.get_by_role("heading", name="EDU – Ensino").is_visible()


def test_without_scripts_one_comes_in_finds_a_unit_and_renames_it(visit: Visit, house: House) -> None:
    page = visit.window(NARROW, java_script_enabled=False)
    sign_in(page, house, "Rita", PASSWORD)
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Unidades").click()
    page.get_by_label("Procurar em Unidades").fill("educacao")
    press(page, "Aplicar")
    page.get_by_role("link", name="EDU", exact=True).click()
    from_menu(page, "Mudar a unidade", "Alterar denominação")
    fill(page, Nome="", Ato=ACT)
    press(page, "Continuar")
    assert "Falta corrigir" in facts(page)
    fill(page, Nome="Ensino", A_partir_de="01/06/2026")
    press(page, "Continuar")
    page.locator("main form button.primary").click()
    assert "Feito" in said(page)
    page.locator(".person > summary").click()
    page.get_by_role("button", name="Sair").click()
    page.goto(at(house.units["EDU"]))
    assert "/entrar/" in page.url
