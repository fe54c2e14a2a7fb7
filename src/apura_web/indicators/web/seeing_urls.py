"""Addresses of what is seen of an indicator, and panels."""

from django.urls import path

from apura_web.indicators.web import (
    ledger_views,
    panel_views,
    seeing_deeds,
    seeing_notes,
    seeing_value,
    seeing_views,
)

VALUE = "indicadores/<slug:code>/valor/<slug:unit_code>/<slug:period_key>/"

urlpatterns = [
    path("painel/", panel_views.panel, name="panel"),
    path("indicadores/<slug:code>/", seeing_views.indicator, name="indicator"),
    path("indicadores/<slug:code>/apuracoes/", ledger_views.ledger, name="indicator_ledger"),
    path("indicadores/<slug:code>/comentar/", seeing_notes.comment, name="indicator_comment"),
    path(
        "indicadores/<slug:code>/comprovacoes/<slug:evidence_code>/",
        seeing_views.evidence_file,
        name="evidence_file",
    ),
    path(
        "indicadores/<slug:code>/lancamentos/<slug:batch_code>/documento/",
        seeing_views.batch_document,
        name="batch_document",
    ),
    path(VALUE, seeing_value.value, name="indicator_value"),
    path(f"{VALUE}corrigir/", seeing_deeds.correct, name="value_correct"),
    path(f"{VALUE}verificar/", seeing_deeds.verify, name="value_verify"),
    path(f"{VALUE}homologar/", seeing_deeds.ratify, name="value_ratify"),
    path(f"{VALUE}comprovar/", seeing_notes.attach, name="value_attach"),
]
