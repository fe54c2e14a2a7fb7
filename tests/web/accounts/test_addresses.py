"""Attempts are counted by where the person is, and nobody says so but our own servers."""

import pytest
from django.test import Client, RequestFactory, override_settings

from apura_web.accounts.addresses import NOWHERE, address_of
from cast import PASSWORD, Cast


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "", "203.0.113.9", "203.0.113.9"),
        (0, "198.51.100.7", "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7", "10.0.0.1", "198.51.100.7"),
        (1, "1.1.1.1, 198.51.100.7", "10.0.0.1", "198.51.100.7"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1", "10.0.0.1"),
        (1, "qualquer coisa", "10.0.0.1", NOWHERE),
        (0, "", "", NOWHERE),
        (1, "2001:db8::1", "10.0.0.1", "2001:db8::1"),
    ],
)
def test_the_address_is_what_the_last_server_of_ours_wrote(
    proxies: int, forwarded: str, remote: str, address: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    with override_settings(TRUSTED_PROXIES=proxies):
        assert address_of(request) == address


@override_settings(TRUSTED_PROXIES=1)
def test_who_guesses_from_elsewhere_does_not_lock_out_the_person(cast: Cast) -> None:
    intruder, person = (
        Client(headers={"x-forwarded-for": address}) for address in ("198.51.100.7", "203.0.113.9")
    )
    for _ in range(5):
        intruder.post("/entrar/", {"login": "ana@norte.example", "password": "senha errada 1234"})
    right = {"login": "ana@norte.example", "password": PASSWORD}
    assert intruder.post("/entrar/", right).status_code == 429
    assert person.post("/entrar/", right).status_code == 302
