"""What every test in a real browser shares. They run only by ``python3 dev.py test-browser``.

Pages that are only looked at share one cast, kept in the database of the session; a journey that changes things asks
for ``cast`` and has the database for itself.
"""

import os
from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from rig import Regulars, Visit, browser

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
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """Make the database also when no test chosen asks for one by a mark."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def started_browser(django_db_setup: None) -> Iterator[Browser]:  # noqa: ARG001
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:  # noqa: ARG001
    """The address of the site, served over the tests' own database from beginning to end."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def standing_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:  # noqa: ARG001
    """The cast, committed, for tests that only look; built again only when a journey swept it away."""
    with django_db_blocker.unblock():
        yield make_cast()


@pytest.fixture(scope="module")
def regulars(started_browser: Browser, site: str, standing_cast: Cast) -> Iterator[Regulars]:
    """Everybody of the house, each signed in once, in a window of their own."""
    made = Regulars(started_browser, site, standing_cast.house)
    yield made
    made.close()


@pytest.fixture
def visit(site: str, started_browser: Browser) -> Iterator[Visit]:
    """A visit that fails the test when the browser complained of anything."""
    made = Visit(started_browser, site)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def cast(transactional_db: None) -> Cast:  # noqa: ARG001
    """Two institutions of the same shape, with the same people in the same offices, for a test that changes them."""
    return make_cast()
