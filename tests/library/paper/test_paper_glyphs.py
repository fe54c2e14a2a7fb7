"""Any text a spreadsheet may hold becomes text that an archival PDF may hold."""

from __future__ import annotations

import pytest
import typst

from apura.paper.glyphs import DRAWABLE, all_printable, is_drawable, printable

PROBE = b"""
#set document(title: "Amostra", date: datetime(year: 2015, month: 12, day: 31))
#set text(font: "Libertinus Serif", lang: "pt")
#for look in ((weight: "regular"), (weight: "semibold"), (weight: "bold")) { text(..look, sys.inputs.all) }
"""


def test_every_character_called_drawable_is_drawn_in_every_weight() -> None:
    every = "x".join(chr(code) for start, end in DRAWABLE for code in range(start, end + 1))
    compiler = typst.Compiler(input=PROBE, ignore_system_fonts=True, sys_inputs={"all": every})
    assert compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"])


def test_what_portuguese_and_the_pages_need_is_drawable() -> None:
    assert all(map(is_drawable, "ÁÂÃÀÇÉÊÍÓÔÕÚÜáâãàçéêíóôõúüºª§°×÷≤≥≠−–—“”‘’…•·→▸½²³€"))


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Gerência-Geral", "Gerência-Geral"),
        ("Gere\u0302ncia", "Gerência"),
        ("linha 1\nlinha 2\ttab", "linha 1 linha 2 tab"),
        ("Saúde 😀 漢字", "Saúde □ □□"),
        ("👩\u200d⚕️", "□□"),
        ("GPL\u202eLPG", "GPLLPG"),
        ("\x00\ufeffA\u00ad", "A"),
        ("\ue000", "□"),
        ("\ud800", "□"),
        ("שלום مرحبا", "שלום مرحبا"),
        ("#set text(red) $x$ *b* <b>", "#set text(red) $x$ *b* <b>"),
    ],
)
def test_what_cannot_be_drawn_is_a_box_and_what_reorders_is_dropped(given: str, printed: str) -> None:
    assert printable(given) == printed


def test_a_run_without_spaces_may_break_and_loses_nothing() -> None:
    shown = printable("A" * 400)
    assert shown.replace("\u200b", "") == "A" * 400
    assert max(map(len, shown.split("\u200b"))) == 12


def test_texts_are_mended_wherever_they_are() -> None:
    assert all_printable({"a": ["x\ny", 1, None, {"b": ("漢",)}]}) == {"a": ["x y", 1, None, {"b": ["□"]}]}
