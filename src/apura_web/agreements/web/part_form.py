"""The form of a part of the pact, made from the declarations of its section; what is incomplete is kept too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apura.formula import FormulaError
from apura_web.agreements.pact.checklist import Surroundings, conference
from apura_web.agreements.pact.methods import method_called, read_method
from apura_web.agreements.pact.schema import FieldKind, Section, citation
from apura_web.agreements.pact.text import PactText, Part, in_order
from apura_web.agreements.part_fields import Typist, field_of, kept
from apura_web.agreements.selectors.choosing import from_card
from apura_web.agreements.web.method_check import MethodCheck, check_method
from apura_web.audit.actors import Actor
from apura_web.foundation.forms import PageForm
from apura_web.foundation.presentation import Basis

LONGEST_FORMULA = 2000
METHOD, FORMULA = "metodo", "metodo_formula"
TO_SIGN = "pede-se para assinar"


@dataclass(frozen=True)
class Writing:
    """Where somebody writes.

    Attributes:
        text: the whole text as it is, for the parts one chooses among.
        known: what the conference knows around it, to say which fields it asks for.
    """

    actor: Actor
    section: Section
    key: str
    text: PactText
    known: Surroundings


class PartForm(PageForm):
    """What is written in a part."""

    template_name = "agreements/part_fields.html"
    edition = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, writing: Writing, **kwargs: Any) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            writing: the part and who writes it.
            **kwargs: what every form takes.
        """
        self.writing = writing
        super().__init__(*args, **kwargs)
        asked = asked_to_sign(writing)
        for declared in writing.section.fields:
            field = field_of(declared, Typist(writing.actor, writing.text))
            if declared.name in asked:
                field.need = TO_SIGN  # type: ignore[attr-defined]
            self.fields[declared.name] = field
            if declared.kind is FieldKind.METHOD:
                self.fields[FORMULA] = _formula_field()
        self.bases = {
            each.name: Basis(citation(each.cites), writing.section.about)
            for each in writing.section.fields
            if each.cites
        }

    @property
    def check(self) -> MethodCheck | None:
        """What is said of the method; None in a section that has none."""
        if METHOD not in self.fields:
            return None
        return check_method({name: str(self[name].value() or "") for name in self.fields})

    def clean_metodo_formula(self) -> str:
        """Refuse a formula that cannot be read, saying where and what to do."""
        text: str = " ".join(self.cleaned_data[FORMULA].split())
        if text:
            try:
                read_method(text)
            except FormulaError as error:
                raise ValidationError(str(error), code="formula") from error
        return text

    def clean(self) -> dict[str, Any]:
        """Take from the card of the indicator what was left blank."""
        data = super().clean() or {}
        indicator = data.get("indicador")
        if indicator is not None and data.get("especie", "") in {"", "indicador"}:
            for name, text in from_card(indicator).items():
                if not data.get(name):
                    data[name] = text
        return data

    @property
    def values(self) -> dict[str, str]:
        """What was written, as the pact keeps it."""
        data = self.cleaned_data
        found = {each.name: kept(data.get(each.name)) for each in self.writing.section.fields}
        if data.get(FORMULA):
            found[METHOD] = data[FORMULA]
        return {name: text for name, text in found.items() if text}


def initial_of(section: Section, values: Mapping[str, str]) -> dict[str, Any]:
    """Give what a part holds as its form shows it."""
    initial: dict[str, Any] = {}
    for each in section.fields:
        text = values.get(each.name, "")
        if text and each.kind is FieldKind.NUMBER:
            initial[each.name] = Fraction(text)
        elif text and each.kind is FieldKind.DAY:
            initial[each.name] = date.fromisoformat(text)
        elif text and each.kind is FieldKind.METHOD:
            known = method_called(text)
            initial[each.name if known else FORMULA] = known.label if known else text
        else:
            initial[each.name] = text
    return initial


def asked_to_sign(writing: Writing) -> set[str]:
    """Give the fields the conference would ask for if this part were blank but for what it is."""
    stays = {"papel", "especie", "previsto", "objeto"}
    now = writing.text.part(writing.key)
    values = {name: text for name, text in (now.values if now else {}).items() if name in stays}
    key = writing.key or f"{writing.section.name}-0"
    blank = Part(key, writing.section.name, values)
    others = [each for each in writing.text.parts if each.key != key]
    lacks = conference(in_order([*others, blank]), writing.known)
    fields = {each.field for each in lacks if each.is_mandatory and each.part.key == key}
    return fields | (stays & set(values) & {"objeto", "especie", "papel", "previsto"})


def _formula_field() -> forms.Field:
    return forms.CharField(
        label="Fórmula da cláusula",
        help_text="Se o método não é um da lista: escreva-o com meta, realizado e linha_de_base. O que se escreve aqui "
        "vale no lugar do escolhido.",
        required=False,
        max_length=LONGEST_FORMULA,
        widget=forms.Textarea(attrs={"rows": 2, "class": "formula-box", "spellcheck": "false"}),
    )
