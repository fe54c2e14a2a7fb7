"""Starting an agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from apura_web.agreements.guards import entity_refusal
from apura_web.agreements.selectors.agreements import ENTITIES
from apura_web.agreements.services import agreements
from apura_web.agreements.services.agreements import Opening
from apura_web.agreements.web.agreement_tabs import LIST
from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import PageForm
from apura_web.foundation.presentation import Basis, Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.orgs.choosing import units_among
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to

OPEN = "agreements.agreement.open"
FIRST_YEAR, LAST_YEAR = 2012, 2100
NUMBER = RegexValidator(r"^\d{1,6}/\d{4}$", "Escreva número e ano, como 12/2026.")


class OpeningForm(PageForm):
    """With which body, which number and year, and whether alignment comes first."""

    unit = RecordField(label="Órgão ou entidade", help_text="A Acordada. Escreva a sigla.")
    number = forms.CharField(
        label="Número do acordo", help_text="Como 12/2026.", max_length=20, validators=[NUMBER]
    )
    year = forms.IntegerField(
        label="Exercício",
        help_text="O ano das metas; o período avaliatório começa igual a ele e pode ser mudado.",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Escreva o ano com quatro algarismos, como 2026."},
    )
    with_alignment = forms.BooleanField(
        label="Começar pelo alinhamento estratégico",
        help_text="Quando for preciso definir antes metas e compromissos com os objetivos do Governo.",
        required=False,
    )
    bases = {
        "unit": Basis(
            "Decreto GO nº 8.170/2014, art. 1º",
            "O acordo é celebrado por órgão da administração direta, autarquia ou fundação do Executivo.",
        ),
        "year": Basis(
            "Decreto GO nº 8.170/2014, art. 3º, parágrafo único",
            "Sem cláusula própria, o período avaliatório é o exercício fiscal.",
        ),
        "with_alignment": Basis(
            "Decreto GO nº 8.170/2014, art. 8º",
            "A celebração pode ser precedida de alinhamento, conduzido pela SEGPLAN.",
        ),
    }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = in_branches(actor.branches(*REGISTRY[OPEN].roles), "path")
        offer(self, "unit", units_among(units_visible_to(actor).filter(reach, kind__in=ENTITIES)))
        self.fields["unit"].error_messages["unknown"] = "Escolha um órgão ou entidade do seu alcance."

    def clean_unit(self) -> Unit:
        """Say at the field why a unit may not celebrate an agreement."""
        unit: Unit = self.cleaned_data["unit"]
        refusal = entity_refusal(unit)
        if refusal is not None:
            raise forms.ValidationError(str(refusal), code=refusal.code)
        return unit


@signed_in
@require_http_methods(["GET", "POST"])
def open_agreement(request: ActorRequest) -> HttpResponse:
    """Start an agreement with a body."""
    roles = REGISTRY[OPEN].roles
    if not request.actor.has(*roles):
        check_power(request, OPEN, request.institution)
    given = {"year": request.today.year, **typed_before(request)}
    form = OpeningForm(request.POST or None, actor=request.actor, initial=given)
    title = REGISTRY[OPEN].title
    deed = Deed(
        form=form,
        do=lambda: agreements.open_agreement(
            form.cleaned_data["unit"],
            opening=Opening(
                form.cleaned_data["number"], form.cleaned_data["year"], form.cleaned_data["with_alignment"]
            ),
            actor=request.actor,
            at=request.at,
        ),
        done="Acordo iniciado: o texto já traz o exercício, a Acordada e as cadeiras da comissão. Escreva o resto.",
        goes_to=lambda opened: opened.get_absolute_url(),
        page={
            "title": title,
            "lead": "O texto se escreve por partes, pelos dois lados, e só vale depois de assinado por todos.",
            "crumbs": (LIST, Crumb(title)),
            "verb": title,
            "cancel_url": LIST.url,
        },
    )
    return answer(request, deed)
