"""The tabs of an agreement, the same on each of its pages."""

from __future__ import annotations

from django.urls import reverse

from apura_web.agreements.models import Agreement
from apura_web.foundation.presentation import Crumb, Tab

LIST = Crumb("Acordos", "/acordos/")
TABS = (
    ("agreement", "Pacto"),
    ("agreement_negotiation", "Negociação"),
    ("agreement_conference", "Conferência"),
    ("agreement_monitoring", "Acompanhamento"),
    ("agreement_scores", "Notas"),
    ("agreement_history", "Histórico"),
)


def tabs_of(agreement: Agreement, current: str) -> list[Tab]:
    """Give the tabs, marking the one shown by the name of its address."""
    return [Tab(label, reverse(name, args=[agreement.code]), name == current) for name, label in TABS]


def way_to(agreement: Agreement) -> tuple[Crumb, Crumb]:
    """Give the way to an agreement, its page included, for what comes after it."""
    return LIST, Crumb(f"Acordo nº {agreement.number}", agreement.get_absolute_url())


def crumbs_of(agreement: Agreement, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way to an agreement, and further; its own page, the last step, has no address."""
    return (*way_to(agreement), *more) if more else (LIST, Crumb(f"Acordo nº {agreement.number}"))
