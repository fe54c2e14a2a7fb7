"""The report of inconsistencies, and the annual analysis of each indicator's quality."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.forms import LongTextField, PageForm
from apura_web.foundation.presentation import Badge, Crumb, Tone
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, Table, TableLayout
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer
from apura_web.indicators.models import Conclusion, QualityReview
from apura_web.indicators.periods import Period
from apura_web.indicators.quality import TOLD, FindingKind
from apura_web.indicators.reviewing import ANSWERS, CRITERIA
from apura_web.indicators.selectors.cards import indicators_visible_to
from apura_web.indicators.selectors.quality import (
    Finding,
    findings_for,
    reviews_visible_to,
    without_review,
)
from apura_web.indicators.services import quality
from apura_web.indicators.web.indicator_tabs import LIST, crumbs_of

YEARS = 3
ACT = "indicators.quality.review"


@signed_in
@require_GET
def report(request: ActorRequest) -> HttpResponse:
    """Show what looks strange in what was measured, and by which rule."""
    whole = Period(date(request.today.year - YEARS + 1, 1, 1), date(request.today.year, 12, 31))
    table = Table(_findings_layout(), findings_for(request.actor, whole), request)
    context = {
        "rules": [(FindingKind(kind).label, told) for kind, told in TOLD.items()],
        "since": whole.start.year,
        "crumbs": (LIST, Crumb("Inconsistências")),
    }
    return table.answer("indicators/quality.html", context)


@signed_in
@require_GET
def reviews(request: ActorRequest) -> HttpResponse:
    """List the annual analyses, and the indicators that nobody analysed in the year."""
    table = Table(_reviews_layout(), reviews_visible_to(request.actor), request)
    lacking = without_review(request.actor, request.today.year)
    mine = [each for each in lacking if refusal_to(request.actor, ACT, each) is None]
    context = {
        "lacking": lacking.count(),
        "mine": mine[:20],
        "more": max(0, len(mine) - 20),
        "year": request.today.year,
        "crumbs": (LIST, Crumb("Análise anual de qualidade")),
    }
    return table.answer("indicators/quality_reviews.html", context)


class ReviewForm(PageForm):
    """The checklist, a conclusion and what was seen."""

    year = forms.IntegerField(label="Ano", min_value=1990, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, (name, meaning) in CRITERIA.items():
            self.fields[key] = forms.ChoiceField(
                label=name, help_text=meaning, choices=[("", "Escolha"), *ANSWERS.items()]
            )
        self.fields["conclusion"] = forms.ChoiceField(label="Conclusão", choices=Conclusion.choices)
        self.fields["notes"] = LongTextField(
            label="O que se viu e o que se propõe", help_text="Não ponha dados pessoais."
        )

    @property
    def judged(self) -> quality.Review:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        answers = {key: data[key] for key in CRITERIA}
        return quality.Review(data["year"], answers, data["conclusion"], data["notes"])


@signed_in
@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, code: str) -> HttpResponse:
    """Analyse the quality of an indicator."""
    found = get_object_or_404(indicators_visible_to(request.actor), code=code)
    check_power(request, ACT, found)
    last = reviews_visible_to(request.actor).filter(indicator=found).first()
    form = ReviewForm(request.POST or None, initial={"year": request.today.year, **_answers(last)})
    title = REGISTRY[ACT].title
    deed = Deed(
        form=form,
        do=lambda: quality.review(found, judged=form.judged, actor=request.actor, at=request.at),
        done="Análise registrada.",
        goes_to=lambda _review: reverse("quality_reviews"),
        page={
            "title": f"{title}: {found.number}",
            "lead": f"{found.name}. O guia pede a análise anual e não lista critérios: estes são os da plataforma.",
            "crumbs": crumbs_of(found, Crumb(title)),
            "verb": "Registrar análise",
            "cancel_url": found.get_absolute_url(),
        },
    )
    return answer(request, deed)


def _answers(last: QualityReview | None) -> dict[str, str]:
    return dict(last.answers) if last is not None else {}


def _findings_layout() -> TableLayout:
    kinds = [(str(kind.value), kind.label) for kind in FindingKind]
    return TableLayout(
        name="inconsistencias",
        caption="Inconsistências",
        columns=(
            Column("indicador", "Indicador", "indicator.number", sort="indicator.number", link=_ledger_url),
            Column("nome", "Nome", "indicator.name", sort="indicator.name"),
            Column("unidade", "Unidade", "unit", sort="unit"),
            Column("periodo", "Período", "oddity.period.label", sort="oddity.period.start"),
            Column("tipo", "O que se achou", _kind_badge, sort="oddity.kind", kind=Kind.BADGE),
            Column("descricao", "Descrição", "oddity.sentence"),
        ),
        search=("indicator.number", "indicator.name", "unit"),
        filters=(ChoiceFilter("tipo", "Tipo", "oddity.kind", kinds),),
        empty="As regras nada acharam no que você pode ver. Isto não prova que tudo esteja certo.",
    )


def _reviews_layout() -> TableLayout:
    return TableLayout(
        name="analises",
        caption="Análises de qualidade",
        columns=(
            Column("ano", "Ano", "year", sort="year", kind=Kind.NUMBER),
            Column("indicador", "Indicador", "indicator.number", sort="indicator__number", link=_review_link),
            Column("nome", "Nome", "indicator.name", sort="indicator__name"),
            Column("unidade", "Unidade", "indicator.unit.acronym"),
            Column("fraquezas", "Não atende ou atende em parte", _weaknesses),
            Column("conclusao", "Conclusão", "get_conclusion_display", sort="conclusion"),
            Column("notas", "O que se viu", "notes", visible=False),
            Column(
                "em", "Registrada em", "recorded_at", sort="recorded_at", kind=Kind.INSTANT, visible=False
            ),
        ),
        search=("indicator__number", "indicator__name", "notes"),
        filters=(ChoiceFilter("conclusao", "Conclusão", "conclusion", Conclusion.choices),),
        empty="Nenhum indicador teve ainda sua qualidade analisada.",
    )


def _ledger_url(finding: Finding) -> str:
    return reverse("indicator_ledger", args=[finding.indicator.code])


def _review_link(row: QualityReview) -> str:
    return str(row.indicator.get_absolute_url())


def _kind_badge(finding: Finding) -> Badge:
    return Badge(finding.oddity.kind.label, Tone.ATTENTION, "search")


def _weaknesses(row: QualityReview) -> str:
    weak = [CRITERIA[key][0] for key in CRITERIA if row.answers.get(key) in {"parcial", "nao_atende"}]
    return ", ".join(weak) or "nenhum"
