"""The addresses of the platform, each room's own."""

from django.urls import URLPattern, URLResolver, include, path

from apura_web.config import api, health

ROOMS = (
    "desk",
    "accounts",
    "audit",
    "documents",
    "calculations",
    "orgs",
    "indicators",
    "agreements",
    "foundation",
)


handler400 = "apura_web.config.errors.bad_request"
handler403 = "apura_web.config.errors.not_allowed"
handler404 = "apura_web.config.errors.not_found"
handler429 = "apura_web.config.errors.too_many"
handler500 = "apura_web.config.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("saude", health.alive, name="alive"),
    path("pronto", health.ready, name="ready"),
    path("api/v1/", api.docs, name="api_docs"),
    path("api/v1/", api.api.urls),
    *(path("", include(f"apura_web.{room}.web.urls")) for room in ROOMS),
]
