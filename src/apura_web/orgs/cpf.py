"""The CPF: its check digits and the form in which people may see it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

LENGTH = 11
FIRST_CHECKED = 9


def digits_of(text: str) -> str:
    """Keep the digits of what was typed, with or without dots and hyphen."""
    return re.sub(r"\D", "", text)


def is_valid(digits: str) -> bool:
    """Say whether eleven digits end in the two check digits that the first nine call for."""
    if len(digits) != LENGTH or not digits.isdigit() or len(set(digits)) == 1:
        return False
    return all(
        _check_digit(digits[:length]) == int(digits[length]) for length in (FIRST_CHECKED, FIRST_CHECKED + 1)
    )


def check(value: str) -> None:
    """Refuse a CPF whose check digits do not match.

    Raises:
        ValidationError: they do not.
    """
    if not is_valid(value):
        raise ValidationError("O CPF não confere: revise os onze dígitos.", code="cpf")


def masked(digits: str) -> str:
    """Hide the first and the last digits: ``***.456.789-**``."""
    return f"***.{digits[3:6]}.{digits[6:9]}-**" if len(digits) == LENGTH else ""


def _check_digit(digits: str) -> int:
    weights = range(len(digits) + 1, 1, -1)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) * 10 % LENGTH
    return rest % 10
