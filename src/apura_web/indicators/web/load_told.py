"""What the page of a load tells: its facts, how far it is, why it stopped, and its errors as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from apura_web.foundation import jobs
from apura_web.foundation.presentation import Fact, Progress
from apura_web.foundation.templatetags.apura import quantity
from apura_web.indicators.models import Load, LoadPhase, LoadProblem
from apura_web.indicators.selectors.loads import state_of

AWAITS_WORKER = "sem-trabalhador"
FAILED = (
    "Uma falha da plataforma interrompeu esta carga. O que já estava gravado permanece, e nada se perdeu. "
    "Aperte “Continuar”; se parar de novo, avise quem cuida da Apura na sua instituição."
)
SAYING = {
    LoadPhase.READING: "Lendo o arquivo",
    LoadPhase.COMPARING: "Comparando com o livro de apurações",
    LoadPhase.WRITING: "Gravando no livro de apurações",
}
AT_A_TIME = 2_000


def facts_of(load: Load) -> list[Fact]:
    """Give what is known of a load in numbers."""
    facts = [
        Fact("De quem", load.under or "toda a instituição"),
        Fact("Linhas lidas", quantity(load.rows_read)),
        Fact("Em branco, passadas", quantity(load.blanks), note="Em branco não é zero: não entra."),
    ]
    if len(load.parts) > 1:
        facts.append(Fact("Tabelas", quantity(len(load.parts))))
    if load.ignored_columns:
        facts.append(Fact("Colunas não lidas", ", ".join(load.ignored_columns)))
    if load.problem_count:
        facts.append(Fact("Erros", quantity(load.problem_count)))
    elif load.phase not in {LoadPhase.READING, LoadPhase.COMPARING}:
        facts += [
            Fact("Novos", quantity(load.created)),
            Fact("Substituem o que havia", quantity(load.changed)),
            Fact("Já estavam no livro", quantity(load.unchanged)),
        ]
        if load.doubt_count:
            facts.append(Fact("Resultados a justificar", quantity(load.doubt_count)))
    return facts


def progress_of(load: Load) -> Progress:
    """Give how far a load is, as the page shows it."""
    is_writing = load.phase == LoadPhase.WRITING
    done, total = (load.done, load.total) if is_writing else (load.rows_read, load.lines)
    sentence = SAYING.get(LoadPhase(load.phase), "")
    note = "Pode sair desta página: o trabalho continua, e o resultado aparece em Minha mesa"
    query = f"?estado={state_of(load).name}"
    if not has_worker():
        sentence, note = "À espera de quem trabalha em segundo plano", "Pode sair desta página: nada se perde"
        query += f"&{AWAITS_WORKER}=sim"
    known = total if load.phase != LoadPhase.COMPARING else None
    url = reverse("load_progress", args=[load.code]) + query
    return Progress("carga", sentence, min(done, total or done), known or None, url, leave_note=note)


def why_it_stopped(load: Load) -> str:
    """Say why a load stopped, and what to do."""
    return load.stop_reason or FAILED


def has_worker() -> bool:
    """Say whether there is who works in the background."""
    return jobs.is_worker_alive(timezone.now())


def lines_file(load: Load, problems: QuerySet[LoadProblem], what: str) -> StreamingHttpResponse:
    """Answer with every error or doubt, line by line, however many.

    Args:
        load: whose.
        problems: the lines.
        what: how one is called, as “erro”.
    """
    answer = StreamingHttpResponse(_lines(problems, what), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{what}s-{load.code}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


class _Echo:
    """A file that gives back what is written in it."""

    def write(self, text: str) -> str:
        return text


def _lines(problems: QuerySet[LoadProblem], what: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + str(writer.writerow(["arquivo", "linha", "célula", "coluna", what]))
    for each in problems.iterator(AT_A_TIME):
        texts = (each.part, each.line, each.cell, each.column, each.message)
        yield str(writer.writerow([_harmless(str(text)) for text in texts]))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
