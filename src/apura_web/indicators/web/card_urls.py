"""Addresses of cards and targets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
