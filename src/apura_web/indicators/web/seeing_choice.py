"""What a page of an indicator is asked for, all in the address: unit, year, figure, breakdown, as known when."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from apura_web.audit.models import TrailEntry
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.templatetags.apura import instant
from apura_web.indicators.models import Figure, Indicator
from apura_web.indicators.selectors.known import entry_at
from apura_web.indicators.selectors.seeing import Look, Sight, breakdowns_of, figures_of, sight_of
from apura_web.orgs.models import Unit

ALL_UNITS = "todas"
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Choice:
    """What somebody looks at.

    Attributes:
        unit: one, or None for all together.
        year: one, or None for all.
        entry: of the trail, when what is shown is what was known then.
        wrong_entry: what was typed for it and means no entry.
    """

    sight: Sight
    look: Look
    unit: Unit | None
    year: int | None
    entry: TrailEntry | None
    wrong_entry: str
    figures: list[tuple[str, str]]
    breakdowns: list[str]

    @property
    def unit_code(self) -> str:
        """How addresses call the unit."""
        return self.unit.code if self.unit else ALL_UNITS

    @property
    def kept(self) -> dict[str, str]:
        """What goes along in the address of a value: the figure, the breakdown and the point of the trail."""
        kept = {
            "valor": "" if self.look.figure == Figure.REPORTED else self.look.figure,
            "desagregacao": self.look.breakdown,
            "ate": str(self.look.at_seq or ""),
        }
        return {name: value for name, value in kept.items() if value}

    @property
    def query(self) -> str:
        """The same, as the end of an address."""
        return f"?{urlencode(self.kept)}" if self.kept else ""

    @property
    def moment_title(self) -> str:
        """Say that this is the past."""
        return f"O que se sabia na entrada {self.look.at_seq} da trilha."

    @property
    def moment_told(self) -> str:
        """Say when that was."""
        when = instant(self.entry.recorded_at) if self.entry else ""
        return f"O que foi registrado depois de {when} não aparece: valores, metas e versões da ficha."

    @property
    def figure_name(self) -> str:
        """Say whose figure it is."""
        return str(Figure(self.look.figure).label)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.kept or self.unit_is_chosen or self.year)

    @property
    def unit_is_chosen(self) -> bool:
        """Whether one of several units was chosen."""
        return self.unit is not None and len(self.sight.units) > 1


def choice_of(request: ActorRequest, indicator: Indicator) -> Choice:
    """Read what a page is asked for; what means nothing is passed over."""
    asked = {name: _asked(request, name) for name in ("unidade", "ano", "valor", "desagregacao", "ate")}
    figures = figures_of(indicator, request.actor)
    breakdowns = breakdowns_of(indicator, request.actor)
    entry = entry_at(request.institution, asked["ate"]) if asked["ate"] else None
    look = Look(
        figure=asked["valor"] if asked["valor"] in figures else Figure.REPORTED,
        breakdown=asked["desagregacao"] if asked["desagregacao"] in breakdowns else "",
        at_seq=entry.seq if entry else None,
    )
    sight = sight_of(indicator, request.actor, look, request.today)
    unit = next((each for each in sight.units if each.code == asked["unidade"]), None)
    year = asked["ano"]
    is_year = year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:6]) <= LAST_YEAR
    return Choice(
        sight,
        look,
        unit,
        int(year) if is_year else None,
        entry,
        asked["ate"] if asked["ate"] and entry is None else "",
        [(str(each), str(each.label)) for each in Figure if each in figures or each == Figure.REPORTED],
        breakdowns,
    )


def _asked(request: ActorRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]
