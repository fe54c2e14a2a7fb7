"""The demonstration's logins, for the sign-in page and the documents."""

from __future__ import annotations

from apura_web.accounts.demo_logins import DemoLogin
from apura_web.demo.houses import PASSWORD, houses, people_of
from apura_web.orgs.models import Capacity, TenureKind


def logins() -> list[DemoLogin]:
    """Give one login per role of each institution, in the order of the data."""
    return [
        DemoLogin(
            house.name, row.name, _role(row.office, row.capacity, row.unit), row.email(house.code), PASSWORD
        )
        for house in houses()
        for row in people_of(house.code)
        if row.has_login
    ]


def _role(office: str, capacity: str, unit: str) -> str:
    how = "" if capacity == Capacity.HOLDER else f" ({Capacity(capacity).label.lower()})"
    what = "Servidor" if office == TenureKind.POSTING else TenureKind(office).label
    return f"{what}{how}" + (f" · {unit}" if unit else "")
