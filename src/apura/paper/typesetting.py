"""A template and its data set as an archival PDF: the same data give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"

Standard = Literal["a-2a", "a-3a", "ua-1"]


def typeset(
    template: str,
    view: Mapping[str, Any],
    *,
    on: date,
    standards: tuple[Standard, ...],
    attachment: str | None = None,
) -> bytes:
    """Set ``view`` in ``template``, with the fonts of the writer only and no clock.

    Args:
        template: the file's name, among the templates.
        view: what the template sets.
        on: the date of the PDF.
        standards: the archival and accessible forms.
        attachment: the text attached to the PDF, or None.
    """
    inputs = {"view": json.dumps(view, ensure_ascii=False)}
    if attachment is not None:
        inputs["attachment"] = attachment
    compiler = typst.Compiler(
        input=TEMPLATES / template, root=TEMPLATES, ignore_system_fonts=True, sys_inputs=inputs
    )
    stamp = datetime.combine(on, time(), UTC)
    pdf = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=stamp)
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF writer gave pages instead of one file")
    return pdf
