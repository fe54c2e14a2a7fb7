"""Error pages say what happened and what to do, in Portuguese; programs are told the same in one shape."""

import pytest
from django.test import Client, RequestFactory, override_settings

from apura_web.config import errors
from cast import Cast
from visits import signed_in

PAGES = [
    ("estranho", 400, "O pedido não foi entendido"),
    ("proibido", 403, "Sem permissão"),
    ("nada", 404, "Página não encontrada"),
    ("recusa", 409, "O prazo já passou."),
    ("falha", 500, "Algo falhou do nosso lado"),
]
failing = override_settings(ROOT_URLCONF="failing_addresses")


def visitor() -> Client:
    return Client(raise_request_exception=False)


@failing
@pytest.mark.parametrize(("where", "status", "said"), PAGES)
def test_each_error_has_a_page_that_says_what_to_do(db: None, where: str, status: int, said: str) -> None:
    answer = visitor().get(f"/{where}/")
    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert "Ir para o início" in page


@failing
def test_a_refusal_outside_a_form_quotes_its_basis_and_its_code(db: None) -> None:
    page = visitor().get("/recusa/").content.decode()
    for said in ("Peça a prorrogação.", "Decreto nº 1, art. 2º", "teste.recusa"):
        assert said in page


@failing
def test_a_fault_gives_a_reference_to_quote_that_the_answer_carries_too(db: None) -> None:
    answer = visitor().get("/falha/")
    reference = answer.headers["X-Referencia"]
    assert len(reference) == 10
    assert reference in answer.content.decode()


@failing
def test_the_page_of_a_fault_asks_nothing_of_the_database(cast: Cast, django_assert_num_queries) -> None:
    request = RequestFactory().get("/falha/")
    request.reference = "abc"
    with django_assert_num_queries(0):
        assert "abc" in errors.failed(request).content.decode()


def test_when_even_the_page_of_a_fault_fails_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: object) -> str:
        raise ValueError("sem folha de estilos")

    monkeypatch.setattr(errors, "render_to_string", breaks)
    request = RequestFactory().get("/falha/")
    request.reference = "abc23"
    answer = errors.failed(request)
    assert answer.status_code == 500
    assert "abc23" in answer.content.decode()


@failing
@pytest.mark.parametrize(("where", "status", "_said"), PAGES)
def test_a_program_is_told_of_each_error_in_one_shape(db: None, where: str, status: int, _said: str) -> None:
    answer = visitor().get(f"/api/{where}/")
    assert answer.status_code == status
    told = answer.json()
    assert {"codigo", "mensagem", "o_que_fazer", "fundamento", "campos"} <= set(told)
    assert told["mensagem"]


def test_a_form_sent_without_its_token_is_told_what_happened(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/entrar/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "nada foi gravado" in answer.content.decode()


@failing
def test_an_error_page_shows_no_trace_of_what_broke(cast: Cast) -> None:
    client = signed_in(cast.house, "Ana")
    client.raise_request_exception = False
    page = client.get("/falha/").content.decode()
    assert "ValueError" not in page
    assert "529.982" not in page
