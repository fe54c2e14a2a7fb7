"""By where a value came in: known when it is typed, and kept with what goes into the ledger."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How it came in."""

    GRID = "grade", "Grade de coleta"
    SHEET = "planilha", "Planilha"
    API = "api", "Programa (API)"
    LOAD = "carga", "Carga em lote"
    IMPORTED = "importado", "Importado, sem memória"
    CORRECTION = "correcao", "Correção"
