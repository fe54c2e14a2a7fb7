"""Forms by which files of values come in."""

from __future__ import annotations

from typing import Any

from django import forms

from apura_web.audit.actors import Actor
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import LongTextField, PageForm, UploadField
from apura_web.indicators.acts import SETTERS
from apura_web.indicators.models import LoadKind
from apura_web.indicators.selectors.loads import places_to_load
from apura_web.indicators.services.load_runs import LoadOrder
from apura_web.orgs.choosing import units_among

LONGEST_REASON = 400
COMMA, POINT = "virgula", "ponto"


class LoadForm(PageForm):
    """A file of values: what it is, of whom, and where it comes from."""

    kind = LoadKind.MEMORY
    file = UploadField(label="Planilha", kinds=("xlsx", "ods", "csv"), megabytes=20)
    under = RecordField(
        label="Unidade",
        required=False,
        help_text="Só entram valores dela e das que estão sob ela. Em branco: toda a instituição.",
    )
    reason = forms.CharField(
        label="De onde vêm",
        max_length=400,
        help_text="Aparece no histórico de cada valor: “Planilha anual do RGM, 2012 a 2014, processo 1234/2015”.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_over_the_house = actor.has(*SETTERS, path="/")
        offer(self, "under", units_among(places_to_load(actor)))
        if not self.is_over_the_house:
            self.fields["under"].required = True
            self.fields["under"].help_text = "Só entram valores dela e das que estão sob ela."

    @property
    def order(self) -> LoadOrder:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        has_point = data.get("decimals") == POINT
        return LoadOrder(self.kind, data["reason"], data["under"], has_decimal_point=has_point)


class JustificationForm(PageForm):
    """Why strange results are right."""

    justification = LongTextField(
        label="Por que estes resultados estão certos",
        max_length=LONGEST_REASON,
        help_text="Uma só, que fica com cada um desses valores.",
    )


class BulkForm(LoadForm):
    """A large file, in text."""

    kind = LoadKind.BULK
    file = UploadField(label="Arquivo", kinds=("csv", "txt", "tsv", "zip"), megabytes=300)
    decimals = forms.ChoiceField(
        label="Como os números estão escritos",
        choices=(
            (COMMA, "1.234,56 – vírgula nas casas decimais"),
            (POINT, "1234.56 – ponto nas casas decimais"),
        ),
        widget=forms.RadioSelect,
        initial=COMMA,
    )
