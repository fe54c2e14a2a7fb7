"""A real browser before the pages: one context that forgives nothing, and one for judging accessibility."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from cast import House

WIDTHS = {"estreita": 390, "media": 768, "larga": 1440}
HEIGHT = 900
SCREENSHOTS = Path(__file__).resolve().parents[2] / "resultados" / "telas"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
REFUSED = "the server responded with a status of 422"  # a form sent wrong, which is no fault of the page


def chromium() -> str:
    """Where the machine's browser is: APURA_CHROMIUM, or what the path has."""
    found = os.environ.get("APURA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "Falta o Chromium: instale-o ou diga onde está por APURA_CHROMIUM."
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser, headless."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
        yield started
        started.close()


class Visit:
    """A visit to the site by somebody, or by nobody; keeps every complaint of the browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._contexts: list[BrowserContext] = []
        self._cookies: list[dict[str, str]] = []
        self.complaints: list[str] = []

    def sign_in(self, login: AbstractBaseUser) -> None:
        """Let the pages opened from now on be of somebody signed in."""
        self._cookies = [session_cookie(login, self._address)]

    def sign_out(self) -> None:
        """Let the pages opened from now on be of nobody."""
        self._cookies = []

    def window(self, width: int = WIDTHS["larga"], **context: bool) -> Page:
        """Open an empty page in a fresh context whose every complaint is kept.

        Args:
            width: of the window, in pixels.
            **context: what Playwright takes, as ``java_script_enabled``.
        """
        opened = self._browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            base_url=self._address,
            locale="pt-BR",
            reduced_motion="reduce",
            **context,
        )
        opened.add_cookies(self._cookies)
        self._contexts.append(opened)
        page = opened.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"página: {error}"))
        page.on(
            "requestfailed",
            lambda request: (
                self.complaints.append(f"{request.url}: {request.failure}")
                if request.failure != "net::ERR_ABORTED"
                else None
            ),
        )
        return page

    def open(self, path: str, width: int = WIDTHS["larga"], **context: bool) -> Page:
        """Open a page, by its path from the root of the site, in a fresh context."""
        page = self.window(width, **context)
        page.goto(path)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and REFUSED not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def close(self) -> None:
        """Close every page."""
        for each in self._contexts:
            each.close()


class Regulars:
    """Everybody of a house, each signed in once and with one window, for tests that only look."""

    def __init__(self, browser: Browser, address: str, house: House) -> None:
        self._browser, self._address, self._house = browser, address, house
        self._windows: dict[str, tuple[Visit, Page]] = {}

    def open(self, name: str, path: str, width: int = WIDTHS["larga"]) -> tuple[Page, list[str]]:
        """Open a page as somebody, or as nobody when the name is empty.

        Returns:
            The page, and the list where what the browser complains of is kept.
        """
        if name not in self._windows:
            visit = Visit(self._browser, self._address)
            if name:
                visit.sign_in(self._house.people[name].login)
            self._windows[name] = visit, visit.window()
        visit, page = self._windows[name]
        visit.complaints.clear()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(path)
        return page, visit.complaints

    def close(self) -> None:
        """Close every window."""
        for visit, _page in self._windows.values():
            visit.close()


def session_cookie(login: AbstractBaseUser, address: str) -> dict[str, str]:
    """Sign somebody in without the door; give the cookie of the session."""
    login.refresh_from_db()  # a password set since then would make the session of another
    client = Client()
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    host = urlsplit(address).hostname or "localhost"
    return {"name": name, "value": client.cookies[name].value, "domain": host, "path": "/"}


def faults(page: Page, widths: tuple[int, ...] = (WIDTHS["estreita"], WIDTHS["larga"])) -> list[str]:
    """Everything a page must not have, at each width: what axe finds, sideways scrolling, small targets, no title."""
    found = [
        f"{name}: {page.locator(name).count()}" for name in ("h1", "main") if page.locator(name).count() != 1
    ]
    if page.locator("html").get_attribute("lang") != "pt-BR":
        found.append("língua")
    if not page.title().split(" · ")[0].strip() or page.title().startswith("Apura ·"):
        found.append(f"título: {page.title()!r}")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if wider := overflow(page):
            found.append(f"{width}: {wider} px além da janela")
        found += [f"{width}: alvo pequeno: {each}" for each in small_targets(page)]
        found += [f"{width}: {each}" for each in accessibility_faults(page)]
    return found


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong, a line each."""
    found = AXE.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {place['html'][:160]} {place['target']}"
        for fault in found.response["violations"]
        for place in fault["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """The links, buttons and boxes under 24 pixels a side, but links inside sentences and what is not drawn."""
    return list(page.evaluate(SMALL_TARGETS))


SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])')]
  .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter(each => !each.closest('p, dd, li li, caption, .sr-only, .skip-link, .br-message'))
  .map(each => each.matches('.pick input, .tick input') ? each.closest('label') : each)
  .map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width && (box.width < 24 || box.height < 23.5))
  .map(([box, html]) => `${box.width} × ${box.height}: ${html}`)"""


def screenshots(visit: Visit, name: str, path: str) -> list[Path]:
    """Keep pictures of a page at the three widths, in a folder that git ignores."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    kept = []
    for label, width in WIDTHS.items():
        file = SCREENSHOTS / f"{name}-{label}.png"
        visit.open(path, width).screenshot(path=str(file), full_page=True)
        kept.append(file)
    return kept
