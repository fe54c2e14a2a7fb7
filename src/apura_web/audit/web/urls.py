"""Addresses of the trail."""

from django.urls import path

from apura_web.audit.web import check_pages, trail_pages

urlpatterns = [
    path("trilha/", trail_pages.trail, name="trail"),
    path("trilha/<int:seq>/", trail_pages.entry, name="trail_entry"),
    path("trilha/recusas/", trail_pages.refusals, name="trail_refusals"),
    path("trilha/conferir/", check_pages.ask, name="trail_ask_check"),
    path("trilha/conferencias/<str:code>/", check_pages.check, name="trail_check"),
    path(
        "trilha/conferencias/<str:code>/andamento/", check_pages.check_progress, name="trail_check_progress"
    ),
    path("trabalhos/", check_pages.failed_jobs, name="failed_jobs"),
    path("trabalhos/<uuid:job_id>/repetir/", check_pages.retry_job, name="retry_job"),
    path("integridade/", check_pages.integrity, name="integrity"),
]
