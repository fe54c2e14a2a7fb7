"""The form by which several indicators become items: the object, the method, and a row for each indicator."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from apura.formula import brazilian
from apura_web.agreements.pact.schema import citation
from apura_web.agreements.pact.sections import ITEM
from apura_web.agreements.part_fields import Typist, field_of, kept
from apura_web.agreements.selectors.choosing import Candidate, Suggestion
from apura_web.foundation.forms import PageForm
from apura_web.foundation.presentation import Basis
from apura_web.orgs.models import Unit

PICK, WEIGHT, TARGET = "escolher", "peso", "meta_final"
OBJECT, METHOD = "objeto", "metodo"
LONGEST_TEXT, MOST_CHOSEN = 200, 100
FOR_ALL = (
    "Vale para todos os marcados e pode ser mudado depois, item a item. Em branco: escolhe-se em cada item."
)
TICK_IT = "Marque o indicador para incluí-lo, ou apague o que digitou."


class LookForm(PageForm):
    """What is looked for in the list."""

    q = forms.CharField(label="Número ou nome do indicador", required=False, max_length=LONGEST_TEXT)
    unidade = forms.ChoiceField(label="Unidade responsável", required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Todas"), *((each.code, each.acronym or each.name) for each in units)]
        self.fields["unidade"].choices = choices  # type: ignore[attr-defined]


class RowForm(PageForm):
    """An indicator that may be chosen, with its weight and its target."""

    escolher = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        candidate: Candidate,
        typist: Typist,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """Make the row.

        Args:
            data: what was posted, to be judged.
            candidate: the indicator.
            typist: who types.
            typed: what was typed before, shown again without being judged.
        """
        self.candidate = candidate
        suggestion = candidate.suggestion
        initial = typed or {TARGET: suggestion.value if suggestion else None}
        super().__init__(data, prefix=candidate.indicator.code, initial=dict(initial))
        self.fields[PICK].label = str(candidate.indicator)
        for name in (WEIGHT, TARGET):
            self.fields[name] = field_of(ITEM.field(name), typist)
        self.fields[TARGET].help_text = told_suggestion(suggestion) if suggestion else ""

    def clean(self) -> dict[str, Any]:
        """Ask what is meant by numbers typed in a row that was not ticked."""
        data = super().clean() or {}
        if self.has_changed() and not data.get(PICK):
            self.add_error(PICK, TICK_IT)
        return data

    @property
    def is_chosen(self) -> bool:
        """Whether it was ticked."""
        return bool(self.cleaned_data.get(PICK))

    @property
    def typed(self) -> dict[str, Any]:
        """What was posted in it, as it was typed."""
        return {name: self[name].data for name in self.fields}

    @property
    def values(self) -> dict[str, str]:
        """What it says of an item: what its card says, and what was typed."""
        return {
            **self.candidate.said,
            "indicador": self.candidate.indicator.code,
            WEIGHT: kept(self.cleaned_data.get(WEIGHT)),
            TARGET: kept(self.cleaned_data.get(TARGET)),
        }

    def told_fields(self) -> Iterator[BoundField]:
        """Give its fields, called so that a list of errors says of which indicator they are."""
        for field in self:
            told = copy.copy(field)
            if field.name != PICK:
                told.label = f"{self.candidate.indicator.number}, {str(field.label).lower()}"
            yield told


class SeveralForm(PageForm):
    """Where the items go, the method of all of them, and the indicators chosen."""

    bases = {name: Basis(citation(ITEM.field(name).cites), ITEM.about) for name in (OBJECT, METHOD)}

    def __init__(self, *args: Any, typist: Typist, rows: Sequence[RowForm] = (), **kwargs: Any) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            typist: who types, and the text whose objects they choose among.
            rows: the indicators posted.
            **kwargs: what every form takes.
        """
        super().__init__(*args, **kwargs)
        self.rows = rows
        for name in (OBJECT, METHOD):
            self.fields[name] = field_of(ITEM.field(name), typist)
        self.fields[OBJECT].required = True
        self.fields[OBJECT].error_messages["required"] = "Escolha o objeto em que os itens entram."
        self.fields[METHOD].help_text = FOR_ALL

    def __iter__(self) -> Iterator[BoundField]:
        """Give every field, those of the rows included, as the list of errors asks."""
        yield from super().__iter__()
        for row in self.rows:
            yield from row.told_fields()

    def clean(self) -> dict[str, Any]:
        """Judge every row, so that all the errors are shown at once; ask for at least one indicator."""
        data = super().clean() or {}
        judged = [each.is_valid() for each in self.rows]
        chosen = [each for each in self.rows if each.is_chosen]
        if not all(judged):
            self.add_error(None, "Nada foi gravado: confira as linhas apontadas.")
        elif not chosen:
            self.add_error(None, "Marque ao menos um indicador.")
        elif len(chosen) > MOST_CHOSEN:
            self.add_error(None, f"Inclua no máximo {MOST_CHOSEN} indicadores de cada vez.")
        return data

    @property
    def items(self) -> list[dict[str, str]]:
        """The items to be written."""
        common = {name: kept(self.cleaned_data[name]) for name in (OBJECT, METHOD)}
        return [{**each.values, **common} for each in self.rows if each.is_chosen]


def told_suggestion(suggestion: Suggestion) -> str:
    """Say where the target in the box comes from, or why there is none in it."""
    when, promise = suggestion.period.label, suggestion.promise
    if promise.value is not None and promise.high is not None:
        band = f"{brazilian(promise.value, None)} a {brazilian(promise.high, None)}"
        return f"A meta aprovada para {when} é a faixa de {band}: escreva os dois limites no método do item."
    if suggestion.is_composed:
        return f"Sugerida: metas aprovadas dos períodos de {when}, reunidas pela regra da ficha."
    return f"Sugerida: meta aprovada para {when}."
