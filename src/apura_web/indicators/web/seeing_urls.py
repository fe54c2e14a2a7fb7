"""Addresses of what is seen of an indicator, and panels."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
