"""A norm ready to be applied: a pack whose parts agree, with every formula parsed and checked once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from apura.formula import Node, Value
from apura.norms.annex import Annex
from apura.norms.checking import (
    check_interpretations,
    check_intervals,
    check_rules,
    checked_trees,
    lookups,
    ordered_rules,
)
from apura.norms.errors import BadRequest, PackError
from apura.norms.reading import read_pack
from apura.norms.rule_schema import Rule
from apura.norms.schema import Case, Deadline, Interpretation, Member, NormFile, Parameter, Provision


@dataclass(frozen=True, slots=True)
class Norm:
    """One edition of one norm: its files, its parsed formulas, its digest.

    ``rules`` come in an order in which each follows those it reads. ``digest`` is the SHA-256 of the canonical
    JSON of the parsed content (worked cases and coverage notes left out: they prove the norm, they are not it).
    """

    identity: NormFile
    parameters: Mapping[str, Parameter]
    interpretations: Mapping[str, Interpretation]
    deadlines: Mapping[str, Deadline]
    annexes: Mapping[str, Annex]
    members: Mapping[str, tuple[Member, ...]]
    rules: Mapping[str, Rule]
    provisions: tuple[Provision, ...]
    cases: tuple[Case, ...]
    digest: str
    folder: Path = field(repr=False)
    trees: Mapping[str, Node] = field(repr=False)
    lookups: Mapping[str, Mapping[tuple[str, ...], Value]] = field(repr=False)

    @property
    def id(self) -> str:
        """The identifier people type, such as ``almg-2554-2012``."""
        return self.identity.id

    def rule(self, name: str) -> Rule:
        """Return the rule called ``name``.

        Raises:
            BadRequest: no rule has that name.
        """
        _require(name, self.rules, "regra", self.id)
        return self.rules[name]

    def deadline(self, name: str) -> Deadline:
        """Return the deadline called ``name``.

        Raises:
            BadRequest: no deadline has that name.
        """
        _require(name, self.deadlines, "prazo", self.id)
        return self.deadlines[name]


def _require(name: str, known: Mapping[str, object], what: str, norm: str) -> None:
    if name not in known:
        raise BadRequest(
            f"A norma {norm} não tem {what} “{name}”.",
            what_to_do=f"Use um destes nomes: {', '.join(known)}." if known else "A norma não tem nenhum.",
        )


def load_folder(folder: Path) -> Norm:
    """Read, check and parse the pack in ``folder``.

    Raises:
        PackError: a file or its agreement with the others is wrong; the message names file, key and reason.
    """
    files = read_pack(folder)
    check_intervals(files)
    check_interpretations(files)
    rules = ordered_rules(files)
    numbers = lookups(files)
    check_rules(files, numbers)
    return Norm(
        identity=files.norm,
        parameters=files.parameters,
        interpretations=files.interpretations,
        deadlines=files.deadlines,
        annexes=files.annexes,
        members=files.members,
        rules=rules,
        provisions=files.provisions,
        cases=files.cases,
        digest=digest(files.content),
        folder=folder,
        trees=checked_trees(files, rules),
        lookups=numbers,
    )


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of ``content``: sorted keys, no spaces, dates as ISO text."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"valor sem forma canônica: {value!r}")


def shipped_ids(*, packs: Path | None = None) -> tuple[str, ...]:
    """Return the identifiers of the norms that come with the library, or of those in the folder ``packs``."""
    folder = packs or _shipped()
    return tuple(sorted(path.name for path in folder.iterdir() if (path / "norm.toml").is_file()))


@cache
def load_norm(norm_id: str, *, packs: Path | None = None) -> Norm:
    """Return the norm called ``norm_id``, in its current edition.

    Args:
        norm_id: the name of its folder, such as ``almg-2554-2012``.
        packs: the folder of packs; by default the one that comes with the library.

    Raises:
        BadRequest: no norm has that identifier.
        PackError: the pack is broken.
    """
    folder = (packs or _shipped()) / norm_id
    if norm_id not in shipped_ids(packs=packs):
        raise BadRequest(
            f"Não existe norma “{norm_id}”.",
            what_to_do=f"Use uma destas: {', '.join(shipped_ids(packs=packs))} (apura normas mostra o que cada uma é).",
        )
    norm = load_folder(folder)
    if norm.id != norm_id:
        raise PackError("norm.toml", "id", f"a pasta se chama “{norm_id}” e o id é “{norm.id}”")
    return norm


def _shipped() -> Path:
    return Path(str(resources.files("apura.norms"))) / "packs"
