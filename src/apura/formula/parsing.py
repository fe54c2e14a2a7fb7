"""From text to tree, within bounds: nothing typed can hang, exhaust memory or raise another kind of error."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apura.formula.errors import FormulaSyntaxError, Place
from apura.formula.tree import Node, children

if TYPE_CHECKING:
    from lark import Lark

MAX_CHARACTERS = 2000
MAX_BLANKS = 8000
MAX_NODES = 400
MAX_DEPTH = 40
_SPLIT = "Divida a conta em passos: cada um com a sua fórmula, o seguinte usando o resultado do anterior."


def parse(text: str) -> Node:
    """Read a formula.

    Args:
        text: the formula as typed, with or without a leading `=`; at most 2000 characters besides blanks.

    Returns:
        The tree, at most 400 nodes and 40 levels deep; names folded, numbers exact, places true to the text.

    Raises:
        FormulaSyntaxError: the text is not a formula; the message says where, what was read and expected.
    """
    from lark import UnexpectedInput  # noqa: PLC0415 - the parser is loaded by the first formula, not by the import
    from lark.exceptions import VisitError  # noqa: PLC0415

    from apura.formula.building import Builder  # noqa: PLC0415
    from apura.formula.complaints import complaint  # noqa: PLC0415

    source = _bounded(text)
    try:
        tree: Node = Builder(source).transform(_parser().parse(source))
    except UnexpectedInput as error:
        raise complaint(source, error) from None
    except VisitError as error:
        raise error.orig_exc from None
    _measure(tree, source)
    return tree


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415

    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, start="formula", parser="lalr", lexer="contextual")


def _bounded(text: str) -> str:
    if len(text) <= MAX_CHARACTERS + MAX_BLANKS:
        source = unicodedata.normalize("NFC", text)
        written = sum(map(len, source.split()))
        if written <= MAX_CHARACTERS and len(source) <= MAX_CHARACTERS + MAX_BLANKS:
            return source
    raise FormulaSyntaxError(
        "A fórmula é longa demais.",
        expected=f"no máximo {MAX_CHARACTERS} caracteres, sem contar os espaços",
        hint=_SPLIT,
    )


def _measure(tree: Node, source: str) -> None:
    count, depth, level = 0, 0, [tree]
    while level:
        count, depth = count + len(level), depth + 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise _too_big(level[0].at if depth > MAX_DEPTH else Place(1, 1, source))
        level = [child for node in level for child in children(node)]


def _too_big(at: Place) -> FormulaSyntaxError:
    return FormulaSyntaxError(
        "A fórmula tem partes demais.",
        at=at,
        expected=f"no máximo {MAX_NODES} partes, com {MAX_DEPTH} níveis de parênteses e funções",
        hint=_SPLIT,
    )
