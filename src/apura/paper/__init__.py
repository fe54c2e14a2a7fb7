"""On paper: a result document, or a simulation, in; an archival and accessible PDF out."""

from apura.paper.bulk_simulation import bulk_simulation_pdf
from apura.paper.documents import ATTACHMENT_NAME, archival_pdf, attached_json, plain_archival_pdf
from apura.paper.pictures import picture
from apura.paper.simulation import simulation_pdf
from apura.paper.view import UnprintableResult

__all__ = [
    "ATTACHMENT_NAME",
    "UnprintableResult",
    "archival_pdf",
    "attached_json",
    "bulk_simulation_pdf",
    "picture",
    "plain_archival_pdf",
    "simulation_pdf",
]
