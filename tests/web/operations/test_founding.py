"""A new institution starts with its administrator, by an act, or not at all."""

import pytest
from django.test import Client

from apura.cli import main
from apura_web.audit.verification import verify
from apura_web.foundation.models import Institution

WORDS = [
    *("instituir", "leste", "--nome", "Estado do Leste", "--sigla", "LESTE", "--existe-desde", "02/01/1990"),
    *("--autoridade", "Governador", "--em", "02/03/2026", "--administrador", "Zoraide de Teste"),
]


def test_the_administrator_chooses_a_password_by_the_invitation_shown_once_and_gets_in(
    db: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*WORDS, "--ato", "Portaria nº 12/2026", "--email", "zoraide@leste.example"]) == 0
    address = capsys.readouterr().out.split()[-1]
    client = Client()
    chosen = {"password": "uma frase bem comprida 7", "password2": "uma frase bem comprida 7"}
    names = [field.name for field in client.get(address).context["form"]]
    client.post(address, dict.fromkeys(names, chosen["password"]), follow=True)
    assert "Administrador na instituição" in client.get("/").content.decode()
    assert verify(Institution.objects.get(code="leste")).findings == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--ato", "Portaria doze", "--email", "zoraide@leste.example"), "escreva espécie, número e ano"),
        (("--ato", "Portaria 12/2025", "--email", "zoraide@leste.example"), "O ano é o da data do ato"),
        (("--ato", "Portaria 12/2026", "--email", "sem arroba"), "email válido"),
        (
            ("--ato", "Portaria 12/2026", "--email", "z@leste.example", "--calendario", "XX"),
            "Não há o calendário",
        ),
        (("--ato", "Portaria 12/2026", "--email", "z@leste.example", "--fuso", "Cuiabá"), "Não há o fuso"),
    ],
)
def test_a_wrong_word_is_told_and_leaves_nothing(
    db: None,
    capsys: pytest.CaptureFixture[str],
    wrong: tuple[str, ...],
    said: str,
) -> None:
    assert main([*WORDS, *wrong]) == 2
    assert said in capsys.readouterr().err
    assert not Institution.objects.filter(code="leste").exists()
