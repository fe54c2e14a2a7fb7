"""Which days have business, in each place and year."""

from datetime import date, datetime

import pytest

from apura.calendars import (
    CalendarError,
    DateOutOfRange,
    UnknownCalendar,
    day_in_words,
    known_calendars,
    load_calendar,
    weekday_name,
)

NATIONAL_2015 = [
    date(2015, 1, 1),
    date(2015, 4, 3),
    date(2015, 4, 21),
    date(2015, 5, 1),
    date(2015, 9, 7),
    date(2015, 10, 12),
    date(2015, 11, 2),
    date(2015, 11, 15),
    date(2015, 12, 25),
]


def test_the_calendars_known_are_the_country_three_states_and_their_capitals() -> None:
    assert known_calendars() == ("BR", "GO", "GO-GYN", "MG", "MG-BH", "MT", "MT-CGB")


def test_a_calendar_knows_its_code_and_its_name() -> None:
    calendar = load_calendar("mg-bh")
    assert (calendar.code, calendar.label) == ("MG-BH", "Belo Horizonte (MG)")


def test_an_unknown_calendar_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownCalendar) as refused:
        load_calendar("SP")
    assert str(refused.value) == (
        "Calendário desconhecido: “SP”. Os calendários conhecidos são: "
        "BR, GO, GO-GYN, MG, MG-BH, MT, MT-CGB. Use um desses códigos."
    )


@pytest.mark.parametrize("code", ["", "../MG", "MG.toml"])
def test_a_code_is_never_taken_for_a_path(code: str) -> None:
    with pytest.raises(UnknownCalendar):
        load_calendar(code)


def test_the_country_keeps_nine_holidays_in_2015() -> None:
    kept = load_calendar("BR").holidays_between(date(2015, 1, 1), date(2015, 12, 31))
    assert [day.date for day in kept if day.kind == "feriado nacional"] == NATIONAL_2015


@pytest.mark.parametrize("code", ["BR", "MG", "MG-BH", "GO", "GO-GYN", "MT", "MT-CGB"])
def test_every_place_keeps_the_holidays_of_the_country(code: str) -> None:
    calendar = load_calendar(code)
    assert not any(calendar.is_business_day(day) for day in NATIONAL_2015)


# Easter of each year: 2000 23/04, 2008 23/03 (the earliest here), 2011 24/04, 2015 05/04, 2019 21/04,
# 2024 31/03, 2038 25/04 (the latest), 2076 19/04, 2100 28/03.
@pytest.mark.parametrize(
    "good_friday",
    [
        date(2000, 4, 21),
        date(2008, 3, 21),
        date(2011, 4, 22),
        date(2015, 4, 3),
        date(2019, 4, 19),
        date(2024, 3, 29),
        date(2038, 4, 23),
        date(2076, 4, 17),
        date(2100, 3, 26),
    ],
)
def test_good_friday_follows_easter(good_friday: date) -> None:
    assert load_calendar("BR").why_not(good_friday) == "feriado nacional: Sexta-feira da Paixão"


def test_good_friday_and_tiradentes_on_the_same_day_are_one_holiday() -> None:
    # Easter of 2000 was 23/04, so Good Friday fell on 21/04.
    assert load_calendar("BR").why_not(date(2000, 4, 21)) == "feriado nacional: Sexta-feira da Paixão"


def test_20_november_is_a_holiday_everywhere_only_from_2024() -> None:
    country = load_calendar("BR")
    assert country.is_business_day(date(2023, 11, 20))
    assert (
        country.why_not(date(2024, 11, 20))
        == "feriado nacional: Dia Nacional de Zumbi e da Consciência Negra"
    )


@pytest.mark.parametrize("year", [2007, 2015, 2023])
def test_20_november_was_already_a_holiday_of_mato_grosso(year: int) -> None:
    kept = load_calendar("MT").holiday_on(date(year, 11, 20))
    assert kept is not None
    assert (kept.kind, kept.confirmed, kept.jurisdiction) == ("feriado estadual", True, "MT")
    assert load_calendar("MG").holiday_on(date(year, 11, 20)) is None


def test_15_august_is_a_holiday_of_belo_horizonte_not_of_its_state() -> None:
    day = date(2014, 8, 15)
    assert load_calendar("MG").is_business_day(day)
    assert load_calendar("MG-BH").why_not(day) == (
        "feriado municipal: Assunção de Nossa Senhora (não confirmado)"
    )


def test_a_moved_holiday_replaces_the_usual_day() -> None:
    goias = load_calendar("GO")
    assert goias.is_business_day(date(2016, 7, 26))
    moved = goias.holiday_on(date(2016, 7, 25))
    assert moved is not None
    assert moved.name == "Fundação da Cidade de Goiás (transferido de 26/07)"
    assert (moved.act, moved.confirmed) == ("Decreto GO nº 8.694/2016", True)
    assert not goias.is_business_day(date(2017, 7, 26))


def test_the_servants_day_of_goias_was_moved_in_2021_with_the_day_off_it_brings() -> None:
    goias = load_calendar("GO")
    moved = goias.holiday_on(date(2021, 10, 11))
    assert moved is not None
    assert (moved.kind, moved.suspends) == ("ponto facultativo", True)
    # 28/10 stays an optional day of federal custom, without any choice of the state: a business day.
    assert goias.is_business_day(date(2021, 10, 28))


# Easter of 2015 was 05/04: Carnival 16 and 17/02, Ash Wednesday 18/02, Corpus Christi 04/06.
@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2015, 2, 16), "ponto facultativo"),
        (date(2015, 2, 17), "ponto facultativo"),
        (date(2015, 2, 18), "meio expediente"),
        (date(2015, 6, 4), "ponto facultativo"),
        (date(2015, 10, 28), "ponto facultativo"),
    ],
)
def test_an_optional_day_without_a_recorded_choice_is_a_business_day(day: date, kind: str) -> None:
    state = load_calendar("MG")
    kept = state.holiday_on(day)
    assert kept is not None
    assert (kept.kind, kept.suspends, kept.choice_recorded) == (kind, False, False)
    assert state.is_business_day(day)
    assert f"{kind} sem escolha registrada: contado como dia útil" in kept.counted_in_words()


def test_corpus_christi_is_a_holiday_where_the_city_made_it_one() -> None:
    assert (
        load_calendar("MG-BH").why_not(date(2015, 6, 4))
        == "feriado municipal: Corpus Christi (não confirmado)"
    )


def test_the_decrees_of_mato_grosso_record_its_choice_of_each_year() -> None:
    state = load_calendar("MT")
    # 2016: Easter 27/03. 2023: Easter 09/04; the decree of the year does not list Ash Wednesday.
    assert state.why_not(date(2016, 2, 8)) == "ponto facultativo: Carnaval"
    assert not state.is_business_day(date(2016, 5, 27))
    assert state.is_business_day(date(2017, 6, 16))
    ash_wednesday = state.holiday_on(date(2023, 2, 22))
    assert ash_wednesday is not None
    assert (ash_wednesday.choice_recorded, ash_wednesday.suspends) == (True, False)
    assert ash_wednesday.counted_in_words().endswith(
        "com expediente por escolha registrada: contado como dia útil"
    )


def test_a_half_day_says_until_when_there_is_no_business() -> None:
    # The decree of 2020 (Easter 12/04) opens the state's offices at 13 h on Ash Wednesday, 26/02.
    kept = load_calendar("MT").holiday_on(date(2020, 2, 26))
    assert kept is not None
    assert kept.until_hour == 13
    assert kept.in_words() == "meio expediente (sem expediente até as 13 h): Quarta-feira de Cinzas"


def test_days_off_of_the_caller_are_added_and_do_not_touch_the_calendar_they_came_from() -> None:
    state = load_calendar("MG")
    monday, tuesday = date(2015, 2, 16), date(2015, 2, 17)
    closed = state.with_days_off({monday: "Carnaval, Portaria nº 1/2015"}).with_days_off(
        {tuesday: "Carnaval"}
    )

    assert closed.why_not(monday) == "dia sem expediente: Carnaval, Portaria nº 1/2015"
    assert closed.why_not(tuesday) == "dia sem expediente: Carnaval"
    assert state.is_business_day(monday)
    assert closed.code == "MG"


def test_a_day_off_on_a_holiday_leaves_the_holiday() -> None:
    closed = load_calendar("MG").with_days_off({date(2015, 5, 1): "recesso"})
    assert closed.why_not(date(2015, 5, 1)) == "feriado nacional: Dia do Trabalho"


def test_a_day_off_without_a_reason_is_refused() -> None:
    with pytest.raises(CalendarError, match="Falta o motivo do dia sem expediente 17/04/2014"):
        load_calendar("MG").with_days_off({date(2014, 4, 17): " "})


def test_weekends_have_no_business_and_say_their_name() -> None:
    calendar = load_calendar("BR")
    assert calendar.why_not(date(2015, 2, 14)) == "sábado"
    assert calendar.why_not(date(2015, 2, 15)) == "domingo"
    assert calendar.why_not(date(2015, 2, 13)) is None


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2101, 1, 1)])
def test_a_date_outside_the_years_recorded_is_refused_in_words(day: date) -> None:
    calendar = load_calendar("MG")
    with pytest.raises(
        DateOutOfRange, match=r"está fora dos anos que o calendário MG registra \(de 2000 a 2100\)"
    ):
        calendar.is_business_day(day)
    with pytest.raises(DateOutOfRange):
        calendar.with_days_off({day: "motivo"})


def test_an_instant_is_not_a_date() -> None:
    with pytest.raises(DateOutOfRange, match="uma data sem hora"):
        load_calendar("MG").is_business_day(datetime(2015, 2, 13, 18, 0))  # noqa: DTZ001 (a naive instant is the point)


def test_days_are_said_as_people_say_them() -> None:
    assert weekday_name(date(2015, 2, 13)) == "sexta"
    assert day_in_words(date(2015, 2, 13)) == "sexta, 13/02/2015"
