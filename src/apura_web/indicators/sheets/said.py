"""What a sheet of a grid says when it comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from apura.norms import Problem


@dataclass(frozen=True)
class Said:
    """What a person says of a box: what would be typed, the reason, how firm it is and since when.

    Attributes:
        edition: the saving of the box that was downloaded; None when the file does not tell.
    """

    typed: str = ""
    reason: str = ""
    certainty: str = ""
    based_on: date | None = None
    edition: int | None = None


@dataclass
class SheetBack:
    """What came back.

    Attributes:
        said: by key of the box.
        places: where each box is, as sheet and cell.
        known: what the file says that the grid held when it was downloaded; empty when it does not tell.
    """

    said: dict[str, Said] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[str, Said] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, key: str, place: tuple[str, str], **what: object) -> None:
        """Note something said of a box."""
        self.places.setdefault(key, place)
        self.said[key] = Said(**{**vars(self.said.get(key, Said())), **what})
