"""The data files: what they must hold, and what their reader refuses."""

from datetime import date
from typing import Any

import pytest

from apura.calendars import CalendarDataError, known_calendars, load_calendar
from apura.calendars.entries import read_jurisdiction

SOUND = {"name": "Dia da Cidade", "kind": "feriado municipal", "day": "03-01", "act": "Lei nº 1/2000"}


def read(**changes: Any) -> None:
    entry = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    read_jurisdiction({"code": "XX", "label": "Lugar", "entries": [entry]}, place="XX.toml")


@pytest.mark.parametrize("code", known_calendars())
def test_every_file_is_named_by_its_code_and_reads_in_every_year(code: str) -> None:
    calendar = load_calendar(code)
    assert calendar.code == code
    assert calendar.holidays_between(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("code", known_calendars())
def test_what_is_confirmed_has_an_act_and_what_is_not_has_a_doubt(code: str) -> None:
    for day in load_calendar(code).holidays_between(date(2000, 1, 1), date(2100, 12, 31)):
        assert bool(day.act) is day.confirmed
        assert bool(day.doubt) is not day.confirmed


@pytest.mark.parametrize(
    ("city", "chain"),
    [
        ("MG-BH", ["MG-BH", "MG", "BR"]),
        ("GO-GYN", ["GO-GYN", "GO", "BR"]),
        ("MT-CGB", ["MT-CGB", "MT", "BR"]),
    ],
)
def test_a_city_lies_in_its_state_and_the_state_in_the_country(city: str, chain: list[str]) -> None:
    assert [jurisdiction.code for jurisdiction in load_calendar(city).jurisdictions] == chain


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": None}, "falta o nome"),
        ({"kind": "feriado distrital"}, "a espécie 'feriado distrital' não existe"),
        ({"day": None}, "exatamente um entre day, easter e dates"),
        ({"easter": -2}, "exatamente um entre day, easter e dates"),
        ({"act": None}, "sem ato"),
        ({"doubt": "não lido"}, "sem ato"),
        ({"confirmed": False}, "sem ato"),
        ({"confirmed": False, "doubt": "não lido"}, "sem ato"),
        ({"suspends": False}, "um feriado sempre suspende"),
        ({"until_hour": 13}, "próprio do meio expediente"),
        ({"kind": "meio expediente"}, "próprio do meio expediente"),
        ({"kind": "meio expediente", "until_hour": 24}, "until_hour vai de 1 a 23"),
        ({"year": 2015}, "chave desconhecida 'year'"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_place(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(CalendarDataError) as refused:
        read(**changes)
    assert str(refused.value).startswith("XX.toml, item 1 (")
    assert problem in str(refused.value)


def test_a_sound_line_is_read() -> None:
    read()
