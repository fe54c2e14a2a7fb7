"""What search finds of indicators."""

from __future__ import annotations

from apura_web.indicators.models import Indicator
from apura_web.indicators.selectors.cards import indicators_visible_to
from apura_web.search.index import Searchable

INDICATORS = Searchable(
    kind="indicators.indicator",
    label="Indicadores",
    title=str,
    note=lambda indicator: indicator.unit.name,
    visible=lambda actor, _on: indicators_visible_to(actor),
    every=lambda institution_id: Indicator.objects.filter(institution_id=institution_id).select_related(
        "unit"
    ),
    through={
        "indicators.cardversion": lambda version: Indicator.objects.select_related("unit").get(
            pk=version.indicator_id
        )
    },
)
