"""What every test of the platform shares: the cast, and triggers that step aside only for the runner's own flush."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from apura_web.foundation.append_only import remove_triggers
from cast import Cast, make_cast


@pytest.fixture(autouse=True, scope="session")
def _flush_around_the_triggers() -> Iterator[None]:
    teardown = TransactionTestCase._fixture_teardown

    def without_triggers(self: TransactionTestCase) -> None:
        remove_triggers()
        teardown(self)  # the flush ends with post_migrate, which puts the triggers back

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Build the cast once; each test starts from it and leaves it as it was."""
    with django_db_blocker.unblock():
        make_cast()


@pytest.fixture
def cast(db: None) -> Cast:
    """Two institutions of the same shape, with the same people in the same offices."""
    return make_cast()
