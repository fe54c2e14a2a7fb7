"""``apura prazo``: a due date, and why it is that date."""

from __future__ import annotations

import argparse
from datetime import date

from apura.calendars import (
    Calendar,
    Counting,
    DueDate,
    day_in_words,
    days_after,
    load_calendar,
)
from apura.norms import AppliedNorm, BadRequest, load_norm, read_institution


def tell_deadline(options: argparse.Namespace) -> int:
    """Print the due date with its reason and how each day that mattered was treated."""
    if options.norma is None:
        due, calendar = _counted(options)
        heading = f"{options.dias} dias contados de {day_in_words(options.inicio)}"
    else:
        due, calendar, heading = _of_norm(options)
    print(f"{heading}: {day_in_words(due.date)}")
    print(f"{due.reason} Calendário: {calendar.label} ({calendar.code}).")
    for step in due.steps:
        print(f"  · {step}")
    for holiday in due.unconfirmed:
        print(f"  ! {holiday.date:%d/%m/%Y}, {holiday.name}: não confirmado; confira o ato do ano.")
    return 0


def _counted(options: argparse.Namespace) -> tuple[DueDate, Calendar]:
    lacking = [
        name
        for name, value in (
            ("--inicio", options.inicio),
            ("--dias", options.dias),
            ("--calendario", options.calendario),
        )
        if value is None
    ]
    if lacking:
        raise BadRequest(
            f"Falta informar: {', '.join(lacking)}.",
            what_to_do="Use: apura prazo ID PRAZO --ano AAAA, ou apura prazo --inicio DATA --dias N --calendario C.",
        )
    calendar = _with_days_off(load_calendar(options.calendario), options.sem_expediente)
    counting: Counting = "dia útil" if options.uteis else "dia corrido"
    return days_after(options.inicio, options.dias, calendar, counting=counting), calendar


def _of_norm(options: argparse.Namespace) -> tuple[DueDate, Calendar, str]:
    norm = load_norm(options.norma)
    if not norm.deadlines:
        raise BadRequest(
            f"A norma {norm.id} não fixa prazos calculáveis.",
            what_to_do="Para contar de uma data: apura prazo --inicio DATA --dias N --calendario C.",
        )
    if options.prazo is None:
        raise BadRequest("Falta dizer qual prazo.", what_to_do=f"Use um destes: {', '.join(norm.deadlines)}.")
    if options.dias is not None or options.uteis:
        raise BadRequest("O prazo da norma já diz quantos dias.", what_to_do="Retire --dias e --uteis.")
    deadline = norm.deadline(options.prazo)
    if (options.ano is None) == (options.inicio is None):
        raise BadRequest(
            "Informe o ano apurado ou a data do fato, um dos dois.",
            what_to_do="Use --ano AAAA, ou --inicio DATA.",
        )
    on = options.inicio or _end_of(options.ano)
    applied = AppliedNorm(norm, on, read_institution(options.instituicao) if options.instituicao else None)
    applied.require_effect()
    calendar = _with_days_off(applied.calendar(deadline, options.calendario), options.sem_expediente)
    if options.inicio is None:
        due = applied.due_in_year(options.prazo, options.ano, calendar=calendar)
        return due, calendar, f"{deadline.label}, apuração de {options.ano} ({deadline.cites})"
    due = applied.due_after(options.prazo, options.inicio, calendar=calendar)
    return due, calendar, f"{deadline.label} ({deadline.cites})"


def _end_of(year: int) -> date:
    if not date.min.year <= year <= date.max.year - 2:
        raise BadRequest(
            f"O ano {year} não existe no calendário.", what_to_do="Informe o ano com quatro algarismos."
        )
    return date(year, 12, 31)


def _with_days_off(calendar: Calendar, days: list[date]) -> Calendar:
    return calendar.with_days_off(dict.fromkeys(days, "sem expediente, informado na linha de comando"))
