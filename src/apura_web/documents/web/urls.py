"""Addresses of the legal acts."""

from django.urls import path

from apura_web.documents.web import deeds, views

urlpatterns = [
    path("atos/", views.legal_acts, name="legal_acts"),
    path("atos/novo/", deeds.register, name="legal_act_new"),
    path("atos/<slug:code>/", views.legal_act, name="legal_act"),
    path("atos/<slug:code>/corrigir/", deeds.correct, name="legal_act_correct"),
    path("atos/<slug:code>/publicacao/", deeds.publish, name="legal_act_publish"),
    path("atos/<slug:code>/anexar/", deeds.attach, name="legal_act_attach"),
    path("atos/<slug:code>/anexos/<slug:attachment_code>/", views.attachment, name="legal_act_file"),
]
