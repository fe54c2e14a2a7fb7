"""Finding what a page is about: a calculation through the selector, with its texts, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from apura_web.audit.requests import ActorRequest
from apura_web.calculations.memory import Memory, memory_of
from apura_web.calculations.models import Calculation
from apura_web.calculations.selectors import calculations_visible_to
from apura_web.calculations.topics import TopicTold, topic_told
from apura_web.foundation.presentation import Crumb


@dataclass(frozen=True)
class Found:
    """A calculation somebody may see, what it is about, and its document read."""

    calculation: Calculation
    topic: TopicTold
    memory: Memory

    def crumbs(self, *more: Crumb) -> Sequence[Crumb]:
        """Give the way to the calculation, and on from it."""
        own = self.calculation.get_absolute_url() if more else ""
        first = [Crumb(self.topic.title, self.topic.url)] if self.topic.title else []
        return [*first, Crumb(self.calculation.title, own), *more]


def find(request: ActorRequest, code: str) -> Found:
    """Find a calculation with its texts.

    Raises:
        Http404: there is none, or who looks may not see it.
    """
    rows = calculations_visible_to(request.actor).defer(None).select_related("supersedes", "superseded_by")
    found = get_object_or_404(rows.defer("supersedes__document", "superseded_by__document"), code=code)
    topic = topic_told(found.topic_kind, found.topic_code) or TopicTold("")
    return Found(found, topic, memory_of(found.document))
