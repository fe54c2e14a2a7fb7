"""Writing the parts of a pact: bad input told at its field, two people at once, methods tried, nothing lost."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pages import text_of
from pytest_django.fixtures import DjangoAssertNumQueries

from agreeing import accepted, agreed, bodies, write
from apura_web.agreements.models import Agreement
from cast import House
from visits import already_in

MOST_QUERIES = 34


def url_of(found: Agreement, key: str) -> str:
    return reverse("part_edit", args=[found.code, key])


def typed_in(client: Client, found: Agreement, key: str, **changes: str) -> dict[str, Any]:
    """What the form of a part would send back, with changes."""
    form = client.get(url_of(found, key)).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | changes


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("meta_final", ("1.234", "“1.234” pode ser 1234 ou 1,234")),
        ("meta_final", ("395.000.000", "Escreva sem ponto de milhar: 395000000.")),
        ("peso", ("três", "Escreva um número")),
        ("peso", ("1,1234567", "Use no máximo 6 casas decimais.")),
        ("prazo", ("30-06-2025", "Escreva a data como 30/05/2014.")),
        ("prazo", ("31/02/2025", "Escreva a data como 30/05/2014.")),
        ("metodo_formula", ("realizado / meta", "não diz como arredonda")),
        ("metodo_formula", ("arred(realizado / alvo; 2)", "alvo")),
        ("metodo_formula", ("1.234 * realizado", "Se são milhares, escreva 1234")),
        ("indicador", ("NADA-9", "Nada corresponde a “NADA-9”")),
        ("especie", ("sonho", "sonho")),
        ("objeto", ("objeto-99", "objeto-99")),
        ("nome", ("n" * 201, "200")),
        ("nome", ("com\x00nulo", "null")),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_kept(
    carla: Client, found: Agreement, field: str, told: tuple[str, str]
) -> None:
    typed, said = told
    before = found.drafts.get(key="item-1")
    answer = carla.post(url_of(found, "item-1"), typed_in(carla, found, "item-1", **{field: typed}))
    assert answer.status_code == 422
    assert list(errors(answer)) == [field]
    assert said.lower() in " ".join(errors(answer)[field]).lower() or field == "nome"
    after = found.drafts.get(key="item-1")
    assert (after.values, after.edition) == (before.values, before.edition)


def test_numbers_days_and_options_are_kept_as_the_norm_reads_them(carla: Client, found: Agreement) -> None:
    typed = typed_in(
        carla, found, "item-1", meta_final="1.234,50", prazo="30/06/2025", metodo="Razão", peso=""
    )
    assert carla.post(url_of(found, "item-1"), typed).status_code == 302
    kept = found.drafts.get(key="item-1").values
    assert (kept["meta_final"], kept["prazo"], kept["metodo"]) == ("1234.5", "2025-06-30", "Razão")
    assert "peso" not in kept
    shown = text_of(carla.get(reverse("agreement", args=[found.code])))
    assert "1.234,5" in shown
    assert "até 30/06/2025" not in shown  # the date is of milestones only


def test_who_saves_second_sees_both_texts_and_loses_nothing(
    carla: Client, house: House, found: Agreement
) -> None:
    typed = typed_in(carla, found, "item-1", meta_final="450", clausula="cláusula 4.2")
    write(house, found, "item-1", {"meta_final": "500"})
    answer = carla.post(url_of(found, "item-1"), typed)
    assert answer.status_code == 409
    told = {each.label: (each.before, each.after) for each in answer.context["changes"]}
    assert told == {
        "Meta do fim do período": ("500", "450"),
        "Cláusula do acordo": ("", "cláusula 4.2"),
        "Método de apuração": ("razão", "Razão"),
    }
    page = answer.content.decode()
    assert 'value="450"' in page
    assert "pela unidade central" in text_of(answer)
    assert found.drafts.get(key="item-1").values["meta_final"] == "500"
    again = {**typed, "edition": answer.context["form"]["edition"].value()}
    assert carla.post(url_of(found, "item-1"), again).status_code == 302
    assert found.drafts.get(key="item-1").values["meta_final"] == "450"


def test_a_part_taken_out_by_the_other_while_one_writes_is_told(
    carla: Client, house: House, found: Agreement
) -> None:
    typed = typed_in(carla, found, "item-4", meta_final="30")
    sara = already_in(house, "Sara")
    removing = reverse("part_remove", args=[found.code, "item-4"])
    seen = sara.get(removing).context["form"]["seen"].value()
    assert "Retirar “Equipes completas” do texto?" in text_of(sara.post(removing, {"seen": seen}))
    assert sara.post(removing, {"seen": seen, "confirmado": "sim"}).status_code == 302
    answer = carla.post(url_of(found, "item-4"), typed)
    assert answer.status_code == 409
    assert "alguém da unidade central retirou esta parte" in text_of(answer)
    assert found.drafts.get(key="item-4").is_removed


def test_two_people_adding_an_item_at_once_add_two(carla: Client, house: House, found: Agreement) -> None:
    url = reverse("part_new", args=[found.code, "item"])
    for client in (carla, already_in(house, "Sara")):
        assert client.post(url, {"nome": "Novo", "edition": "0"}).status_code == 302
    assert list(found.drafts.filter(key__in=["item-5", "item-6"]).values_list("edited_side", flat=True)) == [
        "acordada",
        "acordante",
    ]


def test_the_next_part_starts_with_what_repeats_itself(carla: Client, found: Agreement) -> None:
    url = reverse("part_new", args=[found.code, "item"])
    typed = {
        "objeto": "objeto-2",
        "especie": "marco",
        "nome": "Inaugurar",
        "metodo_formula": "arred(realizado / meta; 2)",
    }
    answer = carla.post(url, {**typed, "acao": "outro"})
    form = carla.get(answer["Location"]).context["form"]
    assert {name: form[name].value() for name in ("objeto", "especie", "metodo_formula")} == {
        "objeto": "objeto-2",
        "especie": "marco",
        "metodo_formula": "arred(realizado / meta; 2)",
    }
    assert not form["nome"].value()


def test_one_may_go_from_a_section_straight_to_the_next(carla: Client, found: Agreement) -> None:
    typed = typed_in(carla, found, "apuracao", acao="seguinte")
    assert carla.post(url_of(found, "apuracao"), typed)["Location"] == url_of(found, "sistematica")
    last = carla.get(url_of(found, "bonus")).context
    assert last["following"] is None
    assert carla.get(url_of(found, "item-1")).context["following"] is None


def test_a_method_is_tried_where_it_decides_also_without_scripts(carla: Client, found: Agreement) -> None:
    typed = {**typed_in(carla, found, "item-1"), "metodo": "", "meta_final": "400"}
    typed |= {"metodo_formula": "min(1; arred(realizado / meta; 2))", "acao": "conferir"}
    lines = carla.post(url_of(found, "item-1"), typed).context["form"].check.lines
    assert [(each.actual, each.grade) for each in lines[:5]] == [
        ("0", "0 %"),
        ("200", "50 %"),
        ("320", "80 %"),
        ("400", "100 %"),
        ("480", "100 %"),
    ]
    assert {each.why_not for each in lines[5:]} == {"Divisão por zero: “meta” vale 0."}
    tried = carla.post(reverse("method_try"), {"metodo": "Tudo ou nada, maior é melhor", "meta_final": "10"})
    assert [each.grade for each in tried.context["check"].lines] == [
        "0 %",
        "0 %",
        "0 %",
        "100 %",
        "100 %",
        "100 %",
        "100 %",
    ]
    assert found.drafts.get(key="item-1").values["metodo"] == "razão"


def test_every_field_shows_its_article_and_what_the_conference_will_ask_for(
    carla: Client, found: Agreement
) -> None:
    page = text_of(carla.get(url_of(found, "apuracao")))
    assert "Fundamento de Nota máxima: Decreto GO nº 8.170/2014, art. 12" in page
    form = carla.get(url_of(found, "item-1")).context["form"]
    needs = {field.name: field.need for field in form}
    assert (needs["meta_final"], needs["meta_1"]) == ("pede-se para assinar", "opcional")
    assert needs["indicador"] == "pede-se para assinar"


def test_nobody_writes_once_both_sides_accepted(carla: Client, house: House, found: Agreement) -> None:
    typed = typed_in(carla, found, "item-1", meta_final="1")
    accepted(house, found)
    answer = carla.post(url_of(found, "item-1"), typed)
    assert answer.status_code == 409
    assert "em assinatura; isto não se faz nesta etapa" in text_of(answer)


def test_who_heads_a_unit_above_the_acordada_follows_and_does_not_write(
    house: House, found: Agreement
) -> None:
    bodies(house)
    gil = already_in(house, "Gil")
    assert gil.get(reverse("agreement", args=[found.code])).status_code == 200
    for name in ("proposal_send", "proposal_accept"):
        assert gil.get(reverse(name, args=[found.code])).status_code == 403
    assert gil.post(url_of(found, "item-1"), {"nome": "Outro"}).status_code == 403


@pytest.mark.parametrize("name", ["agreement", "agreement_negotiation", "agreement_conference", "agreements"])
def test_a_page_costs_the_same_however_long_the_pact_is(
    house: House, found: Agreement, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    carla = already_in(house, "Carla")
    url = reverse(name, args=[] if name == "agreements" else [found.code])
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        carla.get(url)
    for number in range(5, 15):
        write(house, found, f"item-{number}", {"objeto": "objeto-1", "nome": f"Item {number}"})
    agreed(house, number="9/2026", year=2026)
    with django_assert_max_num_queries(len(few)):
        carla.get(url)
