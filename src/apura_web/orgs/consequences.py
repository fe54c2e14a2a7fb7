"""What will follow from an act on units or people, told before it is done. Reads; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from apura_web.foundation.templatetags.apura import day
from apura_web.orgs import guards
from apura_web.orgs.models import Capacity, Person, Tenure, TenureKind, Unit
from apura_web.orgs.selectors.offices import in_charge_during
from apura_web.orgs.selectors.structure import organogram_on
from apura_web.orgs.selectors.tenures import acting_tenures, open_tenures, tenures_on

MOST_NAMED = 12


def of_date(from_on: date, today: date) -> list[str]:
    """Say that a day is in the past or in the future, when it is."""
    if from_on > today:
        return [f"Passa a valer em {day(from_on)}; até lá nada muda."]
    if from_on < today:
        return [f"Vale desde {day(from_on)}, antes de hoje: o organograma e as funções dessas datas mudam."]
    return []


def of_move(unit: Unit, parent: Unit | None, on: date) -> list[str]:
    """Say what goes along with a unit and who loses or gains it."""
    organogram = organogram_on(unit.institution_id, on)
    below = sum(1 for box in organogram.active if f"/{unit.pk}/" in organogram.path_of(box.unit_id)) - 1
    told = [f"As {below} unidades abaixo dela vão junto."] if below > 1 else []
    told += ["A unidade abaixo dela vai junto."] if below == 1 else []
    old = {box.unit_id for box in organogram.line_of(unit.pk)[:-1]}
    new = {box.unit_id for box in organogram.line_of(parent.pk)} if parent else set()
    told += [f"Quem tem função sobre {name} deixa de alcançá-la." for name in _acronyms(old - new)]
    told += [f"Quem tem função sobre {name} passa a alcançá-la." for name in _acronyms(new - old)]
    return told


def of_merger(into: Unit, absorbed: Sequence[Unit], on: date) -> list[str]:
    """Say which subordinates and postings pass to the unit, and which mandates end."""
    told = []
    for unit in absorbed:
        children = [child for child in guards.subordinates(unit, on) if child.pk != into.pk]
        if children:
            told.append(f"Passam de {unit} para {into}: {_listed(map(str, children))}.")
        rows = list(open_tenures(unit.institution_id, on).filter(unit=unit))
        postings = [each for each in rows if each.kind == TenureKind.POSTING]
        if postings:
            told.append(f"Lotações de {unit} que passam para {into}: {len(postings)}.")
        told += _mandates(rows, on)
        told.append(f"{unit} deixa de funcionar em {day(on)}; {into} responde pelo que ela devia.")
    return told


def of_extinction(unit: Unit, successor: Unit | None, on: date) -> list[str]:
    """Say which postings and mandates end."""
    rows = list(open_tenures(unit.institution_id, on).filter(unit=unit))
    postings = [each for each in rows if each.kind == TenureKind.POSTING]
    told = _mandates(rows, on)
    if postings:
        told.append(f"Sem lotação, à espera de outra: {_named(postings)}.")
    answers = (
        f"{successor} responde pelo que ela devia"
        if successor
        else "nenhuma unidade responde pelo que ela devia"
    )
    return [*told, f"{unit} deixa de funcionar em {day(on)}; {answers}."]


def of_absence(person: Person, since: date, until: date) -> list[str]:
    """Say who acts in the meantime in each office the person holds, and what stops for them."""
    told = []
    for office, on in in_charge_during(person, since, until):
        where = f"{office.label} de {office.unit}, a partir de {day(on)}"
        acting = office.day.in_charge
        if acting is None:
            told.append(f"{where}: ninguém responde. Registre quem responde pelo expediente.")
        else:
            how = Capacity(acting.capacity).label.lower()
            told.append(f"{where}: responde {acting.person}, {how}, {acting.legal_act.current}.")
    return [*told, f"Nesses dias {person} não atua por nenhuma função; a lotação continua."]


def of_purge(person: Person) -> list[str]:
    """Say what is erased and what stays."""
    told = [
        "Nome, CPF, matrícula e e-mail são apagados, aqui e nos pormenores do Histórico.",
        "Ficam o código da pessoa, as datas e os atos das funções que ela teve, sem o nome, e o motivo do expurgo.",
        "A trilha continua conferindo: ela guarda só resumos.",
    ]
    if person.login_id:
        told.append("O acesso dela à plataforma deixa de existir.")
    return told


def of_end(tenure: Tenure, ended_on: date) -> list[str]:
    """Say who is left in charge when a tenure ends."""
    following = date.fromordinal(ended_on.toordinal() + 1)
    if tenure.kind == TenureKind.POSTING:
        left = tenures_on(tenure.institution_id, following).filter(person=tenure.person).exclude(pk=tenure.pk)
        kept = [str(each) for each in left]
        return [f"{tenure.person} fica sem lotação em {tenure.unit} a partir de {day(following)}."] + (
            [f"Continua com: {_listed(kept)}."] if kept else []
        )
    rows = acting_tenures(tenure.person_id, tenure.institution_id, following)
    kept = [str(each) for each in rows if each.pk != tenure.pk and each.kind != TenureKind.POSTING]
    rest = f"continua com: {_listed(kept)}" if kept else "não tem outra função"
    return [f"Depois de {day(ended_on)}, {tenure.person} deixa de ser {tenure}; {rest}."]


def _mandates(rows: Iterable[Tenure], on: date) -> list[str]:
    last = date.fromordinal(on.toordinal() - 1)
    return [
        f"Termina em {day(last)}: {each.person}, {each.get_kind_display()}, {each.get_capacity_display().lower()}."
        for each in rows
        if each.kind != TenureKind.POSTING
    ]


def _acronyms(numbers: set[int]) -> list[str]:
    found = Counter(Unit.objects.filter(pk__in=numbers).values_list("acronym", flat=True))
    return sorted(found)


def _named(rows: Sequence[Tenure]) -> str:
    return _listed(str(each.person) for each in rows)


def _listed(names: Iterable[str]) -> str:
    told = list(names)
    more = f" e mais {len(told) - MOST_NAMED}" if len(told) > MOST_NAMED else ""
    return ", ".join(told[:MOST_NAMED]) + more
