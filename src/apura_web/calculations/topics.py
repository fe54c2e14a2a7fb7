"""What calculations are about, and where their facts came from: rooms above say, without being imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.calculations.asking import SourceRef


@dataclass(frozen=True, slots=True)
class TopicTold:
    """What a calculation is about, as people read it, and its page."""

    title: str
    url: str = ""


Visible = Callable[[Actor], QuerySet[Any]]
Resolver = Callable[[Actor, Mapping[str, str]], str | None]


@dataclass(frozen=True, slots=True)
class _Topic:
    visible: Visible
    told: Callable[[str], TopicTold]


_topics: dict[str, _Topic] = {}
_resolvers: dict[str, Resolver] = {}


def register_topic(kind: str, *, visible: Visible, told: Callable[[str], TopicTold]) -> None:
    """Let a room have calculations about its records.

    Args:
        kind: what it calls them, as ``acordo``.
        visible: the records, with ``code``, of which somebody sees the calculations.
        told: how the record of a code is called and where its page is.
    """
    _topics[kind] = _Topic(visible, told)


def register_source(kind: str, resolver: Resolver) -> None:
    """Let a room lead from a value of a fact sheet to where it came from.

    Args:
        kind: as :attr:`SourceRef.kind`.
        resolver: gives the address for who looks; None when they may not see it, or it is not there any more.
    """
    _resolvers[kind] = resolver


def of_visible_topics(actor: Actor) -> Q:
    """Keep the rows about records that somebody sees."""
    seen = Q(pk__in=[])
    for kind, topic in _topics.items():
        seen |= Q(topic_kind=kind, topic_code__in=topic.visible(actor).order_by().values("code"))
    return seen


def topic_told(kind: str, code: str) -> TopicTold | None:
    """Say what a calculation is about; None when no room knows the kind any more."""
    topic = _topics.get(kind)
    return topic.told(code) if topic else None


def address_of(source: SourceRef, looker: Actor) -> str:
    """Give where a value came from; empty when nobody leads there, or the looker may not see it."""
    resolver = _resolvers.get(source.kind)
    return (resolver(looker, source.parts) or "") if resolver else ""
