"""Forms of acts on units."""

from __future__ import annotations

from typing import Any

from django import forms

from apura_web.documents.basis_form import BasisForm
from apura_web.foundation.choosing import RecordField, RecordsField, offer
from apura_web.foundation.forms import DayField, PageForm
from apura_web.orgs.choosing import units_for
from apura_web.orgs.models import Placement, Unit, UnitKind
from apura_web.orgs.services.structure import Basis, UnitNames


class UnitBasisForm(BasisForm):
    """By which act, and from which day, as the acts on units take it."""

    @property
    def basis(self) -> Basis:
        """The act and its day."""
        return Basis(self.cleaned_data["legal_act"], self.starts_on)


class NamesForm(UnitBasisForm):
    """What a unit is called, and what it is."""

    name = forms.CharField(label="Nome", max_length=Placement._meta.get_field("name").max_length)
    acronym = forms.CharField(
        label="Sigla",
        max_length=Placement._meta.get_field("acronym").max_length,
        help_text="Não pode repetir a de outra unidade sob a mesma superior.",
    )
    kind = forms.ChoiceField(label="Espécie", choices=UnitKind.choices)
    order = ("name", "acronym", "kind")

    def clean_acronym(self) -> str:
        """Keep the arrow for paths."""
        acronym = " ".join(self.cleaned_data["acronym"].split())
        if "›" in acronym:
            raise forms.ValidationError("A sigla não pode ter “›”, que separa as unidades de um caminho.")
        return acronym

    @property
    def names(self) -> UnitNames:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return UnitNames(" ".join(data["name"].split()), data["acronym"], data["kind"])


class MoveForm(UnitBasisForm):
    """Under which unit another goes."""

    parent = RecordField(
        label="Nova unidade superior",
        required=False,
        help_text="Escreva a sigla. Em branco: a unidade fica no topo do organograma.",
    )
    order = ("parent",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", units_for(self.actor))


class MergeForm(UnitBasisForm):
    """Which units another takes in."""

    siblings = forms.MultipleChoiceField(
        label="Unidades a incorporar, da mesma superior",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = RecordsField(
        label="Outras unidades a incorporar",
        required=False,
        help_text="Uma por linha: a sigla, ou o caminho quando a sigla se repete, como “GAB › SAU”.",
    )
    order = ("siblings", "others")

    def __init__(self, *args: Any, siblings: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = {unit.code: unit for unit in siblings}
        field = self.fields["siblings"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(unit.code, f"{unit.acronym} – {unit.name}") for unit in siblings]
        if not siblings:
            del self.fields["siblings"]
        offer(self, "others", units_for(self.actor))

    @property
    def absorbed(self) -> list[Unit]:
        """The units chosen, each once."""
        ticked = [self.near[code] for code in self.cleaned_data.get("siblings", [])]
        return list(dict.fromkeys([*ticked, *(self.cleaned_data.get("others") or [])]))


class ExtinguishForm(UnitBasisForm):
    """Which unit, if any, answers for what another owed."""

    successor = RecordField(
        label="Unidade sucessora",
        required=False,
        help_text="Quem responde pelo que a extinta devia, como relatórios a entregar. Em branco: nenhuma.",
    )
    order = ("successor",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "successor", units_for(self.actor))


class DayForm(PageForm):
    """The day an organogram is of."""

    em = DayField(label="Em", required=False)
    raiz = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class PeriodForm(PageForm):
    """The two days compared."""

    de = DayField(label="De")
    ate = DayField(label="Até")
