"""What holds for every operation: bounded lists, errors of one shape, and doing once what is asked twice."""

import json
from typing import Any

import pytest
from django.test import Client

from apura_web.audit.models import RememberedAnswer, SecurityEvent
from apura_web.audit.trail import head_of
from apura_web.documents.models import LegalAct
from apura_web.orgs.services import structure
from cast import Cast
from programs import SHAPE, key_for, program, told

BODY = {
    "especie": "portaria",
    "numero": "33",
    "ano": 2026,
    "data": "2026-02-03",
    "autoridade": "Secretário de Estado da Saúde",
    "ementa": "Designa servidores.",
}


@pytest.fixture
def rita(cast: Cast) -> Client:
    return program(key_for(cast.house, "Rita"))


def post(client: Client, body: object, key: str = "chave-0001") -> Any:
    return client.post(
        "/api/v1/atos", body, content_type="application/json", headers={"idempotency-key": key}
    )


@pytest.mark.parametrize(
    "query",
    [
        "limite=0",
        "limite=201",
        "limite=-1",
        "limite=x",
        "deslocamento=-1",
        "deslocamento=58195195195195195195195",
        "limite=1.5",
    ],
)
@pytest.mark.parametrize("path", ["unidades", "pessoas", "atos"])
def test_a_list_is_asked_for_within_bounds_or_not_at_all(rita: Client, path: str, query: str) -> None:
    problem = told(rita, f"{path}?{query}", 422)
    assert set(problem) == SHAPE
    assert list(problem["campos"]) == [query.partition("=")[0]]


def test_the_parts_of_a_list_are_the_whole_of_it_without_repeating(rita: Client) -> None:
    whole = told(rita, "pessoas")["itens"]
    parts = [told(rita, f"pessoas?limite=4&deslocamento={start}") for start in (0, 4, 8, 12)]
    assert [item for part in parts for item in part["itens"]] == whole
    assert {part["total"] for part in parts} == {len(whole)}


@pytest.mark.parametrize(("path", "most"), [("unidades", 25), ("pessoas", 25), ("atos", 25)])
def test_a_list_costs_a_bounded_number_of_queries(
    rita: Client, path: str, most: int, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(most):
        told(rita, path)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nada", 404),
        ("unidades/../x", 404),
        ("unidades/ZZ", 422),
        ("unidades?em=ontem", 422),
        ("atos/aaa", 404),
    ],
)
def test_every_error_has_one_shape(rita: Client, path: str, status: int) -> None:
    assert set(told(rita, path, status)) == SHAPE


def test_a_verb_that_is_not_accepted_is_told_in_the_same_shape(rita: Client) -> None:
    answer = rita.delete("/api/v1/atos")
    assert (answer.status_code, set(answer.json())) == (405, SHAPE)
    assert "POST" in answer.headers["Allow"]


def test_a_fault_gives_the_reference_to_quote(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: object) -> None:
        raise ValueError("quebrou")

    monkeypatch.setattr("apura_web.orgs.api.organogram_visible_to", breaks)
    answer = rita.get("/api/v1/unidades")
    assert answer.status_code == 500
    assert answer.json()["referencia"] == answer.headers["X-Referencia"]
    assert "quebrou" not in answer.content.decode()


def test_units_are_told_as_they_were_on_a_day(cast: Cast, rita: Client) -> None:
    assert told(rita, "unidades?em=2023-12-31")["total"] == 0
    assert told(rita, "unidades?em=2024-01-02")["total"] == 4
    basis = cast.house.basis("50")
    structure.extinguish(
        cast.house.units["EDU"], successor=None, basis=basis, actor=cast.house.system, at=basis_at(cast)
    )
    code = cast.house.units["EDU"].code
    assert told(rita, f"unidades/{code}?em=2026-03-09")["em_funcionamento"] is True
    assert told(rita, f"unidades/{code}")["em_funcionamento"] is False
    assert told(rita, f"unidades/{code}")["linha"] == ["GAB", "EDU"]


def basis_at(cast: Cast) -> Any:
    return cast.house.founding.recorded_at


def test_an_act_is_registered_and_told_back(cast: Cast, rita: Client) -> None:
    answer = post(rita, BODY)
    assert answer.status_code == 201
    assert answer.json()["titulo"] == "Portaria nº 33/2026"
    row = LegalAct.objects.get(code=answer.json()["codigo"])
    assert (row.institution, row.authority) == (cast.house.institution, BODY["autoridade"])
    again = told(rita, f"atos/{row.code}")
    assert {name: again[name] for name in BODY} == BODY


def test_the_same_request_repeated_gives_the_first_answer_and_does_nothing(cast: Cast, rita: Client) -> None:
    first = post(rita, BODY)
    before = head_of(cast.house.institution.pk).seq
    again = post(rita, dict(reversed(BODY.items())))
    assert (again.status_code, again.json()) == (201, first.json())
    assert head_of(cast.house.institution.pk).seq == before
    assert LegalAct.objects.filter(number="33").count() == 1


def test_the_same_key_for_another_request_is_a_conflict(rita: Client) -> None:
    post(rita, BODY)
    answer = post(rita, {**BODY, "numero": "34"})
    assert (answer.status_code, answer.json()["codigo"]) == (409, "api.key_used")
    assert not LegalAct.objects.filter(number="34").exists()


def test_the_keys_of_two_callers_do_not_meet(cast: Cast, rita: Client) -> None:
    post(rita, BODY)
    other = program(key_for(cast.twin, "Rita"))
    answer = post(other, BODY)
    assert answer.status_code == 201
    assert LegalAct.objects.filter(number="33").count() == 2


def test_what_was_refused_is_not_remembered_and_may_be_asked_again_corrected(rita: Client) -> None:
    assert post(rita, {**BODY, "ano": 2025}).status_code == 422
    assert not RememberedAnswer.objects.exists()
    assert post(rita, BODY).status_code == 201


def test_a_denied_act_is_noted_though_the_request_is_undone(cast: Cast) -> None:
    answer = post(program(key_for(cast.house, "Ana")), BODY)
    assert (answer.status_code, answer.json()["codigo"]) == (403, "audit.no_power")
    noted = SecurityEvent.objects.filter(actor=cast.house.people["Ana"].code)
    assert noted.exists()
    assert not LegalAct.objects.filter(number="33").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ano": 2025}, "ano"),
        ({"data": "1999-12-31", "ano": 1999}, "data"),
        ({"especie": "bula"}, "especie"),
        ({"autoridade": ""}, "autoridade"),
        ({"numero": "9" * 21}, "numero"),
        ({"ementa": "a\x00b"}, "ementa"),
        ({"data": "31/02/2026"}, "data"),
        ({"ato_atingido": "naoexiste", "o_que_faz": "revoga"}, "ato_atingido"),
        ({"invento": 1}, "invento"),
    ],
)
def test_what_is_wrong_is_told_field_by_field_in_portuguese(
    rita: Client, change: dict[str, object], field: str
) -> None:
    answer = post(rita, {**BODY, **change})
    assert answer.status_code == 422, answer.content
    fields = answer.json()["campos"]
    assert any(name.endswith(field) for name in fields), fields
    assert all(" " in said for messages in fields.values() for said in messages)


def test_writing_without_a_key_of_the_request_is_not_done(rita: Client) -> None:
    answer = rita.post("/api/v1/atos", BODY, content_type="application/json")
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["campos"]


@pytest.mark.parametrize("body", ["{", "[]", '"texto"', ""])
def test_a_body_that_is_not_what_was_asked_for_is_told(rita: Client, body: str) -> None:
    answer = post(rita, body)
    assert answer.status_code in {400, 422}
    assert set(answer.json()) == SHAPE


def test_the_head_of_the_trail_is_told(cast: Cast, rita: Client) -> None:
    head = head_of(cast.house.institution.pk)
    assert told(rita, "trilha/cabeca") == {
        "numero": head.seq,
        "codigo": f"{head.seq}-{head.digest[:12]}",
        "resumo": head.digest,
    }


def test_every_operation_declares_every_error_in_the_one_shape(db: None) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    operations = [each for methods in schema["paths"].values() for each in methods.values()]
    assert len(operations) == 16
    for operation in operations:
        assert operation["summary"]
        for status in ("400", "401", "403", "404", "409", "422", "500"):
            content = operation["responses"][status]["content"]["application/json"]["schema"]
            assert content == {"$ref": "#/components/schemas/Problem"}, operation["summary"]
    assert '"number"' not in json.dumps(schema), "no number of the API is a binary float"


def test_the_page_that_tells_of_the_api_needs_nothing_from_outside(db: None) -> None:
    page = Client().get("/api/v1/").content.decode()
    for said in ("GET /api/v1/unidades", "POST /api/v1/atos", "Idempotency-Key", "openapi.json"):
        assert said in page
    assert '<script src="http' not in page
    assert "cdn" not in page.lower()
