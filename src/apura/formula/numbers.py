"""Numbers as Brazilians write them and as JSON carries them; all exact, no binary float anywhere."""

from __future__ import annotations

import re
from fractions import Fraction

from apura.formula.errors import FormulaSyntaxError, printable

MAX_DIGITS = 30
_MAX_EXACT = 4_200
_PLAIN = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?\Z")
_GROUPED = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<part>[0-9]+)\Z")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?\Z")
_EXACT = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+)|/(?P<under>[0-9]+))?\Z")
_MINUS = "-−"


def read_number(text: str) -> Fraction:
    """Read a number of a formula or of the command line.

    Args:
        text: digits with an optional sign in front; the comma is always decimal, a point only when it is not
            followed by exactly three digits.

    Returns:
        The exact value.

    Raises:
        FormulaSyntaxError: it is not such a number; the hint says how to write it.
    """
    sign, digits = _signed(text)
    found = _PLAIN.match(digits)
    if found is None or ("." in digits and len(found["part"]) == 3):  # noqa: PLR2004 - a group of thousands
        raise _refusal(text, digits)
    return sign * _value(text, found["whole"], found["part"] or "")


def read_cell_number(text: str) -> Fraction:
    """Read a number of a spreadsheet cell or of pasted text: also `1.234,56`, groups of three, then a comma.

    Returns:
        The exact value.

    Raises:
        FormulaSyntaxError: it is not a number, or `1.234` alone, which may mean either of two things.
    """
    sign, digits = _signed(text)
    grouped = _GROUPED.match(digits)
    if grouped is None:
        return read_number(text)
    return sign * _value(text, grouped["whole"].replace(".", ""), grouped["part"])


def round_half_away(value: Fraction, places: int) -> Fraction:
    """Round to `places` decimals, halves away from zero (2,5 → 3; −2,5 → −3).

    Args:
        value: any rational.
        places: decimals kept, 0 or more.

    Returns:
        The nearest multiple of 10⁻ᵖˡᵃᶜᵉˢ.
    """
    scale = 10**places
    over, under = value.numerator, value.denominator
    if over < 0:
        return Fraction(-((-2 * over * scale + under) // (2 * under)), scale)
    return Fraction((2 * over * scale + under) // (2 * under), scale)


def plain(value: Fraction, places: int) -> str:
    """Return the value with a point and exactly `places` decimals ("8.50"), rounded if it has more."""
    scaled = round_half_away(value, places) * 10**places
    return _with_point(scaled.numerator, places)


def exact(value: Fraction) -> str:
    """Return the value with nothing lost: "8.5", "-12", or "25/3" where there is no finite decimal."""
    places = finite_places(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    return _with_point(value.numerator * 10**places // value.denominator, places)


def parse_exact(text: str) -> Fraction:
    """Read back what `exact` or `plain` wrote.

    Raises:
        ValueError: the text is not of that form.
    """
    found = _EXACT.match(text) if len(text) <= _MAX_EXACT else None
    if found is None or (found["under"] and not int(found["under"])):
        raise FormulaSyntaxError(read=_quoted(text), expected="um número como 8.50, -12 ou 25/3")
    if found["under"]:
        value = Fraction(int(found["whole"]), int(found["under"]))
    else:
        part = found["part"] or ""
        value = Fraction(int(found["whole"] + part), 10 ** len(part))
    return -value if found["sign"] else value


def brazilian(value: Fraction, places: int | None) -> str:
    """Return the value as Brazilians read it: "1.234,56".

    Args:
        value: any rational.
        places: decimals shown, rounded half away; None for all there are, or “25/3” if they never end.

    Returns:
        Groups of three with points, then a comma; a hyphen in front of negatives.
    """
    if places is None:
        needed = finite_places(value)
        if needed is None:
            return f"{_grouped(str(value.numerator))}/{_grouped(str(value.denominator))}"
        places = needed
    whole, _, part = plain(value, places).partition(".")
    return _grouped(whole) + (f",{part}" if part else "")


def finite_places(value: Fraction) -> int | None:
    """Return how many decimals the value needs, or None when they never end."""
    under = value.denominator
    twos = (under & -under).bit_length() - 1
    under >>= twos
    fives = 0
    while under % 5 == 0:
        under //= 5
        fives += 1
    return max(twos, fives) if under == 1 else None


def _signed(text: str) -> tuple[int, str]:
    stripped = text.strip()
    if stripped[:1] in _MINUS and stripped:
        return -1, stripped[1:].lstrip()
    return 1, stripped


def _value(text: str, whole: str, part: str) -> Fraction:
    if len(whole) + len(part) > MAX_DIGITS:
        raise FormulaSyntaxError(
            f"O número tem {len(whole) + len(part)} algarismos.",
            read=_quoted(text),
            expected=f"no máximo {MAX_DIGITS} algarismos",
        )
    return Fraction(int(whole + part), 10 ** len(part))


def _refusal(text: str, digits: str) -> FormulaSyntaxError:
    hint = "Escreva só algarismos, com vírgula antes das casas decimais: 1234,56."
    if _THOUSANDS.match(digits):
        whole, comma, part = digits.partition(",")
        joined = whole.replace(".", "") + comma + part
        hint = f"Escreva sem ponto de milhar: {joined}."
        if digits.startswith("0."):
            hint = f"Escreva as casas decimais com vírgula: {digits.replace('.', ',')}."
        elif digits.count(".") == 1 and not comma:
            decimal = digits.replace(".", ",")
            hint = f"Se são milhares, escreva {joined}; se são casas decimais, escreva {decimal}."
    elif digits.endswith("%"):
        hint = "Escreva sem o sinal de por cento: 10% é 0,1 (ou 10, se o campo já é em %)."
    elif digits.count(",") > 1 and "." not in digits:
        hint = f"Se são vários valores, separe com ponto e vírgula: {digits.replace(',', '; ')}."
    return FormulaSyntaxError(read=_quoted(text), expected="um número", hint=_short(hint))


def _quoted(text: str) -> str:
    return f"“{_short(printable(text))}”"


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:199] + "…"  # noqa: PLR2004 - what still fits a message


def _with_point(scaled: int, places: int) -> str:
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def _grouped(whole: str) -> str:
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    head = len(digits) % 3
    groups = ([digits[:head]] if head else []) + [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return sign + ".".join(groups)
