"""Formulas on paper: drawn whatever their shape, told in words to who cannot see them, inside the page."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from sample import document

from apura.formula import in_words, parse
from apura.paper import plain_archival_pdf

FORMULAS = [
    'arred(soma(itens.peso * itens.nota; itens.estado = "apurado") / soma(itens.peso); 2)',
    'faixa(nota_do_ano; 9; "Superação"; 7; "Atendimento"; "Não Atendimento")',
    'se(e(dias > 1; ou(meses = 2; nao(situacao = "férias"))); -dias; -(meses - dias) * 2)',
    "pontos_do_produto[entregas.produto; entregas.complexidade] * dias",
    "exata((dias + meses) * (meses - dias) / (nota_do_ano / (dias - 2)))",
    "se(dias <= 1; 0; se(dias <> 5; 1; 2))",
    "-dias - -meses",
    "e(dias > 1; meses < 3; ou(dias = 4; meses = 5))",
    "max(indice; min(indice; conta(itens)); dias)",
    "exata(indice + indice * indice / (indice + indice))",
    "se(indice > dias; indice; indice)",
    "pontos_do_produto[indice; indice]",
    "infinito * 2",
]
LABELS = {
    "dias": "Dias de atraso",
    "meses": "Meses de exercício",
    "nota_do_ano": "Nota do ano",
    "itens.peso": "Peso do item",
    "indice": "Índice de transcrição, revisão e fornecimento de notas taquigráficas no prazo previsto " * 2,
    "infinito": "#panic()" * 60,
}


def with_formulas(formulas: list[str]) -> dict[str, Any]:
    result = document(1)
    [body, _] = result["resultados"]
    like = body["passos"][0]
    body["passos"] = [like | {"nome": f"passo_{n}", "formula": text} for n, text in enumerate(formulas)]
    body["valores"]["nota"] = like["valor"]
    result["resultados"] = [body]
    result["rotulos"]["nota_orgao"] = LABELS
    return result


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(plain_archival_pdf(with_formulas(FORMULAS))))


def alternatives(element: Any, kind: str) -> list[str]:
    """Walk the structure tree for the alternative texts of one kind of element."""
    node = element.get_object()
    if isinstance(node, list):
        return [text for child in node for text in alternatives(child, kind)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == kind and "/Alt" in node else []
    return own + (alternatives(node["/K"], kind) if "/K" in node else [])


def test_each_formula_is_told_in_words(reader: PdfReader) -> None:
    told = alternatives(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], "/Formula")
    words = [in_words(parse(text), LABELS) for text in FORMULAS]
    assert [" ".join(one.replace("\u200b", "").split()) for one in told] == [
        " ".join(w.split()) for w in words
    ]


def test_formulas_of_any_shape_stay_inside_the_margins(reader: PdfReader) -> None:
    edges: list[float] = []

    def note(text: str, moved: list[float], at: list[float], *_: Any) -> None:
        if text.strip():
            edges.append(at[4] * moved[0] + at[5] * moved[2] + moved[4])

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert 50 <= min(edges) <= max(edges) <= 540


def test_names_are_drawn_by_their_labels_and_codes_in_quotes(reader: PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for drawn in ("Dias de atraso", "“Superação”", "Nota do ano", "≥", "senão", "Peso do item", "≠"):
        assert drawn in text
    assert "nota_do_ano" not in text


def test_a_chart_too_has_an_alternative_text() -> None:
    pages = PdfReader(io.BytesIO(plain_archival_pdf(document(2))))
    told = alternatives(pages.trailer["/Root"]["/StructTreeRoot"]["/K"], "/Figure")
    assert "Nota do órgão: de 4,60 (GCO) a 8,50 pontos (GPL)." in told
