"""Forms of targets and baselines: a row for each period, and where the values come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from apura_web.audit.actors import Actor
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField, PageForm, QuantityField
from apura_web.foundation.presentation import Change
from apura_web.foundation.web.deeds import SeenForm
from apura_web.indicators.attainment import Polarity
from apura_web.indicators.models import Baseline, CardVersion, Target
from apura_web.indicators.models.cards import PLACES
from apura_web.indicators.models.targets import Provenance
from apura_web.indicators.periods import Period, year_of
from apura_web.indicators.services.targets import Origin, Value
from apura_web.indicators.web.target_told import NO_TARGET, not_better, written
from apura_web.orgs.models import Unit

WEIGHT_PLACES = 4
FIRST_YEAR, LAST_YEAR = 1990, 2100


class OriginForm(SeenForm):
    """Where values come from, and why they change."""

    provenance = forms.ChoiceField(
        label="De onde vem",
        choices=[("", "escolha…"), *Provenance.choices],
        help_text="O que dá força ao valor.",
    )
    origin = forms.CharField(
        label="Qual",
        max_length=300,
        required=False,
        help_text="O plano, acordo ou série, como é conhecido: “Plano Estratégico 2024–2027, objetivo 3”.",
    )
    legal_act = RecordField(
        label="Ato",
        required=False,
        help_text="Escreva espécie e número, como “Portaria nº 12/2026”. Obrigatório quando o valor vem de ato.",
    )
    reason = forms.CharField(
        label="Motivo",
        max_length=400,
        required=False,
        help_text="Obrigatório quando um valor já fixado muda. Fica à vista, ao lado do valor anterior.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))

    def clean(self) -> dict[str, Any]:
        """Ask for the act when it is what the values come from."""
        data = super().clean() or {}
        if data.get("provenance") == Provenance.LEGAL_ACT and "legal_act" in data and not data["legal_act"]:
            self.add_error("legal_act", "Diga de que ato o valor vem.")
        return data

    @property
    def origin_given(self) -> Origin:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return Origin(data["provenance"], data["origin"].strip(), data["legal_act"], data["reason"].strip())


@dataclass(frozen=True)
class Setting:
    """The targets of a year at a unit: what the form is about.

    Attributes:
        card: the version that says polarity, unit and decimals.
        periods: of the card inside the year, without the year itself.
        found: the targets that stand, by period.
        baseline: the latest that stands; None when there is none.
    """

    unit: Unit
    year: int
    card: CardVersion
    periods: Sequence[Period]
    found: Mapping[Period, Target]
    baseline: Baseline | None

    @property
    def whole(self) -> Period:
        """The year."""
        return year_of(self.year)

    @property
    def every(self) -> list[Period]:
        """Every period that may have a target, the year last."""
        return [*self.periods, self.whole]

    @property
    def has_band(self) -> bool:
        """Whether a target has two ends."""
        return self.card.polarity == Polarity.RANGE


@dataclass(frozen=True)
class TargetRow:
    """A line of the form."""

    name: str
    is_year: bool
    now: str
    value: BoundField
    high: BoundField | None
    weight: BoundField


class TargetsForm(OriginForm):
    """The targets of a year at a unit, a row for each period and one for the year."""

    template_name = "indicators/target_fields.html"
    distributed = ""

    class Media:
        css = {"all": ["indicators/card.css"]}

    unidade = forms.CharField(widget=forms.HiddenInput)
    ano = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        for period in setting.every:
            of = f" de {period.label}"
            self.fields[f"valor-{period.key}"] = QuantityField(
                label=f"{'A partir de,' if setting.has_band else 'Meta'}{of}", places=PLACES, required=False
            )
            if setting.has_band:
                self.fields[f"ate-{period.key}"] = QuantityField(
                    label=f"Até,{of}", places=PLACES, required=False
                )
            self.fields[f"peso-{period.key}"] = QuantityField(
                label=f"Peso{of}", places=WEIGHT_PLACES, required=False
            )

    @property
    def rows(self) -> list[TargetRow]:
        """The lines, each with what stands today."""
        return [
            TargetRow(
                self._named(period),
                period == self.setting.whole,
                written(self.setting.found.get(period), self.setting.card),
                self[f"valor-{period.key}"],
                self[f"ate-{period.key}"] if self.setting.has_band else None,
                self[f"peso-{period.key}"],
            )
            for period in self.setting.every
        ]

    def _named(self, period: Period) -> str:
        """Call a period inside the table of its year, whose caption says the year."""
        if period == self.setting.whole:
            return f"Ano de {period}"
        return period.label.removesuffix(f" de {self.setting.year}")

    @property
    def origin_fields(self) -> list[BoundField]:
        """The fields after the rows."""
        return [self[name] for name in ("provenance", "origin", "legal_act", "reason")]

    def clean(self) -> dict[str, Any]:
        """Keep each row whole, and ask why what stands changes."""
        data = super().clean() or {}
        for period in self.setting.every:
            self._check_row(period, data)
        if not self.errors and not data.get("reason") and any(old for old, _ in self._changed()):
            self.add_error("reason", "Diga por que a meta já fixada muda.")
        return data

    def _check_row(self, period: Period, data: Mapping[str, Any]) -> None:
        value, high = data.get(f"valor-{period.key}"), data.get(f"ate-{period.key}")
        weight, told = data.get(f"peso-{period.key}"), period.label
        if self.setting.has_band and (value is None) != (high is None):
            missing = f"valor-{period.key}" if value is None else f"ate-{period.key}"
            self.add_error(missing, f"A faixa de {told} tem dois valores: informe os dois.")
        elif value is not None and high is not None and high < value:
            self.add_error(
                f"ate-{period.key}", f"A faixa de {told} termina antes de começar: confira os dois valores."
            )
        if weight is not None and value is None:
            self.add_error(
                f"peso-{period.key}", f"Há peso sem meta em {told}: informe a meta, ou apague o peso."
            )
        if weight is not None and weight < 0:
            self.add_error(f"peso-{period.key}", "O peso é zero ou mais.")

    @property
    def values(self) -> list[Value]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return [
            Value(
                self.setting.unit,
                period,
                data[f"valor-{period.key}"],
                data.get(f"ate-{period.key}"),
                data[f"peso-{period.key}"],
            )
            for period in self.setting.every
        ]

    def _changed(self) -> list[tuple[Target | None, Value]]:
        pairs = [(self.setting.found.get(each.period), each) for each in self.values]
        return [
            (old, new)
            for old, new in pairs
            if (old is not None or new.value is not None)
            and (old is None or (old.value, old.high, old.weight) != (new.value, new.high, new.weight))
        ]

    @property
    def changes(self) -> list[Change]:
        """What changes, before and after, by period."""
        card = self.setting.card
        return [
            Change(new.period.label, written(old, card) or NO_TARGET, written(new, card) or NO_TARGET)
            for old, new in self._changed()
        ]

    @property
    def notes(self) -> list[str]:
        """Which targets are not better than the baseline: a thing to know, and no error."""
        setting = self.setting
        told = [not_better(new, new.period, setting.baseline, setting.card) for _, new in self._changed()]
        return [each for each in told if each]


class YearForm(PageForm):
    """Of which unit and year the targets are fixed."""

    unidade = forms.ChoiceField(label="Unidade", help_text="Uma das que apuram o indicador.")
    ano = forms.IntegerField(
        label="Ano",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Com quatro algarismos, como 2026.",
        error_messages={
            "invalid": "Escreva o ano com quatro algarismos, como 2026.",
            "min_value": "Escreva um ano de %(limit_value)s em diante.",
            "max_value": "Escreva um ano até %(limit_value)s.",
        },
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unidade"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(unit.code, f"{unit.acronym} – {unit.name}") for unit in units]
        field.error_messages["invalid_choice"] = "Escolha uma das unidades que apuram o indicador."


class BaselineForm(OriginForm):
    """Where one starts from, at a unit."""

    unidade = forms.ChoiceField(label="Unidade", help_text="Uma das que apuram o indicador.")
    starts_on = DayField(
        label="Primeiro dia", help_text="Do período de que o valor é: 01/01/2024, se for o ano de 2024."
    )
    ends_on = DayField(label="Último dia", help_text="31/12/2024, se for o ano de 2024.")
    value = QuantityField(
        label="Valor", places=PLACES, help_text="Como foi medido, sem arredondar. Zero é um valor."
    )
    field_order = ("unidade", "starts_on", "ends_on", "value", "provenance", "origin", "legal_act", "reason")

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {unit.code: unit for unit in units}
        field = self.fields["unidade"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(unit.code, f"{unit.acronym} – {unit.name}") for unit in units]

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("ends_on", "O período termina antes de começar: confira os dois dias.")
        return data

    @property
    def given(self) -> Value:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        period = Period(data["starts_on"], data["ends_on"])
        return Value(self.by_code[data["unidade"]], period, data["value"])
