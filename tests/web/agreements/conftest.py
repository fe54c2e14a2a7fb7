"""What tests of agreements share: a house with bodies, an agreement being negotiated, and its coordinator."""

import pytest
from django.test import Client

from addresses import add_more
from agreeing import agreed
from apura_web.agreements.models import Agreement
from cast import Cast, House
from visits import already_in


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


@pytest.fixture
def found(house: House) -> Agreement:
    return agreed(house)


@pytest.fixture
def carla(house: House) -> Client:
    return already_in(house, "Carla")
