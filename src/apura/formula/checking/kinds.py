"""What the static check knows of a part of a formula, and how two parts agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from apura.formula.errors import FormulaCheckError, Place
from apura.formula.names import nearest
from apura.formula.printing.canonical import canonical
from apura.formula.scope import Choice, Kind, Quantity, Truth
from apura.formula.tree import Code, Node
from apura.formula.units import NO_UNIT, Unit, read_unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number; `unit` is None while it is made of literals only, which take the unit of what they meet."""

    unit: Unit | None


Known: TypeAlias = Amount | Choice | Truth
Part: TypeAlias = tuple[Node, Known]
LITERAL = Amount(None)


def known(kind: Kind, at: Place) -> Known:
    """Return what the check needs of a declared kind."""
    if isinstance(kind, Quantity):
        return Amount(unit_at(kind.unit, at))
    if isinstance(kind, Choice):
        return Choice(tuple(unicodedata.normalize("NFC", option) for option in kind.options))
    return kind


def unit_at(text: str, at: Place) -> Unit:
    """Read a declared unit, blaming the place that uses it."""
    try:
        return read_unit(text)
    except FormulaCheckError as error:
        raise FormulaCheckError(
            error.problem, at=at, read=error.read, expected=error.expected, hint=error.hint
        ) from None


def declared(found: Known, expected: Kind | None) -> Kind:
    """Return the public kind of a checked formula; with `expected`, in its own words."""
    if not isinstance(found, Amount):
        return found
    if isinstance(expected, Quantity):
        return Quantity(expected.unit)
    return Quantity(str(found.unit or NO_UNIT))


def in_words(found: Known) -> str:
    """Say what a part is, in Portuguese."""
    if isinstance(found, Truth):
        return "uma condição"
    if isinstance(found, Choice):
        return "um código"
    return f"um número em {found.unit}" if found.unit is not None else "um número"


def need_amount(part: Part, purpose: str) -> Unit | None:
    """Return the unit of a part that must be a number."""
    node, found = part
    if isinstance(found, Amount):
        return found.unit
    hint = "Use se(condição; 1; 0) para contar uma condição." if isinstance(found, Truth) else ""
    if isinstance(node, Code):
        hint = "Tire as aspas se é um número; códigos só se comparam, com = e <>."
    raise _mismatch(node, found, expected="um número", purpose=purpose, hint=hint)


def need_truth(part: Part, purpose: str) -> None:
    """Refuse a part that is not a condition."""
    node, found = part
    if not isinstance(found, Truth):
        hint = (
            "Compare-o com algo, como em atraso > 0."
            if isinstance(found, Amount)
            else "Compare-o com um código."
        )
        raise _mismatch(node, found, expected="uma condição", purpose=purpose, hint=hint)


def need_choice(part: Part, purpose: str) -> Choice:
    """Return the options of a part that must be a code."""
    node, found = part
    if isinstance(found, Choice):
        return found
    raise _mismatch(node, found, expected="um código", purpose=purpose, hint="")


def same_unit(parts: Iterable[Part], purpose: str) -> Amount:
    """Return the unit that numbers have in common; literals take it."""
    common: Unit | None = None
    first: Node | None = None
    for node, found in parts:
        unit = need_amount((node, found), purpose)
        if unit is None or unit == common:
            continue
        if first is not None:
            raise FormulaCheckError(
                f"Unidades diferentes em {purpose}: “{short(first)}” está em {common}, "
                f"“{short(node)}” está em {unit}.",
                at=node.at,
                read=f"um número em {unit}",
                expected=f"um número em {common}",
                hint="Multiplique ou divida por um parâmetro que leve uma unidade à outra.",
            )
        common, first = unit, node
    return Amount(common)


def same_kind(parts: tuple[Part, ...], purpose: str) -> Known:
    """Return what alternative results have in common."""
    first, found = parts[0]
    if isinstance(found, Amount):
        return same_unit(parts, purpose)
    for node, other in parts[1:]:
        if type(other) is not type(found):
            raise _mismatch(
                node, other, expected=in_words(found), purpose=purpose, hint=f"O primeiro é {short(first)}."
            )
    if isinstance(found, Choice):
        options = [option for _, other in parts for option in need_choice((first, other), purpose).options]
        return Choice(tuple(dict.fromkeys(options)))
    return found


def meet(left: tuple[Node, Choice], right: tuple[Node, Choice]) -> None:
    """Refuse codes that can never be equal, such as one that is not among the options."""
    (node, found), (other, options) = (left, right) if isinstance(left[0], Code) else (right, left)
    if set(found.options) & set(options.options):
        return
    if not isinstance(node, Code):
        raise FormulaCheckError(
            f"“{short(node)}” e “{short(other)}” não têm nenhuma opção em comum.",
            at=node.at,
            hint=f"As opções são {_listed(found)} e {_listed(options)}.",
        )
    near = nearest(node.value, options.options)
    raise FormulaCheckError(
        f"“{node.value}” não é uma opção de “{short(other)}”.",
        at=node.at,
        read=f"“{node.value}”",
        expected=f"uma destas: {_listed(options)}",
        hint=f'Você quis dizer "{near}"?' if near else "",
    )


def short(node: Node) -> str:
    """Return the text of a node, cut to what fits a message."""
    text = canonical(node)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - what still fits


def _listed(choice: Choice) -> str:
    shown = [f"“{option}”" for option in choice.options[:12]]
    return ", ".join(shown + (["…"] if len(choice.options) > len(shown) else [])) or "nenhuma"


def _mismatch(node: Node, found: Known, *, expected: str, purpose: str, hint: str) -> FormulaCheckError:
    return FormulaCheckError(
        f"“{short(node)}” não serve em {purpose}.",
        at=node.at,
        read=in_words(found),
        expected=expected,
        hint=hint,
    )
