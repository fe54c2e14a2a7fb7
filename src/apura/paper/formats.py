"""Numbers, quantities and dates of the result document as Brazilians read them on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from apura.formula import brazilian, in_plural, parse_exact, plain

WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
PLACES_IN_WORDS = ("nenhuma casa", "uma casa", "duas casas", "três casas", "quatro casas", "cinco casas")
PLURALS = {
    "casa": "casas", "dia corrido": "dias corridos", "dia útil": "dias úteis",
    "órgão": "órgãos", "titular": "titulares", "servidor": "servidores", "procuradoria-geral": "procuradorias-gerais",
    "diretoria-geral": "diretorias-gerais", "unidade administrativa": "unidades administrativas", "item": "itens",
}  # fmt: skip
NOT_REPORTED = "não informado"

_DECIMAL = re.compile(r"-?\d+(?:\.(?P<part>\d+))?")
_QUOTIENT = re.compile(r"-?\d+/\d+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def number(text: str) -> str:
    """Write a number of the document ("-1234.50") as it is read in Brazil ("−1.234,50").

    A quotient ("25/3") and whatever is no number pass unchanged; the digits are never rounded here.
    """
    found = _DECIMAL.fullmatch(text)
    if not found:
        return text
    places = len(found["part"] or "")
    return brazilian(parse_exact(text), places).replace("-", "−")


def quantity(text: str, unit: str) -> str:
    """Write a value with its unit: "8,50 pontos", "R$ 1.234,50", "80%"; no unit when dimensionless."""
    shown = number(text)
    if unit == "R$":
        return f"R$ {shown}"
    if unit == "%":
        return f"{shown}%"
    name = unit_after(text, unit)
    return f"{shown} {name}" if name else shown


def unit_after(text: str, unit: str) -> str:
    """Name the unit in agreement with the value: plural from two on, nothing when dimensionless."""
    if unit in {"", "adimensional"} or not _DECIMAL.fullmatch(text):
        return ""
    whole = int(text.lstrip("-").split(".")[0])
    return plural(unit) if whole > 1 else unit


def plural(word: str) -> str:
    """Give the plural of a unit or subject; a word of an unknown ending stays as it is."""
    known = PLURALS.get(word) or in_plural(word)
    return known if known != word else f"{word}s" if word[-1:] in set("aeo") and word.isalpha() else word


def day(text: str) -> str:
    """Write an ISO date as dd/mm/aaaa; other text passes unchanged."""
    return date.fromisoformat(text).strftime("%d/%m/%Y") if _ISO_DATE.fullmatch(text) else text


def weekday(text: str) -> str:
    """Write an ISO date with its day of the week: "sexta, 14/08/2015"."""
    return f"{WEEKDAYS[date.fromisoformat(text).weekday()]}, {day(text)}"


def cell(value: Any) -> str:
    """Write a value of unknown kind (an input, a column): date, decimal, truth, text or nothing.

    Whole numbers are not grouped, since the document does not tell a code or a year from an amount.
    """
    if value is None or value == "":
        return NOT_REPORTED
    if isinstance(value, bool):
        return "sim" if value else "não"
    text = str(value)
    return day(text) if _ISO_DATE.fullmatch(text) else number(text) if "." in text else text


def declared_cell(value: Any, column: Mapping[str, Any] | None) -> str:
    """Write a value whose kind and unit the rule declares: numbers with unit, texts and codes untouched.

    Args:
        value: As in the document; None is what was not reported.
        column: The rule's declaration (``tipo``, ``unidade``, ``casas``), or None when it has none.
    """
    if column is None or value is None or not isinstance(value, str):
        return cell(value)
    if column["tipo"] == "data":
        return day(value)
    if column["tipo"] != "número":
        return value or NOT_REPORTED
    if _QUOTIENT.fullmatch(value):
        return f"{value} ≈ {number(plain(parse_exact(value), column['casas'] or 2))}"
    return quantity(value, column["unidade"] or "") if _DECIMAL.fullmatch(value) else value


def is_number(text: str) -> bool:
    """Tell whether a text of the document is a decimal number."""
    return bool(_DECIMAL.fullmatch(text))


def is_quotient(text: str) -> bool:
    """Tell whether a text of the document is a number without a finite decimal, as in "25/3"."""
    return bool(_QUOTIENT.fullmatch(text))


def in_places(count: int) -> str:
    """Say a number of decimal places in words: "duas casas"."""
    return PLACES_IN_WORDS[count] if count < len(PLACES_IN_WORDS) else f"{count} casas"


def short_hash(digest: str) -> str:
    """Shorten a hash to its first twelve hexadecimal digits, without the algorithm's name."""
    return digest.rpartition(":")[2][:12]
