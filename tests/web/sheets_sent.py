"""Spreadsheets of units and people, as tests of the import send them."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

PEOPLE = ("nome", "CPF", "matrícula", "e-mail", "sigla da unidade de lotação", "desde")
UNITS = ("sigla", "nome", "espécie", "sigla da superior")


def workbook(name: str, *rows: tuple[str, ...]) -> bytes:
    """Make a workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for line, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text)
    book.close()
    return out.getvalue()


def people_table(count: int, first: int = 1) -> bytes:
    """Make a text table of so many people, by registration number."""
    lines = ["nome;matrícula", *(f"Pessoa {place};{place:06}" for place in range(first, first + count))]
    return "\n".join(lines).encode()


def send(client: Client, kind: str, content: bytes, name: str = "planilha.xlsx") -> str:
    """Send a sheet; give the address of what it would do."""
    typed = {"legal_act": "12/2026", "file": SimpleUploadedFile(name, content)}
    done = client.post(reverse(f"import_{kind}"), typed)
    assert done.status_code == 302, done.context["form"].errors
    return str(done["Location"])
