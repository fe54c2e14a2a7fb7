"""``apura calcular``, ``explicar``, ``conferir``: from a spreadsheet to an explained score, and back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from apura.cli.computing import computed
from apura.cli.delivery import Writer, print_json, read_json, write_together
from apura.cli.explaining import explanation_lines
from apura.cli.individuals import INDIVIDUAL, individual_documents
from apura.cli.results import result_lines
from apura.norms import (
    BadInput,
    BadRequest,
    Pending,
    Refusal,
    Verdict,
    document,
    load_norm,
    recheck,
    refused_document,
)
from apura.norms.texts import fold
from apura.paper import archival_pdf, attached_json, plain_archival_pdf
from apura.sheets import annotate, write_results

FINDINGS_SHOWN = 20
FILES = ("resultado.xlsx", "memoria.pdf", "resultado.json")


def calculate_file(options: argparse.Namespace) -> int:
    """Compute, write the three files, print the table; nothing is written unless everything is."""
    if options.saida is None and not options.json:
        raise BadRequest(
            "Falta dizer onde gravar.", what_to_do="Informe a pasta dos resultados com -o PASTA."
        )
    try:
        result = computed(options, simulation=options.simulacao)
    except BadInput as error:
        _report_problems(options, error)
        raise
    except Refusal as refusal:
        if options.json:
            print_json(_refused(options, refusal))
        raise
    made = document(result)
    if options.saida is not None and made["resultados"]:
        _write(made, options)
    if options.json:
        print_json(made)
    else:
        print("\n".join(result_lines(made)))
        if options.saida is not None and made["resultados"]:
            alone = f" e {INDIVIDUAL}/" if options.individuais else ""
            print(f"\nGravados em {options.saida}: {', '.join(FILES)}{alone}")
    return 0 if made["resultados"] else 1


def _report_problems(options: argparse.Namespace, error: BadInput) -> None:
    if options.json:
        print_json(refused_document(options.norma, options.em, problems=error.problems))
    if options.anotar is not None:
        annotate(options.arquivo, error.problems, options.anotar)
        sys.stderr.write(f"Planilha com os erros marcados: {options.anotar}\n")


def _refused(options: argparse.Namespace, refusal: Refusal) -> dict[str, Any]:
    norm = load_norm(options.norma)
    rule = norm.rule(options.regra)
    pending = Pending(rule.name, rule.label, None, refusal.reason, refusal.cites, refusal.what_to_do)
    return refused_document(norm, options.em, pending=(pending,))


def _write(made: Mapping[str, Any], options: argparse.Namespace) -> None:
    pdf_of = plain_archival_pdf if options.sem_anexos else archival_pdf

    def pdf(part: Mapping[str, Any]) -> Writer:
        return lambda path: path.write_bytes(pdf_of(part))

    writers: dict[str, Writer] = {
        "resultado.xlsx": lambda path: write_results(made, path),
        "memoria.pdf": pdf(made),
        "resultado.json": lambda path: path.write_bytes(attached_json(made)),
    }
    if options.individuais:
        writers |= {name: pdf(part) for name, part in individual_documents(made).items()}
    write_together(options.saida, writers)


def explain_subject(options: argparse.Namespace) -> int:
    """Print every step of every result the subject has."""
    if options.resultado is not None:
        from apura.cli.bulk_commands import explain_in_bulk  # noqa: PLC0415 - a spreadsheet needs no engine

        return explain_in_bulk(options)
    if options.arquivo is None or options.em is None:
        raise BadRequest(
            "Falta dizer de onde vem o cálculo.",
            what_to_do="Informe a planilha e --em DATA, ou --resultado PASTA de um lote.",
        )
    made = document(computed(options, simulation=False))
    wanted = fold(options.chave)
    found = [outcome for outcome in made["resultados"] if fold(outcome["chave"]) == wanted]
    rules = load_norm(options.norma).rules
    pending = [
        refused
        for refused in made["pendencias"]
        if wanted
        in map(fold, [refused["chave"]] if refused["chave"] else rules[refused["regra"]].subject.keys)
    ]
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
    made = read_json(options.arquivo)
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
