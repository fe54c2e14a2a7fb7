"""Logs say what happened, one line of JSON each, and never whose CPF or e-mail it was."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client, override_settings

from apura_web.config.logs import json_formatter
from apura_web.foundation.masking import masked
from cast import Cast
from visits import signed_in

DATA = ("529.982.247-25", "52998224725", "ana.souza@orgao", "ana.souza%40orgao")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is written while the test runs, as it would be."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_formatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_leaves_one_line_with_codes_and_no_query(cast: Cast, written: io.StringIO) -> None:
    client = signed_in(cast.house, "Ana")
    answer = client.get("/conta/?q=segredo")
    line = lines(written)[-1]
    assert line["caminho"] == "/conta/"
    assert (line["metodo"], line["situacao"], line["event"]) == ("GET", 200, "pedido")
    assert (line["instituicao"], line["pessoa"]) == ("norte", cast.house.people["Ana"].code)
    assert line["referencia"] == answer.headers["X-Referencia"]
    assert isinstance(line["milissegundos"], int)
    assert "segredo" not in written.getvalue()


@override_settings(ROOT_URLCONF="failing_addresses")
def test_a_cpf_in_an_exception_never_reaches_the_log(db: None, written: io.StringIO) -> None:
    Client(raise_request_exception=False).get("/falha/")
    told = written.getvalue()
    assert "chave duplicada" in told, "the fault itself is written"
    assert "[cpf]" in told
    assert not [each for each in DATA if each in told]


@pytest.mark.parametrize("data", DATA)
def test_a_cpf_or_an_email_in_an_address_never_reaches_the_log(
    db: None, written: io.StringIO, data: str
) -> None:
    Client().get(f"/pessoas/{data}.go.gov.br/?cpf={data}")
    assert "/pessoas/" in written.getvalue()
    assert data not in written.getvalue()


@pytest.mark.parametrize("where", ["/convite/abcdefgh-secreto/", "/senha/nova/1a-abcdefgh-secreto/"])
def test_the_secret_of_a_link_never_reaches_the_log(db: None, written: io.StringIO, where: str) -> None:
    Client().get(where)
    Client().get(where.rstrip("/"))
    assert "[segredo]" in written.getvalue()
    assert "secreto" not in written.getvalue()


def test_what_is_nested_in_a_line_is_masked_too(written: io.StringIO) -> None:
    key = "apura_" + "k" * 40
    structlog.get_logger("x").warning(
        "teste", quem={"52998224725": ["ana@orgao.example"]}, numero=7, chave=f"Bearer {key}"
    )
    line = lines(written)[-1]
    assert line["quem"] == {"[cpf]": ["[e-mail]"]}
    assert (line["numero"], line["chave"]) == (7, "Bearer [chave]")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("cpf 529.982.247-25.", "cpf [cpf]."),
        ("processo 202400013001234", "processo 202400013001234"),
        ("de ana@a.gov.br para b%40c.org", "de [e-mail] para [e-mail]"),
        ("Decreto nº 8.170/2014, art. 13", "Decreto nº 8.170/2014, art. 13"),
    ],
)
def test_only_what_looks_like_somebodys_data_is_masked(text: str, clean: str) -> None:
    assert masked(text) == clean
