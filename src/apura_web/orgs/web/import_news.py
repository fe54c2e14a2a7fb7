"""How far an import is, for its own page, and for the pages from which whoever confirmed it finds it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from apura_web.audit.actors import Actor
from apura_web.foundation import jobs
from apura_web.foundation.presentation import Progress
from apura_web.foundation.templatetags.apura import quantity
from apura_web.orgs.models import ImportBatch
from apura_web.orgs.selectors.imports import ImportState, imports_to_tell, state_of, unfinished_imports

AWAITS_WORKER = "sem-trabalhador"
FAILED = (
    "A gravação foi interrompida por uma falha da plataforma. O que já estava gravado permanece, e nada se perdeu. "
    "Aperte “Continuar”; se parar de novo, avise quem cuida da Apura na sua instituição."
)


@dataclass(frozen=True)
class ImportNews:
    """What to tell somebody about an import of theirs."""

    tone: str
    title: str
    text: str
    url: str
    url_label: str


def news_for(actor: Actor) -> list[ImportNews]:
    """Tell somebody of the imports they confirmed that run, stopped or ended, until they have seen the end."""
    return _told(imports_to_tell(actor))


def unfinished_for(actor: Actor) -> list[ImportNews]:
    """Tell somebody of the imports they confirmed that still have rows to write."""
    return _told(unfinished_imports(actor))


def address_of(batch: ImportBatch) -> str:
    """Give the address of the page of an import."""
    return f"{reverse(f'import_{batch.kind}')}{batch.code}/"


def why_it_stopped(batch: ImportBatch) -> str:
    """Say why an import stopped, and what to do."""
    return batch.stop_reason or FAILED


def progress_of(batch: ImportBatch, *, has_worker: bool) -> Progress:
    """Give how far an import being written is, as the page shows it."""
    note = "Pode sair desta página: a gravação continua, e o resultado aparece em Minha mesa"
    if not has_worker:
        said = "À espera de quem grava"
        note = "Pode sair desta página: o que falta está guardado"
    elif batch.done:
        said = "Gravando as linhas da planilha"
    else:
        said = "Na fila: a gravação começa em instantes"
    url = f"{address_of(batch)}andamento/{'' if has_worker else f'?{AWAITS_WORKER}=sim'}"
    return Progress("importacao", said, batch.done, batch.total, url, leave_note=note)


def has_worker() -> bool:
    """Say whether there is who writes."""
    return jobs.is_worker_alive(timezone.now())


def _told(batches: Iterable[ImportBatch]) -> list[ImportNews]:
    return [_news(batch) for batch in batches]


def _news(batch: ImportBatch) -> ImportNews:
    written = f"{batch.file_name}: {quantity(batch.done)} de {quantity(batch.total)} linhas gravadas."
    state, url = state_of(batch), address_of(batch)
    if state == ImportState.DONE:
        return ImportNews("success", "Sua importação terminou.", written, url, "Ver o resultado")
    if state == ImportState.STOPPED:
        return ImportNews("warning", "Sua importação parou.", written, url, "Ver por quê e continuar")
    if not has_worker():
        return ImportNews("warning", "Sua importação está à espera.", written, url, "Ver por quê")
    return ImportNews("info", "Sua importação está sendo gravada.", written, url, "Acompanhar")
