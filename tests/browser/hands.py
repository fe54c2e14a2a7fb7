"""What a person does with a page: find a field by its name, choose from a menu, do an act in its two steps."""

import re
from datetime import date
from pathlib import Path

from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page

from cast import House

MOST_STOPS = 120


def field(page: Page, name: str) -> Locator:
    """The field of this name, whatever is said beside it."""
    return page.locator("main").get_by_label(
        re.compile(rf"^\s*{re.escape(name)}\s+(obrigatório|opcional)\s*$")
    )


def fill(page: Page, **typed: str) -> None:
    """Type into fields; an underscore in a name stands for a space."""
    for name, text in typed.items():
        field(page, name.replace("_", " ")).fill(text)


def press(page: Page, name: str) -> None:
    """Press the button of this name in the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def from_menu(page: Page, menu: str, choice: str) -> None:
    """Open a small menu of the page and follow one of its choices."""
    page.locator("main summary", has_text=menu).click()
    page.get_by_role("link", name=choice, exact=True).click()


def said(page: Page) -> str:
    """What the last act answered."""
    return page.locator("#mensagens").inner_text()


def facts(page: Page) -> str:
    """The page's own text."""
    return page.locator("main").inner_text()


def brazilian(day: date) -> str:
    """A day as people write it."""
    return f"{day:%d/%m/%Y}"


def link_of_last_mail() -> str:
    """The path of the link in the last e-mail sent."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def sign_in(page: Page, house: House, name: str, password: str) -> None:
    """Type e-mail and password at the entrance."""
    page.goto("/entrar/")
    fill(page, **{"E-mail": f"{name.lower()}@{house.institution.code}.example", "Senha": password})
    press(page, "Entrar")


def walk_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if name in str(page.evaluate(NAME_OF_FOCUS)):
            return
    raise AssertionError(f"o teclado não chega a “{name}”")


NAME_OF_FOCUS = """() => {
  const it = document.activeElement;
  const label = it.labels && it.labels.length ? it.labels[0].textContent : "";
  return (label || it.getAttribute("aria-label") || it.textContent || it.value || "").replace(/\\s+/g, " ").trim();
}"""


def fill_sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write rows under the heading of a downloaded workbook."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for line, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            sheet.cell(line, place, text)
    book.save(path)
    return path
