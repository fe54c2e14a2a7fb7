"""The two archival forms: what each claims to be, what it carries, and that it never varies."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from pypdf import PdfReader
from sample import SIMULATION, document

from apura.paper import (
    ATTACHMENT_NAME,
    UnprintableResult,
    archival_pdf,
    attached_json,
    plain_archival_pdf,
)


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def catalog_of(pdf: bytes) -> Any:
    return reader_of(pdf).trailer["/Root"]


def claims(pdf: bytes) -> dict[str, str]:
    metadata = catalog_of(pdf)["/Metadata"].get_data().decode()
    return dict(re.findall(r"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>(\w+)<", metadata))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return archival_pdf(document())


@pytest.fixture(scope="module")
def plain() -> bytes:
    return plain_archival_pdf(document())


def test_the_full_form_claims_pdf_a_3a_and_pdf_ua_1(pdf: bytes) -> None:
    assert claims(pdf) == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


def test_the_plain_form_claims_pdf_a_2a_and_pdf_ua_1(plain: bytes) -> None:
    assert claims(plain) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


def test_the_full_form_carries_the_result_byte_for_byte(pdf: bytes) -> None:
    assert reader_of(pdf).attachments == {ATTACHMENT_NAME: [attached_json(document())]}
    assert json.loads(attached_json(document())) == document()


def test_the_attachment_is_declared_the_source_of_the_document(pdf: bytes) -> None:
    [declared] = [one.get_object() for one in catalog_of(pdf)["/AF"]]
    assert (declared["/UF"], declared["/AFRelationship"]) == (ATTACHMENT_NAME, "/Source")


def test_the_plain_form_carries_nothing(plain: bytes) -> None:
    assert not reader_of(plain).attachments
    assert "/AF" not in catalog_of(plain)


def test_both_forms_say_the_same_but_for_how_to_check(pdf: bytes, plain: bytes) -> None:
    full, bare = ([page.extract_text() for page in reader_of(it).pages] for it in (pdf, plain))
    different = [number for number, pages in enumerate(zip(full, bare, strict=True)) if pages[0] != pages[1]]
    assert ["Como conferir" in full[number] for number in different] == [True]


def test_a_screen_reader_finds_language_title_and_structure(pdf: bytes) -> None:
    catalog = catalog_of(pdf)
    assert catalog["/Lang"] == "pt-BR"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader_of(pdf).metadata.title == f"Memória de cálculo – {document()['titulo']}"


def test_the_bookmarks_lead_to_the_summary_and_to_each_subject(pdf: bytes) -> None:
    def titles(outline: list[Any]) -> list[Any]:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    found = titles(reader_of(pdf).outline)
    assert found[:3] == ["Nota do órgão", "Nota da diretoria", "Pendências"]
    assert found[-3][0] == "GPL – Gerência-Geral de Apoio ao Plenário"


def test_the_same_document_gives_the_same_bytes() -> None:
    simulated = document(simulacao=SIMULATION, ficticio=True)
    assert archival_pdf(simulated) == archival_pdf(simulated)
    assert plain_archival_pdf(simulated) == plain_archival_pdf(simulated)


def test_the_document_is_dated_by_the_day_the_norm_was_applied(pdf: bytes) -> None:
    assert reader_of(pdf).metadata.creation_date_raw == "D:20151231000000Z"


def test_a_document_of_another_schema_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnprintableResult) as refused:
        archival_pdf(document(esquema="apura/resultado/9"))
    assert "“apura/resultado/9”" in str(refused.value)
    assert "Calcule de novo" in str(refused.value)


def test_a_calculation_that_could_not_start_has_no_memoria() -> None:
    errors = [{"planilha": "Órgãos", "celula": "F7", "mensagem": "Texto onde se esperava um número."}]
    only_errors = {
        "esquema": "apura/resultado/1",
        "norma": "almg-2554-2012",
        "resultados": [],
        "erros": errors,
    }
    with pytest.raises(UnprintableResult, match="por 1 erro"):
        archival_pdf(only_errors)
