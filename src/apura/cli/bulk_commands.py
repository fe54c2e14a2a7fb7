"""``apura lote``: a norm over a folder of facts."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from apura.cli.delivery import print_json, write_together
from apura.cli.tables import table
from apura.formula import brazilian
from apura.norms import BadRequest, apply_norm, load_norm, read_institution

if TYPE_CHECKING:
    from apura.bulk import Compared
    from apura.norms.scenario import Scenario

SIMULATION, MOST_SHOWN = "simulacao", 20
"""The folder of a simulated run where it is told, and how many changes a terminal shows."""


def run_bulk(options: argparse.Namespace) -> int:
    """Compute a norm over a folder of facts, write every step, and say what was done."""
    need_engine()
    from apura.bulk import Asked, Limits, run_in_bulk  # noqa: PLC0415 - the engine is asked for just above
    from apura.formula.compiling import DIALECTS  # noqa: PLC0415

    institution = read_institution(options.instituicao) if options.instituicao else None
    applied = apply_norm(
        load_norm(options.norma), on=options.em, institution=institution, simulation=options.simulacao
    )
    limits = Limits(options.memoria or "", options.nucleos or 0)
    asked = Asked(options.dados, options.saida, limits, DIALECTS[options.motor])
    began = time.monotonic()
    with progress_bar() as progress:
        made = run_in_bulk(applied, asked, progress)
    if options.json:
        print_json(made)
    else:
        print("\n".join(_told(made, int(time.monotonic() - began))))
        print(f"\nGravado em {options.saida}.")
    return 0


def explain_in_bulk(options: argparse.Namespace) -> int:
    """Print every step of what a stored run gave somebody; 1 when it does not hold."""
    need_engine()
    from apura.bulk import explain_stored  # noqa: PLC0415 - the engine is asked for just above
    from apura.cli.explaining import explanation_lines  # noqa: PLC0415 - a run prints nothing

    made = explain_stored(options.resultado, options.chave, rule=options.regra)
    for document, outcome in made.documents:
        print("\n".join(explanation_lines(document, outcome)))
    for difference in made.differences:
        print(f"Não confere: {difference}.")
    return 1 if made.differences else 0


def compare_in_bulk(options: argparse.Namespace) -> int:
    """Print what two stored runs have different."""
    need_engine()
    from apura.bulk import compare_runs, comparison_document  # noqa: PLC0415 - the engine is asked for just above

    found = compare_runs(options.antes, options.depois)
    if options.json:
        print_json(comparison_document(found))
    else:
        print("\n".join(line for each in found for line in _compared_lines(each)))
    return 0


def simulate_in_bulk(options: argparse.Namespace, scenario: Scenario) -> int:
    """Compute a stored run again under what is supposed, and print what changes."""
    need_engine()
    from apura.bulk import Limits, simulate_run, simulation_document  # noqa: PLC0415 - the engine is asked for just above
    from apura.paper import attached_json, bulk_simulation_pdf  # noqa: PLC0415 - a run prints nothing

    limits = Limits(options.memoria or "")
    with progress_bar() as progress:
        made = simulate_run(options.resultado, options.saida, scenario, limits=limits, progress=progress)
    told = simulation_document(made)
    write_together(
        options.saida / SIMULATION,
        {
            "simulacao.json": lambda path: path.write_bytes(attached_json(told)),
            "simulacao.pdf": lambda path: path.write_bytes(bulk_simulation_pdf(told)),
        },
    )
    if options.json:
        print_json(told)
        return 0
    print("SIMULAÇÃO SEM VALOR OFICIAL")
    print("A é o lote; B, a simulação.")
    for change in made.record["mudancas"]:
        print(f"\n{change['tipo'].capitalize()} “{change['rotulo']}”: {change['de']} → {change['para']}")
    print("\n".join(line for each in made.compared for line in _compared_lines(each)))
    print(f"\nGravado em {options.saida}; em {SIMULATION}, simulacao.pdf e simulacao.json.")
    return 0


def need_engine() -> None:
    """Refuse to go on without the engine.

    Raises:
        BadRequest: it is not installed.
    """
    if importlib.util.find_spec("duckdb") is None:
        raise BadRequest(
            "O cálculo em lote usa o DuckDB, que não está instalado.",
            what_to_do="Instale-o com: pip install apura[bulk]",
        )


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show the stage, rows per second and the time left of what takes more than a second."""
    bars: dict[str, Any] = {}

    def told(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            bars[stage] = tqdm(
                total=total,
                desc=stage,
                unit=" linhas",
                unit_scale=True,
                delay=1,
                disable=None,
                file=sys.stderr,
            )
        bars[stage].update(done - bars[stage].n)

    try:
        yield told
    finally:
        for bar in bars.values():
            bar.close()


def _told(made: dict[str, Any], seconds: int) -> Iterator[str]:
    yield f"{made['titulo']}, em {made['em'][8:]}/{made['em'][5:7]}/{made['em'][:4]}"
    if made["simulacao"]:
        yield "Simulação sem valor oficial."
    if made["instituicao"] and made["instituicao"]["ficticio"]:
        yield "Os valores da instituição são fictícios."
    for group in made["grupos"]:
        yield ""
        yield group["rotulo"]
        if group["arquivo"] is not None:
            records = sum(group["registros"].values())
            taken = group["milissegundos"]
            kept = ", já conferidas antes" if group["entradas_aproveitadas"] else ""
            yield f"  {_count(group['sujeitos'])} sujeitos, {_count(records)} registros"
            yield f"  entradas: {_seconds(taken['entradas'])}{kept}; cálculo: {_seconds(taken['calculo'])}"
            yield f"  {group['arquivo']}: {len(group['colunas'])} passos de cada sujeito"
        for name, reason in group["recusadas"].items():
            yield f"  {name}: sem resultado. {reason}"
    yield ""
    yield f"Ao todo: {seconds} s"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _seconds(thousandths: int) -> str:
    return f"{thousandths // 1000},{thousandths % 1000 // 100} s"


def _compared_lines(compared: Compared) -> Iterator[str]:
    yield f"\n{compared.label}"
    for result in compared.results:
        yield f"  {result.label}: {_count(result.same)} iguais, {_count(result.changed)} mudaram"
        if result.changed and result.total is not None:
            yield f"    {_count(result.up)} sobem, {_count(result.down)} descem"
            yield f"    de {_shown(result.least)} a {_shown(result.most)}; soma {_shown(result.total)}"
    for where, count in zip("AB", compared.alone, strict=True):
        if count:
            yield f"  Só em {where}: {_count(count)}"
    for step, count in compared.first.items():
        yield f"  O primeiro passo que difere é “{step}” em {_count(count)}"
    if compared.bands:
        rows = [
            (
                f"{brazilian(each.low, None)} a {brazilian(each.high, None)}",
                _count(each.before),
                _count(each.after),
            )
            for each in compared.bands
        ]
        yield table((f"{compared.results[0].label}, em faixas", "A", "B"), rows, right=(1, 2))
    if compared.largest:
        yield table(
            ("Chave", "Primeiro passo", "A", "B", "Em A", "Em B"), _rows(compared), right=(2, 3, 4, 5)
        )


def _rows(compared: Compared) -> list[tuple[str, ...]]:
    return [
        (each.key, each.step, *map(_shown, (each.before, each.after, each.step_before, each.step_after)))
        for each in compared.largest[:MOST_SHOWN]
    ]


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return brazilian(Fraction(value), None).replace("-", "−")
    return {True: "verdadeiro", False: "falso", None: "–"}.get(value, str(value))
