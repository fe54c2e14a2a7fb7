"""The fields of a section as they are typed, on a page or in a spreadsheet: read, or refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms

from apura.formula import exact
from apura_web.agreements.pact.methods import methods
from apura_web.agreements.pact.schema import Field, FieldKind, labels
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.choosing import indicators_for
from apura_web.audit.actors import Actor
from apura_web.foundation.choosing import RecordField
from apura_web.foundation.forms import DayField, LongTextField, QuantityField
from apura_web.orgs.choosing import units_for

PLACES, LONGEST = 6, 200


@dataclass(frozen=True)
class Typist:
    """Who types, and the text whose parts they may choose among."""

    actor: Actor
    text: PactText


def field_of(declared: Field, typist: Typist) -> forms.Field:
    """Make the field of a form; none must be filled, because what is incomplete is kept too."""
    common: dict[str, Any] = {"label": declared.label, "help_text": declared.help_text, "required": False}
    match declared.kind:
        case FieldKind.LONG:
            return LongTextField(**common)
        case FieldKind.NUMBER:
            return QuantityField(places=PLACES, **common)
        case FieldKind.DAY:
            return DayField(**common)
        case FieldKind.UNIT | FieldKind.INDICATOR:
            return _record_field(declared, typist, common)
        case FieldKind.TEXT:
            return forms.CharField(max_length=LONGEST, **common)
        case _:
            return forms.ChoiceField(choices=[("", "–"), *_choices(declared, typist)], **common)


def kept(value: Any) -> str:
    """Give what a field read, as the pact keeps it: exact numbers, ISO days, codes."""
    if value is None or value == "":
        return ""
    if isinstance(value, Fraction):
        return exact(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "code", value)).strip()


def _record_field(declared: Field, typist: Typist, common: dict[str, Any]) -> RecordField:
    field = RecordField(**common)
    if declared.kind is FieldKind.UNIT:
        field.offer(units_for(typist.actor))
    else:
        field.offer(indicators_for(typist.actor))
    return field


def _choices(declared: Field, typist: Typist) -> list[tuple[str, str]]:
    match declared.kind:
        case FieldKind.PART:
            return [(each.key, each.name) for each in typist.text.of(declared.of)]
        case FieldKind.METHOD:
            return [(each.label, each.label) for each in methods()]
        case _:
            return labels(declared.options)
