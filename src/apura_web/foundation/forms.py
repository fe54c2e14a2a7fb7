"""Forms as gov.br draws them: label, hint, error tied to the field, the law beside it, what is typed kept.

A form of the platform derives from :class:`PageForm` (or :class:`PageModelForm`) and is drawn by the partial
``foundation/components/_form.html``. What is obligatory is said in words; browsers do not check, the server does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, DjangoTemplates

from apura.formula import FormulaError, exact, finite_places, read_cell_number
from apura_web.foundation.presentation import Basis

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
LONG_TEXT_LIMIT = 4_000
THOUSANDS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}")
"""A whole number with two points or more, which the library does not read without its decimals."""


class PageRenderer(DjangoTemplates):
    """Draws a field with the platform's own partial."""

    field_template_name = "foundation/components/_field.html"
    form_template_name = "foundation/components/_fields.html"


class PageBoundField(BoundField):
    """A field of a form, with what the partial asks: its shape, its limit and its basis."""

    @property
    def shape(self) -> str:
        """Which markup the field takes."""
        widget = self.field.widget
        for kind, name in SHAPES:
            if isinstance(widget, kind):
                return name
        return "input"

    @property
    def limit(self) -> int | None:
        """How many characters a text may have."""
        return getattr(self.field, "max_length", None)

    @property
    def need(self) -> str:
        """Whether it must be filled, in a word; a form may say it otherwise, as by when."""
        said = getattr(self.field, "need", "")
        return said or ("obrigatório" if self.field.required else "opcional")

    @property
    def basis(self) -> Basis | None:
        """The provision that asks for this field."""
        bases: Mapping[str, Basis] = getattr(self.form, "bases", {})
        return bases.get(self.name)


SHAPES: Sequence[tuple[type[forms.Widget], str]] = (
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "upload"),
)


class _PageFormMixin:
    """What every form of the platform has.

    Attributes:
        bases: the provision beside each field, by the field's name.
    """

    bases: Mapping[str, Basis] = {}
    default_renderer: BaseRenderer | type[BaseRenderer] | None = PageRenderer
    bound_field_class: type[BoundField] | None = PageBoundField
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("required", "Preencha este campo.")
            if field.error_messages["required"] in DJANGO_REQUIRED:
                field.error_messages["required"] = required_message(field)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = min(5, int(field.widget.attrs["rows"]))


DJANGO_REQUIRED = {"This field is required.", "Este campo é obrigatório."}


class PageForm(_PageFormMixin, forms.Form):
    """A form of a page."""


class PageModelForm(_PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form of a page over a model."""


def required_message(field: forms.Field) -> str:
    """Say what to do about a field left empty, according to its kind."""
    if isinstance(field.widget, forms.FileInput):
        return "Escolha um arquivo."
    if isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "Escolha uma opção."
    return (
        "Marque para continuar." if isinstance(field.widget, forms.CheckboxInput) else "Preencha este campo."
    )


class DayField(forms.DateField):
    """A date typed as dd/mm/aaaa."""

    def __init__(self, **kwargs: Any) -> None:
        look = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/aaaa", "data-day": ""}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=look))
        kwargs.setdefault("input_formats", DAY_FORMATS)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Escreva a data como 30/05/2014."


class LongTextField(forms.CharField):
    """A text of some paragraphs, whose limit is shown while it is typed."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONG_TEXT_LIMIT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        said = "Use no máximo %(limit_value)d caracteres; há %(show_value)d."
        self.validators = [MaxLengthValidator(max_length, said), ProhibitNullCharactersValidator()]

    def to_python(self, value: Any) -> str:
        """Count a line's end as one character, as people and the counter do; browsers send two."""
        return str(super().to_python(value)).replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the server and the counter: a browser would cut what is pasted without a word."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "data-limit": str(self.max_length)}


class QuantityField(forms.Field):
    """An exact number typed in the Brazilian way: “1.234,56”. Left empty it is None, which is not zero."""

    widget = forms.TextInput

    def __init__(self, *, places: int, **kwargs: Any) -> None:
        """Make the field.

        Args:
            places: how many decimals are accepted.
            **kwargs: what every field takes.
        """
        self.places = places
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the numeric keyboard."""
        return {
            **super().widget_attrs(widget),
            "inputmode": "decimal",
            "autocomplete": "off",
            "class": "number",
        }

    def to_python(self, value: Any) -> Fraction | None:
        """Read what was typed, exactly.

        Raises:
            ValidationError: it is not a number, or has more decimals than accepted.
        """
        if value in self.empty_values:
            return None
        try:
            number = read_cell_number(str(value)[:LONG_TEXT_LIMIT])
        except FormulaError as error:
            raise ValidationError(unreadable(str(value)), code="invalid") from error
        needed = finite_places(number)
        if needed is None or needed > self.places:
            said = (
                f"Use no máximo {self.places} casas decimais."
                if self.places
                else "Escreva um número inteiro."
            )
            raise ValidationError(said, code="places")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a number as it would be typed: without points, because “1.234” may mean either of two things."""
        return as_typed(Fraction(value)) if isinstance(value, int | Fraction) else value


def as_typed(value: Fraction) -> str:
    """Write a number so that reading it back gives the same: “1234,5”."""
    return exact(value).replace(".", ",")


def unreadable(text: str) -> str:
    """Say what to do about a number that cannot be read; one point alone may part thousands or decimals."""
    if THOUSANDS.fullmatch(text.strip()):
        return f"Escreva sem ponto de milhar: {text.strip().replace('.', '')}."
    whole, point, part = text.strip().partition(".")
    if point and whole.lstrip("-").isdecimal() and part.isdecimal():
        said = f"“{text.strip()}” pode ser {whole}{part} ou {whole},{part}"
        return f"{said}: escreva sem o ponto, ou com vírgula decimal."
    return "Escreva um número, como 1.234,56."


class UploadField(forms.FileField):
    """A file, whose kinds and greatest size are said before it is chosen and checked after."""

    def __init__(
        self, *, kinds: Sequence[str], megabytes: int = 0, kilobytes: int = 0, **kwargs: Any
    ) -> None:
        """Make the field.

        Args:
            kinds: the endings accepted, without dot: ``pdf``, ``xlsx``.
            megabytes: the greatest size.
            kilobytes: the greatest size, instead, of small files.
            **kwargs: what every field takes.
        """
        self.kinds, self.largest = tuple(kinds), megabytes * MEGABYTE + kilobytes * KILOBYTE
        self.largest_told = f"{megabytes} MB" if megabytes else f"{kilobytes} KB"
        kwargs.setdefault("widget", forms.FileInput)
        said = f"{', '.join(kind.upper() for kind in kinds)}; até {self.largest_told}."
        kwargs["help_text"] = f"{kwargs['help_text']} {said}" if kwargs.get("help_text") else said
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer only the kinds accepted."""
        return {**super().widget_attrs(widget), "accept": ",".join(f".{kind}" for kind in self.kinds)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check size and ending; what is inside is judged by who reads it.

        Raises:
            ValidationError: it is too large, or of another kind.
        """
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if (file.size or 0) > self.largest:
                raise ValidationError(f"O arquivo passa de {self.largest_told}.", code="size")
            if (file.name or "").rpartition(".")[2].lower() not in self.kinds:
                accepted = ", ".join(kind.upper() for kind in self.kinds)
                raise ValidationError(f"O arquivo não é dos tipos aceitos: {accepted}.", code="kind")
        return file
