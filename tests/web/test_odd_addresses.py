"""Whatever is typed into an address, nobody gets a fault: it is read, ignored, or refused with a reason."""

import pytest

from addresses import PAGES, address
from cast import Cast
from visits import already_in

ODD = {
    "pagina": ["abc", "-1", "99999999999999999999", ""],
    "ordem": ["nada", "-", "'; drop table", "\x00"],
    "formato": ["exe", "csv", "\x00"],
    "q": ["'", "%", "_", "\\", "a" * 500, "\x00", "ção"],
    "em": ["31/02/2026", "99/99/9999", "ontem", "01/01/0001", "31/12/9999", "\x00"],
    "de": ["31/02/2026", "\x00"],
    "ate": ["01/01/0001"],
    "por_pagina": ["0", "-5", "1000000", "dez"],
    "colunas": ["nenhuma", ""],
    "especie": ["nada"],
    "ano": ["dois mil"],
    "situacao": ["talvez"],
    "registro": ["orgs.unit:zzz", "nada", ":"],
    "quem": ["ninguem"],
    "ato": ["nada"],
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_odd_parameter_is_a_fault(cast: Cast, name: str) -> None:
    client = already_in(cast.house, "Ada")
    path = address(name, PAGES[name], cast.house)
    for key, values in ODD.items():
        for value in values:
            answer = client.get(path, {key: value})
            assert answer.status_code < 500, (path, key, value)
            if answer.streaming:
                assert list(answer)
