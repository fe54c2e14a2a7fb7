"""Addresses of quality: the report of inconsistencies and the annual analysis."""

from django.urls import path

from apura_web.indicators.web import quality_views

urlpatterns = [
    path("indicadores/qualidade/", quality_views.report, name="quality"),
    path("indicadores/qualidade/analises/", quality_views.reviews, name="quality_reviews"),
    path("indicadores/<slug:code>/analise/", quality_views.review, name="quality_review"),
]
