"""Twins: two institutions of the same shape, and nothing of one ever reached from the other."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, ForeignKey, QuerySet
from django.utils import timezone

import apura_web
from apura_web.indicators.services import rounds
from apura_web.orgs.organogram import Organogram
from apura_web.orgs.services import people
from apura_web.orgs.services.people import PersonFacts
from cast import NOON, TODAY, Cast
from measuring import CASES, answer_of, approved, collection, measured_by, type_in
from visits import already_in

WHO = ["Ana", "Bruno", "Carla", "Davi", "Elisa", "Rita", "Ada", "Caio", "Tina"]


def selectors() -> Iterator[Callable[..., Any]]:
    for module in pkgutil.walk_packages(apura_web.__path__, "apura_web."):
        if ".migrations" in module.name or ".web" in module.name:
            continue
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if name.endswith("_visible_to") and function.__module__ == module.name:
                yield function


OWNERS = {"TrailDetail": "entry__institution", "Institution": "pk"}  # they have no such column
SELECTORS = sorted(selectors(), key=lambda each: each.__qualname__)


def test_the_rooms_do_have_selectors_to_try() -> None:
    assert {each.__name__ for each in SELECTORS} >= {
        "units_visible_to",
        "people_visible_to",
        "legal_acts_visible_to",
        "entries_visible_to",
    }


def measure_in_both(cast: Cast) -> None:
    """Let each house have something to measure, typed and sent, so that there is something to keep apart."""
    for house in (cast.house, cast.twin):
        measured_by(house, approved(house, "IND-1", **CASES), "ATE")
        answer = answer_of(house, collection(house), "ATE")
        type_in(answer, {"IND-1": "10"}, actor=house.system)
        rounds.send(answer, actor=house.system, at=timezone.now())


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("select", SELECTORS, ids=lambda each: each.__name__)
def test_no_selector_gives_anything_of_the_twin(cast: Cast, select: Callable[..., Any], who: str) -> None:
    known = {"actor": cast.house.actor(who), "looker": cast.house.actor(who), "on": TODAY, "since": TODAY}
    arguments = [known[name] for name in inspect.signature(select).parameters]
    if "indicators" in select.__module__:
        measure_in_both(cast)
    found = select(*arguments)
    if isinstance(found, Organogram):
        assert not {box.code for box in found.boxes.values()} & {
            unit.code for unit in cast.twin.units.values()
        }
        return
    assert isinstance(found, QuerySet)
    assert {row.institution_id for row in found} <= {cast.house.institution.pk}


def own_keys() -> Iterator[tuple[type[Any], ForeignKey[Any, Any]]]:
    for model in apps.get_models():
        if not model.__module__.startswith("apura_web"):
            continue
        for field in model._meta.concrete_fields:
            points_at = getattr(field, "related_model", None)
            if points_at is not None and any(
                each.name == "institution" for each in points_at._meta.concrete_fields
            ):
                yield model, field


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "key"), list(own_keys()), ids=lambda each: getattr(each, "name", None) or each.__name__
)
def test_no_row_points_at_a_record_of_another_institution(
    model: type[Any], key: ForeignKey[Any, Any]
) -> None:
    owner = OWNERS.get(model.__name__, "institution")
    crossing = model._base_manager.exclude(**{key.name: None}).exclude(
        **{f"{key.name}__institution": F(owner)}
    )
    assert list(crossing) == []


@pytest.mark.parametrize("address", ["/unidades/", "/pessoas/", "/atos/", "/trilha/", "/acessos/"])
@pytest.mark.parametrize("form", ["csv", "xlsx", ""])
def test_no_list_and_no_export_names_anybody_of_the_twin(cast: Cast, address: str, form: str) -> None:
    facts = PersonFacts("Inconfundível da Outra Casa", email="outra@sul.example")
    people.register(cast.twin.institution, facts=facts, actor=cast.twin.system, at=NOON)
    answer = already_in(cast.house, "Ada").get(address, {"formato": form} if form else {})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert content
    assert "Inconfund" not in content.decode("utf-8", "replace")
    assert cast.twin.units["SAU"].code.encode() not in content
