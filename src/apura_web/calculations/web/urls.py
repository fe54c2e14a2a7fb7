"""Addresses of the calculations."""

from django.urls import path

from apura_web.calculations.web import views

urlpatterns = [
    path("calculos/<slug:code>/", views.calculation, name="calculation"),
]
