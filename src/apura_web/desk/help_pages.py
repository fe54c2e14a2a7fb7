"""The manual, by screen: the “?” of a page opens what was written for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markdown_it import MarkdownIt

HEADER = re.compile(r"\A---\ntelas: (?P<screens>[^\n]*)\n---\n# (?P<title>[^\n]+)\n", re.MULTILINE)


@dataclass(frozen=True)
class HelpPage:
    """A page of the manual: its name in the address, its title, the screens it is about and its text as HTML."""

    name: str
    title: str
    screens: tuple[str, ...]
    html: str
    text: str


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Give the pages of the manual, in the order of their file names."""
    folder = files(__package__) / "manual"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".md")), key=lambda each: each.name
    )
    return tuple(_read(each.name.removesuffix(".md"), each.read_text(encoding="utf-8")) for each in found)


def help_for(screen: str) -> HelpPage | None:
    """Give the page about a screen, by the name of its address or of the page itself."""
    for page in help_pages():
        if screen == page.name or screen in page.screens:
            return page
    return None


def _read(name: str, text: str) -> HelpPage:
    header = HEADER.match(text)
    if header is None:
        raise ValueError(f"manual/{name}.md does not start with its screens and its title")
    body = text[header.end() :]
    screens = tuple(header["screens"].split())
    return HelpPage(
        name, header["title"], screens, MarkdownIt("commonmark").enable("table").render(body), body
    )
