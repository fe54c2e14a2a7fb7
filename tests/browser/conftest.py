"""What every test in a real browser shares. They run only by ``python3 dev.py test-browser``."""

import os
from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import Browser
from rig import Visit, browser

from apura_web.foundation.append_only import remove_triggers
from cast import Cast, make_cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread


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
def started_browser() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def visit(live_server, started_browser: Browser) -> Iterator[Visit]:
    """A visit that fails the test when the browser complained of anything."""
    made = Visit(started_browser, live_server.url)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def cast(transactional_db: None) -> Cast:  # noqa: ARG001
    """Two institutions of the same shape, with the same people in the same offices."""
    return make_cast()
