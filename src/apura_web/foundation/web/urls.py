"""The addresses of the page of components, and of the arms of institutions."""

from django.urls import path

from apura_web.foundation.web import arms, views

urlpatterns = [
    path("brasao/<slug:code>/<slug:digest>/", arms.show, name="institution_arms"),
    path("componentes/", views.components, name="components"),
    path("componentes/explicacao/", views.explanation, name="components_explanation"),
    path("componentes/andamento/<int:done>/", views.progress, name="components_progress"),
]
