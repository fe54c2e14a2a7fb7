"""What a card says in lines of text: its own periods and its breakdowns, read from what was typed and written back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError

MOST_LINES = 60
MOST_PARTS = 40
PERIOD = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s*(?:a|até|-|–)\s*(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)


def read_periods(text: str) -> list[list[str]]:
    """Read periods typed one on each line, as “01/02/2026 a 30/06/2026”, in order of their days.

    Raises:
        ValidationError: a line is not a period, or two of them overlap; it says which.
    """
    found = sorted(_period(line) for line in _lines(text))
    for before, after in pairwise(found):
        if after[0] <= before[1]:
            said = f"Os períodos {_told(before)} e {_told(after)} se sobrepõem: um dia é só de um período."
            raise ValidationError(said, code="overlap")
    return [[first.isoformat(), last.isoformat()] for first, last in found]


def write_periods(stored: Iterable[Sequence[str]]) -> str:
    """Write periods as they are typed."""
    return "\n".join(_told((date.fromisoformat(first), date.fromisoformat(last))) for first, last in stored)


def read_breakdowns(text: str) -> list[dict[str, object]]:
    """Read breakdowns typed one on each line, as “Sexo: feminino; masculino”.

    Raises:
        ValidationError: a line has no name or fewer than two parts, or repeats one; it says which.
    """
    found = [_breakdown(line) for line in _lines(text)]
    names = [str(each["name"]).casefold() for each in found]
    for each in found:
        if names.count(str(each["name"]).casefold()) > 1:
            raise ValidationError(f"“{each['name']}” aparece em duas linhas: junte-as.", code="repeated")
    return found


def write_breakdowns(stored: Iterable[Mapping[str, object]]) -> str:
    """Write breakdowns as they are typed."""
    return "\n".join(f"{each['name']}: {'; '.join(_texts(each['parts']))}" for each in stored)


def _lines(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"São no máximo {MOST_LINES} linhas.", code="many")
    return lines


def _period(line: str) -> tuple[date, date]:
    found = PERIOD.fullmatch(line)
    if found is None:
        raise ValidationError(
            f"“{line}” não é um período: escreva como 01/02/2026 a 30/06/2026.", code="invalid"
        )
    first, last = _day(found[1]), _day(found[2])
    if last < first:
        raise ValidationError(f"Em “{line}” o período termina antes de começar.", code="disorder")
    return first, last


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(f"“{text}” não é um dia do calendário.", code="invalid") from error


def _told(days: tuple[date, date]) -> str:
    return f"{days[0]:%d/%m/%Y} a {days[1]:%d/%m/%Y}"


def _breakdown(line: str) -> dict[str, object]:
    name, colon, rest = line.partition(":")
    parts = [part.strip() for part in rest.split(";") if part.strip()]
    if not colon or not name.strip() or len(parts) < 2:  # noqa: PLR2004 - what has one part is not broken down
        how = "escreva o nome, dois-pontos e as partes, como Sexo: feminino; masculino."
        said = f"“{line}” não diz como se desagrega: {how}"
        raise ValidationError(said, code="invalid")
    if len({part.casefold() for part in parts}) < len(parts):
        raise ValidationError(f"Em “{line}” há uma parte repetida.", code="repeated")
    if len(parts) > MOST_PARTS:
        raise ValidationError(f"Em “{name.strip()}”, use no máximo {MOST_PARTS} partes.", code="many")
    return {"name": name.strip(), "parts": parts}


def _texts(parts: object) -> list[str]:
    return [str(each) for each in parts] if isinstance(parts, list) else []
