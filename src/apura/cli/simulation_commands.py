"""``apura simular`` and ``apura comparar``: what if the rule were otherwise, and what two results have different."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from apura.cli.comparing import comparison_lines, simulation_lines
from apura.cli.computing import applied_to, base_of
from apura.cli.delivery import print_json, read_json, write_together
from apura.cli.results import result_lines
from apura.norms import (
    AppliedNorm,
    BadInput,
    BadRequest,
    Norm,
    Pending,
    Problem,
    RawFacts,
    Refusal,
    document,
    load_folder,
    refused_document,
)
from apura.norms.application import UNOFFICIAL
from apura.norms.comparison import compare, read_result
from apura.norms.comparison_document import comparison_document, simulation_document
from apura.norms.scenario import AskedChange, Scenario, suppose
from apura.paper import attached_json, simulation_pdf
from apura.sheets import read_facts
from apura.sheets.simulations import write_simulation

FILES = ("simulacao.json", "simulacao.xlsx", "simulacao.pdf")


def compare_documents(options: argparse.Namespace) -> int:
    """Print what two results have different; 0 even when they differ, for that is the answer."""
    if options.antes.is_dir() and options.depois.is_dir():
        from apura.cli.bulk_commands import compare_in_bulk  # noqa: PLC0415 - documents need no engine

        return compare_in_bulk(options)
    before, after = (
        read_result(read_json(path), called=path.name) for path in (options.antes, options.depois)
    )
    made = comparison_document(compare(before, after))
    if options.json:
        print_json(made)
    else:
        print("\n".join(comparison_lines(made, called=(str(options.antes), str(options.depois)))))
    return 0


def simulate_file(options: argparse.Namespace) -> int:
    """Compute base and scenario on the same facts, write the three files, print who gains and who loses."""
    scenario = _scenario(options)
    if options.saida is None and (options.resultado is not None or not options.json):
        raise BadRequest("Falta dizer onde gravar.", what_to_do="Informe a pasta da simulação com -o PASTA.")
    if options.resultado is not None:
        from apura.cli.bulk_commands import simulate_in_bulk  # noqa: PLC0415 - a spreadsheet needs no engine

        return simulate_in_bulk(options, scenario)
    if options.arquivo is None or options.em is None:
        raise BadRequest(
            "Falta dizer sobre o que simular.",
            what_to_do="Informe a planilha e --em DATA, ou --resultado PASTA de um lote.",
        )
    base, raw = base_of(options, simulation=False)
    supposed, asked = suppose(base, scenario)
    before = document(applied_to(options, base, raw))
    if not before["resultados"]:
        if options.json:
            print_json(before)
        else:
            print("\n".join(result_lines(before)))
        return 1
    after = _supposed(options, supposed, _facts_for(options, scenario.pack, raw))
    made = _simulation(before, after, asked)
    if options.saida is not None:
        write_together(
            options.saida,
            {
                FILES[0]: lambda path: path.write_bytes(attached_json(made)),
                FILES[1]: lambda path: write_simulation(made, path),
                FILES[2]: lambda path: path.write_bytes(simulation_pdf(made)),
            },
        )
    if options.json:
        print_json(made)
    else:
        print("\n".join(simulation_lines(made)))
        print(f"\nGravados em {options.saida}: {', '.join(FILES)}")
    return 0


def _scenario(options: argparse.Namespace) -> Scenario:
    """Gather what is to be supposed; at least one thing must be."""
    readings, parameters = (
        _named(pairs, option)
        for pairs, option in ((options.leitura, "--leitura"), (options.parametro, "--parametro"))
    )
    if options.pacote and not options.pacote.is_dir():
        raise BadInput([Problem(f"a pasta “{options.pacote}” não existe", "--pacote")])
    pack = load_folder(options.pacote) if options.pacote else None
    if not (readings or parameters or options.redacao or pack):
        raise BadRequest(
            "Falta dizer o que supor.",
            what_to_do="Informe --leitura nome=valor, --parametro nome=valor, --redacao DATA ou --pacote PASTA.",
        )
    return Scenario(readings, parameters, options.redacao, pack)


def _named(pairs: Sequence[tuple[str, str]], option: str) -> dict[str, str]:
    names = [name for name, _ in pairs]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise BadInput(
            [Problem(f"“{name}” foi dado mais de uma vez; deixe um só", option) for name in repeated]
        )
    return dict(pairs)


def _facts_for(options: argparse.Namespace, pack: Norm | None, raw: RawFacts) -> RawFacts:
    """Read the file as an edited pack reads it, for it may have other columns; otherwise, the facts already read."""
    if pack is None:
        return raw
    read = read_facts(options.arquivo, pack, rule=options.regra)
    if read.problems:
        raise BadInput(read.problems)
    return read.raw


def _supposed(options: argparse.Namespace, supposed: AppliedNorm, raw: RawFacts) -> dict[str, Any]:
    """Compute the scenario; a rule that it refuses is listed, for the base gave a result."""
    try:
        return document(applied_to(options, supposed, raw))
    except Refusal as refusal:
        rule = supposed.norm.rule(options.regra)
        refused = Pending(rule.name, rule.label, None, refusal.reason, refusal.cites, refusal.what_to_do)
        return refused_document(supposed.norm, options.em, pending=(refused,))


def _simulation(
    before: dict[str, Any], after: dict[str, Any], asked: tuple[AskedChange, ...]
) -> dict[str, Any]:
    """Compare base and scenario, the scenario marked as without official value, with what was supposed."""
    reasons = [f"{change.name}: {change.before} → {change.after}" for change in asked]
    after["simulacao"] = {"aviso": UNOFFICIAL, "motivos": reasons}
    compared = compare(read_result(before, called="base"), read_result(after, called="cenário"))
    return simulation_document(compared, asked)
