"""The tabs of an indicator, the same on each of its pages."""

from __future__ import annotations

from django.urls import reverse

from apura_web.foundation.presentation import Crumb, Tab
from apura_web.indicators.models import Indicator

LIST = Crumb("Indicadores", "/indicadores/")
TABS = (
    ("indicator", "Resultado"),
    ("indicator_card", "Ficha"),
    ("indicator_targets", "Metas"),
    ("indicator_ledger", "Apurações"),
)


def tabs_of(indicator: Indicator, current: str) -> list[Tab]:
    """Give the tabs, marking the one shown by the name of its address."""
    return [Tab(label, reverse(name, args=[indicator.code]), name == current) for name, label in TABS]


def crumbs_of(indicator: Indicator, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way to an indicator, and further."""
    own = Crumb(indicator.number, indicator.get_absolute_url() if more else "")
    return (LIST, own, *more)
