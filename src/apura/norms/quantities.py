"""Numbers with their unit, as people say them: “8,50 pontos”, “0,60 ponto”, “2 dias”, “R$ 5,00 por hora”, “80%”."""

from __future__ import annotations

from fractions import Fraction

from apura.formula import brazilian, in_plural, round_half_away

_SINGULARS = {"casas": "casa"}
_SILENT = ("", "adimensional")
_PLURAL_FROM = 2


def quantity(value: Fraction, unit: str | None, *, places: int | None) -> str:
    """Say a number with its unit in Portuguese: plural from 2 on, R$ before, % after, “/” as “por”.

    Args:
        value: the number, exact.
        unit: as packs and documents write it (``ponto``, ``ponto/dia``, ``R$``, ``%``); None or ``adimensional``
            for a bare number.
        places: decimals shown, rounded half away from zero; None for as many as needed (“25/3” where they never end).

    Returns:
        The words, such as “1,50 ponto” or “0,20 ponto por dia”.
    """
    number = brazilian(value, places)
    counted, *per = (unit or "").split("/")
    shown = value if places is None else round_half_away(value, places)
    said = _counted(number, counted.strip(), is_plural=abs(shown) >= _PLURAL_FROM)
    return " por ".join([said, *(_SINGULARS.get(base.strip(), base.strip()) for base in per)])


def _counted(number: str, unit: str, *, is_plural: bool) -> str:
    if unit in _SILENT:
        return number
    if unit == "%":
        return f"{number}%"
    if unit == "R$":
        return f"-R$ {number[1:]}" if number.startswith("-") else f"R$ {number}"
    return f"{number} {in_plural(unit) if is_plural else _SINGULARS.get(unit, unit)}"
