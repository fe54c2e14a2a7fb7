"""Every screen has its page of the manual, and no page speaks of a screen that is not there."""

import pytest
from django.test import Client

from addresses import ONLY_POSTED, PAGES, PUBLIC, TOLD_ELSEWHERE
from apura_web.desk.help_pages import help_for, help_pages

NEEDS_NO_MANUAL = {"alive", "ready", "help", "help_page", "components", "components_explanation"}


@pytest.mark.parametrize("screen", sorted({*PAGES, *PUBLIC} - NEEDS_NO_MANUAL))
def test_a_screen_has_its_page_of_the_manual(screen: str) -> None:
    assert help_for(screen) is not None


def test_the_manual_speaks_only_of_screens_that_exist() -> None:
    known = {*PAGES, *PUBLIC, *TOLD_ELSEWHERE, *ONLY_POSTED}
    assert {screen for page in help_pages() for screen in page.screens} <= known


@pytest.mark.django_db
def test_the_manual_opens_without_signing_in_and_a_screen_without_a_page_shows_the_index() -> None:
    assert "Trazer unidades" in Client().get("/ajuda/importar/").content.decode()
    assert "Ainda não há uma página" in Client().get("/ajuda/nada/").content.decode()
