"""The formula as presentation MathML, drawn from the same pieces as the printed page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from apura.formula.printing.drawing import Drawing, drawing
from apura.formula.printing.in_words import in_words
from apura.formula.printing.resolved import resolved
from apura.formula.tracing import Trace
from apura.formula.tree import Node

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(tree: Node, labels: Mapping[str, str] | None = None, trace: Trace | None = None) -> str:
    """Return a `<math>` element; its `alttext` says the formula in words.

    Args:
        tree: the formula.
        labels: what to show for names, columns and tables.
        trace: what happened; with it, values stand for names and only the branch taken is shown.
    """
    shown = tree if trace is None else resolved(tree, trace)
    words = escape(in_words(shown, labels))
    return f'<math xmlns="{_NAMESPACE}" alttext="{words}">{_element(drawing(shown, labels))}</math>'


def _element(piece: Drawing) -> str:
    return _BY_KIND[piece["kind"]](piece)


def _tag(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _sign(text: str) -> str:
    return _tag("mo", escape(text))


def _enclosed(opening: str, items: list[Drawing], closing: str) -> str:
    inner = _sign(";").join(map(_element, items))
    return _tag("mrow", _sign(opening) + inner + _sign(closing))


def _call(piece: Drawing) -> str:
    name = _tag("mi", escape(piece["name"]))
    return _tag("mrow", name + "<mo>&#8289;</mo>" + _enclosed("(", piece["arguments"], ")"))


def _lookup(piece: Drawing) -> str:
    return _tag("mrow", _tag("mtext", escape(piece["table"])) + _enclosed("[", piece["keys"], "]"))


def _cases(piece: Drawing) -> str:
    rows = [_case(_element(row["value"]), "se\u00a0", _element(row["when"])) for row in piece["rows"]]
    rows.append(_case(_element(piece["otherwise"]), "senão", ""))
    return _tag("mrow", _sign("{") + _tag("mtable", "".join(rows)))


def _case(value: str, word: str, condition: str) -> str:
    return _tag("mtr", _tag("mtd", value) + _tag("mtd", _tag("mtext", word) + condition))


_BY_KIND: Mapping[str, Callable[[Drawing], str]] = {
    "number": lambda piece: _tag("mn", escape(piece["text"])),
    "name": lambda piece: _tag(
        "mi", escape(piece["text"])
    ),  # text alone would count as space, and lose the sign's
    "code": lambda piece: _tag("mtext", f"“{escape(piece['text'])}”"),
    "sign": lambda piece: _sign(piece["text"]),
    "row": lambda piece: _tag("mrow", "".join(map(_element, piece["items"]))),
    "fraction": lambda piece: _tag("mfrac", _element(piece["over"]) + _element(piece["under"])),
    "group": lambda piece: _enclosed("(", [piece["body"]], ")"),
    "call": _call,
    "lookup": _lookup,
    "cases": _cases,
}
