"""One value as read, turned into what its column or step declares; what it does not take is refused in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apura.formula import Value, brazilian, parse_exact, read_number
from apura.norms.facts import Absent, FactValue
from apura.norms.rule_schema import Column, Step, ValueState
from apura.norms.texts import fold, one_line, quoted, suggestion

MAX_BITS = 400
"""Numbers of more than some 120 digits are nobody's facts."""
LONGEST_TEXT = 1000
MOST_OFFERED = 8
_DAY = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})\Z")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_STATES: tuple[ValueState, ...] = ("não se aplica", "não informado")


class WrongValueError(ValueError):
    """A value its column does not take; the message is for the person."""


def read_value(column: Column, given: object) -> FactValue | None:
    """Return the value of a cell for its column; None when blank.

    Args:
        column: what is declared.
        given: text, int, Fraction, Decimal or date; anything else is refused, binary floats by name.

    Raises:
        WrongValueError: the column does not take this value; the message says what it takes.
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if isinstance(given, str):
        absent = _absent(column, given)
        if absent is not None:
            return absent
    if column.options:
        known = {fold(alias): option for alias, option in column.aliases.items()}
        return known.get(fold(str(given)[:LONGEST_TEXT])) or _option(column.options, given)
    if column.kind == "date":
        return _date(given)
    if column.kind is not None:
        return read_text(given)
    return in_range(column, _number(given))


def read_step_value(step: Step, given: object) -> Value | None:
    """Return a value of another rule's outcome, given from Python or read in a document; None when blank.

    Raises:
        WrongValueError: the step has no such values.
    """
    if given is None or given == "":
        return None
    if step.options:
        return _option(step.options, given)
    if step.truth:
        truths = {"verdadeiro": True, "falso": False}
        if isinstance(given, bool):
            return given
        if isinstance(given, str) and given in truths:
            return truths[given]
        raise WrongValueError(f"{quoted(given)} não é “verdadeiro” nem “falso”")
    return _number(given)


def read_text(given: object) -> str:
    """Return a name, a key or a remark: text on one line.

    Raises:
        WrongValueError: it is not text, or is too long.
    """
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise WrongValueError(f"{quoted(given)} não é um texto")
    if isinstance(given, int) and given.bit_length() > MAX_BITS:
        raise WrongValueError("o número é longo demais para um código")
    text = " ".join(str(given).split())
    if len(text) > LONGEST_TEXT:
        raise WrongValueError(f"o texto tem {len(text)} caracteres; use no máximo {LONGEST_TEXT}")
    return text


def in_range(column: Column, number: Fraction) -> Fraction:
    """Return ``number`` if it respects the column's range and places.

    Raises:
        WrongValueError: it does not.
    """
    unit = "" if column.unit == "adimensional" else f" {column.unit}"
    low, high = column.low, column.high
    if (low is not None and number < low) or (high is not None and number > high):
        raise WrongValueError(
            f"{brazilian(number, None)}{unit} está fora da faixa: use {_range(low, high)}{unit}"
        )
    too_many = column.places is not None and (number * 10**column.places).denominator != 1
    if too_many and not column.rational:
        places = "casa decimal" if column.places == 1 else "casas decimais"
        kind = "um número inteiro" if column.places == 0 else f"no máximo {column.places} {places}"
        raise WrongValueError(f"{brazilian(number, None)} tem casas demais; use {kind}")
    return number


def _range(low: Fraction | None, high: Fraction | None) -> str:
    if low is not None and high is not None:
        return f"um valor entre {brazilian(low, None)} e {brazilian(high, None)}"
    if low is not None:
        return f"um valor a partir de {brazilian(low, None)}"
    return f"um valor até {brazilian(high, None)}" if high is not None else "outro valor"


def _absent(column: Column, text: str) -> Absent | None:
    said, _, reason = text.partition(":")
    state = next((state for state in _STATES if fold(said) == fold(state)), None)
    if state is None:
        return None
    if state not in column.states:
        raise WrongValueError(f"“{state}” não é aceito em “{column.label}”")
    if state == "não informado" and not reason.strip():
        raise WrongValueError("diga o motivo: “não informado: motivo”")
    return Absent(state, read_text(reason))


def _option(options: tuple[str, ...], given: object) -> str:
    if isinstance(given, str):
        for option in options:
            if fold(given[:LONGEST_TEXT]) == fold(option):
                return option
    offered = "; ".join(options[:MOST_OFFERED]) + ("; …" if len(options) > MOST_OFFERED else "")
    raise WrongValueError(f"{quoted(given)} não é uma opção; use: {offered}{suggestion(given, options)}")


def _date(given: object) -> date:
    if type(given) is date:
        return given
    text = given.strip() if isinstance(given, str) else ""
    written = _DAY.match(text)
    try:
        if written is not None:
            return date(int(written["year"]), int(written["month"]), int(written["day"]))
        if _ISO.match(text):
            return date.fromisoformat(text)
    except ValueError:
        raise WrongValueError(f"{quoted(given)} não existe no calendário; confira dia e mês") from None
    raise WrongValueError(f"{quoted(given)} não é uma data; use dd/mm/aaaa")


def _number(given: object) -> Fraction:
    if isinstance(given, str):
        try:
            return parse_exact(given) if "/" in given else read_number(given)
        except ValueError as error:
            raise WrongValueError(f"{quoted(given)} não é um número: {one_line(error)}") from error
    if isinstance(given, Decimal) and (not given.is_finite() or abs(given.adjusted()) > MAX_BITS):
        raise WrongValueError(f"{quoted(given)} não é um número que se possa usar")
    if not isinstance(given, int | Fraction | Decimal) or isinstance(given, bool):
        raise WrongValueError(
            f"{quoted(given)} não é um número exato: passe texto, inteiro ou fração, nunca float"
        )
    number = Fraction(given)
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        raise WrongValueError("o número tem algarismos demais")
    return number
