"""What the installation says of itself through environment variables, typed; a wrong value stops the start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

TRUE, FALSE = {"1", "sim", "true"}, {"", "0", "nao", "não", "false"}


class WrongEnvironment(Exception):
    """A variable has a value that means nothing, or one that production needs is missing."""


@dataclass(frozen=True)
class Environment:
    """The variables, read once.

    ``data`` is the folder of the database, the files and the built assets; ``demo`` fills the sign-in page with the
    demonstration's logins; ``debug`` is for developers only; ``secure`` says that people arrive by HTTPS; ``proxies``
    is how many servers of ours stand between people and this one.
    """

    data: Path
    secret_key: str
    database_url: str
    hosts: tuple[str, ...]
    demo: bool
    debug: bool
    secure: bool
    mail_url: str
    mail_from: str
    proxies: int

    @property
    def mail(self) -> SplitResult:
        """The address of the mail server, in parts: ``smtp+tls://pessoa:senha@servidor:587``."""
        return urlsplit(self.mail_url)

    @classmethod
    def read(cls) -> Environment:
        """Read the variables.

        Raises:
            WrongEnvironment: a switch is neither yes nor no, or production lacks its secret or its hosts.
        """
        data = Path(os.environ.get("APURA_DADOS", "var")).resolve()
        demo, debug = _switch("APURA_DEMO"), _switch("APURA_DEBUG")
        local = demo or debug
        hosts = tuple(part for part in os.environ.get("APURA_HOSTS", "").replace(",", " ").split() if part)
        if not hosts and not local:
            raise WrongEnvironment(
                "Defina APURA_HOSTS com os endereços do serviço (ou APURA_DEMO=1 para experimentar)."
            )
        secure = _switch("APURA_HTTPS", default=not local)
        return cls(
            data=data,
            secret_key=_secret(data, local=local),
            database_url=os.environ.get("DATABASE_URL", f"sqlite:///{data / 'apura.sqlite3'}"),
            hosts=hosts or ("127.0.0.1", "localhost"),
            demo=demo,
            debug=debug,
            secure=secure,
            mail_url=os.environ.get("APURA_CORREIO", ""),
            mail_from=os.environ.get("APURA_REMETENTE", "Apura <apura@localhost>"),
            proxies=_count("APURA_PROXIES", default=1 if secure else 0),
        )


def _switch(name: str, *, default: bool = False) -> bool:
    if name not in os.environ:
        return default
    value = os.environ[name].strip().lower()
    if value not in TRUE | FALSE:
        raise WrongEnvironment(f"{name} vale “{value}”; use 1 ou 0.")
    return value in TRUE


def _count(name: str, *, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not value.isdigit():
        raise WrongEnvironment(f"{name} vale “{value}”; use um número, como 1.")
    return int(value) if value else default


def _secret(data: Path, *, local: bool) -> str:
    given = os.environ.get("APURA_SEGREDO", "")
    if given:
        return given
    if not local:
        raise WrongEnvironment("Defina APURA_SEGREDO com um texto longo e secreto.")
    file = data / "segredo"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii")
