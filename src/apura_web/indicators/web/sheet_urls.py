"""Addresses of what comes by sheet and in bulk."""

from django.urls import path

from apura_web.indicators.web import sheet_views

GRID = "coletas/<slug:code>/<slug:unit_code>/planilha/"

urlpatterns = [
    path(GRID, sheet_views.sheet, name="grid_sheet"),
    path(f"{GRID}baixar/", sheet_views.download, name="grid_sheet_download"),
    path(f"{GRID}<slug:sheet_code>/", sheet_views.waiting, name="grid_sheet_waiting"),
    path(f"{GRID}<slug:sheet_code>/anotada/", sheet_views.annotated, name="grid_sheet_annotated"),
]
