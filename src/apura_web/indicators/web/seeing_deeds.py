"""Acts on the ledger after it was reported: correcting, recording the verified and the ratified figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer
from apura_web.indicators.formulas import RESULT, Variable
from apura_web.indicators.models import Batch, Figure, Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.ledger import Measured, standing_at
from apura_web.indicators.services import measurements
from apura_web.indicators.services.measurements import Change, Place
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of
from apura_web.indicators.web.seeing_choice import choice_of
from apura_web.indicators.web.seeing_forms import WHOLE_RESULT, ValuesForm
from apura_web.indicators.web.seeing_value import is_of_ledger, place_of
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class Kind:
    """One of the three acts that write a figure."""

    act: str
    figure: Figure
    do: Callable[..., Batch]
    title: str
    lead: str
    done: str
    what: str
    basis: Basis | None


CORRECT = Kind(
    "indicators.measurement.correct",
    Figure.REPORTED,
    measurements.correct,
    "Corrigir apuração",
    "O valor novo passa a valer; o de antes continua na página, com o motivo da correção. "
    "É assim também que um valor provisório se torna definitivo.",
    "Apuração corrigida. O valor anterior continua nas apurações.",
    "Os valores novos passam a valer, e os resultados que dependem deles mudam.",
    None,
)
VERIFY = Kind(
    "indicators.measurement.verify",
    Figure.VERIFIED,
    measurements.verify,
    "Registrar valor verificado",
    "O valor verificado fica ao lado do informado, que não muda.",
    "Valor verificado registrado, ao lado do informado.",
    "O valor verificado passa a constar ao lado do informado.",
    Basis("Em Goiás, Decreto nº 8.170/2014, art. 13", "A unidade central confere o que o órgão informou."),
)
RATIFY = Kind(
    "indicators.measurement.ratify",
    Figure.RATIFIED,
    measurements.ratify,
    "Registrar homologação",
    "O valor homologado pela comissão fica ao lado do informado e do verificado, que não mudam.",
    "Homologação registrada, ao lado dos outros valores.",
    "O valor homologado passa a constar ao lado dos outros.",
    Basis("Em Goiás, Decreto nº 8.170/2014, arts. 14 e 15", "A comissão avalia o resultado e o homologa."),
)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, code: str, unit_code: str, period_key: str) -> HttpResponse:
    """Correct what a unit measured."""
    return _answer(request, CORRECT, place_asked(request, code, unit_code, period_key))


@signed_in
@require_http_methods(["GET", "POST"])
def verify(request: ActorRequest, code: str, unit_code: str, period_key: str) -> HttpResponse:
    """Record the verified figure."""
    return _answer(request, VERIFY, place_asked(request, code, unit_code, period_key))


@signed_in
@require_http_methods(["GET", "POST"])
def ratify(request: ActorRequest, code: str, unit_code: str, period_key: str) -> HttpResponse:
    """Record the ratified figure."""
    return _answer(request, RATIFY, place_asked(request, code, unit_code, period_key))


@dataclass(frozen=True)
class Asked:
    """The place an address names: an indicator at a unit in one of its periods."""

    indicator: Indicator
    unit: Unit
    period: Period
    breakdown: str
    version_id: int | None
    variables: list[Variable]

    @property
    def place(self) -> Place:
        """The same, as services take it."""
        return Place(self.indicator, self.period, self.breakdown)

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.indicator.number}, {self.unit}, {self.period.label}"

    @property
    def url(self) -> str:
        """Where its number is explained."""
        return reverse("indicator_value", args=[self.indicator.code, self.unit.code, self.period.key])

    def stands(self, figure: str) -> Measured | None:
        """Give what stands there of a figure."""
        return standing_at(self.indicator, self.unit, self.period, self.breakdown, figure=figure)


def place_asked(request: ActorRequest, code: str, unit_code: str, period_key: str) -> Asked:
    """Read the place of an address.

    Raises:
        Http404: there is none, or it is of several units or periods.
    """
    found = find_indicator(request, code)
    choice, period = place_of(request, found, unit_code, period_key)
    if choice.unit is None or not is_of_ledger(choice, period):
        raise Http404
    card = choice.sight.book.card(found.pk, period)
    variables = [each for each in card.read_variables if not each.indicator] if card else []
    breakdown = choice_of(request, found).look.breakdown
    return Asked(found, choice.unit, period, breakdown, card.pk if card else None, variables)


def page_of(asked: Asked, title: str, lead: str, act_name: str) -> dict[str, Any]:
    """Give what the page of an act over a place shows."""
    return {
        "title": title,
        "lead": f"{asked.name}. {lead}",
        "crumbs": crumbs_of(asked.indicator, Crumb(asked.period.label, asked.url), Crumb(title)),
        "verb": REGISTRY[act_name].title,
        "cancel_url": asked.url,
    }


def _answer(request: ActorRequest, kind: Kind, asked: Asked) -> HttpResponse:
    check_power(request, kind.act, asked.unit)
    form = _form(request, kind, asked)

    def tell() -> Confirmation:
        return Confirmation(
            question=f"{kind.title}: {asked.name}?",
            what=kind.what,
            whom=f"{asked.unit} – {asked.unit.name}",
            verb=REGISTRY[kind.act].title,
            cancel_url=asked.url,
            bases=(kind.basis,) if kind.basis else (),
            consequences=tuple(form.told()),
            undoing="Outra correção pode mudar o valor; nenhuma linha se apaga.",
        )

    deed = Deed(
        form=form,
        do=lambda: kind.do(asked.unit, change=_change(form, asked), actor=request.actor, at=request.at),
        done=kind.done,
        goes_to=lambda _batch: _where(kind, asked),
        page=page_of(asked, kind.title, kind.lead, kind.act),
        tell=tell,
    )
    return answer(request, deed)


def _form(request: ActorRequest, kind: Kind, asked: Asked) -> ValuesForm:
    reported, mine = asked.stands(Figure.REPORTED), asked.stands(kind.figure)
    seen = mine or reported
    came_whole = reported is not None and RESULT in reported.rows
    return ValuesForm(
        request.POST or None,
        request.FILES or None,
        institution=request.institution,
        corrects=kind is CORRECT,
        variables=[WHOLE_RESULT] if came_whole else asked.variables,
        stands=mine.rows if mine else {},
        seen=seen.rows if seen else {},
        initial={"received_on": request.today},
    )


def _change(form: ValuesForm, asked: Asked) -> Change:
    return form.change(asked.place, asked.unit, asked.version_id)


def _where(kind: Kind, asked: Asked) -> str:
    ends = [f"valor={kind.figure}"] if kind.figure != Figure.REPORTED else []
    ends += [f"desagregacao={asked.breakdown}"] if asked.breakdown else []
    return f"{asked.url}?{'&'.join(ends)}" if ends else asked.url
