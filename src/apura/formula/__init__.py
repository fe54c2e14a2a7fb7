"""The formula language: text to tree, static check, exact evaluation, printing."""

from apura.formula.checking import check
from apura.formula.compiling import Magnitude, compilable
from apura.formula.errors import (
    BandsOutOfOrder,
    DivisionByZero,
    EmptyAggregate,
    EvaluationError,
    FormulaCheckError,
    FormulaError,
    FormulaSyntaxError,
    MissingTableRow,
    NotCompilable,
    NotOneRow,
    NumberTooLong,
    Place,
    PlacesOutOfRange,
)
from apura.formula.evaluate import Environment, Row, Value, evaluate
from apura.formula.names import fold, is_name, nearest
from apura.formula.numbers import (
    brazilian,
    exact,
    finite_places,
    parse_exact,
    plain,
    read_cell_number,
    read_number,
    round_half_away,
)
from apura.formula.parsing import parse
from apura.formula.printing.canonical import canonical
from apura.formula.printing.decisions import Decision, decisions
from apura.formula.printing.drawing import drawing
from apura.formula.printing.in_words import in_words
from apura.formula.printing.mathml import mathml
from apura.formula.printing.portuguese import portuguese, with_values
from apura.formula.references import References, references
from apura.formula.scope import Choice, Kind, Quantity, Relation, Scope, Table, Truth
from apura.formula.tracing import Rounding, RowsCounted, Trace, trace
from apura.formula.tree import (
    Call,
    Code,
    Column,
    Comparison,
    Lookup,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    children,
    walk,
)
from apura.formula.units import in_plural

__all__ = [
    "BandsOutOfOrder",
    "Call",
    "Choice",
    "Code",
    "Column",
    "Comparison",
    "Decision",
    "DivisionByZero",
    "EmptyAggregate",
    "Environment",
    "EvaluationError",
    "FormulaCheckError",
    "FormulaError",
    "FormulaSyntaxError",
    "Kind",
    "Lookup",
    "Magnitude",
    "MissingTableRow",
    "Name",
    "Negative",
    "Node",
    "NotCompilable",
    "NotOneRow",
    "Number",
    "NumberTooLong",
    "Place",
    "PlacesOutOfRange",
    "Product",
    "Quantity",
    "References",
    "Relation",
    "Rounding",
    "Row",
    "RowsCounted",
    "Scope",
    "Sum",
    "Table",
    "Trace",
    "Truth",
    "Value",
    "brazilian",
    "canonical",
    "check",
    "children",
    "compilable",
    "decisions",
    "drawing",
    "evaluate",
    "exact",
    "finite_places",
    "fold",
    "in_plural",
    "in_words",
    "is_name",
    "mathml",
    "nearest",
    "parse",
    "parse_exact",
    "plain",
    "portuguese",
    "read_cell_number",
    "read_number",
    "references",
    "round_half_away",
    "trace",
    "walk",
    "with_values",
]
