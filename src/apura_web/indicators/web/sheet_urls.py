"""Addresses of what comes by sheet and in bulk."""

from django.urls import path

from apura_web.indicators.web import load_views, sheet_views

GRID = "coletas/<slug:code>/<slug:unit_code>/planilha/"

urlpatterns = [
    path("cargas/", load_views.listed, name="loads"),
    path("cargas/lote/", load_views.upload, {"kind": "carga"}, name="load_bulk"),
    path("cargas/anos-anteriores/", load_views.upload, {"kind": "importado"}, name="load_memory"),
    path("cargas/anos-anteriores/modelo/", load_views.template, name="load_template"),
    path("cargas/<slug:code>/", load_views.load, name="load"),
    path("cargas/<slug:code>/andamento/", load_views.progress, name="load_progress"),
    path("cargas/<slug:code>/erros/", load_views.errors, name="load_errors"),
    path("cargas/<slug:code>/resultados-a-justificar/", load_views.doubts, name="load_doubts"),
    path("cargas/<slug:code>/anotada/", load_views.annotated, name="load_annotated"),
    path("cargas/<slug:code>/descartar/", load_views.drop, name="load_drop"),
    path(GRID, sheet_views.sheet, name="grid_sheet"),
    path(f"{GRID}baixar/", sheet_views.download, name="grid_sheet_download"),
    path(f"{GRID}<slug:sheet_code>/", sheet_views.waiting, name="grid_sheet_waiting"),
    path(f"{GRID}<slug:sheet_code>/anotada/", sheet_views.annotated, name="grid_sheet_annotated"),
]
