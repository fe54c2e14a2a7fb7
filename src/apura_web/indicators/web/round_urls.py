"""Addresses of collections and grids."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
