"""The memória de cálculo on paper: a result document in, an archival and accessible PDF out."""

from apura.paper.documents import ATTACHMENT_NAME, archival_pdf, attached_json, plain_archival_pdf
from apura.paper.view import UnprintableResult

__all__ = [
    "ATTACHMENT_NAME",
    "UnprintableResult",
    "archival_pdf",
    "attached_json",
    "plain_archival_pdf",
]
