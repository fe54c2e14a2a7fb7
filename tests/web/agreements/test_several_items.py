"""Putting several indicators into an object of the pact at once: all or none, each error at its row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pages import text_of
from pytest_django.fixtures import DjangoAssertNumQueries

from addresses import add_more
from agreeing import MEASURED_SINCE, accepted, agreed, bodies, write
from apura_web.agreements.models import Agreement
from apura_web.agreements.services import agreements, several
from apura_web.agreements.services.agreements import Opening
from apura_web.foundation.refusals import Refused
from apura_web.indicators.models import Indicator
from apura_web.indicators.services import cards
from cast import NOON, START, Cast, House, make_cast
from ledgers import promise
from measuring import CASES, FIRST, SECOND, THIRD, YEAR_2025, approved, measured_by, proposed
from visits import already_in

MOST_TO_LOOK, MOST_TO_WRITE_FIVE = 34, 70


def offered(house: House, *numbers: str, unit: str = "SAU", **facts: Any) -> list[Indicator]:
    """Indicators with an approved card, measured by the body that answers for them."""
    made = []
    for number in numbers:
        given = {**CASES, "name": f"Casos de {number}", **facts}
        made.append(approved(house, number, unit, from_on=MEASURED_SINCE, **given))
        measured_by(house, made[-1], unit, from_on=MEASURED_SINCE)
    return made


def url_of(found: Agreement, query: str = "") -> str:
    return reverse("parts_several", args=[found.code]) + query


def typed(*rows: tuple[Indicator, str, str], tick: bool = True, **common: str) -> dict[str, str]:
    """What the page would send: each row with its weight and target, ticked."""
    data = {"objeto": "objeto-2", "acao": "gravar", **common}
    for indicator, weight, target in rows:
        data |= {f"{indicator.code}-peso": weight, f"{indicator.code}-meta_final": target}
        data |= {f"{indicator.code}-escolher": "on"} if tick else {}
    return data


def errors(answer: HttpResponse) -> list[str]:
    """Every error, with the words of its field, as the list above the form tells them."""
    form = answer.context["form"]
    return [*form.non_field_errors(), *(f"{field.label}: {each}" for field in form for each in field.errors)]


def listed(answer: HttpResponse) -> list[str]:
    return [each.candidate.indicator.number for each in answer.context["lines"]]


def rows_of(answer: HttpResponse) -> dict[str, Any]:
    lines = [*answer.context["kept"], *answer.context["lines"]]
    return {each.candidate.indicator.number: each for each in lines}


def keys(found: Agreement) -> list[str]:
    return list(found.drafts.filter(section="item").order_by("id").values_list("key", flat=True))


def test_five_indicators_become_five_items_with_what_their_cards_say(
    carla: Client, house: House, found: Agreement
) -> None:
    made = [
        *offered(house, "N-1", "N-2", "N-3"),
        *offered(house, "N-4", polarity="menor", accumulation="ultimo"),
        *offered(house, "N-5", unit="ATE", polarity="faixa", accumulation="media"),
    ]
    rows = [(each, str(place), f"{place}.000,50") for place, each in enumerate(made, 1)]
    rows[1] = (made[1], "", "")
    answer = carla.post(url_of(found), typed(*rows, metodo="Razão"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{found.get_absolute_url()}#parte-objeto-2"
    drafts = list(found.drafts.filter(section="item").order_by("id"))[4:]
    assert [(each.key, each.edited_side, each.edition) for each in drafts] == [
        (f"item-{number}", "acordada", 1) for number in range(5, 10)
    ]
    common = {"objeto": "objeto-2", "especie": "indicador", "metodo": "Razão"}
    card = {"polaridade": "maior é melhor", "acumulacao": "cumulativo"}
    assert drafts[0].values == {
        **common,
        **card,
        "indicador": made[0].code,
        "nome": "Casos de N-1",
        "peso": "1",
        "meta_final": "1000.5",
    }
    assert drafts[1].values == {**common, **card, "indicador": made[1].code, "nome": "Casos de N-2"}
    said = [(each.values["polaridade"], each.values["acumulacao"]) for each in drafts[3:]]
    assert said == [("menor é melhor", "fim do período"), ("dentro da faixa", "média")]
    assert "5 indicadores incluídos em “Estrutura”." in text_of(carla.get(found.get_absolute_url()))


@pytest.mark.parametrize(
    "wrong",
    [
        ("três", "10", "N-2, peso no objeto: Escreva um número"),
        ("1", "1.234", "N-2, meta do fim do período: “1.234” pode ser 1234 ou 1,234"),
        ("1,1234567", "10", "N-2, peso no objeto: Use no máximo 6 casas decimais."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_none_is_written(
    carla: Client, house: House, found: Agreement, wrong: tuple[str, str, str]
) -> None:
    weight, target, said = wrong
    first, second = offered(house, "N-1", "N-2")
    answer = carla.post(url_of(found), typed((first, "1", "5"), (second, weight, target)))
    assert answer.status_code == 422
    assert len(errors(answer)) == 2
    assert errors(answer)[1].startswith(said)
    assert f'value="{weight}"' in answer.content.decode()
    assert keys(found) == ["item-1", "item-2", "item-3", "item-4"]


def test_all_that_is_wrong_is_told_at_once(carla: Client, house: House, found: Agreement) -> None:
    first, second = offered(house, "N-1", "N-2")
    wrong = typed((first, "1", "x"), objeto="objeto-99") | typed((second, "2", ""), tick=False, objeto="")
    said = errors(carla.post(url_of(found), wrong))
    assert said[0] == "Nada foi gravado: confira as linhas apontadas."
    assert said[1].startswith("Objeto de pactuação: Escolha o objeto em que os itens entram.")
    assert said[2].startswith("N-1, meta do fim do período: Escreva um número")
    assert said[3].startswith("N-2 – Casos de N-2: Marque o indicador para incluí-lo")
    none = carla.post(url_of(found), typed((first, "", ""), tick=False))
    assert errors(none) == ["Marque ao menos um indicador."]
    assert len(keys(found)) == 4


def test_what_is_already_in_the_pact_is_shown_so_and_cannot_be_ticked(
    carla: Client, house: House, found: Agreement
) -> None:
    there = Indicator.objects.get(institution=house.institution, number="AR-SAU-1")
    page = carla.get(url_of(found))
    assert rows_of(page)["AR-SAU-1"].row is None
    assert f"{there.code}-escolher" not in page.content.decode()
    assert "já está no pacto : alterar Consultas feitas" in text_of(page)
    answer = carla.post(url_of(found), typed((there, "1", "5")))
    assert errors(answer) == ["Marque ao menos um indicador."]
    assert len(keys(found)) == 4


def test_two_people_who_opened_the_page_together_include_under_different_keys(
    carla: Client, house: House, found: Agreement
) -> None:
    first, second = offered(house, "N-1", "N-2")
    sara = already_in(house, "Sara")
    assert sara.post(url_of(found), typed((first, "1", ""))).status_code == 302
    assert carla.post(url_of(found), typed((second, "1", ""))).status_code == 302
    assert keys(found)[4:] == ["item-5", "item-6"]


def test_an_indicator_put_in_while_one_was_choosing_is_told_and_the_others_stay_ticked(
    carla: Client, house: House, found: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = offered(house, "N-1", "N-2")
    include = several.include

    def late(*args: Any, **kwargs: Any) -> Any:
        write(house, found, "item-5", {"objeto": "objeto-1", "indicador": first.code, "nome": "Outro"})
        return include(*args, **kwargs)

    monkeypatch.setattr(several, "include", late)
    answer = carla.post(url_of(found), typed((first, "1", "7"), (second, "2", "8")))
    assert answer.status_code == 409
    assert "Enquanto você escolhia, alguém incluiu no pacto: Casos de N-1." in text_of(answer)
    assert rows_of(answer)["N-1"].row is None
    kept = rows_of(answer)["N-2"].row
    assert (kept["peso"].value(), kept["escolher"].value()) == ("2", True)
    assert keys(found)[4:] == ["item-5"]


@pytest.mark.django_db(transaction=True)
def test_at_the_very_same_instant_one_includes_and_the_other_is_told() -> None:
    house = make_cast().house
    found = agreed(house)
    made, ready = offered(house, "N-1", "N-2", "N-3"), Barrier(2)

    def include(others: list[Indicator]) -> str:
        items = [{"objeto": "objeto-1", "nome": str(each), "indicador": each.code} for each in others]
        fresh = Agreement.objects.select_related("unit", "institution").get(pk=found.pk)
        ready.wait()
        try:
            several.include(fresh, items, actor=house.system, at=NOON)
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()
        return "feito"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(include, ([made[0], made[1]], [made[2], made[1]])))
    assert told == [several.ALREADY_THERE, "feito"]
    assert keys(found)[4:] == ["item-5", "item-6"]


def test_an_object_taken_out_meanwhile_is_told(carla: Client, house: House, found: Agreement) -> None:
    (made,) = offered(house, "N-1")
    found.drafts.filter(key="objeto-2").update(is_removed=True)
    answer = carla.post(url_of(found), typed((made, "1", "")))
    assert answer.status_code == 422
    assert "objeto-2" in errors(answer)[0]
    assert len(keys(found)) == 4


def test_the_target_approved_for_the_period_is_suggested_with_where_it_comes_from(
    carla: Client, house: House, found: Agreement
) -> None:
    summed, yearly, banded, without = (
        *offered(house, "N-1"),
        *offered(house, "N-2", frequency="anual"),
        *offered(house, "N-3", frequency="anual", polarity="faixa"),
        *offered(house, "N-4"),
    )
    for place, period in enumerate((FIRST, SECOND, THIRD), 1):
        promise(house, summed, ("SAU", period), 10 * place)
    promise(house, yearly, ("SAU", YEAR_2025), "1/2")
    promise(house, banded, ("SAU", YEAR_2025), 18, high=22)
    promise(house, without, ("SAU", FIRST), 10)
    rows = rows_of(carla.get(url_of(found)))
    shown = {
        number: (rows[number].row["meta_final"].value(), rows[number].row["meta_final"].help_text)
        for number in ("N-1", "N-2", "N-3", "N-4")
    }
    assert shown == {
        "N-1": ("60", "Sugerida: metas aprovadas dos períodos de 2025, reunidas pela regra da ficha."),
        "N-2": ("0,5", "Sugerida: meta aprovada para 2025."),
        "N-3": (
            None,
            "A meta aprovada para 2025 é a faixa de 18 a 22: escreva os dois limites no método do item.",
        ),
        "N-4": (None, ""),
    }
    assert carla.post(url_of(found), typed((summed, "1", "60"), (yearly, "", ""))).status_code == 302
    written = [each.values for each in found.drafts.filter(key__in=["item-5", "item-6"]).order_by("id")]
    assert written[0]["meta_final"] == "60"
    assert "meta_final" not in written[1]


def test_what_was_ticked_and_typed_stays_from_one_search_to_the_next(
    carla: Client, house: House, found: Agreement
) -> None:
    first, second = offered(house, "N-1", "N-2")
    (far,) = offered(house, "F-1", unit="EDU", name="Evasão escolar")
    promise(house, first, ("SAU", FIRST), 10)
    looked = {**typed((first, "1.5", "abc"), metodo="Razão"), "acao": "procurar", "q": "EVASAO"}
    answer = carla.post(url_of(found), {**looked, f"{second.code}-peso": "", f"{second.code}-meta_final": ""})
    assert answer.status_code == 200
    assert [each.candidate.indicator.number for each in answer.context["kept"]] == ["N-1"]
    assert listed(answer) == ["F-1"]
    kept = rows_of(answer)["N-1"].row
    assert (kept["peso"].value(), kept["meta_final"].value(), kept["escolher"].value()) == (
        "1.5",
        "abc",
        True,
    )
    assert (answer.context["form"]["metodo"].value(), answer.context["form"].errors) == ("Razão", {})
    by_unit = carla.get(url_of(found, f"?unidade={house.units['EDU'].code}&objeto=objeto-1"))
    assert listed(by_unit) == ["F-1"]
    assert by_unit.context["form"]["objeto"].value() == "objeto-1"
    every = carla.post(url_of(found), {**looked, "acao": "tudo"})
    assert listed(every) == ["AR-SAU-1", "AR-SAU-2", "AR-SAU-3", "AR-SAU-4", "N-2", "F-1"]
    assert far.code in every.content.decode()
    nothing = carla.get(url_of(found, "?q=nada%00 disso"))
    assert "Nada corresponde ao que você procurou." in text_of(nothing)


def test_a_card_whose_act_lost_its_effect_is_not_offered(
    carla: Client, house: House, found: Agreement
) -> None:
    act = house.act("77", START)
    proposal = proposed(house, "N-1", **CASES)
    cards.send(proposal, actor=house.system, at=NOON)
    cards.examine(proposal, opinion="De acordo.", actor=house.system, at=NOON)
    approval = cards.Approval(act, date(2024, 2, 1))
    cards.approve(proposal, approval=approval, actor=house.system, at=NOON)
    assert "N-1" in listed(carla.get(url_of(found)))
    house.act("78", relation="torna_sem_efeito", target=act)
    assert "N-1" not in listed(carla.get(url_of(found)))
    made = Indicator.objects.get(institution=house.institution, number="N-1")
    answer = carla.post(url_of(found), typed((made, "1", "")))
    assert errors(answer) == ["Marque ao menos um indicador."]


def test_a_pact_without_object_and_a_house_without_indicators_say_what_to_do(
    house: House, carla: Client
) -> None:
    bodies(house)
    opening = Opening("9/2025", 2025)
    bare = agreements.open_agreement(house.units["SAU"], opening=opening, actor=house.system, at=NOON)
    page = carla.get(url_of(bare))
    assert "O pacto ainda não tem objeto de pactuação" in text_of(page)
    assert reverse("part_new", args=[bare.code, "objeto"]) in page.content.decode()
    write(house, bare, "objeto-1", {"nome": "Único"})
    page = carla.get(url_of(bare))
    assert "Nenhum indicador com ficha aprovada" in text_of(page)
    for name in ("indicators", "indicator_new"):
        assert f'href="{reverse(name)}"' in page.content.decode()
    offered(house, "N-1")
    assert carla.get(url_of(bare)).context["form"]["objeto"].value() == "objeto-1"


def test_a_closed_text_takes_no_item(carla: Client, house: House, found: Agreement) -> None:
    (made,) = offered(house, "N-1")
    accepted(house, found)
    assert "em assinatura; isto não se faz nesta etapa" in text_of(carla.get(url_of(found)))
    answer = carla.post(url_of(found), typed((made, "1", "5")))
    assert answer.status_code == 409
    assert "em assinatura; isto não se faz nesta etapa" in text_of(answer)
    assert len(keys(found)) == 4


def test_only_who_writes_for_one_of_the_sides_comes_in(cast: Cast, house: House, found: Agreement) -> None:
    (made,) = offered(house, "N-1")
    for name, status in (("Gil", 403), ("Davi", 404), ("Caio", 403), ("Elisa", 404)):
        client = already_in(house, name)
        assert client.get(url_of(found)).status_code == status
        assert client.post(url_of(found), typed((made, "1", ""))).status_code == status
    add_more(cast.twin)
    stranger = already_in(cast.twin, "Sara")
    assert stranger.get(url_of(found)).status_code == 404
    assert stranger.post(url_of(found), typed((made, "1", ""))).status_code == 404
    foreign = offered(cast.twin, "N-1")[0]
    answer = already_in(house, "Sara").post(url_of(found), typed((foreign, "1", "")))
    assert errors(answer) == ["Marque ao menos um indicador."]
    assert len(keys(found)) == 4


def test_sixty_indicators_cost_no_more_than_three_and_come_in_pages(
    carla: Client, house: House, found: Agreement, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = offered(house, *(f"N-{number:02}" for number in range(1, 4)))
    with django_assert_max_num_queries(MOST_TO_LOOK) as few:
        carla.get(url_of(found))
    made += offered(house, *(f"N-{number:02}" for number in range(4, 61)))
    with django_assert_max_num_queries(len(few)):
        page = carla.get(url_of(found))
    assert (page.context["found"].total, len(page.context["lines"])) == (64, 50)
    second = carla.post(url_of(found), {**typed((made[0], "1", "")), "acao": "", "pagina": "2"})
    assert listed(second)[-1] == "N-60"
    assert [each.candidate.indicator.number for each in second.context["kept"]] == ["N-01"]
    with django_assert_max_num_queries(MOST_TO_WRITE_FIVE):
        answer = carla.post(url_of(found), typed(*((each, "1", "") for each in made[:5])))
    assert answer.status_code == 302


def test_the_page_is_reached_from_where_one_adds_an_item(carla: Client, found: Agreement) -> None:
    pact = carla.get(found.get_absolute_url()).content.decode()
    assert f'href="{url_of(found)}?objeto=objeto-1"' in pact
    form = carla.get(reverse("part_new", args=[found.code, "item"]) + "?objeto=objeto-2").content.decode()
    assert f'href="{url_of(found)}?objeto=objeto-2"' in form
    changing = carla.get(reverse("part_edit", args=[found.code, "item-1"])).content.decode()
    assert url_of(found) not in changing
