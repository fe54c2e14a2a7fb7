"""Columns: exact quantities and the opaque codes by which records are addressed."""

from __future__ import annotations

import secrets
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

LARGEST = 2**63 - 1
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read as something else
CODE_LENGTH = 10


class ExactField(models.BigIntegerField):  # type: ignore[type-arg]
    """A quantity with a fixed number of decimal places, kept as a scaled 64-bit integer.

    In Python it is a :class:`fractions.Fraction`. A value with more places than the column is refused, never rounded;
    so is a binary float. Term: valor exato.

    Args:
        places: decimal places kept, from 0 to 10.

    Raises:
        ValidationError: the value is not exact at these places, or does not fit in 64 bits.
    """

    description = "Quantidade exata"
    _pyi_private_set_type: Fraction | int | str | Combinable | None  # type: ignore[assignment]
    _pyi_private_get_type: Fraction  # type: ignore[assignment]

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Give migrations the number of places too."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "places": self.places}

    def to_python(self, value: Any) -> Any:
        """Read an int, a Decimal, a Fraction, or text in the form ``12``, ``-3.5`` or ``7/2``."""
        if value is None or isinstance(value, Fraction):
            return value
        if isinstance(value, bool | float):
            raise ValidationError(
                "Um número binário não é exato: informe um texto ou um inteiro.", code="inexact"
            )
        try:
            return Fraction(value) if isinstance(value, int | Decimal) else Fraction(str(value).strip())
        except (ValueError, ZeroDivisionError) as error:
            raise ValidationError(f"“{value}” não é um número.", code="not_a_number") from error

    def get_prep_value(self, value: Any) -> Any:
        """Scale the value for the column."""
        if value is None or isinstance(value, Combinable):
            return value
        scaled = self.to_python(value) * 10**self.places
        if scaled.denominator != 1:
            raise ValidationError(
                f"O valor tem mais de {self.places} casas decimais.", code="too_many_places"
            )
        if abs(scaled.numerator) > LARGEST:
            raise ValidationError("O valor é grande demais para a coluna.", code="too_large")
        return scaled.numerator

    def from_db_value(self, value: int | None, *_context: object) -> Fraction | None:
        """Give the quantity a stored integer stands for."""
        return None if value is None else Fraction(value, 10**self.places)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Check also that the value fits the column as it is."""
        value = self.to_python(value)
        self.get_prep_value(value)
        return super().clean(value, model_instance)

    def run_validators(self, value: Any) -> None:
        """Skip the bounds of the integer, which :meth:`get_prep_value` has checked at scale."""

    def formfield(self, **kwargs: Any) -> Any:
        """Let forms read it as text: they know how people write numbers."""
        return models.Field.formfield(self, **kwargs)


def new_code() -> str:
    """Make an opaque code for a record: ten letters and digits that say nothing of it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class CodeField(models.CharField):  # type: ignore[type-arg]
    """The opaque code by which addresses and the trail name a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"max_length": 16, "default": new_code, "unique": True, "editable": False}
        super().__init__(*args, **{**defaults, **kwargs})
