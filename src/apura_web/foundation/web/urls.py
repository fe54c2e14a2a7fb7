"""The addresses of the page of components."""

from django.urls import path

from apura_web.foundation.web import views

urlpatterns = [
    path("componentes/", views.components, name="components"),
    path("componentes/explicacao/", views.explanation, name="components_explanation"),
    path("componentes/andamento/<int:done>/", views.progress, name="components_progress"),
]
