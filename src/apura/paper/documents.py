"""Setting the memória de cálculo in type: two archival forms, the same pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from apura.paper.typesetting import Standard, typeset
from apura.paper.view import view

ATTACHMENT_NAME = "resultado.json"


def archival_pdf(document: Mapping[str, Any]) -> bytes:
    """Set the result as PDF/A-3a and PDF/UA-1 with the result itself attached as ``resultado.json``.

    The same document always gives the same bytes: the PDF is dated by the day the norm was applied to.

    Args:
        document: A result document, schema ``apura/resultado/1``.

    Raises:
        UnprintableResult: the document is of another schema, or holds only errors.
    """
    return _typeset(document, standards=("a-3a", "ua-1"), attachment=attached_json(document).decode())


def plain_archival_pdf(document: Mapping[str, Any]) -> bytes:
    """Set the result as PDF/A-2a and PDF/UA-1 without attachments, as SEI and courts of accounts ask.

    Args:
        document: A result document, schema ``apura/resultado/1``.

    Raises:
        UnprintableResult: the document is of another schema, or holds only errors.
    """
    return _typeset(document, standards=("a-2a", "ua-1"))


def attached_json(document: Mapping[str, Any]) -> bytes:
    """Write the document as the bytes that are attached: UTF-8, two spaces of indent, a final line break."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _typeset(
    document: Mapping[str, Any], *, standards: tuple[Standard, ...], attachment: str | None = None
) -> bytes:
    shaped = view(document)
    on = date.fromisoformat(document["em"])
    return typeset("memoria.typ", shaped, on=on, standards=standards, attachment=attachment)
