"""Units as people see and change them."""

import pytest
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of

from apura_web.audit.models import TrailEntry
from apura_web.orgs.models import Placement, Unit
from cast import Cast, House


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    return enter(client, cast.house, "Rita")


def page(name: str, unit: Unit) -> str:
    return reverse(name, args=[unit.code])


def fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


def test_the_page_of_a_unit_tells_where_it_stands_and_who_is_in_charge(rita: Client, cast: Cast) -> None:
    told = text_of(rita.get(page("unit", cast.house.units["SAU"])))
    for words in (
        "SAU – Saúde",
        "Titular do órgão",
        "Ana de Teste",
        "Decreto nº 1/2024",
        "ATE",
        "Criada como SAU",
    ):
        assert words in told


def test_a_unit_is_created_renamed_and_moved_each_by_its_act(rita: Client, cast: Cast) -> None:
    house = cast.house
    house.act("12")
    basis = {"legal_act": "Portaria nº 12/2026"}
    names = {"name": "Ensino Médio", "acronym": "MED", "kind": "unidade"}
    confirm(rita, page("unit_create", house.units["EDU"]), {**names, **basis})
    unit = Unit.objects.get(acronym="MED", institution=house.institution)
    confirm(rita, page("unit_rename", unit), {**names, "name": "Ensino Médio e Técnico", **basis})
    confirm(rita, page("unit_move", unit), {"parent": "SAU", **basis})
    assert (fresh(unit).name, fresh(unit).path) == (
        "Ensino Médio e Técnico",
        f"{fresh(house.units['SAU']).path}{unit.pk}/",
    )


def test_nothing_is_written_until_it_is_confirmed(rita: Client, cast: Cast) -> None:
    cast.house.act("12")
    before = TrailEntry.objects.count(), Placement.objects.count()
    shown = rita.post(page("unit_move", cast.house.units["ATE"]), {"parent": "EDU", "legal_act": "12/2026"})
    told = text_of(shown)
    assert "ATE passa a ficar sob EDU em 10/03/2026" in told
    assert "Quem tem função sobre SAU deixa de alcançá-la" in told
    assert (TrailEntry.objects.count(), Placement.objects.count()) == before


def test_a_refusal_comes_before_the_confirmation_and_keeps_what_was_typed(rita: Client, cast: Cast) -> None:
    cast.house.act("12")
    typed = {"parent": "ATE", "legal_act": "12/2026", "from_on": "11/03/2026"}
    shown = rita.post(page("unit_move", cast.house.units["SAU"]), typed)
    assert shown.status_code == 422
    assert "subordinada a si mesma" in errors_of(shown)
    assert 'value="11/03/2026"' in shown.content.decode()


def test_merging_tells_who_and_what_passes_and_then_passes_it(rita: Client, cast: Cast) -> None:
    house = cast.house
    house.act("12")
    url = page("unit_merge", house.units["EDU"])
    typed = {"siblings": [house.units["SAU"].code], "legal_act": "12/2026"}
    told = text_of(rita.post(url, typed))
    assert "Passam de SAU para EDU: ATE" in told
    assert "Termina em 09/03/2026: Ana de Teste, Titular do órgão" in told
    confirm(rita, url, typed)
    assert fresh(house.units["ATE"]).path.startswith(fresh(house.units["EDU"]).path)
    assert not fresh(house.units["SAU"]).is_active
    assert "Incorporou SAU" in text_of(rita.get(page("unit", house.units["EDU"])))


def test_extinguishing_a_unit_that_still_has_others_under_it_is_refused(rita: Client, cast: Cast) -> None:
    cast.house.act("12")
    shown = rita.post(page("unit_extinguish", cast.house.units["SAU"]), {"legal_act": "12/2026"})
    assert "ainda tem unidades subordinadas: ATE" in errors_of(shown)


def test_the_second_editor_is_told_what_changed_keeps_the_text_and_may_insist(
    rita: Client, cast: Cast
) -> None:
    house = cast.house
    house.act("12")
    url = page("unit_rename", house.units["EDU"])
    seen = rita.get(url).context["form"]["seen"].value()
    names = {"acronym": "EDU", "kind": "unidade", "legal_act": "12/2026"}
    confirm(rita, url, {**names, "name": "Educação e Cultura"})
    late = {**names, "name": "Educação e Esporte", "seen": seen}
    refused = rita.post(url, late)
    assert refused.status_code == 422
    assert "alterou a denominação da unidade" in errors_of(refused)
    assert "Educação e Esporte" in refused.content.decode()
    confirm(rita, url, {**late, "seen": refused.context["form"]["seen"].value()})
    assert fresh(house.units["EDU"]).name == "Educação e Esporte"


def test_registering_the_act_on_the_way_brings_back_what_was_typed(rita: Client, cast: Cast) -> None:
    url = page("unit_move", cast.house.units["ATE"])
    away = rita.post(url, {"parent": "EDU", "novo_ato": "sim"})
    act = {"kind": "portaria", "number": "33", "signed_on": "10/03/2026", "authority": "Secretário"}
    back = rita.post(away["Location"], act)
    assert back["Location"].startswith(url)
    form = rita.get(back["Location"]).context["form"]
    assert form["parent"].value() == "GAB › EDU — Educação"
    assert form["legal_act"].value() == "Portaria nº 33/2026 · Secretário"


def test_a_servant_sees_units_but_no_button_and_no_form(client: Client, cast: Cast) -> None:
    davi = enter(client, cast.house, "Davi")
    unit = cast.house.units["ATE"]
    assert "Mudar a unidade" not in text_of(davi.get(page("unit", unit)))
    for name in ("unit_rename", "unit_move", "unit_merge", "unit_extinguish", "unit_create"):
        assert davi.get(page(name, unit)).status_code == 403, name


def test_the_people_posted_in_a_unit_are_shown_only_to_who_may_see_them(client: Client, cast: Cast) -> None:
    url = page("unit", cast.house.units["ATE"])
    assert "Pessoas com lotação aqui" in text_of(enter(client, cast.house, "Ana").get(url))
    told = text_of(enter(client, cast.house, "Elisa").get(url))
    assert "Pessoas com lotação aqui" not in told
    assert "Davi" not in told


def test_no_page_of_a_unit_opens_from_another_institution(client: Client, cast: Cast) -> None:
    rita = enter(client, cast.twin, "Rita")
    names = ("unit", "unit_create", "unit_rename", "unit_move", "unit_merge", "unit_extinguish")
    for name in names:
        assert rita.get(page(name, cast.house.units["SAU"])).status_code == 404, name


def test_no_choice_of_a_form_takes_a_unit_or_an_act_of_another_institution(
    client: Client, cast: Cast
) -> None:
    rita = enter(client, cast.twin, "Rita")
    other = cast.house.act("77")
    url = page("unit_move", cast.twin.units["ATE"])
    for typed in (
        {"parent": cast.house.units["EDU"].code, "legal_act": "1/2024"},
        {"parent": "EDU", "legal_act": other.code},
        {"parent": "EDU", "legal_act": "77/2026"},
    ):
        shown = rita.post(url, typed)
        assert "Nada corresponde" in errors_of(shown), typed


def test_an_ambiguous_acronym_asks_for_the_path(rita: Client, cast: Cast) -> None:
    house: House = cast.house
    house.act("12")
    names = {"name": "Protocolo", "acronym": "PRO", "kind": "unidade", "legal_act": "12/2026"}
    for acronym in ("SAU", "EDU"):
        confirm(rita, page("unit_create", house.units[acronym]), names)
    url = page("unit_move", house.units["ATE"])
    shown = rita.post(url, {"parent": "PRO", "legal_act": "12/2026"})
    assert "GAB › EDU › PRO" in errors_of(shown)
    confirm(rita, url, {"parent": "GAB › EDU › PRO", "legal_act": "12/2026"})
    assert fresh(house.units["ATE"]).path.startswith(fresh(house.units["EDU"]).path)
