"""Why a bulk run cannot be done, or did not finish."""

from __future__ import annotations

from apura.norms import NormError


class NotInBulk(NormError):
    """A rule is of a kind that only the scalar calculation computes."""


class RunFailed(NormError):
    """The engine could not finish: memory, disk, a file that is broken; nothing is left that looks like a result."""
