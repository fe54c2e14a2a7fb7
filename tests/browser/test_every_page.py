"""Every page of the platform in a real browser, narrow and wide, and on paper the ones that are printed.

Each is opened as who may do most on it and as who may do least. Who may is in ``tests/addresses.py``.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings
from rig import SCREENSHOTS, WIDTHS, Regulars, faults

from addresses import MORE, PAGES, PUBLIC, add_more, address
from apura_web.accounts import demo_logins
from apura_web.accounts.demo_logins import DemoLogin
from cast import Cast

FILES = {
    "legal_act_file",
    "batch_document",
    "evidence_file",
    "import_template_unidades",
    "import_template_pessoas",
    "grid_sheet_download",
    "agreement_workbook",
    "agreement_document",
    "load_template",
    "calculation_pdf",
    "calculation_plain_pdf",
    "calculation_json",
    "calculation_facts",
}
FOR_MACHINES = {"alive", "ready"}
FROM_MOST = ("Ada", "Rita", "Caio", "Ana")
FROM_LEAST = ("Bruno", "Tina", "Davi", "Caio", "Rita")
PRINTED = {
    "unit": "Ada",
    "organogram": "Davi",
    "person": "Rita",
    "legal_act": "Ada",
    "trail": "Caio",
    "indicators": "Davi",
    "indicator": "Davi",
    "indicator_value": "Carla",
    "indicator_ledger": "Caio",
    "panel": "Ana",
    "indicator_card": "Davi",
    "indicator_targets": "Carla",
    "card_proposal": "Ana",
    "calculation": "Davi",
    "outcome": "Davi",
    "agreement": "Ana",
    "agreement_conference": "Ana",
}


def first(names: tuple[str, ...], who: frozenset[str]) -> str:
    """The first of some people who may open a page."""
    return next(name for name in (*names, *sorted(who)) if name in who)


LOOKED_AT = sorted(PAGES.keys() - FILES)
NARROW = (WIDTHS["estreita"],)


@pytest.fixture(scope="module")
def paths(standing_cast: Cast) -> dict[str, str]:
    """The address of every page, about records of the house, where everybody of the walk is."""
    if not standing_cast.house.people.keys() >= MORE.keys():
        add_more(standing_cast.house)
    return {name: address(name, PAGES[name], standing_cast.house) for name in LOOKED_AT}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_without_fault_for_who_may_do_most(
    regulars: Regulars, paths: dict[str, str], name: str
) -> None:
    page, complaints = regulars.open(first(FROM_MOST, PAGES[name].who), paths[name])
    found = faults(page)
    assert (found, complaints) == ([], [])


@pytest.mark.parametrize("name", [name for name in LOOKED_AT if len(PAGES[name].who) > 1])
def test_a_page_is_without_fault_for_who_may_do_least(
    regulars: Regulars, paths: dict[str, str], name: str
) -> None:
    page, complaints = regulars.open(first(FROM_LEAST, PAGES[name].who), paths[name])
    found = faults(page, NARROW)
    assert (found, complaints) == ([], [])


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - FOR_MACHINES))
def test_a_page_for_anybody_is_without_fault(regulars: Regulars, name: str) -> None:
    page, complaints = regulars.open("", reverse(name, kwargs=PUBLIC[name]))
    found = faults(page)
    assert (found, complaints) == ([], [])


def test_the_entrance_of_a_demonstration_is_without_fault_folded_and_open(
    regulars: Regulars, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    logins = [
        DemoLogin(
            house, f"{name} Exemplo", "Titular do órgão (substituto legal) · GAB", f"{name}@{house}", ""
        )
        for house in ("Estado do Norte", "Assembleia Legislativa do Estado do Sul")
        for name in ("ana", "bruno", "carla")
    ]
    monkeypatch.setattr(demo_logins, "_sources", [lambda: logins])
    page, complaints = regulars.open("", "/entrar/")
    ana = page.get_by_role("button", name="ana Exemplo")
    assert ana.filter(visible=True).count() == 1
    page.get_by_text("Assembleia Legislativa do Estado do Sul").click()
    assert ana.filter(visible=True).count() == len({login.institution for login in logins})
    assert (faults(page), complaints) == ([], [])


@pytest.mark.parametrize("path", ["/unidades/nenhuma/", "/nada/"])
def test_an_address_that_leads_nowhere_is_without_fault(regulars: Regulars, path: str) -> None:
    page, complaints = regulars.open("Davi", path)
    assert faults(page) == []
    assert [each for each in complaints if "404" not in each] == []


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_on_paper_a_page_is_a_document_with_the_integrity_code(
    regulars: Regulars, standing_cast: Cast, paths: dict[str, str], name: str
) -> None:
    page, _complaints = regulars.open(PRINTED[name], paths[name])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 pixels to the inch
    assert seen_on_paper(page) == []
    assert page.locator(".site-footer code").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert standing_cast.house.institution.name in page.locator(".site-footer").inner_text()


def seen_on_paper(page: Page) -> list[str]:
    """What paper has no use for, and yet is drawn."""
    useless = (
        "nav.menu, .breadcrumb, button, .br-button, input, select, .site-search, .person, .skip-link, dialog"
    )
    drawn = page.locator(useless).evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 120))"
    )
    return list(drawn)


def test_pictures_of_the_main_screens_are_kept(regulars: Regulars, paths: dict[str, str]) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for name, who in (("home", "Ada"), ("units", "Ada"), ("organogram", "Davi"), ("unit", "Rita")):
        for label, width in WIDTHS.items():
            page, _complaints = regulars.open(who, paths[name], width)
            file = SCREENSHOTS / f"{name}-{label}.png"
            page.screenshot(path=str(file), full_page=True)
            assert file.stat().st_size
