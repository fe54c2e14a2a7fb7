"""A drawing as a picture for slides and messages: SVG in, PNG out, by the writer of PDFs and with its fonts."""

from __future__ import annotations

import typst

DOCUMENT = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 600pt)
"""
DOTS_PER_INCH = 192


def picture(drawing: str) -> bytes:
    """Turn a drawing into a picture 1 600 dots wide.

    Args:
        drawing: an SVG that stands alone.

    Returns:
        A PNG.

    Raises:
        ValueError: it is not such a drawing.
    """
    try:
        made = typst.compile(
            DOCUMENT.encode(),
            format="png",
            ppi=DOTS_PER_INCH,
            sys_inputs={"drawing": drawing},
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise ValueError("the drawing is not an SVG that stands alone") from error
    if not isinstance(made, bytes):
        raise TypeError("the writer gave pages instead of one picture")
    return made
