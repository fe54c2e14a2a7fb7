"""The scores of an agreement told to people: each closing, each item in it, readings in force, what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.urls import reverse

from apura.formula import brazilian
from apura.norms import calculate, load_norm
from apura_web.agreements.facts import NORM, READINGS, Actual
from apura_web.agreements.models import Adoption, Agreement, ItemReading, ItemState, Score, ScoreKind
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.agreements.selectors.sources import measured_links
from apura_web.audit.actors import Actor
from apura_web.calculations.sheet_text import asked_of
from apura_web.foundation.charts import LineChart, Point
from apura_web.foundation.presentation import Badge, Tone, state_badge

METHODS_NORM, LEAST_RULE = "metodos-de-apuracao", "nota_minima"
PLACES = 2
DONE = Badge("apurada", Tone.GOOD, "check-circle")
READY = Badge("pode ser apurada", Tone.ATTENTION, "clock")
RUNNING = Badge("período em curso", Tone.NEUTRAL, "hourglass-half")
COMING = Badge("a vir", Tone.NEUTRAL, "calendar")
REACHED, MISSED, NOT_MEASURED = "alcançada", "não alcançada", "não medida"
CANCELLED = Badge("cancelado", Tone.NEUTRAL, "ban")


@dataclass(frozen=True)
class ClosingTold:
    """A closing on the page of scores.

    Attributes:
        closing: which.
        state: where it is.
        score: the one that stands; None when it was not made.
        text: the score as it is read; empty when there is none.
        exact: the exact value, when it is not what is shown.
        least: whether it reaches the least score of the pact; None when the pact has none, or there is no score.
        least_said: how the pact says it, as “a partir de 7”.
    """

    closing: Closing
    state: Badge
    score: Score | None
    text: str = ""
    exact: str = ""
    least: Badge | None = None
    least_said: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether the score may be made now."""
        return self.score is None and self.state is READY

    @property
    def heading(self) -> str:
        """What heads its column."""
        is_final = self.closing.kind == ScoreKind.FINAL
        return "Final" if is_final else f"{self.closing.number}º quadrimestre"


@dataclass(frozen=True)
class CellTold:
    """An item in a closing: what was reached, how it stands, where that comes from; nothing before it begins."""

    label: str
    has_begun: bool = False
    text: str = ""
    badge: Badge | None = None
    score: str = ""
    url: str = ""
    note: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class ItemTold:
    """An item of the pact through the closings."""

    part: Part
    target: str
    weight: str
    cells: Sequence[CellTold]


@dataclass(frozen=True)
class RecordedTold:
    """An item that no indicator measures, or that was cancelled, with the last that was recorded of it."""

    part: Part
    due_on: date | None
    row: ItemReading | None


@dataclass(frozen=True)
class ReadingTold:
    """A doubt of the norm and the reading that holds for an agreement."""

    name: str
    label: str
    reading: str
    origin: str
    url: str
    cites: str


def closings_told(text: PactText, scores: Sequence[Score], today: date) -> list[ClosingTold]:
    """Tell every closing of a pact.

    Args:
        text: the pact.
        scores: every score of the agreement, superseded ones included.
        today: the institution's day.
    """
    replaced = {each.replaces_id for each in scores}
    standing = {(each.kind, each.until_on): each for each in scores if each.pk not in replaced}
    found = []
    previous = date.min
    for each in closings_of(text):
        score = standing.get((each.kind.value, each.until_on))
        found.append(_closing_told(text, each, score, _state(each, score, today, previous)))
        previous = each.until_on
    return found


def _state(closing: Closing, score: Score | None, today: date, previous: date) -> Badge:
    if score is not None:
        return DONE
    if closing.until_on < today:
        return READY
    return RUNNING if previous < today and closing.from_on <= today else COMING


def _closing_told(text: PactText, closing: Closing, score: Score | None, state: Badge) -> ClosingTold:
    if score is None or not score.value:
        return ClosingTold(closing, state, score)
    value = Fraction(score.value)
    shown = brazilian(value, PLACES)
    exactly = brazilian(value, None)
    rules = text.one("apuracao")
    least = rules.number("minima")
    return ClosingTold(
        closing,
        state,
        score,
        shown,
        exactly if Fraction(score.value) * 10**PLACES % 1 else "",
        _least(text, value, closing),
        f"{rules.get('minima_operador')} {brazilian(least, None)}" if least is not None else "",
    )


def _least(text: PactText, value: Fraction, closing: Closing) -> Badge | None:
    """Say whether a score reaches the least one of the pact, by the operator the pact chose."""
    rules = text.one("apuracao")
    least = rules.number("minima")
    if least is None:
        return None
    facts = {"nota": value, "minima": least, "operador": rules.get("minima_operador")}
    made = calculate(METHODS_NORM, LEAST_RULE, facts, on=closing.until_on)
    if made.value is True:
        return Badge("alcança a mínima", Tone.GOOD, "check-circle")
    return Badge("não alcança a mínima", Tone.BAD, "times-circle")


def chart_of(agreement: Agreement, told: Sequence[ClosingTold], text: PactText) -> LineChart | None:
    """Draw the scores made against the least one; nothing before there are two."""
    made = [each for each in told if each.text]
    if len(made) < 2:  # noqa: PLR2004 - a line needs two ends
        return None
    least = text.one("apuracao").number("minima")
    points = [
        Point(_short(each.closing), Fraction(each.score.value), target=least, text=each.text)
        for each in made
        if each.score is not None
    ]
    last = made[-1]
    said = f"{last.closing.label}: {last.text}"
    every = "; ".join(f"{each.closing.label} {each.text}" for each in made)
    legend = f"A linha tracejada é a nota mínima, {brazilian(least, None)}." if least is not None else ""
    return LineChart("grafico-notas", said, f"{agreement}: {every}.", points, "ponto", legend)


def _short(closing: Closing) -> str:
    return "final" if closing.kind == ScoreKind.FINAL else f"{closing.number}º quadr."


def items_told(
    text: PactText,
    closings: Sequence[ClosingTold],
    actuals: Mapping[str, Mapping[str, Actual]],
    looker: Actor,
) -> list[tuple[Part, list[ItemTold]]]:
    """Tell every item of a pact through its closings, by object.

    Args:
        text: the pact.
        closings: as told.
        actuals: by key of the closing, what each item reached; closings that are to come are not there.
        looker: who reads, so that addresses lead only where they may go.
    """
    links = measured_links(looker, [each for found in actuals.values() for each in found.values()])
    columns = [
        (each, actuals.get(each.closing.key, {}), _item_scores(each.score), _frozen(each.score))
        for each in closings
    ]

    def item_told(item: Part) -> ItemTold:
        cells = [
            replace(
                _cell(told, reached.get(item.key), frozen.get(item.key), scores.get(item.key)),
                url=_url(item, told, reached.get(item.key), links),
            )
            for told, reached, scores, frozen in columns
        ]
        return ItemTold(item, _number(item, "meta_final"), _number(item, "peso"), cells)

    return [(part, [item_told(item) for item in text.items_of(part.key)]) for part in text.of("objeto")]


def _number(part: Part, field: str) -> str:
    value = part.number(field)
    return "" if value is None else brazilian(value, None)


def _item_scores(score: Score | None) -> dict[str, Fraction]:
    if score is None:
        return {}
    rows = score.calculation.outcomes.all()
    return {each.key: Fraction(each.value) for each in rows if each.rule == "nota_item"}


def _url(item: Part, told: ClosingTold, actual: Actual | None, links: Mapping[str, str]) -> str:
    """Give where a number of an item is explained: in the score made, else where it was measured."""
    if told.score is not None:
        return reverse("outcome", args=[told.score.calculation.code, "nota_item", item.key])
    return links.get(actual.source.label, "") if actual and actual.source else ""


def _frozen(score: Score | None) -> dict[str, Actual]:
    """Give what each item had reached when a score was made, as its fact sheet keeps it."""
    if score is None:
        return {}
    rows = asked_of(score.calculation.fact_sheet.content).rules["nota_item"]
    return {
        each.values["chave"]: Actual(
            ItemState(each.values["situacao"]),
            Fraction(each.values["realizado"]) if "realizado" in each.values else None,
        )
        for each in rows
    }


def _cell(
    told: ClosingTold, actual: Actual | None, frozen: Actual | None, given: Fraction | None
) -> CellTold:
    """Tell an item in a closing: as the score found it, when it was made, and whether that changed since."""
    if actual is None:
        return CellTold(told.heading)
    shown = frozen or actual
    is_measured = shown.state == ItemState.MEASURED
    score = brazilian(given, PLACES) if given is not None and is_measured else ""
    note = actual.reason
    if frozen is not None and (frozen.state, frozen.value) != (actual.state, actual.value):
        note = f"mudou depois da apuração: hoje, {_reached(actual)}"
    badge = _item_badge(shown, given, told)
    text = _reached(shown) if is_measured else ""
    return CellTold(
        told.heading,
        has_begun=True,
        text=text,
        badge=badge,
        score=score,
        note=note,
        certainty=actual.certainty,
    )


def _reached(actual: Actual) -> str:
    return brazilian(actual.value, None) if actual.value is not None else str(actual.state)


def _item_badge(actual: Actual, given: Fraction | None, told: ClosingTold) -> Badge | None:
    """Say how an item stands; the target is reached when the item's score is at least the greatest one."""
    if actual.state == ItemState.CANCELLED:
        return CANCELLED
    if actual.state == ItemState.UNMEASURED:
        return state_badge(NOT_MEASURED)
    if given is None or told.score is None:
        return None
    greatest = Fraction(told.score.pact.text.one("apuracao").get("escala"))
    return state_badge(REACHED if given >= greatest else MISSED)


def readings_told(agreement: Agreement, text: PactText, adopted: Sequence[Adoption]) -> list[ReadingTold]:
    """Tell the doubts of the norm that may change a score, and the reading that holds for an agreement."""
    latest = {each.interpretation: each for each in adopted}
    rules = text.one("apuracao")
    found = []
    for name, known in load_norm(NORM).interpretations.items():
        if not known.others or name not in {*READINGS, *latest}:
            continue
        adoption = latest.get(name)
        if adoption is not None:
            act = adoption.legal_act
            where = "para este acordo" if adoption.agreement_id else "para todos os acordos"
            told = (adoption.reading, f"{act.current}, {where}", act.get_absolute_url())
        elif rules.get(READINGS.get(name, "")):
            told = (rules.get(READINGS[name]), "cláusula do acordo", agreement.get_absolute_url())
        else:
            told = (known.adopted or "", "leitura adotada na norma", "")
        found.append(ReadingTold(name, known.label, *told, known.cites))
    return found


def recorded_told(text: PactText, rows: Sequence[ItemReading]) -> list[RecordedTold]:
    """Tell the milestones and commitments with the last that was recorded of each, and the items cancelled."""
    last = {each.item_key: each for each in rows}
    return [
        RecordedTold(item, item.day("prazo"), last.get(item.key))
        for item in text.of("item")
        if item.get("especie") != INDICATOR_ITEM or item.key in last
    ]


def superseded(scores: Sequence[Score]) -> list[tuple[Score, str]]:
    """Give the scores another took the place of, the latest first, as they are read."""
    replaced = {each.replaces_id for each in scores}
    return [
        (each, brazilian(Fraction(each.value), PLACES) if each.value else "")
        for each in reversed(scores)
        if each.pk in replaced
    ]
