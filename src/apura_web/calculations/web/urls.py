"""Addresses of the calculations; the explanation of a result comes last, because its key may be anything."""

from django.urls import path

from apura_web.calculations.web import comparing, downloads, simulating, views

urlpatterns = [
    path("calculos/<slug:code>/", views.calculation, name="calculation"),
    path("calculos/<slug:code>/memoria.pdf", downloads.memory_pdf, name="calculation_pdf"),
    path(
        "calculos/<slug:code>/memoria-sem-anexos.pdf",
        downloads.plain_memory_pdf,
        name="calculation_plain_pdf",
    ),
    path("calculos/<slug:code>/resultado.json", downloads.document, name="calculation_json"),
    path("calculos/<slug:code>/folha-de-fatos.json", downloads.fact_sheet, name="calculation_facts"),
    path("calculos/<slug:code>/comparar/<slug:other>/", comparing.compare, name="calculation_compare"),
    path("calculos/<slug:code>/simular/", simulating.simulate, name="calculation_simulate"),
    path("calculos/<slug:code>/simular/guardar/", simulating.keep, name="scenario_keep"),
    path("calculos/<slug:code>/simular/apagar/<slug:scenario>/", simulating.drop, name="scenario_drop"),
    path(
        "calculos/<slug:code>/simular/simulacao.<slug:kind>",
        simulating.simulation_file,
        name="calculation_simulate_file",
    ),
    path("calculos/<slug:code>/<slug:rule>/<path:key>/", views.outcome, name="outcome"),
]
