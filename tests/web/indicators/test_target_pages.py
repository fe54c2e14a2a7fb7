"""Targets and baselines on pages: typed as people type, shared out as a proposal, confirmed before and after."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of
from pytest_django import DjangoAssertNumQueries

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.indicators.models import Baseline, Indicator, Target
from apura_web.indicators.periods import Period, year_of
from apura_web.indicators.services import targets
from apura_web.indicators.services.targets import Origin, Value
from apura_web.orgs.models import Unit
from cast import NOON, Cast, House
from measuring import CASES, approved, measured_by

FIRST = Period(date(2026, 1, 1), date(2026, 4, 30))
SECOND = Period(date(2026, 5, 1), date(2026, 8, 31))
THIRD = Period(date(2026, 9, 1), date(2026, 12, 31))
YEAR = year_of(2026)
PLAN = {"provenance": "plano", "origin": "Plano 2024–2027"}


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


@pytest.fixture
def found(house: House) -> Indicator:
    indicator = approved(house, "IND-1", **CASES)
    measured_by(house, indicator, "ATE")
    return indicator


@pytest.fixture
def carla(client: Client, house: House) -> Client:
    return enter(client, house, "Carla")


def typed(**values: str) -> dict[str, Any]:
    """What is posted for the unit ATE in 2026: ``primeiro``, ``segundo``, ``terceiro``, ``total`` and other fields."""
    periods = {"primeiro": FIRST, "segundo": SECOND, "terceiro": THIRD, "total": YEAR}
    rows = {f"valor-{period.key}": values.pop(name, "") for name, period in periods.items()}
    unit = Unit.objects.get(acronym="ATE", institution__code="norte")
    return {"unidade": unit.code, "ano": "2026", **PLAN, **rows, **values}


def url(indicator: Indicator, name: str = "targets_set") -> str:
    return reverse(name, args=[indicator.code])


def standing() -> dict[Period, Fraction | None]:
    return {row.period: row.value for row in Target.objects.filter(replaced_by=None)}


def test_targets_are_fixed_for_a_year_after_reading_before_and_after(
    carla: Client, house: House, found: Indicator
) -> None:
    given = typed(primeiro="1200", segundo="0", total="3.600,5")
    shown = carla.post(url(found), given)
    told = text_of(shown)
    assert "Mudam 3 metas" in told
    assert "1º quadrimestre de 2026 alterado sem meta 1.200 processos" in told
    assert Target.objects.count() == 0
    confirm(carla, url(found), given)
    assert standing() == {FIRST: Fraction(1200), SECOND: Fraction(0), YEAR: Fraction("3600.5")}
    page = text_of(carla.get(url(found, "indicator_targets")))
    assert "1.200 processos" in page
    assert "Plano: Plano 2024–2027" in page
    assert "por Carla de Teste" in page


def test_a_change_asks_for_the_reason_and_the_value_before_stays_in_sight(
    carla: Client, house: House, found: Indicator
) -> None:
    confirm(carla, url(found), typed(total="60"))
    silent = carla.post(url(found), typed(total="45"))
    assert "Diga por que a meta já fixada muda." in errors_of(silent)
    assert 'value="45"' in silent.content.decode()
    confirm(carla, url(found), typed(total="45", reason="Revisão do plano."))
    assert standing() == {YEAR: Fraction(45)}
    page = text_of(carla.get(url(found, "indicator_targets")))
    assert "1 anterior" in page
    assert "60 processos , de" in page
    assert "Mudou porque: Revisão do plano." in page


def test_a_target_left_blank_is_taken_away_and_the_form_starts_with_what_stands(
    carla: Client, house: House, found: Indicator
) -> None:
    confirm(carla, url(found), typed(primeiro="20", total="60"))
    form = carla.get(f"{url(found)}?ano=2026").context["form"]
    assert [row.value.value() for row in form.rows] == ["20", None, None, "60"]
    given = typed(total="60", reason="Só a do ano vale.")
    assert "20 processos sem meta" in text_of(carla.post(url(found), given))
    confirm(carla, url(found), given)
    assert standing() == {FIRST: None, YEAR: Fraction(60)}


def test_nothing_is_written_when_nothing_changes(carla: Client, house: House, found: Indicator) -> None:
    confirm(carla, url(found), typed(total="60"))
    before = TrailEntry.objects.count()
    again = carla.post(url(found), typed(total="60"))
    assert "Nada muda: os valores já são esses." in errors_of(again)
    assert TrailEntry.objects.count() == before


def test_the_target_of_the_year_is_shared_out_as_a_proposal_that_writes_nothing(
    carla: Client, house: House, found: Indicator
) -> None:
    before = TrailEntry.objects.count()
    shown = carla.post(url(found), {**typed(total="100", segundo="7"), "distribuir": "sim"})
    rows = [row.value.value() for row in shown.context["form"].rows]
    assert rows == ["33", "33", "34", "100"]  # 100 × 4/12 = 33,33…: 33, 33, and what is left over in the last
    told = text_of(shown)
    assert "o que sobrou (1) ficou no último período" in told
    assert "É uma proposta" in told
    assert shown.context["form"]["origin"].value() == "Plano 2024–2027"
    assert (TrailEntry.objects.count(), Target.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("total", "said"), [("", "Escreva antes a meta do ano"), ("abc", "Escreva um número")]
)
def test_there_is_nothing_to_share_without_the_target_of_the_year(
    carla: Client, found: Indicator, total: str, said: str
) -> None:
    shown = carla.post(url(found), {**typed(primeiro="5", total=total), "distribuir": "sim"})
    assert said in text_of(shown)
    assert shown.context["form"].rows[0].value.value() == "5"


def test_a_range_has_two_ends_and_both_are_shared(carla: Client, house: House) -> None:
    indicator = approved(house, "IND-2", **{**CASES, "polarity": "faixa", "accumulation": "media"})
    measured_by(house, indicator, "ATE")
    given = {**typed(total="10"), f"ate-{YEAR.key}": "20", f"peso-{YEAR.key}": "2"}
    shown = carla.post(url(indicator), {**given, "distribuir": "sim"}).context["form"]
    assert [(row.value.value(), row.high.value()) for row in shown.rows][:3] == [("10", "20")] * 3
    assert "termina antes de começar" in errors_of(
        carla.post(url(indicator), {**given, f"ate-{YEAR.key}": "9"})
    )
    assert "informe os dois" in errors_of(carla.post(url(indicator), {**given, f"ate-{YEAR.key}": ""}))
    confirm(carla, url(indicator), given)
    row = Target.objects.get()
    assert (row.value, row.high, row.weight) == (10, 20, 2)
    assert "de 10 a 20 processos" in text_of(carla.get(url(indicator, "indicator_targets")))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"primeiro": "12,3456789"}, "Use no máximo 6 casas decimais."),
        ({"primeiro": "doze"}, "Escreva um número, como 1.234,56."),
        ({"primeiro": "1.200"}, "“1.200” pode ser 1200 ou 1,200"),
        ({"provenance": ""}, "Escolha uma opção."),
        ({"total": "5", "provenance": "ato", "legal_act": ""}, "Diga de que ato o valor vem."),
        ({"total": "5", "legal_act": "Portaria nº 999/2026"}, "Nada corresponde"),
        ({f"peso-{YEAR.key}": "2"}, "Há peso sem meta em 2026"),
        ({"total": "5", f"peso-{YEAR.key}": "-2"}, "O peso é zero ou mais."),
        ({"ano": "20x6"}, "ano"),
        ({"ano": "2019"}, "Nenhuma versão da ficha estava em vigor nesse ano"),
        ({"unidade": "nenhuma"}, "Escolha uma das unidades que apuram"),
    ],
)
def test_a_wrong_target_says_the_field_the_reason_and_what_to_do(
    carla: Client, found: Indicator, wrong: dict[str, str], said: str
) -> None:
    answer = carla.post(url(found), typed(**wrong))
    assert answer.status_code == 422
    assert said in errors_of(answer)
    assert Target.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "said"), [("40", "é igual à"), ("39", "é pior que a"), ("0", "é pior que a"), ("41", "")]
)
def test_a_target_not_better_than_the_baseline_is_accepted_with_a_note(
    carla: Client, found: Indicator, value: str, said: str
) -> None:
    base = {
        "unidade": typed()["unidade"],
        "starts_on": "01/01/2025",
        "ends_on": "31/12/2025",
        "value": "40",
    }
    confirm(carla, url(found, "baseline_set"), {**base, "provenance": "serie", "origin": "Relatório de 2025"})
    assert Baseline.objects.get().value == 40
    told = text_of(carla.post(url(found), typed(total=value)))
    assert ("linha de base de 2025 (40 processos)" in told) == bool(said)
    assert said in told
    confirm(carla, url(found), typed(total=value))
    assert standing() == {YEAR: Fraction(value)}


def test_a_baseline_changes_with_a_reason_and_both_are_told(
    carla: Client, house: House, found: Indicator
) -> None:
    base = {"unidade": house.units["ATE"].code, "starts_on": "01/01/2025", "ends_on": "31/12/2025"}
    confirm(carla, url(found, "baseline_set"), {**base, "value": "40", **PLAN})
    silent = carla.post(url(found, "baseline_set"), {**base, "value": "38", **PLAN})
    assert "Diga por que o valor muda." in errors_of(silent)
    confirm(carla, url(found, "baseline_set"), {**base, "value": "38", **PLAN, "reason": "Recontagem."})
    assert "Mudou porque: Recontagem." in text_of(carla.get(url(found, "indicator_targets")))
    disorder = {**base, "ends_on": "01/12/2024", "value": "1", **PLAN}
    assert "termina antes de começar" in errors_of(carla.post(url(found, "baseline_set"), disorder))


def test_what_was_typed_goes_through_a_new_act_and_comes_back(
    carla: Client, house: House, found: Indicator
) -> None:
    away = carla.post(url(found), {**typed(total="60"), "novo_ato": "sim"})
    back = away["Location"].partition("volta=")[2]
    assert f"valor-{YEAR.key}" in back
    assert "unidade" in back


def test_no_target_is_said_in_a_sentence_and_a_unit_is_chosen_when_there_are_two(
    carla: Client, house: House, found: Indicator
) -> None:
    measured_by(house, found, "EDU")
    page = text_of(carla.get(url(found, "indicator_targets")))
    assert page.count("Sem meta fixada: o que se apura aqui não é comparado com nada.") == 2
    choice = text_of(carla.get(url(found)))
    assert "De que unidade e de que ano?" in choice
    assert "Metas de 2026" not in choice
    alone = approved(house, "IND-3", **CASES)
    assert "Falta quem apure" in text_of(carla.get(url(alone)))
    assert "Ainda não há metas" in text_of(carla.get(url(alone, "indicator_targets")))


def test_a_period_of_the_cards_own_is_of_the_year_it_ends_in(carla: Client, house: House) -> None:
    across = [["2025-11-01", "2026-04-30"], ["2026-05-01", "2026-10-31"]]
    facts = {**CASES, "frequency": "personalizada", "custom_periods": across}
    indicator = approved(house, "IND-4", **facts)
    measured_by(house, indicator, "ATE")
    given = {"unidade": typed()["unidade"], "ano": "2026", **PLAN}
    total = {f"valor-{YEAR.key}": "10"}
    shown = carla.post(url(indicator), {**given, **total, "distribuir": "sim"}).context["form"]
    assert [row.value.value() for row in shown.rows] == ["5", "5", "10"]  # six months and six months
    confirm(carla, url(indicator), {**given, "valor-2025-11-01_2026-04-30": "4"})
    assert list(standing().values()) == [4]


def test_the_page_of_targets_costs_the_same_with_many(
    carla: Client, house: House, found: Indicator, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def fix(year: int, *values: int) -> None:
        for place, value in enumerate(values):
            targets.set_targets(
                found,
                values=[Value(house.units["ATE"], year_of(year), Fraction(value))],
                origin=Origin("ato", "", house.founding, f"Mudança {place}."),
                actor=house.system,
                at=NOON,
            )

    fix(2024, 1, 2)
    carla.get(url(found, "indicator_targets"))
    with django_assert_max_num_queries(24) as few:
        carla.get(url(found, "indicator_targets"))
    for year in range(2025, 2031):
        fix(year, 5, 6, 7)
    with django_assert_max_num_queries(len(few)):
        shown = carla.get(url(found, "indicator_targets"))
    assert len(shown.context["units"][0].targets) == 7
    assert len(carla.get(f"{url(found, 'indicator_targets')}?ano=2026").context["units"][0].targets) == 1
