"""The memória on paper, in its two archival forms."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pages import enter
from pypdf import PdfReader

from apura_web.calculations.models import Calculation
from apura_web.calculations.preparing import sha256_of
from calculating import calculated
from cast import Cast


@pytest.fixture
def kept(cast: Cast) -> Calculation:
    return calculated(cast.house)


def paper(client: Client, cast: Cast, name: str, kept: Calculation) -> PdfReader:
    answer = enter(client, cast.house, "Ana").get(reverse(name, args=[kept.code]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="memoria-{kept.code}')
    return PdfReader(BytesIO(answer.content))


@pytest.mark.parametrize("name", ["calculation_pdf", "calculation_plain_pdf"])
def test_the_paper_says_what_the_page_says(client: Client, cast: Cast, kept: Calculation, name: str) -> None:
    said = " ".join(page.extract_text() for page in paper(client, cast, name, kept).pages)
    for told in (
        "VALORES FICTÍCIOS",
        "9,44",
        "11 ÷ 12",
        "art. 12, § 1º",
        "Ata nº 1 da CMA",
        "redistribuir o peso",
    ):
        assert told in said, told


def test_the_data_go_inside_byte_by_byte(client: Client, cast: Cast, kept: Calculation) -> None:
    (attached,) = paper(client, cast, "calculation_pdf", kept).attachments["resultado.json"]
    assert sha256_of(attached.decode()) == kept.sha256
    assert json.loads(attached)["norma"] == "go-8170-2014"


def test_the_form_for_the_courts_has_no_attachment(client: Client, cast: Cast, kept: Calculation) -> None:
    assert not paper(client, cast, "calculation_plain_pdf", kept).attachments


def test_the_same_calculation_gives_the_same_paper(client: Client, cast: Cast, kept: Calculation) -> None:
    url = reverse("calculation_pdf", args=[kept.code])
    enter(client, cast.house, "Ana")
    assert client.get(url).content == client.get(url).content
