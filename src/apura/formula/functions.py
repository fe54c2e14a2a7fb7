"""The functions of the language, as data: how each is written, how many arguments, its other names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its name, the name people see, an example of use, and how many arguments it takes."""

    name: str
    shown: str
    usage: str
    least: int
    most: int | None
    only_even: bool = False

    def takes(self, count: int) -> bool:
        """Tell whether the function can be called with that many arguments."""
        if count < self.least or (self.most is not None and count > self.most):
            return False
        return not self.only_even or count % 2 == 0


FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        Function("se", "se", "se(condição; então; senão)", 3, 3),
        Function("e", "e", "e(condição; condição)", 1, None),
        Function("ou", "ou", "ou(condição; condição)", 1, None),
        Function("nao", "não", "nao(condição)", 1, 1),
        Function("min", "mín", "min(a; b)", 1, None),
        Function("max", "máx", "max(a; b)", 1, None),
        Function("soma", "soma", "soma(itens.nota; filtro)", 1, 2),
        Function("media", "média", "media(itens.nota; filtro)", 1, 2),
        Function("conta", "conta", "conta(itens; filtro)", 1, 2),
        Function("arred", "arred", "arred(valor; casas)", 2, 2),
        Function("exata", "exata", "exata(valor)", 1, 1),
        Function(
            "faixa", "faixa", "faixa(valor; piso_1; resultado_1; resultado_restante)", 4, None, only_even=True
        ),
    )
}

ALIASES: Mapping[str, str] = {"minimo": "min", "maximo": "max"}

AGGREGATES = frozenset({"soma", "media", "conta"})
"""Functions that always run over a relation; `min` and `max` do when their arguments read columns."""

EXTREMES = frozenset({"min", "max"})
CONNECTIVES = frozenset({"e", "ou", "nao"})

FOREIGN: Mapping[str, str] = {
    "if": "se",
    "ifs": "faixa",
    "and": "e",
    "or": "ou",
    "not": "nao",
    "sum": "soma",
    "sumif": "soma",
    "sumifs": "soma",
    "sumproduct": "soma",
    "somase": "soma",
    "somases": "soma",
    "somarproduto": "soma",
    "average": "media",
    "avg": "media",
    "mean": "media",
    "averageif": "media",
    "mediase": "media",
    "count": "conta",
    "countif": "conta",
    "cont": "conta",
    "contse": "conta",
    "contar": "conta",
    "round": "arred",
    "arredondar": "arred",
    "arredonda": "arred",
    "minimum": "min",
    "maximum": "max",
    "menor": "min",
    "maior": "max",
}
"""What people type who come from other spreadsheets, and the function they mean."""
