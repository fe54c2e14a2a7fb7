"""Readings adopted: those of every agreement, and those of the house, which hold for all of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from apura.norms import load_norm
from apura_web.agreements.facts import NORM
from apura_web.agreements.models import Adoption
from apura_web.agreements.selectors.scores import adoptions_visible_to
from apura_web.agreements.services import readings
from apura_web.agreements.web.agreement_tabs import LIST
from apura_web.agreements.web.score_forms import ReadingForm
from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.tables import Column, Kind, Table, TableLayout
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before

ADOPT = "agreements.reading.adopt"
READINGS = Crumb("Interpretações", "/acordos/interpretacoes/")


def _doubt(row: Adoption) -> str:
    known = load_norm(NORM).interpretations.get(row.interpretation)
    return f"{known.label} ({known.cites})" if known else row.interpretation


LAYOUT = TableLayout(
    name="interpretacoes",
    caption="Interpretações adotadas",
    columns=(
        Column("duvida", "Dúvida", _doubt),
        Column("leitura", "Leitura adotada", "reading"),
        Column("onde", "Vale para", lambda row: row.agreement or "todos os acordos"),
        Column("desde", "Desde", "from_on", sort="from_on", kind=Kind.DATE),
        Column(
            "ato",
            "Ata ou ato",
            lambda row: row.legal_act.current,
            link=lambda row: row.legal_act.get_absolute_url(),
        ),
        Column("motivo", "Motivo", "reason"),
    ),
    order="-desde",
    empty="Nenhuma: valem as cláusulas dos acordos e, no silêncio delas, as leituras da norma.",
)


@signed_in
@require_GET
def listed(request: ActorRequest) -> HttpResponse:
    """List the readings adopted that the person may see."""
    can_adopt = refusal_to(request.actor, ADOPT, request.institution) is None
    context = {"can_adopt": can_adopt, "crumbs": (LIST, Crumb("Interpretações"))}
    return Table(LAYOUT, adoptions_visible_to(request.actor), request).answer(
        "agreements/adoptions.html", context
    )


@signed_in
@require_http_methods(["GET", "POST"])
def adopt(request: ActorRequest) -> HttpResponse:
    """Record a reading that holds for every agreement of the house."""
    check_power(request, ADOPT, request.institution)
    form = ReadingForm(request.POST or None, actor=request.actor, initial=typed_before(request))
    title = REGISTRY[ADOPT].title

    def tell() -> Confirmation:
        adopted = form.adopted
        return Confirmation(
            question=f"Adotar a leitura “{adopted.reading}” para todos os acordos?",
            what="Ela passa a valer nas notas que forem apuradas de agora em diante, no lugar da cláusula do acordo.",
            whom="Todos os acordos da instituição",
            verb=title,
            cancel_url=READINGS.url,
            bases=(Basis("Decreto GO nº 8.170/2014, art. 37"), Basis(str(adopted.legal_act.current))),
            consequences=(
                "O que a comissão de um acordo adotou para ele prevalece sobre esta.",
                "As notas já apuradas não mudam.",
            ),
            undoing="Não se apaga: outra interpretação, por outro ato, toma o lugar desta.",
        )

    deed = Deed(
        form=form,
        do=lambda: readings.adopt(
            request.institution, reading=form.adopted, actor=request.actor, at=request.at
        ),
        done="Interpretação registrada para todos os acordos.",
        goes_to=lambda _row: READINGS.url,
        page={
            "title": f"{title} para todos os acordos",
            "lead": "A decisão de quem resolve as dúvidas do decreto, com o ato.",
            "crumbs": (LIST, READINGS, Crumb(title)),
            "verb": title,
            "cancel_url": READINGS.url,
        },
        tell=tell,
    )
    return answer(request, deed)
