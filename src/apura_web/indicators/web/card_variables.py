"""The variables of a card as rows of its form: up to twenty, put in and taken out with and without scripts."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from apura.formula import fold, is_name
from apura_web.foundation.forms import PageForm, QuantityField
from apura_web.indicators.formulas import LAST, MOST_PLACES, SUM, UNITS, Variable, name_from
from apura_web.indicators.models import variable_from

MOST_ROWS = 20
COUNT = "linhas"
NAMES = ("label", "name", "unit", "places", "low", "high", "over_time", "indicator")
OVER_TIME = ((SUM, "soma-se"), (LAST, "vale o último"))


class VariableForm(PageForm):
    """One of the numbers a formula needs."""

    label = forms.CharField(
        label="O que é",
        required=False,
        max_length=120,
        help_text="Como quem preenche lê: “Processos concluídos no prazo”.",
    )
    name = forms.CharField(
        label="Nome na fórmula",
        required=False,
        max_length=60,
        help_text="Em branco, sai do que é.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )
    unit = forms.ChoiceField(
        label="Unidade", choices=[(each, each) for each in UNITS], required=False, help_text="A do número."
    )
    places = forms.TypedChoiceField(
        label="Casas",
        choices=[(str(each), str(each)) for each in range(MOST_PLACES + 1)],
        coerce=int,
        empty_value="0",
        required=False,
        help_text="As que aceita.",
    )
    low = QuantityField(label="Mínimo", places=MOST_PLACES, required=False, help_text="Em branco: não há.")
    high = QuantityField(label="Máximo", places=MOST_PLACES, required=False, help_text="Em branco: não há.")
    over_time = forms.ChoiceField(
        label="Em vários períodos",
        choices=OVER_TIME,
        required=False,
        help_text="Só conta na taxa: o que o ano faz dela.",
    )
    indicator = forms.CharField(
        label="Vem de outro indicador",
        required=False,
        max_length=30,
        help_text="A sigla dele, como IND-02. Em branco: é digitada.",
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in it: it is left out, as if it were not there."""
        data = self.cleaned_data
        return not any(data.get(name) for name in ("label", "name", "indicator", "low", "high"))

    def clean_name(self) -> str:
        """Write the name as formulas do: without accents and capitals."""
        return fold(self.cleaned_data["name"].strip())

    def clean(self) -> dict[str, Any]:
        """Take the name from the label when it was left empty; keep the bounds in order."""
        data = super().clean() or {}
        if self.is_blank:
            return data
        if not data.get("label"):
            self.add_error("label", "Diga o que se mede, como “Processos concluídos no prazo”.")
        elif "name" in data:
            data["name"] = data["name"] or name_from(data["label"])
            if not is_name(data["name"]):
                said = "Use letras, números e _, começando por letra, como total_de_casos."
                self.add_error("name", f"“{data['name']}” não serve de nome. {said}")
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", "O máximo é menor que o mínimo: confira os dois.")
        return data

    @property
    def variable(self) -> Variable:
        """What was typed, as formulas read it."""
        data = self.cleaned_data
        return Variable(
            data["name"],
            " ".join(data["label"].split()),
            data["unit"] or UNITS[0],
            int(data["places"]),
            data["low"],
            data["high"],
            data["over_time"] or SUM,
            data["indicator"].strip(),
        )


class VariableRows:
    """The rows of variables of a form, as typed or as a card has them."""

    def __init__(
        self, data: Mapping[str, str] | None = None, initial: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        """Make the rows.

        Args:
            data: what was posted; its rows are judged.
            initial: what the rows start with, when nothing was posted.
        """
        self.is_bound = data is not None
        count = count_in(data) if data is not None else min(len(initial), MOST_ROWS)
        self.forms = [
            VariableForm(data, prefix=f"v{place}", initial=initial[place] if place < len(initial) else None)
            for place in range(max(count, 1))
        ]

    def __iter__(self) -> Iterator[VariableForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def has_room(self) -> bool:
        """Whether one more fits."""
        return len(self.forms) < MOST_ROWS

    def is_valid(self) -> bool:
        """Whether every row is in order; each is judged, so that all the errors are shown at once."""
        judged = [each.is_valid() for each in self.forms]
        return all(judged)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables typed, without blank rows."""
        return tuple(each.variable for each in self.forms if not each.is_blank)

    def fields(self) -> Iterator[BoundField]:
        """Give every field, called so that a list of errors says in which row it is."""
        for place, row in enumerate(self.forms, 1):
            for field in row:
                told = copy.copy(field)
                told.label = f"Variável {place}, {str(field.label).lower()}"
                yield told


def count_in(data: Mapping[str, str]) -> int:
    """Give how many rows were posted."""
    told = data.get(COUNT, "")
    return min(int(told), MOST_ROWS) if told.isascii() and told.isdigit() and len(told) < 4 else 1  # noqa: PLR2004


def typed_rows(data: Mapping[str, str]) -> list[dict[str, str]]:
    """Give the rows posted, as they were typed."""
    return [{name: data.get(f"v{place}-{name}", "") for name in NAMES} for place in range(count_in(data))]


def rows_of(stored: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the variables a card keeps as the rows of a form start with."""
    return [
        {name: _shown(getattr(variable, name)) for name in NAMES}
        for variable in (variable_from(each) for each in stored)
    ]


def _shown(value: object) -> object:
    return value if isinstance(value, str | Fraction | None) else str(value)
