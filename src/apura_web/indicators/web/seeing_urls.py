"""Addresses of what is seen of an indicator, and panels."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern] = [
    path("indicadores/<slug:code>/", RedirectView.as_view(url="/indicadores/"), name="indicator"),
]
