"""Forms of what is done to the ledger after it was reported: correcting, verifying, attaching, commenting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from apura.formula import brazilian
from apura_web.foundation.forms import DayField, LongTextField, PageForm, UploadField
from apura_web.foundation.web.document_form import FILE_KINDS, MEGABYTES, DocumentForm
from apura_web.indicators.formulas import RESULT, Variable
from apura_web.indicators.models import Certainty, Correction, Measurement, ValueState
from apura_web.indicators.models.cards import PLACES
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.services.measurements import Change, Place, Receipt
from apura_web.indicators.services.posting import CHANGED, Entry
from apura_web.indicators.typing_cells import LONGEST, Typed, read_typed
from apura_web.indicators.web.ledger_told import PUBLISHED_STAYS
from apura_web.orgs.models import Unit

WORDS = {ValueState.NOT_APPLICABLE: "n/a", ValueState.NOT_REPORTED: "n/i"}
ORDER = ("correction", "certainty", "based_on", "source", "received_on", "through", "document", "reason")
WHOLE_RESULT = Variable(RESULT, "Resultado, sem as variáveis", places=PLACES)


class ValuesForm(DocumentForm):
    """The values of an indicator at a place, each beside the row that the person saw there."""

    correction = forms.ChoiceField(
        label="O que é a correção",
        choices=[("", "Escolha"), *Correction.choices],
        help_text="A revisão que a própria fonte fez não é erro de quem apurou.",
    )
    document = UploadField(
        label="Documento de origem",
        kinds=FILE_KINDS,
        megabytes=MEGABYTES,
        required=False,
        help_text="O ofício ou a publicação de onde vem o valor. Vê o arquivo quem vê as comprovações.",
    )
    certainty = forms.ChoiceField(label="Firmeza", choices=Certainty.choices)
    based_on = DayField(
        label="Data-base",
        required=False,
        help_text="Até quando vai o que o valor conta; obrigatória se não é definitivo.",
    )
    source = forms.CharField(label="Fonte", required=False, max_length=300)
    received_on = DayField(
        label="Recebido em", help_text="Quando a informação chegou, que pode ser antes de hoje."
    )
    through = forms.CharField(
        label="Por onde chegou",
        required=False,
        max_length=160,
        help_text="Canal e protocolo, como “Ofício nº 12/2026, SEI 202600001”.",
    )
    reason = LongTextField(
        label="Motivo", max_length=400, help_text="Fica no histórico, ao lado do valor que foi substituído."
    )

    def __init__(
        self,
        *args: Any,
        variables: Sequence[Variable],
        stands: Mapping[str, Measurement],
        seen: Mapping[str, Measurement],
        corrects: bool,
        **kwargs: Any,
    ) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            variables: what may be typed.
            stands: the rows of the figure that is being written, by variable.
            seen: the rows whose values are shown at first, by variable.
            corrects: whether it corrects what was reported, and asks what the correction is.
            **kwargs: what every form takes.
        """
        self.variables, self.stands = variables, stands
        first = next(iter(seen.values()), None)
        initial = {
            "certainty": first.certainty if first else Certainty.DEFINITIVE,
            "based_on": first.based_on if first else None,
            "source": first.source if first else "",
            **{f"v_{each.name}": _typed(seen.get(each.name)) for each in variables},
            **{f"e_{each.name}": self._number(each) for each in variables},
        }
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for each in variables:
            self.fields[f"v_{each.name}"] = forms.CharField(
                label=each.label,
                max_length=LONGEST,
                help_text=_hint(each),
                widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "number"}),
                error_messages={"required": "Escreva o número, “n/a” ou “n/i”. Em branco não é zero."},
            )
            self.fields[f"e_{each.name}"] = forms.IntegerField(widget=forms.HiddenInput)
        if not corrects:
            del self.fields["correction"]
        self.order_fields([*(f"v_{each.name}" for each in variables), *ORDER])

    def clean(self) -> dict[str, Any]:
        """Read each value as the grid does, and ask for a base date of what is not definitive."""
        cleaned = super().clean() or {}
        for each in self.variables:
            name = f"v_{each.name}"
            if name in cleaned:
                typed = read_typed(cleaned[name], each)
                if typed.problem:
                    self.add_error(name, typed.problem)
                cleaned[name] = typed
        if cleaned.get("certainty") not in {None, Certainty.DEFINITIVE} and not cleaned.get("based_on"):
            self.add_error("based_on", "Informe a data-base: o valor não é definitivo.")
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """When somebody came first, take what stands now as seen, so that who read it may insist."""
        super().add_error(field, error)
        if getattr(error, "code", "") == CHANGED.code:
            data = self.data.copy()  # type: ignore[attr-defined]
            for each in self.variables:
                data[f"e_{each.name}"] = str(self._number(each))
            self.data = data

    def change(self, place: Place, unit: Unit, version_id: int | None) -> Change:
        """Give what the ledger is to say."""
        data = self.cleaned_data
        entries = [self._entry(each, place, unit, version_id) for each in self.variables]
        receipt = Receipt(
            data["received_on"], data["reason"], data["through"], data.get("correction", ""), self.blob
        )
        return Change(place, entries, receipt)

    def told(self) -> list[str]:
        """Say each value that changes, as “Casos: 30 → 31”, what the correction is and which document it comes from."""
        data = self.cleaned_data
        said = [
            f"{each.label}: {_before(self.stands.get(each.name))} → {_after(data[f'v_{each.name}'])}"
            for each in self.variables
        ]
        if data.get("correction"):
            said.append(f"O que é: {Correction(data['correction']).label}")
        if data.get("correction") == Correction.REVISION:
            said.append(PUBLISHED_STAYS)
        return [*said, f"Documento: {self.blob.file_name}"] if self.blob else said

    def _entry(self, variable: Variable, place: Place, unit: Unit, version_id: int | None) -> Entry:
        data = self.cleaned_data
        typed: Typed = data[f"v_{variable.name}"]
        is_measured = typed.state == ValueState.MEASURED
        based_on: date | None = data["based_on"]
        return Entry(
            Cell(place.indicator.pk, unit.pk, place.period, place.breakdown, variable.name),
            version_id if variable.name != RESULT else None,
            typed.value,
            state=typed.state,
            certainty=data["certainty"] if is_measured else Certainty.DEFINITIVE,
            based_on=based_on if is_measured else None,
            source=data["source"],
            reason=data["reason"] if typed.state == ValueState.NOT_REPORTED else "",
            expects=data[f"e_{variable.name}"],
        )

    def _number(self, variable: Variable) -> int:
        row = self.stands.get(variable.name)
        return row.pk if row is not None else 0


class EvidenceForm(PageForm):
    """A file that shows where a measurement came from."""

    title = forms.CharField(
        label="O que é", max_length=120, help_text="Como “Extrato do sistema de protocolo”."
    )
    file = UploadField(
        label="Arquivo",
        kinds=FILE_KINDS,
        megabytes=20,
        help_text="Sem dados pessoais que não sejam necessários à comprovação.",
    )


class CommentForm(PageForm):
    """What somebody says about an indicator."""

    text = LongTextField(
        label="Comentário",
        max_length=2000,
        help_text="Quem vê o indicador vê o comentário; ele não se apaga.",
    )


def _typed(row: Measurement | None) -> str:
    if row is None:
        return ""
    return brazilian(row.value, None) if row.value is not None else WORDS.get(ValueState(row.state), "")


def _hint(variable: Variable) -> str:
    places = f"até {variable.places} casas decimais" if variable.places else "número inteiro"
    return f"Em {variable.unit}, {places}; “n/a” se não se aplica, “n/i” se não foi informado."


def _before(row: Measurement | None) -> str:
    return _typed(row) or "nada"


def _after(typed: Typed) -> str:
    return brazilian(typed.value, None) if typed.value is not None else WORDS.get(ValueState(typed.state), "")
