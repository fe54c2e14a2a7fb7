"""What a series of results says, in words: the title of its chart, the sentence under it, numbers as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from apura.formula import plain
from apura_web.foundation.templatetags.apura import quantity
from apura_web.indicators.attainment import MISSED, NOT_OVER, PARTLY, REACHED, Polarity, Promise
from apura_web.indicators.models import CardFacts, Certainty
from apura_web.indicators.periods import MONTHS, YEAR, Period
from apura_web.indicators.results import Result

MOST_LISTED = 3
OFF = {
    Polarity.HIGHER: "Abaixo da meta",
    Polarity.LOWER: "Acima da meta",
    Polarity.RANGE: "Fora da faixa da meta",
}
SIDES = {
    Polarity.HIGHER: "Quanto maior, melhor: bom é ficar na meta ou acima dela.",
    Polarity.LOWER: "Quanto menor, melhor: bom é ficar na meta ou abaixo dela.",
    Polarity.RANGE: "Bom é ficar dentro da faixa da meta, nem abaixo nem acima.",
    Polarity.INFORMATIVE: "Informativo: não há lado melhor nem pior.",
}
GOOD = {Polarity.HIGHER: "up", Polarity.LOWER: "down", Polarity.RANGE: "between"}


def shown(value: Fraction | None, card: CardFacts | None) -> str:
    """Write a result with the places and the unit of its card; it is rounded only here, to be read."""
    if value is None:
        return "—"
    return quantity(plain(value, card.places), card.measured_in) if card is not None else quantity(value)


def shown_bare(value: Fraction | None, card: CardFacts | None) -> str:
    """Write a result with the places of its card, without its unit but the sign of per cent."""
    if value is None:
        return "—"
    if card is None:
        return quantity(value)
    return quantity(plain(value, card.places), "%" if card.measured_in == "%" else "")


def shown_promise(promise: Promise | None, card: CardFacts | None) -> str:
    """Write a target, or the band of one; empty when there is none."""
    if promise is None or promise.value is None:
        return ""
    low = shown_bare(promise.value, card)
    return f"{low} a {shown_bare(promise.high, card)}" if promise.high is not None else low


def short_label(period: Period) -> str:
    """Call a period inside its year: “mar”, “2º”; a year by itself; else its first day."""
    if not period.is_regular:
        return f"{period.start:%d/%m}"
    if period.months == 1:
        return MONTHS[period.start.month - 1]
    if period.months == YEAR:
        return str(period.start.year)
    return period.label.split(" ", 1)[0]


def group_of(period: Period) -> str:
    """Give the year under which a period is shown; empty for a year itself."""
    return "" if period.is_regular and period.months == YEAR else str(period.end.year)


def firmness_of(result: Result) -> str:
    """Say that a result is not definitive, or lacks a part; empty when it is whole and firm."""
    if not result.is_firm:
        return str(Certainty(result.certainty).label)
    return "incompleto" if result.lacking and result.value is not None else ""


def title_of(series: Sequence[Result]) -> str:
    """Say what a series found, as the title of its chart.

    Args:
        series: in order of period.
    """
    measured = [each for each in series if each.value is not None]
    if not measured:
        return "Ainda não há resultado neste recorte"
    judged = [each for each in measured if each.word in {REACHED, PARTLY, MISSED}]
    if not judged:
        return _without_targets(measured)
    last = judged[-1]
    run = _run(judged)
    if last.word == REACHED and len(run) == len(judged):
        return (
            "Meta alcançada em todos os períodos medidos que a tinham"
            if len(judged) > 1
            else _in("Meta alcançada", run)
        )
    said = {REACHED: "Meta alcançada", PARTLY: "Meta alcançada em parte"}.get(
        last.word, OFF.get(Polarity(last.card.polarity), "Fora da meta") if last.card else "Fora da meta"
    )
    return _in(said, run)


def finding_of(series: Sequence[Result]) -> str:
    """Say the numbers that matter of a series, for who does not see its chart."""
    measured = [each for each in series if each.value is not None]
    missing = [each for each in series if each.value is None and each.is_expected and each.word != NOT_OVER]
    parts = []
    if measured:
        first, last = measured[0], measured[-1]
        there = f"{shown(last.value, last.card)} {in_period(last.period)}"
        parts.append(
            f"De {shown(first.value, first.card)} {in_period(first.period)} a {there}"
            if first is not last
            else there
        )
        promise = shown_promise(last.promise, last.card)
        parts.append(f"a meta era {promise}" if promise else "sem meta nesse período")
    if missing:
        names = ", ".join(each.period.label for each in missing[:MOST_LISTED])
        more = f" e mais {len(missing) - MOST_LISTED}" if len(missing) > MOST_LISTED else ""
        parts.append(f"sem resultado: {names}{more}")
    loose = [each.period.label for each in measured if firmness_of(each)]
    if loose:
        parts.append(f"não definitivo ou incompleto: {', '.join(loose[:MOST_LISTED])}")
    if not parts:
        return "Nada foi apurado."
    return f"{'; '.join(parts)}."


def _run(judged: Sequence[Result]) -> list[Result]:
    """Give the last results that stand alike."""
    found: list[Result] = []
    for each in reversed(judged):
        if each.word != judged[-1].word:
            break
        found.insert(0, each)
    return found


def in_period(period: Period) -> str:
    """Say when, as “no 2º quadrimestre de 2014” or “em mar/2014”."""
    return f"no {period.label}" if "º" in period.label else f"em {period.label}"


def since(period: Period) -> str:
    """Say since when, as “desde o 2º quadrimestre de 2014” or “desde mar/2014”."""
    return f"desde o {period.label}" if "º" in period.label else f"desde {period.label}"


def _in(said: str, run: Sequence[Result]) -> str:
    first = run[0].period
    return f"{said} {since(first)}" if len(run) > 1 else f"{said} {in_period(first)}"


def _without_targets(measured: Sequence[Result]) -> str:
    first, last = measured[0], measured[-1]
    if first is last:
        return f"{shown(last.value, last.card)} {in_period(last.period)}"
    assert first.value is not None  # noqa: S101 - only what was measured is here
    assert last.value is not None  # noqa: S101
    way = "Subiu" if last.value > first.value else "Desceu" if last.value < first.value else "Ficou igual"
    return f"{way} de {shown(first.value, first.card)} a {shown(last.value, last.card)} {since(first.period)}"
