"""The scores of an agreement told to people: each closing, and the scores made before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apura.formula import brazilian
from apura.norms import calculate
from apura_web.agreements.models import Agreement, Score, ScoreKind
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.foundation.charts import LineChart, Point
from apura_web.foundation.presentation import Badge, Tone

METHODS_NORM, LEAST_RULE = "metodos-de-apuracao", "nota_minima"
PLACES = 2
DONE = Badge("apurada", Tone.GOOD, "check-circle")
READY = Badge("pode ser apurada", Tone.ATTENTION, "clock")
RUNNING = Badge("período em curso", Tone.NEUTRAL, "hourglass-half")
COMING = Badge("a vir", Tone.NEUTRAL, "calendar")
NEVER = Badge("não apurada", Tone.NEUTRAL, "minus")


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


def closings_told(
    text: PactText, scores: Sequence[Score], today: date, *, is_open: bool = True
) -> list[ClosingTold]:
    """Tell every closing of a pact.

    Args:
        text: the pact.
        scores: every score of the agreement, superseded ones included.
        today: the institution's day.
        is_open: whether scores may still be made; of an agreement that was closed they may not.
    """
    replaced = {each.replaces_id for each in scores}
    standing = {(each.kind, each.until_on): each for each in scores if each.pk not in replaced}
    found = []
    previous = date.min
    for each in closings_of(text):
        score = standing.get((each.kind.value, each.until_on))
        state = _state(each, score, today, previous) if is_open or score is not None else NEVER
        found.append(_closing_told(text, each, score, state))
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


def superseded(scores: Sequence[Score]) -> list[tuple[Score, str]]:
    """Give the scores another took the place of, the latest first, as they are read."""
    replaced = {each.replaces_id for each in scores}
    return [
        (each, brazilian(Fraction(each.value), PLACES) if each.value else "")
        for each in reversed(scores)
        if each.pk in replaced
    ]
