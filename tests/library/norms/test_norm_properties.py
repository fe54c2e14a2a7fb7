"""What holds for any facts: delay never helps, caps and scale hold, documents check, order does not matter."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apura.norms import (
    BadInput,
    RawFacts,
    RawRow,
    Refusal,
    Verdict,
    apply_norm,
    calculate,
    document,
    load_norm,
    recheck,
    run,
)
from builders import ALMG, ALMG_BODIES, END_OF_2015, facts, house, undelivered

CONFORMITY = st.integers(0, 10_000).map(lambda hundredths: f"{hundredths // 100},{hundredths % 100:02}")
DELIVERY = st.integers(0, 60).map(lambda days: date(2016, 1, 20) + timedelta(days=days))
REPORTS = ("parcial", "anual")


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Changes to the facts of a body: reports late, undelivered, in part conforming."""
    changes: dict[str, Any] = {}
    for report in REPORTS:
        presentation = draw(CONFORMITY)
        if draw(st.booleans()):
            changes |= {
                f"dias_de_atraso_{report}": draw(st.integers(0, 400)),
                f"conformidade_do_relatorio_{report}": draw(CONFORMITY),
                f"conformidade_da_apresentacao_{report}": presentation,
            }
        else:
            changes |= undelivered(report, **{f"conformidade_da_apresentacao_{report}": presentation})
    return changes


@given(bodies(), st.sampled_from(REPORTS), st.integers(1, 400))
def test_more_delay_never_raises_a_score(changes: dict[str, Any], report: str, more: int) -> None:
    days = changes[f"dias_de_atraso_{report}"] or 0
    on_time = facts(
        **changes
        | {
            f"situacao_{report}": "entregue",
            f"conformidade_do_relatorio_{report}": "50",
            f"dias_de_atraso_{report}": days,
        }
    )
    later = on_time | {f"dias_de_atraso_{report}": days + more}

    assert score(later) <= score(on_time)


def score(known: dict[str, Any]) -> Any:
    return calculate(ALMG, "nota_orgao", known, on=END_OF_2015).number


@given(DELIVERY, st.integers(0, 60))
def test_a_later_date_of_delivery_never_raises_a_score(delivery: date, more: int) -> None:
    assert score(facts(entrega_anual=delivery + timedelta(days=more))) <= score(facts(entrega_anual=delivery))


@given(bodies())
def test_no_report_loses_more_than_a_point_and_every_score_lies_within_the_scale(
    changes: dict[str, Any],
) -> None:
    outcome = calculate(ALMG, "nota_orgao", facts(**changes), on=END_OF_2015)

    for report in REPORTS:
        if f"perda_{report}" in outcome.values:
            assert 0 <= outcome.values[f"perda_{report}"] <= 1
    maxima = load_norm(ALMG).lookups["pontuacao_maxima"].values()
    assert all(0 <= made.value <= max(maxima) for made in outcome.steps[:-1])
    assert 0 <= outcome.number <= sum(maxima) == 10


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(ALMG_BODIES), bodies(), max_size=6), st.randoms(use_true_random=False))
def test_a_document_checks_and_the_order_of_rows_does_not_matter(
    changed: dict[str, Any], shuffler: Any
) -> None:
    raw = house(changed, heads={"T-1": "DPL"})
    rows = list(raw.subjects["nota_orgao"])
    shuffler.shuffle(rows)
    applied = apply_norm(ALMG, on=END_OF_2015)

    result = run(applied, raw)
    other = run(applied, RawFacts({**raw.subjects, "nota_orgao": rows}))

    assert recheck(json.loads(json.dumps(document(result)))).verdict is Verdict.HOLDS
    assert scores(result) == scores(other)
    assert all(0 <= number <= 10 for number in scores(result).values())


def scores(result: Any) -> dict[tuple[str, str], Any]:
    return {(outcome.rule.name, outcome.key): outcome.number for outcome in result.outcomes}


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.dates()
    | st.text(max_size=40)
    | st.binary(max_size=8)
    | st.sampled_from(["entregue", "não entregue", "no prazo", "não informado: x", "1.000", "=1+1", "DPL"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [*facts(), "entrega_parcial", "entrega_anual", "nome", "gerencias", "unidade", "dirigida"]
)
ON = st.sampled_from([END_OF_2015, date(2013, 12, 31), date(2014, 12, 31)]) | st.dates()


@settings(max_examples=300)
@given(
    st.sampled_from(["nota_orgao", "nota_diretoria", "nota_secretaria", "nota_titular"]),
    st.dictionaries(NAMES | st.text(max_size=8), HOSTILE, max_size=8),
    ON,
)
def test_hostile_facts_raise_nothing_but_the_package_s_own_errors(rule: str, hostile: Any, on: date) -> None:
    base = facts() if rule == "nota_orgao" else {}
    try:
        said = str(calculate(ALMG, rule, base | hostile, on=on).value)
    except (BadInput, Refusal) as error:
        said = str(error)
    assert said


@settings(max_examples=150)
@given(st.lists(st.dictionaries(NAMES | st.just("chave"), HOSTILE, max_size=8), max_size=3))
def test_hostile_rows_raise_nothing_but_bad_input(hostile: Any) -> None:
    rows = [RawRow(row) for row in hostile]
    raw = RawFacts({"nota_orgao": rows, "nota_titular": rows})
    try:
        said = str(run(apply_norm(ALMG, on=END_OF_2015), raw))
    except BadInput as error:
        said = str(error)
    assert said


@given(st.integers(min_value=10**4300))
def test_keys_no_one_can_write_are_refused(number: int) -> None:
    with pytest.raises(BadInput):
        run(apply_norm(ALMG, on=END_OF_2015), RawFacts({"nota_orgao": [RawRow({"chave": number})] * 2}))


@settings(max_examples=150)
@given(st.recursive(HOSTILE, lambda inner: st.lists(inner, max_size=2), max_leaves=4), st.data())
def test_hostile_documents_raise_nothing_but_bad_input(hostile: Any, data: st.DataObject) -> None:
    whole: Any = json.loads(WHOLE)
    place = whole
    while True:
        if isinstance(place, dict) and place:
            key: Any = data.draw(st.sampled_from(sorted(place)))
        elif isinstance(place, list) and place:
            key = data.draw(st.integers(0, len(place) - 1))
        else:
            break
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = hostile
            break
        place = place[key]
    try:
        said = recheck(whole).verdict.value
    except BadInput as error:
        said = str(error)
    assert said


WHOLE = json.dumps(document(run(apply_norm(ALMG, on=END_OF_2015), house(heads={"T-1": "DPL"}))))
