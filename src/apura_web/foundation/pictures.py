"""Pictures that institutions send: what is inside is read, whatever the name of the file says; nothing is drawn.

Only PNG and JPEG are taken, because neither can carry programs. A picture that does not hold together is refused here,
so that no page ever shows a broken one.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from apura_web.foundation.models import Blob
from apura_web.foundation.templatetags.apura import quantity

KINDS = {"image/png": "png", "image/jpeg": "jpg"}
"""The kinds taken, and the ending of each."""
SMALLEST_SIDE, LARGEST_SIDE = 48, 2_000
MOST_UNEVEN = 4
PNG_START, JPEG_START = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PNG_DEPTHS = {1, 2, 4, 8, 16}
JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
MARK, JPEG_SCAN, JPEG_END = 0xFF, 0xDA, b"\xff\xd9"
ALONE = {0x01, *range(0xD0, 0xD8)}


@dataclass(frozen=True)
class Picture:
    """What is inside: which kind of picture it is, and its size in pixels."""

    media_type: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{quantity(self.width)} × {quantity(self.height)} pixels"


class _Broken(Exception):
    """The bytes do not hold together as the picture they begin to be."""


def arms_with(code: str, digest: str) -> Blob | None:
    """Give the arms an institution wears today, if their digest is this one."""
    worn = Blob.objects.select_related("institution").filter(institution__code=code, sha256=digest)
    return worn.filter(purged_at=None, institution__arms__sha256=digest).first()


def check_arms(content: bytes) -> Picture:
    """Read a picture sent to be the arms of an institution.

    Raises:
        ValidationError: it is not a PNG nor a JPEG, does not hold together, or is too small, too large or too long.
    """
    picture = read_picture(content)
    sides = sorted((picture.width, picture.height))
    if sides[0] < SMALLEST_SIDE or sides[1] > LARGEST_SIDE:
        raise ValidationError(
            f"A imagem tem {picture}. Envie uma com lados de {SMALLEST_SIDE} a {quantity(LARGEST_SIDE)} pixels.",
            code="pixels",
        )
    if sides[1] > MOST_UNEVEN * sides[0]:
        raise ValidationError(
            f"A imagem tem {picture} e ficaria fina demais no cabeçalho. Recorte-a: um lado pode ter até {MOST_UNEVEN} "
            "vezes o outro.",
            code="shape",
        )
    return picture


def read_picture(content: bytes) -> Picture:
    """Read the kind and the size of a picture, going through all of it.

    Raises:
        ValidationError: it is not a PNG nor a JPEG, or does not hold together.
    """
    try:
        if content.startswith(PNG_START):
            return _png(content)
        if content.startswith(JPEG_START):
            return _jpeg(content)
    except (_Broken, struct.error, zlib.error, IndexError) as broken:
        raise ValidationError(
            "A imagem está incompleta ou corrompida. Abra-a em um editor de imagens, salve-a de novo como PNG ou JPEG "
            "e envie o novo arquivo.",
            code="broken",
        ) from broken
    raise ValidationError(
        "O arquivo não é uma imagem PNG ou JPEG, embora o nome possa dizer que é. Exporte o brasão como PNG ou JPEG "
        "e envie de novo; SVG e PDF não servem.",
        code="type",
    )


def _png(content: bytes) -> Picture:
    chunks = list(_png_chunks(content))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"acTL" in names:
        raise _Broken
    width, height, depth, colour, *_rest, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not width or not height or depth not in PNG_DEPTHS or colour not in PNG_CHANNELS:
        raise _Broken
    if max(width, height) <= LARGEST_SIDE:  # a larger one is refused by its size, without being opened
        line = (width * PNG_CHANNELS[colour] * depth + 7) // 8 + 1
        body = b"".join(data for name, data in chunks if name == b"IDAT")
        _check_png_body(body, line * height, exactly=not interlaced)
    return Picture("image/png", width, height)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_START)
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        (mark,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(name + data) != mark:
            raise _Broken
        yield name, data
        place += 12 + length


def _check_png_body(body: bytes, expected: int, *, exactly: bool) -> None:
    """Open the pixels, never beyond what the size says there may be."""
    limit = expected if exactly else 2 * expected + LARGEST_SIDE * 8
    opener = zlib.decompressobj()
    opened = len(opener.decompress(body, limit + 1))
    if not opener.eof or opened > limit or (exactly and opened != expected):
        raise _Broken


def _jpeg(content: bytes) -> Picture:
    size: tuple[int, int] | None = None
    place = 2
    while True:
        while content[place] == content[place + 1] == MARK:  # filling
            place += 1
        start, marker = content[place], content[place + 1]
        if start != MARK:
            raise _Broken
        if marker in ALONE:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        if marker in JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            size = width, height
        if marker == JPEG_SCAN:
            break
        place += 2 + length
    if size is None or not all(size) or not content.rstrip(b"\x00").endswith(JPEG_END):
        raise _Broken
    return Picture("image/jpeg", *size)
