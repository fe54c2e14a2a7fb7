"""A copy of a norm in which the text of one date governs another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from apura.norms.pack import Norm
from apura.norms.rule_schema import Rule, Step
from apura.norms.schema import Interval, Parameter, Wording

I = TypeVar("I", bound=Interval)  # noqa: E741
W = TypeVar("W", bound=Wording)


def worded_on(norm: Norm, on: date, *, applied_on: date) -> Norm:
    """Copy ``norm`` so that on ``applied_on`` it says what it says on ``on``: wordings, formulas and parameters.

    Deadlines and composition are left as they are. What has no text or value on ``on`` becomes unknown or pending.

    Args:
        norm: the norm, which is not touched.
        on: the date whose texts govern.
        applied_on: the date the copy will be applied to.
    """
    return replace(
        norm,
        identity=norm.identity.model_copy(
            update={"wordings": _wordings(norm.identity.wordings, on, applied_on)}
        ),
        parameters={
            name: _parameter(parameter, on, applied_on) for name, parameter in norm.parameters.items()
        },
        rules={name: _rule(rule, on, applied_on) for name, rule in norm.rules.items()},
    )


def _rule(rule: Rule, on: date, applied_on: date) -> Rule:
    steps = tuple(_step(step, on, applied_on) for step in rule.steps)
    return rule.model_copy(update={"steps": steps, "wordings": _wordings(rule.wordings, on, applied_on)})


def _step(step: Step, on: date, applied_on: date) -> Step:
    return step.model_copy(update={"wordings": _wordings(step.wordings, on, applied_on)})


def _wordings(wordings: Sequence[W], on: date, applied_on: date) -> tuple[W, ...]:
    """Keep the wording of ``on``, stretched to reach ``applied_on``; one that is unknown when none covers it."""
    if not wordings:
        return ()
    held = _held(wordings, on, applied_on)
    if held is not None:
        return (held,)
    unknown = {
        "starts": min(on, applied_on),
        "until": None,
        "wording": "unknown",
        "why": f"Em {on:%d/%m/%Y} não há redação.",
        "what_to_do": "Escolha em --redacao outra data.",
    }
    return (wordings[0].model_copy(update=unknown),)


def _parameter(parameter: Parameter, on: date, applied_on: date) -> Parameter:
    if not parameter.values:
        return parameter
    held = _held(parameter.values, on, applied_on)
    if held is not None:
        return parameter.model_copy(update={"values": (held,)})
    missing = {
        "values": (),
        "pending": True,
        "asks": f"Em {on:%d/%m/%Y} o parâmetro não tinha valor.",
        "cites": parameter.cites or parameter.values[0].cites,
    }
    return parameter.model_copy(update=missing)


def _held(intervals: Sequence[I], on: date, applied_on: date) -> I | None:
    found = next((interval for interval in intervals if interval.covers(on)), None)
    if found is None:
        return None
    return found.model_copy(update={"starts": min(found.starts, applied_on), "until": None})
