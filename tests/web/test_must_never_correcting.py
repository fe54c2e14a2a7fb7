"""What must never happen to what was measured, once it was reported; each sentence rests on a rule of the house."""

import re
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pages import enter, text_of

from apura_web.audit.models import TrailEntry
from apura_web.foundation import blobs
from apura_web.foundation.refusals import Refused
from apura_web.indicators.models import Figure, Indicator, Measurement
from apura_web.indicators.selectors.ledger import Cell, standing_at
from apura_web.indicators.selectors.seeing import evidence_visible_to
from apura_web.indicators.services import comments, evidence, measurements
from apura_web.indicators.services.evidence import NewFile
from apura_web.indicators.services.measurements import Change, Place, Receipt
from apura_web.indicators.services.posting import Entry
from cast import NOON, TODAY, Cast, House
from ledgers import share
from measuring import FIRST, SECOND, approved, measured_by


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def reported(house: House) -> Indicator:
    """30 of 40 at SAU, 10 of 10 at EDU."""
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("SAU", FIRST), (30, 40))
    share(house, found, ("EDU", FIRST), (10, 10))
    return found


def change(
    house: House, found: Indicator, number: int, *, reason: str = "Erro de soma.", unit: str = "SAU"
) -> Change:
    """Another number of cases closed in time, by who saw what stands."""
    stands = standing_at(found, house.units[unit], FIRST)
    assert stands is not None
    row = stands.rows["no_prazo"]
    cell = Cell(found.pk, house.units[unit].pk, FIRST, "", "no_prazo")
    entry = Entry(cell, row.version_id, Fraction(number), expects=row.pk)
    return Change(Place(found, FIRST), [entry], Receipt(TODAY, reason, correction="erro"))


def test_a_correction_never_erases_what_it_corrects(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    measurements.correct(
        house.units["SAU"], change=change(house, found, 31), actor=house.actor("Carla"), at=NOON
    )
    kept = Measurement.objects.filter(unit=house.units["SAU"], variable="no_prazo").order_by("pk")
    assert [row.value for row in kept] == [30, 31]


def test_nobody_ever_corrects_over_a_value_they_had_not_seen(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    stale = change(house, found, 33)
    given = {"actor": house.actor("Carla"), "at": NOON}
    measurements.correct(house.units["SAU"], change=change(house, found, 31), **given)
    before = (Measurement.objects.count(), TrailEntry.objects.count())
    with pytest.raises(Refused) as refused:
        measurements.correct(house.units["SAU"], change=stale, **given)
    assert code_of(refused) == "indicators.changed_meanwhile"
    assert (Measurement.objects.count(), TrailEntry.objects.count()) == before


def test_a_value_never_changes_without_a_reason(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    with pytest.raises(Refused) as refused:
        measurements.correct(
            house.units["SAU"],
            change=change(house, found, 31, reason=" "),
            actor=house.actor("Carla"),
            at=NOON,
        )
    assert code_of(refused) == "indicators.no_reason"


@pytest.mark.parametrize("who", ["Ana", "Davi", "Elisa", "Rita", "Ada", "Caio", "Tina"])
def test_a_value_is_never_corrected_by_who_does_not_coordinate_the_unit(cast: Cast, who: str) -> None:
    house = cast.house
    found = reported(house)
    with pytest.raises(Refused) as refused:
        measurements.correct(
            house.units["SAU"], change=change(house, found, 31), actor=house.actor(who), at=NOON
        )
    assert code_of(refused) == "audit.no_power"


def test_a_coordinator_never_corrects_what_another_unit_measured(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    with pytest.raises(Refused) as refused:
        measurements.correct(
            house.units["EDU"],
            change=change(house, found, 9, unit="EDU"),
            actor=house.actor("Carla"),
            at=NOON,
        )
    assert code_of(refused) == "audit.no_power"


def test_who_reports_never_verifies_nor_ratifies_their_own_figure(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    for service in (measurements.verify, measurements.ratify):
        with pytest.raises(Refused) as refused:
            service(house.units["SAU"], change=change(house, found, 30), actor=house.actor("Carla"), at=NOON)
        assert code_of(refused) == "audit.no_power"


def test_a_verified_figure_never_touches_the_reported_one(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    asked = change(house, found, 28)
    first = [Entry(each.cell, each.version_id, each.value, expects=0) for each in asked.entries]
    measurements.verify(
        house.units["SAU"], change=Change(asked.place, first, asked.receipt), actor=house.system, at=NOON
    )
    stands = standing_at(found, house.units["SAU"], FIRST)
    verified = standing_at(found, house.units["SAU"], FIRST, figure=Figure.VERIFIED)
    assert stands is not None
    assert verified is not None
    assert (stands.rows["no_prazo"].value, verified.rows["no_prazo"].value) == (30, 28)


def test_nothing_is_ever_verified_where_nothing_was_reported(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    asked = change(house, found, 28)
    cell = Cell(found.pk, house.units["SAU"].pk, SECOND, "", "no_prazo")
    entries = [Entry(cell, asked.entries[0].version_id, Fraction(28))]
    with pytest.raises(Refused) as refused:
        measurements.verify(
            house.units["SAU"],
            change=Change(Place(found, SECOND), entries, asked.receipt),
            actor=house.system,
            at=NOON,
        )
    assert code_of(refused) == "indicators.nothing_stands"


def test_what_is_missing_is_never_shown_as_zero(cast: Cast, client: Client) -> None:
    house = cast.house
    found = reported(house)
    enter(client, house, "Elisa")
    for url in (
        f"{found.get_absolute_url()}?unidade={house.units['SAU'].code}",
        f"/indicadores/{found.code}/valor/{house.units['SAU'].code}/{SECOND.key}/",
        f"/painel/?ano=2025&detalhe=indicadores&indicador={found.code}",
        f"/painel/?ano=2025&visao=comparar&indicador={found.code}&periodo={SECOND.key}",
    ):
        page = text_of(client.get(url))
        assert not re.search(r"(?<![\d.,])0,00%", page), url
        assert "não medida" in page, url


def test_a_file_of_evidence_is_never_seen_by_who_does_not_answer_for_the_unit(cast: Cast) -> None:
    house = cast.house
    upload = SimpleUploadedFile("extrato.pdf", b"%PDF-1.7 extrato")
    evidence.attach(
        house.units["SAU"],
        place=Place(reported(house), FIRST),
        file=NewFile(blobs.prepare(upload, house.institution), "Extrato"),
        actor=house.actor("Carla"),
        at=NOON,
    )
    assert evidence_visible_to(house.actor("Carla")).count() == 1
    assert evidence_visible_to(house.actor("Elisa")).count() == 0
    assert evidence_visible_to(cast.twin.actor("Ada")).count() == 0


def test_who_only_controls_never_comments(cast: Cast) -> None:
    house = cast.house
    found = reported(house)
    for who in ("Caio", "Tina"):
        with pytest.raises(Refused) as refused:
            comments.add(found, text="Vi.", actor=house.actor(who), at=NOON)
        assert code_of(refused) == "audit.no_power"
