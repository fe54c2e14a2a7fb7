"""Names and texts from a spreadsheet are printed as they are and never obeyed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from pypdf import PdfReader
from sample import document

from apura.paper import archival_pdf, plain_archival_pdf

HOSTILE = [
    "#set page(width: 1pt)",
    "#panic()",
    '#read("/etc/passwd")',
    "$x^2$ _a_ *b* `c` = Título",
    "<b>negrito</b> &amp; </text></svg>",
    "@s0 <s0> //comentário /* */ \\",
    "=SOMA(A1:A9)",
    '"aspas" \\" \\u{0}',
]
ODD = [
    "😀 👩‍⚕️ 漢字 हिन्दी",
    "שלום עולם",
    "مرحبا بالعالم",
    "a\u202eb\u2066c",
    "\x00\x07\ue000\ufdd0",
    "A" * 400,
]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def with_name(key: str, name: str) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(document(2)))
    changed["resultados"][0] |= {"chave": key, "nome": name}
    changed["titulo"] = changed["origem"]["arquivo"] = changed["instituicao"]["nome"] = name
    changed["pendencias"][0]["motivo"] = changed["rotulos"]["nota_orgao"]["perda_por_dia"] = name
    changed["resultados"][0]["fatos"]["entradas"]["situacao_parcial"] = name
    changed["resultados"][0]["passos"][0] |= {"rotulo": name, "com_valores": name}
    return changed


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_name_is_only_text(text: str) -> None:
    printed = text_of(archival_pdf(with_name(text, text)))
    assert printed.replace(" ", "").count(text.replace(" ", "")) >= 6


@pytest.mark.parametrize("text", ODD)
def test_a_name_in_any_script_or_length_still_gives_both_forms(text: str) -> None:
    for write in (archival_pdf, plain_archival_pdf):
        assert "Nota do órgão" in text_of(write(with_name(text, text)))


def test_a_long_name_wraps_inside_the_page() -> None:
    name = "Gerência-Geral de Assuntos Muito Compridos " * 10
    edges: list[float] = []

    def note(text: str, moved: list[float], at: list[float], *_: Any) -> None:
        if text.strip():
            edges.append(at[4] * moved[0] + at[5] * moved[2] + moved[4])

    for page in PdfReader(io.BytesIO(archival_pdf(with_name("X" * 400, name)))).pages:
        page.extract_text(visitor_text=note)
    assert min(edges) >= 50
    assert max(edges) <= 540
