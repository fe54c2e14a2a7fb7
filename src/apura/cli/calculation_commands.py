"""``apura calcular``, ``explicar``, ``conferir``: from a spreadsheet to an explained score, and back."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from apura.cli.explaining import explanation_lines
from apura.cli.results import result_lines
from apura.norms import (
    BadInput,
    BadRequest,
    Institution,
    Norm,
    Pending,
    Problem,
    Refusal,
    Result,
    Verdict,
    apply_norm,
    check_facts,
    document,
    load_norm,
    read_institution,
    recheck,
    refused_document,
    run,
)
from apura.norms.texts import fold
from apura.paper import archival_pdf, attached_json, plain_archival_pdf
from apura.sheets import FactsRead, annotate, read_facts, write_results

FINDINGS_SHOWN = 20
FILES = ("resultado.xlsx", "memoria.pdf", "resultado.json")


def _computed(options: argparse.Namespace, *, simulation: bool) -> Result:
    norm = load_norm(options.norma)
    institution = read_institution(options.instituicao) if options.instituicao else None
    read = read_facts(options.arquivo, norm, rule=options.regra)
    if read.problems:
        raise BadInput(_every_problem(options, norm, read, institution))
    applied = apply_norm(
        norm, on=options.em, institution=institution or read.raw.institution, simulation=simulation
    )
    with tqdm(
        total=0, delay=1, leave=False, disable=None, unit=" sujeitos", desc="Calculando", file=sys.stderr
    ) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return run(applied, read.raw, rule=options.regra, progress=progress)


def _every_problem(
    options: argparse.Namespace, norm: Norm, read: FactsRead, institution: Institution | None
) -> tuple[Problem, ...]:
    """Say what reading found, and what typing the rest finds elsewhere."""
    told = {(problem.sheet, problem.cell) for problem in read.problems}
    broken = {problem.sheet for problem in read.problems if problem.cell is None}
    try:
        applied = apply_norm(
            norm, on=options.em, institution=institution or read.raw.institution, simulation=True
        )
        more = check_facts(applied, read.raw, rule=options.regra)
    except BadInput as error:
        more = error.problems
    others = (p for p in more if (p.sheet, p.cell) not in told and p.sheet not in broken)
    return tuple(sorted((*read.problems, *others), key=_place))


def _place(problem: Problem) -> tuple[str, int, int, str]:
    """Order problems as one reads a sheet: by row, then by column."""
    cell = problem.cell or ""
    letters = cell.rstrip("0123456789")
    return problem.sheet or "", int(cell[len(letters) :] or 0), len(letters), letters


def calculate_file(options: argparse.Namespace) -> int:
    """Compute, write the three files, print the table; nothing is written unless everything is."""
    if options.saida is None and not options.json:
        raise BadRequest(
            "Falta dizer onde gravar.", what_to_do="Informe a pasta dos resultados com -o PASTA."
        )
    try:
        result = _computed(options, simulation=options.simulacao)
    except BadInput as error:
        _report_problems(options, error)
        raise
    except Refusal as refusal:
        if options.json:
            _print_json(_refused(options, refusal))
        raise
    made = document(result)
    if options.saida is not None and made["resultados"]:
        _write(made, options.saida, attached=not options.sem_anexos)
    if options.json:
        _print_json(made)
    else:
        print("\n".join(result_lines(made)))
        if options.saida is not None and made["resultados"]:
            print(f"\nGravados em {options.saida}: {', '.join(FILES)}")
    return 0 if made["resultados"] else 1


def _report_problems(options: argparse.Namespace, error: BadInput) -> None:
    if options.json:
        _print_json(refused_document(options.norma, options.em, problems=error.problems))
    if options.anotar is not None:
        annotate(options.arquivo, error.problems, options.anotar)
        sys.stderr.write(f"Planilha com os erros marcados: {options.anotar}\n")


def _refused(options: argparse.Namespace, refusal: Refusal) -> dict[str, Any]:
    norm = load_norm(options.norma)
    rule = norm.rule(options.regra)
    pending = Pending(rule.name, rule.label, None, refusal.reason, refusal.cites, refusal.what_to_do)
    return refused_document(norm, options.em, pending=(pending,))


def _write(made: Mapping[str, Any], folder: Path, *, attached: bool) -> None:
    """Write the three files aside, then move them in together."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".apura-", dir=folder.parent))
    try:
        with tqdm(
            total=len(FILES), delay=1, leave=False, disable=None, desc="Gravando", file=sys.stderr
        ) as bar:
            (aside / "resultado.json").write_bytes(attached_json(made))
            bar.update()
            write_results(made, aside / "resultado.xlsx")
            bar.update()
            pdf = archival_pdf(made) if attached else plain_archival_pdf(made)
            (aside / "memoria.pdf").write_bytes(pdf)
            bar.update()
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (aside / name).replace(folder / name)
    finally:
        shutil.rmtree(aside)


def _print_json(made: Mapping[str, Any]) -> None:
    sys.stdout.write(attached_json(made).decode())


def explain_subject(options: argparse.Namespace) -> int:
    """Print every step of every result the subject has."""
    made = document(_computed(options, simulation=False))
    wanted = fold(options.chave)
    found = [outcome for outcome in made["resultados"] if fold(outcome["chave"]) == wanted]
    pending = [p for p in made["pendencias"] if p["chave"] is not None and fold(p["chave"]) == wanted]
    if not found and not pending:
        keys = ", ".join(dict.fromkeys(outcome["chave"] for outcome in made["resultados"]))
        raise BadRequest(
            f"“{options.chave}” não está entre os resultados.", what_to_do=f"Use um destes: {keys}."
        )
    for outcome in found:
        print("\n".join(explanation_lines(made, outcome)))
    for refused in pending:
        print(f"Sem resultado em {refused['regra']}: {refused['motivo']} ({refused['fundamento']})")
        print(f"O que fazer: {refused['o_que_fazer']}")
    return 0 if found else 1


def check_document(options: argparse.Namespace) -> int:
    """Recheck a result from its JSON alone; 1 when something does not hold."""
    path: Path = options.arquivo
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput([Problem(f"não foi possível ler: {error.strerror}", path.name)]) from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput([Problem(f"não é um JSON válido: {error}", path.name)]) from error
    checked = recheck(made)
    print(f"{checked.verdict.value}: {checked.outcomes} resultado(s), {checked.steps} passo(s) recalculados")
    for finding in checked.findings[:FINDINGS_SHOWN]:
        print(f"  · {finding}")
    if len(checked.findings) > FINDINGS_SHOWN:
        print(f"  … e mais {len(checked.findings) - FINDINGS_SHOWN} diferença(s)")
    if checked.texts_changed:
        print(
            f"  A edição instalada redige de outro modo {checked.texts_changed} item(ns), sem mudar valores."
        )
    return 0 if checked.verdict in (Verdict.HOLDS, Verdict.HOLDS_OLD_EDITION) else 1
