"""What the platform answers when it will not do something: the law, the state or the person's powers are against it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Refusal:
    """Why something is refused, told to the person who asked.

    Attributes:
        code: stable name, such as ``orgs.cyclic_placement``.
        reason: what is wrong, a sentence in Portuguese.
        what_to_do: the next step, a sentence in Portuguese.
        cites: the provision it rests on; empty when it is a rule of the platform.
        status: HTTP status of the answer: 403 (powers), 409 (somebody came first), 422 (law or state).
    """

    code: str
    reason: str
    what_to_do: str = ""
    cites: str = ""
    status: int = 422

    def __str__(self) -> str:
        basis = f"Fundamento: {self.cites}." if self.cites else ""
        return " ".join(part for part in (self.reason, self.what_to_do, basis) if part)


class Refused(Exception):
    """An act was refused; nothing of it was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def refuse_if(refusal: Refusal | None) -> None:
    """Stop the act when a guard refused.

    Raises:
        Refused: the guard gave a refusal.
    """
    if refusal is not None:
        raise Refused(refusal)


@contextmanager
def refusals_as_errors(form: forms.BaseForm) -> Iterator[None]:
    """Turn a refusal, or a value that a model does not accept, into errors of the form.

    After the block, ask ``form.is_valid()`` again, or return inside it on success.
    """
    try:
        yield
    except Refused as refused:
        form.add_error(None, ValidationError(str(refused.refusal), code=refused.refusal.code))
    except ValidationError as error:
        for field, messages in _by_field(error).items():
            form.add_error(field if field in form.fields else None, messages)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
