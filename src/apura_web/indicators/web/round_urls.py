"""Addresses of collections and grids."""

from django.urls import path

from apura_web.indicators.web import grid_views, round_deeds, round_views, submission_deeds

urlpatterns = [
    path("coletas/", round_views.rounds, name="rounds"),
    path("coletas/nova/", round_deeds.open_round, name="round_open"),
    path("coletas/<slug:code>/", round_views.round_page, name="round"),
    path("coletas/<slug:code>/prazos/", round_deeds.change, name="round_change"),
    path("coletas/<slug:code>/cobrar/", round_deeds.chase, name="round_chase"),
    path("coletas/<slug:code>/<slug:unit_code>/", grid_views.grid, name="grid"),
    path("coletas/<slug:code>/<slug:unit_code>/celulas/", grid_views.cells, name="grid_cells"),
    path("coletas/<slug:code>/<slug:unit_code>/enviar/", submission_deeds.send, name="grid_send"),
    path("coletas/<slug:code>/<slug:unit_code>/devolver/", submission_deeds.give_back, name="grid_return"),
    path("coletas/<slug:code>/<slug:unit_code>/aceitar/", submission_deeds.accept, name="grid_accept"),
    path("coletas/<slug:code>/<slug:unit_code>/reabrir/", submission_deeds.unlock, name="grid_unlock"),
]
