"""A file of a pact sent back, read and confirmed, whatever its kind."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apura_web.agreements.models import Agreement


def url_of(found: Agreement) -> str:
    return reverse("agreement_files", args=[found.code])


def sent_back(client: Client, found: Agreement, name: str, content: bytes) -> HttpResponse:
    return client.post(url_of(found), {"file": SimpleUploadedFile(name, content)})


def confirmed(client: Client, found: Agreement, shown: HttpResponse, **chosen: Any) -> HttpResponse:
    typed = {"bilhete": shown.context["ticket"], "plano": shown.context["plan"].sha256, "acao": "gravar"}
    return client.post(url_of(found), {**typed, **chosen})


def values(found: Agreement, key: str) -> dict[str, str]:
    return dict(found.drafts.get(key=key).values)
