"""From Lark's tree to ours: names folded, numbers read, functions known by name and number of arguments."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from lark import Token
from lark.visitors import Transformer_NonRecursive

from apura.formula.errors import FormulaSyntaxError, Place
from apura.formula.functions import ALIASES, EXTREMES, FOREIGN, FUNCTIONS, Function
from apura.formula.names import fold, is_name, nearest
from apura.formula.numbers import read_number
from apura.formula.tree import (
    Call,
    Code,
    Column,
    Comparison,
    ComparisonSign,
    Lookup,
    Name,
    Negative,
    Node,
    Number,
    Product,
    ProductSign,
    Sum,
    SumSign,
)

_COMPARISONS: dict[str, ComparisonSign] = {
    "EQUAL": "=",
    "DIFFERENT": "<>",
    "LESS": "<",
    "AT_MOST": "<=",
    "MORE": ">",
    "AT_LEAST": ">=",
}


class Builder(Transformer_NonRecursive[Token, Node]):
    """Builds the nodes of one text, from the leaves up and without recursion."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def _at(self, token: Token) -> Place:
        return Place(cast("int", token.line), cast("int", token.column), self._source)

    def _name(self, token: Token) -> str:
        folded = fold(token)
        if is_name(folded):
            return folded
        raise FormulaSyntaxError(
            at=self._at(token),
            read=f"“{token}”",
            expected="um nome com letras do nosso alfabeto, algarismos e _",
            hint="Troque as outras letras e sinais: 1º vira primeiro, m² vira m2.",
        )

    def _free_name(self, token: Token) -> str:
        name = self._name(token)
        function = FUNCTIONS.get(ALIASES.get(name, name))
        if function is None:
            return name
        raise FormulaSyntaxError(
            f"“{token}” é o nome de uma função.",
            at=self._at(token),
            expected="“(” depois dela",
            hint=f"Escreva {function.usage}; um valor não pode ter o nome de uma função.",
        )

    def number(self, parts: list[Token]) -> Node:
        """Build a number."""
        try:
            return Number(read_number(parts[0]), self._at(parts[0]))
        except FormulaSyntaxError as error:
            error.at = self._at(parts[0])
            raise

    def code(self, parts: list[Token]) -> Node:
        """Build a code: its text without the quotes."""
        return Code(str(parts[0][1:-1]), self._at(parts[0]))

    def name(self, parts: list[Token]) -> Node:
        """Build a name."""
        return Name(self._free_name(parts[0]), self._at(parts[0]))

    def column(self, parts: list[Token]) -> Node:
        """Build a column of a relation."""
        return Column(self._free_name(parts[0]), self._name(parts[1]), self._at(parts[0]))

    def arguments(self, parts: list[Node]) -> list[Node]:
        """Gather arguments for the rule above."""
        return parts

    def lookup(self, parts: list[Token | list[Node]]) -> Node:
        """Build a look-up in a table."""
        table, keys = cast("tuple[Token, list[Node]]", parts)
        return Lookup(self._free_name(table), tuple(keys), self._at(table))

    def sum(self, parts: list[Node | Token]) -> Node:
        """Build a chain of terms."""
        signs = cast("list[Token]", parts[1::2])
        written: list[SumSign] = ["+", *("+" if sign.type == "PLUS" else "-" for sign in signs)]
        return Sum(tuple(zip(written, cast("list[Node]", parts[::2]), strict=True)), self._at(signs[0]))

    def product(self, parts: list[Node | Token]) -> Node:
        """Build a chain of factors, placed at its first division if it has one."""
        signs = cast("list[Token]", parts[1::2])
        written: list[ProductSign] = ["*", *("*" if sign.type == "TIMES" else "/" for sign in signs)]
        shown = next((sign for sign in signs if sign.type == "OVER"), signs[0])
        return Product(tuple(zip(written, cast("list[Node]", parts[::2]), strict=True)), self._at(shown))

    def negative(self, parts: list[Node | Token]) -> Node:
        """Build a change of sign."""
        sign, operand = cast("tuple[Token, Node]", parts)
        return Negative(operand, self._at(sign))

    def comparison(self, parts: list[Node | Token]) -> Node:
        """Build a comparison."""
        left, sign, right = cast("tuple[Node, Token, Node]", parts)
        return Comparison(_COMPARISONS[sign.type], left, right, self._at(sign))

    def call(self, parts: list[Token | list[Node]]) -> Node:
        """Build a call of a known function with as many arguments as it takes."""
        token = cast("Token", parts[0])
        arguments = tuple(cast("list[Node]", parts[1])) if len(parts) > 1 else ()
        name = self._name(token)
        function = FUNCTIONS.get(ALIASES.get(name, name))
        if function is None:
            raise self._unknown_function(token, name)
        if not function.takes(len(arguments)):
            raise self._wrong_count(token, function, arguments)
        call = Call(function.name, arguments, self._at(token))
        if function.name in EXTREMES and len(arguments) == 1 and not call.aggregates:
            raise self._lonely_extreme(token, function, arguments)
        return call

    def _unknown_function(self, token: Token, name: str) -> FormulaSyntaxError:
        meant = FOREIGN.get(name) or nearest(name, [*FUNCTIONS, *ALIASES])
        if meant:
            hint = f"Você quis dizer {FUNCTIONS[ALIASES.get(meant, meant)].usage}?"
        else:
            hint = f"As funções são: {', '.join(FUNCTIONS)}. Para multiplicar, use *."
        return FormulaSyntaxError(
            f"Não existe a função “{token}”.",
            at=self._at(token),
            expected="uma função da linguagem",
            hint=hint,
        )

    def _wrong_count(
        self, token: Token, function: Function, arguments: tuple[Node, ...]
    ) -> FormulaSyntaxError:
        count = len(arguments)
        written = {0: "nenhum argumento", 1: "um só argumento"}.get(count, f"{count} argumentos")
        return FormulaSyntaxError(
            f"A função “{token}” recebeu {written}.",
            at=self._at(token),
            expected=function.usage,
            hint=_comma_hint(arguments) or "Separe os argumentos com ponto e vírgula.",
        )

    def _lonely_extreme(
        self, token: Token, function: Function, arguments: tuple[Node, ...]
    ) -> FormulaSyntaxError:
        return FormulaSyntaxError(
            f"A função “{token}” recebeu um só valor.",
            at=self._at(token),
            expected=f"dois ou mais valores, como em {function.usage}, ou a coluna de uma relação",
            hint=_comma_hint(arguments)
            or f"Separe os valores com ponto e vírgula: {function.usage}; "
            f"ou use uma coluna: {function.name}(itens.nota).",
        )


def _comma_hint(arguments: tuple[Node, ...]) -> str:
    for node in arguments:
        if isinstance(node, Number) and node.value.denominator != 1:
            return (
                f"A vírgula é das casas decimais: {_as_read(node.value)} foi lido como um número só. "
                "Separe os argumentos com ponto e vírgula."
            )
    return ""


def _as_read(value: Fraction) -> str:
    from apura.formula.numbers import brazilian  # noqa: PLC0415

    return brazilian(value, None)
