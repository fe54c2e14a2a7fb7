"""Editions: our encodings of a norm. A released one never changes; a change opens the next and keeps the last.

``editions.toml`` of a pack records the digest each edition was released with; ``editions/<n>/`` keeps the older ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from apura.norms.errors import PackError
from apura.norms.pack import Norm, load_folder
from apura.norms.reading import EDITIONS, EDITIONS_FOLDER

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")


def released(folder: Path) -> Mapping[str, str]:
    """Return the digest of each released edition of the pack in ``folder``, by edition.

    Raises:
        PackError: ``editions.toml`` is not a table of editions and digests.
    """
    path = folder / EDITIONS
    if not path.is_file():
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(EDITIONS, "", f"não é TOML em UTF-8: {error}") from error
    for edition, digest in said.items():
        if not isinstance(digest, str) or not _DIGEST.match(digest):
            raise PackError(EDITIONS, edition, "esperava o digest da edição, como “sha256:…”")
    return said


def with_digest(norm: Norm, digest: str) -> Norm | None:
    """Return the edition of ``norm`` that has ``digest``: itself, or an older one kept beside it; None if neither."""
    if norm.digest == digest:
        return norm
    for edition, recorded in released(norm.folder).items():
        kept = norm.folder / EDITIONS_FOLDER / edition
        if recorded == digest and kept.is_dir():
            older = load_folder(kept)
            return older if older.digest == digest else None
    return None


def complaints(norm: Norm) -> Iterator[str]:
    """Say where the pack breaks the promise that a released edition never changes."""
    recorded = released(norm.folder)
    edition = norm.identity.edition
    if recorded.get(edition, norm.digest) != norm.digest:
        yield (
            f"a edição {edition} já foi publicada com outro conteúdo: devolva-o, ou guarde-a como era em "
            f"{EDITIONS_FOLDER}/{edition}/ e mude edition em norm.toml"
        )
    for older, digest in recorded.items():
        if older != edition:
            yield from _complaints_of(norm.folder / EDITIONS_FOLDER / older, older, digest)


def _complaints_of(kept: Path, edition: str, digest: str) -> Iterator[str]:
    if not kept.is_dir():
        yield f"a edição {edition} foi publicada e não está guardada em {EDITIONS_FOLDER}/{edition}/"
        return
    older = load_folder(kept)
    if (older.identity.edition, older.digest) != (edition, digest):
        yield f"{EDITIONS_FOLDER}/{edition}/ não é a edição {edition} como foi publicada"


def notice(norm: Norm) -> str | None:
    """Say what to record when an edition was not released yet; None when it was."""
    edition = norm.identity.edition
    if edition in released(norm.folder):
        return None
    line = f'"{edition}" = "{norm.digest}"'
    return f"a edição {edition} ainda não foi publicada; ao publicá-la, escreva em {EDITIONS}: {line}"
