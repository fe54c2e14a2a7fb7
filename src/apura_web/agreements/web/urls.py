"""The addresses of agreements."""

from django.urls import path

from apura_web.agreements.web import pages

urlpatterns = [
    path("acordos/", pages.agreements, name="agreements"),
    path("acordos/<slug:code>/", pages.agreement, name="agreement"),
]
