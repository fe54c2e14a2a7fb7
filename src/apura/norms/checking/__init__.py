"""What can be refused before any number is computed: the parts of a pack checked against each other."""

from apura.norms.checking.annexes import lookups
from apura.norms.checking.formulas import checked_trees
from apura.norms.checking.interpretations import check_interpretations
from apura.norms.checking.intervals import check_intervals
from apura.norms.checking.relations import ordered_rules
from apura.norms.checking.rules import check_rules
from apura.norms.checking.scopes import shared_columns

__all__ = [
    "check_interpretations",
    "check_intervals",
    "check_rules",
    "checked_trees",
    "lookups",
    "ordered_rules",
    "shared_columns",
]
