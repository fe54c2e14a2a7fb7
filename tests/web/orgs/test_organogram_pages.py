"""The organogram on any day, and lists of thousands in few queries."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pages import enter, text_of

from apura_web.orgs.models import Person, Placement, Tenure, Unit
from apura_web.orgs.organogram import Box, Organogram
from apura_web.orgs.services import structure
from apura_web.orgs.services.structure_cache import refresh
from apura_web.orgs.web.drawing import MOST_DRAWN, tree_of
from cast import NOON, START, Cast, House

MANY = 20_000


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    return enter(client, cast.house, "Rita")


def pour(model: type[Model], rows: Iterable[dict[str, object]]) -> None:
    """Insert many rows at once, with codes of their own; what fields leave empty has no default in the database."""
    empty = {
        each.column: ""
        for each in model._meta.concrete_fields
        if not each.null and not each.primary_key and each.get_internal_type() in {"CharField", "EmailField"}
    }
    full = [{**empty, "code": f"t{place:09}", **row} for place, row in enumerate(rows)]
    columns = list(full[0])
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})",  # noqa: S608 - the model's own names
            [tuple(row.values()) for row in full],
        )


def many_units(house: House) -> None:
    common = {"institution_id": house.institution.pk}
    pour(Unit, ({**common, "created_at": NOON, "is_active": False} for _ in range(MANY)))
    new = (
        Unit.objects.filter(institution=house.institution, name="")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    common |= {
        "event": "criacao",
        "from_on": START,
        "parent_id": house.units["EDU"].pk,
        "kind": "unidade",
        "legal_act_id": house.founding.pk,
        "recorded_at": NOON,
    }
    pour(
        Placement,
        (
            {**common, "unit_id": unit, "name": f"Escola {place}", "acronym": f"E{place}"}
            for place, unit in enumerate(new)
        ),
    )
    refresh(house.institution.pk, NOON)


def many_people(house: House) -> None:
    common = {"institution_id": house.institution.pk}
    pour(
        Person,
        (
            {**common, "name": f"Pessoa {place:05}", "registration": str(place), "created_at": NOON}
            for place in range(MANY)
        ),
    )
    new = Person.objects.filter(institution=house.institution, name__startswith="Pessoa ").values_list(
        "pk", flat=True
    )
    common |= {
        "unit_id": house.units["EDU"].pk,
        "kind": "lotacao",
        "capacity": "efetivo",
        "from_on": START,
        "legal_act_id": house.founding.pk,
        "recorded_at": NOON,
    }
    pour(Tenure, ({**common, "person_id": person} for person in new))


def test_lists_of_twenty_thousand_units_and_people_take_few_queries(
    rita: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    many_units(cast.house)
    many_people(cast.house)
    for address, words in (
        (reverse("units"), "20.004"),
        (reverse("units") + "?ordem=-nome&pagina=90&por_pagina=200", "GAB › EDU"),
        (reverse("people") + "?ordem=-nome", "EDU"),
        (reverse("unit", args=[cast.house.units["EDU"].code]), "Educação"),
        (reverse("organogram"), "mais 20000 abaixo"),
        (reverse("tenure_appoint"), "Registrar designação"),
    ):
        with django_assert_max_num_queries(40):
            told = text_of(rita.get(address))
        assert words in told, address


def test_the_organogram_is_drawn_as_it_was_on_the_day_typed(rita: Client, cast: Cast) -> None:
    house = cast.house
    structure.move(
        house.units["ATE"],
        under=house.units["EDU"],
        basis=house.basis("10", date(2026, 2, 1)),
        actor=house.system,
        at=NOON,
    )
    for day, line in (("31/01/2026", "GAB › SAU"), ("01/02/2026", "GAB › EDU")):
        answer = rita.get(reverse("organogram"), {"em": day, "formato": "csv"})
        rows = [row for row in answer.content.decode("utf-8-sig").splitlines() if ";ATE;" in row]
        assert line in rows[0], day
    told = text_of(rita.get(reverse("organogram"), {"em": "01/01/2024"}))
    assert "ainda não havia unidade registrada" in told


def test_a_day_that_does_not_exist_is_said_and_today_is_drawn(rita: Client) -> None:
    answer = rita.get(reverse("organogram"), {"em": "31/02/2026"})
    assert "Escreva a data como" in text_of(answer)
    assert "SAU" in text_of(answer)


def test_comparing_two_days_tells_the_acts_and_minds_no_order(rita: Client, cast: Cast) -> None:
    house = cast.house
    structure.merge(
        house.units["EDU"], absorbed=[house.units["SAU"]], basis=house.basis("10", date(2026, 2, 1)),
        actor=house.system, at=NOON,
    )  # fmt: skip
    for days in (("01/01/2026", "01/03/2026"), ("01/03/2026", "01/01/2026")):
        told = text_of(rita.get(reverse("organogram_comparison"), {"de": days[0], "ate": days[1]}))
        assert "extinta; sucessora: EDU" in told
        assert "Portaria nº 10/2026 (01/02/2026)" in told


def test_external_control_draws_and_lists_only_the_branch_its_letter_names(
    client: Client, cast: Cast
) -> None:
    tina = enter(client, cast.house, "Tina")
    for address in (reverse("organogram"), reverse("units")):
        told = text_of(tina.get(address))
        assert "ATE" in told
        assert "Educação" not in told
        assert "Gabinete" not in told
    assert tina.get(reverse("unit", args=[cast.house.units["EDU"].code])).status_code == 404
    assert tina.get(reverse("organogram"), {"raiz": cast.house.units["EDU"].code}).status_code == 404


def test_a_drawing_is_cut_where_it_would_not_be_read_and_says_how_many_are_left() -> None:
    boxes = {1: Box(1, "raiz", None, "Raiz", "R", "unidade", is_active=True)}
    for number in range(2, 1_001):
        above = (number - 2) // 30 + 1
        boxes[number] = Box(
            number, f"c{number}", above, f"Unidade {number}", f"U{number}", "unidade", is_active=True
        )
    (top,) = tree_of(Organogram(START, boxes))
    assert top.drawn_below <= MOST_DRAWN
    assert (len(top.children), top.children[0].is_cut, top.children[0].below) == (30, True, 30)
