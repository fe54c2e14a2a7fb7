"""The addresses of the platform, each room's own."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("desk", "accounts", "audit", "documents", "orgs", "foundation")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"apura_web.{room}.web.urls")) for room in ROOMS
]
