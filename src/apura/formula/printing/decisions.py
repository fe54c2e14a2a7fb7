"""The conditions that chose a branch, with their values: what `with_values` leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apura.formula.printing.portuguese import portuguese
from apura.formula.printing.resolved import resolved
from apura.formula.tracing import Trace
from apura.formula.tree import Call, Comparison, Node, walk


@dataclass(frozen=True, slots=True)
class Decision:
    """One condition of `se` or one floor of `faixa` tried: as written, with values, and whether it held."""

    formula: str
    with_values: str
    holds: bool


def decisions(
    tree: Node, trace: Trace, labels: Mapping[str, str] | None = None, units: Mapping[str, str] | None = None
) -> tuple[Decision, ...]:
    """Return why the branch taken was taken, in the order it was written; outside aggregates.

    Args:
        tree: the formula that was traced.
        trace: what happened.
        labels: what to show for names, in the condition as written.
        units: the unit to write after each name's value.
    """
    return tuple(
        Decision(portuguese(condition, labels), portuguese(resolved(condition, trace, units)), holds)
        for condition, holds in _tried(tree, trace)
    )


def _tried(tree: Node, trace: Trace) -> Iterator[tuple[Node, bool]]:
    for node in walk(tree):
        if isinstance(node, Call) and trace.reached(node):
            if node.function == "se":
                yield node.arguments[0], bool(trace.value_of(node.arguments[0]))
            elif node.function == "faixa":
                yield from _floors(node, trace)


def _floors(node: Call, trace: Trace) -> Iterator[tuple[Node, bool]]:
    value = node.arguments[0]
    for floor, result in zip(node.arguments[1:-1:2], node.arguments[2:-1:2], strict=True):
        if trace.reached(floor):
            yield Comparison(">=", value, floor), trace.reached(result)
