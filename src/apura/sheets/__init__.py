"""Spreadsheets: facts in, with every error by cell; templates, results and annotated files out.

Names are imported when first used: the confined processes start for every file, and need few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apura.sheets.annotation import annotate
    from apura.sheets.facts_reader import FactsRead, read_facts
    from apura.sheets.guidance import decidable
    from apura.sheets.results import write_results
    from apura.sheets.template import write_filled, write_template

__all__ = [
    "FactsRead",
    "annotate",
    "decidable",
    "read_facts",
    "write_filled",
    "write_results",
    "write_template",
]
_HOMES = {
    "FactsRead": "facts_reader",
    "annotate": "annotation",
    "decidable": "guidance",
    "read_facts": "facts_reader",
    "write_filled": "template",
    "write_results": "results",
    "write_template": "template",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
