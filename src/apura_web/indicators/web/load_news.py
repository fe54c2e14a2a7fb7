"""What became of the loads of somebody, for their first screen: those under way, and those that ended unseen."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.defaultfilters import pluralize

from apura_web.audit.actors import Actor
from apura_web.foundation.templatetags.apura import quantity
from apura_web.indicators.models import Load
from apura_web.indicators.selectors.loads import LoadState, loads_to_tell, state_of

MOST = 6
TOLD = {
    LoadState.READING: ("info", "Sua carga está sendo lida e comparada.", "Acompanhar"),
    LoadState.WRITING: ("info", "Sua carga está sendo gravada.", "Acompanhar"),
    LoadState.STOPPED: ("warning", "Sua carga parou.", "Ver por quê e continuar"),
    LoadState.WRONG: ("warning", "Sua carga tem erros, e nada dela foi gravado.", "Ver os erros"),
    LoadState.EMPTY: ("info", "Sua carga não traz nada de novo.", "Ver a carga"),
    LoadState.DONE: ("success", "Sua carga terminou.", "Ver o resultado"),
}


@dataclass(frozen=True)
class LoadNews:
    """What to tell somebody about a load of theirs."""

    tone: str
    title: str
    text: str
    url: str
    url_label: str


def news_for(actor: Actor) -> list[LoadNews]:
    """Tell somebody of the loads they asked for or confirmed, until they have seen the end.

    One that waits for confirmation is told among what awaits them.
    """
    found = [(each, state_of(each)) for each in loads_to_tell(actor)[:MOST]]
    return [_news(load, state) for load, state in found if state in TOLD]


def _news(load: Load, state: LoadState) -> LoadNews:
    tone, title, label = TOLD[state]
    return LoadNews(tone, title, f"{load.file_name}: {_how_far(load, state)}", load.get_absolute_url(), label)


def _how_far(load: Load, state: LoadState) -> str:
    if state == LoadState.WRONG:
        return f"{quantity(load.problem_count)} erro{pluralize(load.problem_count)}."
    if load.confirmed_at is None:
        return f"{quantity(load.rows_read)} linha{pluralize(load.rows_read)} lida{pluralize(load.rows_read)}."
    return f"{quantity(load.done)} de {quantity(load.total)} linhas gravadas."
