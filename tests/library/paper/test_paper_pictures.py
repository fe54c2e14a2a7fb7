"""A drawing becomes a picture of its own shape, the same each time; what is no drawing is refused."""

import struct

import pytest

from apura.paper import picture

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><rect width="300" height="100" fill="#fff"/>'
    '<text x="10" y="50">Situação</text></svg>'
)


def test_a_drawing_becomes_a_picture_1600_dots_wide_and_as_high_as_its_shape_asks() -> None:
    made = picture(DRAWING)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", made[16:24])
    assert (width, height) == (1600, 533)  # 600 points at 192 dots an inch; 1 600 ÷ 3 = 533,3
    assert picture(DRAWING) == made


@pytest.mark.parametrize("text", ["", "não é um desenho", '<svg xmlns="http://www.w3.org/2000/svg">'])
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an SVG"):
        picture(text)
