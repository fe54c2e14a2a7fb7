"""The demonstration's logins, for the sign-in page and the documents."""

from __future__ import annotations

from dataclasses import dataclass

from apura_web.demo.houses import PASSWORD, houses, people_of
from apura_web.orgs.models import Capacity, TenureKind


@dataclass(frozen=True)
class Listed:
    """A login as it is listed: institution, name, what the person is there, e-mail."""

    institution: str
    name: str
    role: str
    email: str
    password: str = PASSWORD


def listed_logins() -> list[Listed]:
    """Give one login per role of each institution, in the order of the data."""
    return [
        Listed(house.name, row.name, _role(row.office, row.capacity, row.unit), row.email(house.code))
        for house in houses()
        for row in people_of(house.code)
        if row.has_login
    ]


def _role(office: str, capacity: str, unit: str) -> str:
    how = "" if capacity == Capacity.HOLDER else f" ({Capacity(capacity).label.lower()})"
    what = "Servidor" if office == TenureKind.POSTING else TenureKind(office).label
    return f"{what}{how}" + (f" · {unit}" if unit else "")
