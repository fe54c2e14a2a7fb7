"""Addresses of cards and targets."""

from django.urls import path

from apura_web.indicators.web import (
    card_assignment_deeds,
    card_deeds,
    card_editor,
    card_views,
    target_deeds,
    target_views,
)

urlpatterns = [
    path("indicadores/", card_views.indicators, name="indicators"),
    path("indicadores/novo/", card_editor.new, name="indicator_new"),
    path("indicadores/formula/", card_editor.formula_try, name="formula_try"),
    path("indicadores/<slug:code>/ficha/", card_views.card, name="indicator_card"),
    path("indicadores/<slug:code>/ficha/rever/", card_deeds.propose, name="card_propose"),
    path("indicadores/<slug:code>/proposta/", card_views.proposal, name="card_proposal"),
    path("indicadores/<slug:code>/proposta/redigir/", card_editor.edit, name="card_edit"),
    path("indicadores/<slug:code>/proposta/enviar/", card_deeds.send, name="card_send"),
    path("indicadores/<slug:code>/proposta/devolver/", card_deeds.give_back, name="card_return"),
    path("indicadores/<slug:code>/proposta/manifestacao/", card_deeds.examine, name="card_examine"),
    path("indicadores/<slug:code>/proposta/aprovar/", card_deeds.approve, name="card_approve"),
    path("indicadores/<slug:code>/proposta/retirar/", card_deeds.drop, name="card_drop"),
    path("indicadores/<slug:code>/unidades/nova/", card_assignment_deeds.assign, name="indicator_assign"),
    path(
        "indicadores/<slug:code>/unidades/<slug:assignment_code>/encerrar/",
        card_assignment_deeds.end,
        name="assignment_end",
    ),
    path("indicadores/<slug:code>/metas/", target_views.targets, name="indicator_targets"),
    path("indicadores/<slug:code>/metas/fixar/", target_deeds.set_targets, name="targets_set"),
    path("indicadores/<slug:code>/linha-de-base/", target_deeds.set_baseline, name="baseline_set"),
]
