"""Addresses of the desk."""

from django.urls import path

from apura_web.desk.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("busca/", views.search_page, name="search"),
    path("avisos/", views.notices_page, name="notices"),
    path("ajuda/", views.help_index, name="help"),
    path("ajuda/<slug:screen>/", views.help_page, name="help_page"),
]
