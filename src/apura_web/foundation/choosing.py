"""Choosing a record by typing what people call it: no list is too long, and nothing depends on scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError

M = TypeVar("M")
LONGEST = 300
MOST_TOLD = 6
MOST_LINES = 50


@dataclass(frozen=True)
class Chooser(Generic[M]):
    """How the records offered to somebody are found and called.

    Attributes:
        find: gives the records that what was typed may mean, among those the person may choose.
        label: what a record is called, telling it apart from the others.
        suggest: a few records offered while typing.
        unknown: what to do when nothing corresponds, a sentence.
    """

    find: Callable[[str], Sequence[M]]
    label: Callable[[M], str]
    suggest: Callable[[], Iterable[M]]
    unknown: str = "Confira o que foi digitado."


class SuggestingInput(forms.TextInput):
    """A line of text with suggestions that the browser itself offers."""

    template_name = "foundation/components/_suggesting_input.html"
    suggestions: Callable[[], Sequence[str]] | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the suggestions and tie the input to them."""
        context = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        context["list_id"] = f"{attributes.get('id', name)}-sugestoes"
        attributes |= {"list": context["list_id"], "autocomplete": "off"}
        context["suggestions"] = self.suggestions() if self.suggestions else ()
        return context


class RecordField(forms.Field):
    """A record chosen by what it is called; the form says among which, with :meth:`offer`."""

    widget: type[forms.Widget] = SuggestingInput
    chooser: Chooser[Any] | None = None

    def offer(self, chooser: Chooser[Any]) -> None:
        """Say among which records the person chooses."""
        self.chooser = chooser
        if isinstance(self.widget, SuggestingInput):
            self.widget.suggestions = lambda: [chooser.label(record) for record in chooser.suggest()]

    def to_python(self, value: Any) -> Any:
        """Find the record.

        Raises:
            ValidationError: nothing corresponds, or several do.
        """
        text = " ".join(str(value or "").replace("\x00", "").split())[:LONGEST]
        return self._found(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Show a record by what it is called, also when its code came in the address; the rest as it was typed."""
        if isinstance(value, list):  # an address may repeat a name
            value = value[-1] if value else ""
        if value is None or value == "":
            return value
        if isinstance(value, str):
            found = self._chooser.find(value.replace("\x00", "")[:LONGEST])
            return self._chooser.label(found[0]) if len(found) == 1 else value
        return self._chooser.label(value)

    @property
    def _chooser(self) -> Chooser[Any]:
        if self.chooser is None:
            raise RuntimeError("the form did not say among which records one chooses")
        return self.chooser

    def _found(self, text: str) -> Any:
        found = list(self._chooser.find(text))
        if len(found) > 1:
            exact = [record for record in found if self._chooser.label(record) == text]
            found = exact or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"Nada corresponde a “{text}”. {self._chooser.unknown}", code="unknown")
        told = "; ".join(self._chooser.label(record) for record in found[:MOST_TOLD])
        more = " …" if len(found) > MOST_TOLD else ""
        raise ValidationError(f"“{text}” pode ser mais de um. Escreva qual: {told}{more}.", code="ambiguous")


class RecordsField(RecordField):
    """Several records, one on each line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Find the records, each once, in the order typed.

        Raises:
            ValidationError: a line corresponds to nothing, or to several; or there are too many lines.
        """
        lines = [" ".join(line.split()) for line in str(value or "").replace("\x00", "").splitlines()]
        lines = [line[:LONGEST] for line in lines if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"São no máximo {MOST_LINES} linhas de cada vez.", code="many")
        found = [self._found(line) for line in lines]
        return list(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        """Show the records by what they are called, one on each line."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(self._chooser.label(record) for record in value)


def offer(form: forms.Form, name: str, chooser: Chooser[Any]) -> None:
    """Tell a field of a form among which records one chooses."""
    field = form.fields[name]
    assert isinstance(field, RecordField | RecordsField)  # noqa: S101 - the form declares it so
    field.offer(chooser)
