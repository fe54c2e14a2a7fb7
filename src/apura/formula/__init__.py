"""The formula language: text to tree, static check, exact evaluation, printing."""

from apura.formula.errors import FormulaError, FormulaSyntaxError, Place
from apura.formula.parsing import parse

__all__ = ["FormulaError", "FormulaSyntaxError", "Place", "parse"]
