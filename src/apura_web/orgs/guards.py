"""Why an act on units or offices is refused. Guards read and answer; they change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apura_web.foundation.refusals import Refusal, Refused
from apura_web.orgs.models import PlacementEvent, Unit
from apura_web.orgs.organogram import Box, Change, Organogram, fold
from apura_web.orgs.selectors.structure import changes_of, organogram_on, placements_of


def operating(unit: Unit, on: date) -> Box:
    """Give the unit as it is on a day.

    Raises:
        Refused: it does not operate on that day.
    """
    box = organogram_on(unit.institution_id, on).boxes.get(unit.pk)
    if box is None:
        raise Refused(
            Refusal(
                "orgs.unit_not_yet",
                f"{unit} ainda não existia em {on:%d/%m/%Y}.",
                "Confira a data em que o ato produz efeitos.",
            )
        )
    if not box.is_active:
        raise Refused(
            Refusal(
                "orgs.unit_extinct",
                f"{box.acronym} já estava extinta em {on:%d/%m/%Y}.",
                "Escolha a sucessora, ou registre antes o ato que torna sem efeito a extinção.",
            )
        )
    return box


def extinct_from(unit: Unit, since: date) -> date | None:
    """Give the first day, after another, on which a unit no longer operates by an act already recorded."""
    rows = placements_of(unit.institution_id).filter(
        unit=unit, event__in=(PlacementEvent.MERGER, PlacementEvent.EXTINCTION), from_on__gt=since
    )
    return rows.values_list("from_on", flat=True).first()


def superior_refusal(parent: Unit | None, on: date) -> Refusal | None:
    """Refuse a superior that does not operate on the day."""
    if parent is None:
        return None
    try:
        operating(parent, on)
    except Refused as refused:
        return refused.refusal
    return None


def acronym_refusal(
    institution_id: int, acronym: str, parent: Unit | None, *, itself: Unit | None, on: date
) -> Refusal | None:
    """Refuse an acronym that another unit under the same superior has on the day."""
    siblings = organogram_on(institution_id, on).children.get(parent.pk if parent else None, [])
    taken = [
        box
        for box in siblings
        if box.acronym.casefold() == acronym.casefold() and (itself is None or box.unit_id != itself.pk)
    ]
    if not taken:
        return None
    return Refusal(
        "orgs.acronym_taken",
        f"Já há uma unidade “{taken[0].acronym}” ({taken[0].name}) sob a mesma superior em {on:%d/%m/%Y}.",
        "Use outra sigla, ou confira se a unidade já foi criada.",
        status=409,
    )


def circle_refusal(unit: Unit, parent: Unit | None, on: date) -> Refusal | None:
    """Refuse a move that would put a unit under itself, on the day or on any later day already recorded."""
    if parent is None:
        return None
    move = Change(unit.pk, unit.code, "vinculacao", on, parent_id=parent.pk)
    changes = sorted([*changes_of(unit.institution_id), move], key=lambda each: each.from_on)
    for day in sorted({on, *(each.from_on for each in changes if each.from_on > on)}):
        circle = fold(changes, day).circle_through(unit.pk)
        if circle:
            told = " › ".join([*(box.acronym for box in circle), circle[0].acronym])
            when = "" if day == on else f" a partir de {day:%d/%m/%Y}, por ato já registrado"
            return Refusal(
                "orgs.cyclic_placement",
                f"{unit} ficaria subordinada a si mesma{when}: {told}.",
                "Escolha uma superior que não esteja abaixo dela.",
            )
    return None


def subordinates(unit: Unit, on: date) -> list[Unit]:
    """Give the units that operate right under another on a day."""
    boxes = organogram_on(unit.institution_id, on).children.get(unit.pk, [])
    return list(Unit.objects.filter(pk__in=[box.unit_id for box in boxes]))


def merger_refusal(into: Unit, absorbed: list[Unit], on: date) -> Refusal | None:
    """Refuse a merger of nothing, of a unit into itself, or into a unit under the one that ceases further down."""
    if not absorbed:
        return Refusal(
            "orgs.merger_of_nothing",
            "Nenhuma unidade foi escolhida.",
            "Escolha ao menos uma unidade a incorporar.",
        )
    organogram = organogram_on(into.institution_id, on)
    line = {box.unit_id for box in organogram.line_of(into.pk)}
    for unit in absorbed:
        if unit.pk == into.pk:
            return Refusal(
                "orgs.merger_into_itself", f"{unit} não pode incorporar a si mesma.", "Desmarque-a na lista."
            )
        if unit.pk in line:
            return Refusal(
                "orgs.merger_of_superior",
                f"{into} está abaixo de {unit}: não pode incorporá-la.",
                f"Mude antes a vinculação de {into}.",
            )
    return _arrivals_refusal(absorbed, on)


def _arrivals_refusal(absorbed: list[Unit], on: date) -> Refusal | None:
    for unit in absorbed:
        later = placements_of(unit.institution_id).filter(parent=unit, from_on__gt=on).first()
        if later:
            return Refusal(
                "orgs.merger_with_arrivals",
                f"Por ato já registrado, {later.unit} passa a ficar sob {unit} em {later.from_on:%d/%m/%Y}.",
                "Registre antes outra vinculação para ela.",
            )
    return None


def extinction_refusal(unit: Unit, successor: Unit | None, on: date) -> Refusal | None:
    """Refuse to end a unit that still has subordinates, or that would succeed itself."""
    if successor is not None and successor.pk == unit.pk:
        return Refusal(
            "orgs.succeeds_itself", f"{unit} não pode suceder a si mesma.", "Escolha outra sucessora."
        )
    left = {box.unit_id: box for box in organogram_on(unit.institution_id, on).children.get(unit.pk, [])}
    left |= {box.unit_id: box for box in _last_state(unit, on).children.get(unit.pk, [])}
    if left:
        return Refusal(
            "orgs.has_subordinates",
            f"{unit} ainda tem unidades subordinadas: {_listed(left.values())}.",
            "Mude a vinculação delas, extinga-as, ou incorpore a unidade a outra, que as recebe.",
        )
    return superior_refusal(successor, on)


def _last_state(unit: Unit, on: date) -> Organogram:
    changes = list(changes_of(unit.institution_id))
    return fold(changes, max([on, *(each.from_on for each in changes)]))


def _listed(boxes: Iterable[Box]) -> str:
    return ", ".join(sorted(box.acronym for box in boxes))
