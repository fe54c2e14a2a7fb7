"""The frame of the API: bounded lists, exact numbers as text, and errors that are all alike and all declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field, StringConstraints

from apura_web.foundation.models import Institution

T = TypeVar("T")
MOST, FARTHEST = 200, 1_000_000
ERRORS = (400, 401, 403, 404, 409, 422, 500)

Code = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{1,16}$")]
Exact = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
"""A number as exact text with a decimal point: “-12.50”. No number of the API is a binary float."""


def text(*, longest: int, shortest: int = 0) -> Any:
    """Give the type of a text that is read from a program: bounded, and without the null character.

    Args:
        longest: how many characters at most.
        shortest: how many at least.
    """
    return Annotated[
        str,
        StringConstraints(
            min_length=shortest, max_length=longest, pattern=r"^[^\x00]*$", strip_whitespace=True
        ),
    ]


class Problem(Schema):
    """What is answered when something was not done."""

    codigo: str = Field(description="Nome estável do que houve, como “audit.no_power”.")
    mensagem: str = Field(description="O que houve, em uma frase.")
    o_que_fazer: str = Field(description="O próximo passo.")
    fundamento: str = Field(description="O dispositivo em que se apoia; vazio quando é regra da plataforma.")
    campos: dict[str, list[str]] = Field(description="O que há de errado em cada campo enviado.")
    referencia: str = Field(description="O que informar a quem cuida da plataforma, quando a falha é dela.")


class Bounds(Schema):
    """Which part of a list is asked for."""

    limite: int = Field(50, ge=1, le=MOST, description=f"Quantos itens, até {MOST}.")
    deslocamento: int = Field(0, ge=0, le=FARTHEST, description="Quantos itens pular.")


class Page(Schema, Generic[T]):
    """A part of a list, and how long the whole of it is."""

    total: int
    limite: int
    deslocamento: int
    itens: list[T]


class WrongFields(Exception):
    """Some fields that were sent do not serve."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__(str(dict(fields)))
        self.fields = fields


def answers(good: Any, *, status: int = 200) -> dict[int, Any]:
    """Declare what an operation answers: what it gives, and every error in the one shape.

    Args:
        good: the schema of what it gives.
        status: of the answer when it does.
    """
    return {status: good, **dict.fromkeys(ERRORS, Problem)}


def part_of(
    rows: QuerySet[Any] | Sequence[Any], bounds: Bounds, tell: Callable[[list[Any]], list[Any]]
) -> dict[str, Any]:
    """Give a part of a list, in one count and one slice.

    Args:
        rows: the list, already limited to what may be seen, in a fixed order.
        bounds: the part.
        tell: turns the rows of the part into what is answered.
    """
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = list(rows[bounds.deslocamento : bounds.deslocamento + bounds.limite])
    return {
        "total": total,
        "limite": bounds.limite,
        "deslocamento": bounds.deslocamento,
        "itens": tell(part),
    }


def local(at: datetime, institution: Institution) -> datetime:
    """Give an instant as the clocks of an institution show it."""
    return at.astimezone(ZoneInfo(institution.time_zone))
