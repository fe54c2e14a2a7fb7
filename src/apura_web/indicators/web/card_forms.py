"""The form of a card: groups of fields, and the variables as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Script

from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.foundation.choosing import Chooser, RecordField, SuggestingInput, offer
from apura_web.foundation.forms import LongTextField, QuantityField
from apura_web.foundation.presentation import Basis
from apura_web.foundation.web.deeds import SeenForm
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.attainment import Polarity, bands_complaint
from apura_web.indicators.formulas import MOST_PLACES, UNITS, complaint
from apura_web.indicators.models import CardFacts, Level, variable_row
from apura_web.indicators.models.cards import CARD_COLUMNS, PLACES
from apura_web.indicators.periods import Frequency
from apura_web.indicators.web.card_check import Check
from apura_web.indicators.web.card_lines import (
    read_breakdowns,
    read_periods,
    write_breakdowns,
    write_periods,
)
from apura_web.indicators.web.card_variables import VariableRows, rows_of
from apura_web.orgs.choosing import people_for, units_for
from apura_web.orgs.models import Person, Unit

DIMENSIONS = ("qualidade", "produtividade", "tempestividade", "efetividade", "custo", "satisfação")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Identificação", ("number", "name", "unit", "responsible", "purpose", "process", "dimension", "level")),
    ("O que mede e como", ("measure", "measure_name", "places", "formula", "polarity")),
    ("De quando em quando", ("frequency", "accumulation", "custom_periods")),
    ("Fonte e coleta", ("source", "release", "procedure")),
    ("Limites e farol", ("plausible_low", "plausible_high", "variation_limit", "bands")),
    ("Desagregações", ("breakdowns",)),
    ("A revisão", ("change_note",)),
)
BANDS_EXAMPLE = 'se(valor >= meta; "alcancada"; se(valor >= 0,9 * meta; "parcial"; "nao_alcancada"))'
SHORT = ("purpose", "formula", "custom_periods", "procedure", "bands", "breakdowns")
CHOOSE = ("", "escolha…")


@dataclass(frozen=True)
class Writing:
    """Who writes a card, on which day, and the proposal being changed; None for a new indicator."""

    actor: Actor
    on: date
    card: CardFacts | None = None


class CardForm(SeenForm):
    """What a card says, as it is typed."""

    template_name = "indicators/card_fields.html"

    number = forms.CharField(
        label="Sigla ou número",
        max_length=30,
        help_text="Como as pessoas o chamam: “IND-04”. Não se repete na instituição.",
    )
    name = forms.CharField(
        label="Nome", max_length=200, help_text="O que se mede, como “Processos concluídos no prazo”."
    )
    unit = RecordField(
        label="Unidade responsável",
        help_text="Quem responde pela ficha. Quem apura os valores se designa depois. Escreva a sigla.",
    )
    responsible = RecordField(
        label="Pessoa responsável", required=False, help_text="Quem responde pelo indicador na unidade."
    )
    purpose = LongTextField(
        label="Para que serve",
        max_length=2000,
        help_text="A decisão que ele ajuda a tomar, em uma ou duas frases.",
    )
    process = forms.CharField(
        label="Processo ou objetivo",
        max_length=200,
        required=False,
        help_text="O processo de trabalho ou o objetivo do plano a que se liga.",
    )
    dimension = forms.CharField(
        label="Dimensão",
        max_length=60,
        required=False,
        widget=SuggestingInput,
        help_text="Qualidade, produtividade, tempestividade, efetividade, custo, satisfação ou outra.",
    )
    level = forms.ChoiceField(
        label="O que mede",
        required=False,
        choices=[("", "não se diz"), *Level.choices],
        help_text="Em que altura do trabalho: o que entra, o que se faz, o que se entrega ou o que muda lá fora.",
    )
    measure = forms.ChoiceField(
        label="Unidade de medida",
        choices=[(each, each) for each in UNITS],
        help_text="A do resultado da fórmula.",
    )
    measure_name = forms.CharField(
        label="Nome da unidade de medida",
        max_length=40,
        required=False,
        help_text="Como se lê depois do número, no plural: “processos”. Em branco, usa a unidade acima.",
    )
    places = forms.TypedChoiceField(
        label="Casas decimais",
        choices=[(str(each), str(each)) for each in range(MOST_PLACES + 1)],
        coerce=int,
        initial="2",
        help_text="Quantas se mostram. O valor é sempre calculado e guardado exato.",
    )
    formula = forms.CharField(
        label="Fórmula",
        max_length=2000,
        widget=forms.Textarea(
            attrs={"spellcheck": "false", "autocapitalize": "none", "class": "formula-box"}
        ),
        help_text="Com os nomes das variáveis: arred(100 * no_prazo / concluidos; 2). "
        "A divisão diz como arredonda, com arred(…; casas), ou que não arredonda, com exata(…).",
    )
    polarity = forms.ChoiceField(
        label="Polaridade",
        choices=[CHOOSE, *Polarity.choices],
        help_text="Para que lado é melhor. Decide quando a meta é alcançada.",
    )
    frequency = forms.ChoiceField(
        label="Frequência",
        choices=[CHOOSE, *Frequency.choices],
        help_text="De quanto em quanto tempo se apura.",
    )
    custom_periods = LongTextField(
        label="Períodos próprios",
        required=False,
        max_length=3000,
        help_text="Só na frequência personalizada, um por linha: 01/02/2026 a 30/06/2026.",
    )
    accumulation = forms.ChoiceField(
        label="O que os períodos fazem juntos",
        choices=[CHOOSE, *Accumulation.choices],
        help_text="Como se chega ao resultado do ano. Razão e taxa somam as variáveis e calculam a fórmula de novo: "
        "nunca é a média das porcentagens.",
    )
    source = forms.CharField(
        label="Fonte", max_length=300, help_text="De onde vêm os números: o sistema, a base, o relatório."
    )
    release = forms.CharField(
        label="Quando a fonte divulga",
        max_length=300,
        required=False,
        help_text="Como “até o dia 15 do mês seguinte”.",
    )
    procedure = LongTextField(
        label="Procedimento de coleta",
        max_length=4000,
        help_text="Os passos, para que outra pessoa chegue ao mesmo número.",
    )
    plausible_low = QuantityField(
        label="Menor valor plausível",
        places=PLACES,
        required=False,
        help_text="Abaixo dele, quem preenche é avisado e justifica. Em branco: não há.",
    )
    plausible_high = QuantityField(
        label="Maior valor plausível",
        places=PLACES,
        required=False,
        help_text="Acima dele, quem preenche é avisado e justifica. Em branco: não há.",
    )
    variation_limit = QuantityField(
        label="Variação que pede justificativa, em %",
        places=2,
        required=False,
        help_text="De um período para o outro, para mais ou para menos. Em branco: não se pede.",
    )
    bands = forms.CharField(
        label="Faixas do farol",
        max_length=1000,
        required=False,
        widget=forms.Textarea(
            attrs={"spellcheck": "false", "autocapitalize": "none", "class": "formula-box"}
        ),
        help_text="Só quando há meio-termo entre alcançada e não alcançada. Fórmula sobre valor e meta que responde "
        f'"alcancada", "parcial" ou "nao_alcancada", como: {BANDS_EXAMPLE}',
    )
    breakdowns = LongTextField(
        label="Desagregações",
        required=False,
        max_length=3000,
        help_text="Em que partes se abre, uma por linha: o nome, dois-pontos e as partes. "
        "Sexo: feminino; masculino",
    )
    change_note = forms.CharField(
        label="O que muda e por quê",
        max_length=400,
        help_text="Quem analisa e quem consulta as versões lê isto primeiro.",
    )

    address = ""
    check = Check()

    class Media:
        css = {"all": ["indicators/card.css"]}
        js = [Script("indicators/card.js", defer=True)]

    bases: Mapping[str, Basis] = {
        "dimension": Basis(
            "Deliberação ALMG nº 2.554/2012, art. 4º, II",
            "A deliberação lista estas dimensões e admite outras: a lista é aberta.",
        ),
    }

    def __init__(
        self, *args: Any, writing: Writing, rows: Sequence[Mapping[str, Any]] = (), **kwargs: Any
    ) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            writing: who types what.
            rows: the variables it starts with.
            **kwargs: what every form takes.
        """
        super().__init__(*args, **kwargs)
        self.actor, self.card = writing.actor, writing.card
        self.rows = VariableRows(self.data) if self.is_bound else VariableRows(initial=rows)
        people = people_for(writing.actor, writing.on)
        offer(self, "unit", units_for(writing.actor))
        offer(self, "responsible", keeping(people, self.card.responsible if self.card else None))
        for name in SHORT:
            self.fields[name].widget.attrs["rows"] = 3
        dimension = self.fields["dimension"].widget
        assert isinstance(dimension, SuggestingInput)  # noqa: S101 - declared above
        dimension.suggestions = lambda: DIMENSIONS
        del self.fields["number" if self.card is not None else "change_note"]

    def __iter__(self) -> Iterator[BoundField]:
        """Give every field, those of the variables included, as the list of errors asks."""
        yield from super().__iter__()
        yield from self.rows.fields()

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The fields by group, in the order of the card."""
        shown = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in GROUPS]
        return [(legend, fields) for legend, fields in shown if fields]

    def clean_unit(self) -> Unit:
        """Keep to the units for which the person may write a card."""
        unit: Unit = self.cleaned_data["unit"]
        roles = REGISTRY["indicators.indicator.register"].roles
        if self.card is None and not self.actor.has(*roles, path=unit.scope_path):
            who = f"Quem atua como {self.actor.acting_as} não cria indicador de {unit}."
            said = f"{who} Escolha uma unidade do seu ramo."
            raise forms.ValidationError(said)
        return unit

    def clean_number(self) -> str:
        """Write it as everybody finds it: without doubled spaces."""
        return " ".join(self.cleaned_data["number"].split())

    def clean_custom_periods(self) -> list[list[str]]:
        """Read the periods."""
        return read_periods(self.cleaned_data["custom_periods"])

    def clean_breakdowns(self) -> list[dict[str, object]]:
        """Read the breakdowns."""
        return read_breakdowns(self.cleaned_data["breakdowns"])

    def clean(self) -> dict[str, Any]:
        """Check the formula with its variables, the bands, the periods and the limits, each at its field."""
        data = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, "Confira as variáveis marcadas.")
        elif data.get("formula") and data.get("measure"):
            said = complaint(data["formula"], self.rows.variables, data["measure"])
            if said:
                self.add_error("formula", said)
        said = bands_complaint(data["bands"], data.get("measure", UNITS[0])) if data.get("bands") else ""
        if said:
            self.add_error("bands", f"{said} Escreva, por exemplo: {BANDS_EXAMPLE}")
        if data.get("frequency") == Frequency.CUSTOM and data.get("custom_periods") == []:
            self.add_error(
                "custom_periods", "A frequência personalizada pede os períodos: escreva um por linha."
            )
        low, high = data.get("plausible_low"), data.get("plausible_high")
        if low is not None and high is not None and low > high:
            self.add_error("plausible_high", "O maior valor plausível é menor que o menor: confira os dois.")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the card."""
        facts = {name: self.cleaned_data[name] for name in CARD_COLUMNS if name in self.cleaned_data}
        if facts["frequency"] != Frequency.CUSTOM:
            facts["custom_periods"] = []
        if "change_note" in self.cleaned_data:
            facts["change_note"] = self.cleaned_data["change_note"]
        return {**facts, "variables": [variable_row(each) for each in self.rows.variables]}


def keeping(chooser: Chooser[Person], current: Person | None) -> Chooser[Person]:
    """Let who edits keep the person already chosen, by name, also when they may not see that person's registration."""
    if current is None or chooser.find(current.code):
        return chooser
    label = current.name
    return replace(
        chooser,
        find=lambda text: [current] if text == label else chooser.find(text),
        label=lambda person: label if person.pk == current.pk else chooser.label(person),
    )


def initial_of(card: CardFacts) -> dict[str, Any]:
    """Give what a card holds as the form shows it."""
    initial = {name: getattr(card, name) for name in CARD_COLUMNS if name != "variables"}
    initial["custom_periods"] = write_periods(card.custom_periods)
    initial["breakdowns"] = write_breakdowns(card.breakdowns)
    return {**initial, "change_note": getattr(card, "change_note", "")}


def initial_rows(card: CardFacts) -> list[dict[str, Any]]:
    """Give the variables of a card as the rows of the form show them."""
    return rows_of(card.variables)
