"""Spreadsheets: facts in, with every error by cell; templates, results and annotated files out."""

from apura.sheets.annotate import annotate
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
