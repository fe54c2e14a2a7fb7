"""A quantity comes back from the database as it went in, or does not go in."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Sum
from django.test.utils import isolate_apps

from apura_web.foundation.fields import ExactField


@pytest.fixture
def measured(transactional_db: None) -> Iterator[type[models.Model]]:
    with isolate_apps("apura_web.foundation"):

        class Measured(models.Model):
            value = ExactField(places=6, null=True)

            class Meta:
                app_label = "foundation"

        with connection.schema_editor() as editor:
            editor.create_model(Measured)
        yield Measured
        with connection.schema_editor() as editor:
            editor.delete_model(Measured)


@pytest.mark.parametrize("text", ["1234567890123.123457", "-0.000001", "0", "8.5"])
def test_what_goes_in_comes_back_to_the_last_place(measured: type[models.Model], text: str) -> None:
    row = measured.objects.create(value=Decimal(text))
    assert measured.objects.get(pk=row.pk).value == Fraction(text)


def test_blank_stays_blank_and_never_becomes_zero(measured: type[models.Model]) -> None:
    row = measured.objects.create(value=None)
    assert measured.objects.get(pk=row.pk).value is None


def test_the_database_sums_exactly(measured: type[models.Model]) -> None:
    measured.objects.bulk_create(measured(value=Fraction(1, 10)) for _ in range(3))
    assert measured.objects.aggregate(total=Sum("value"))["total"] == Fraction(3, 10)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.1, "inexact"),
        (True, "inexact"),
        ("dez", "not_a_number"),
        (Fraction(1, 3), "too_many_places"),
        (Decimal("0.0000001"), "too_many_places"),
        (10**13, "too_large"),
    ],
)
def test_what_would_not_be_exact_is_refused(measured: type[models.Model], value: object, code: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        measured.objects.create(value=value)
    assert wrong.value.code == code
