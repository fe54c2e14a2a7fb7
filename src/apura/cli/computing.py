"""From the words of a command to a result: the norm, the institution, the file, and every problem at once."""

from __future__ import annotations

import argparse
import sys

from tqdm import tqdm

from apura.norms import (
    AppliedNorm,
    BadInput,
    Institution,
    Norm,
    Problem,
    RawFacts,
    Result,
    apply_norm,
    check_facts,
    load_norm,
    read_institution,
    run,
)
from apura.sheets import FactsRead, read_facts


def computed(options: argparse.Namespace, *, simulation: bool) -> Result:
    """Compute what ``calcular`` and ``explicar`` ask for.

    Raises:
        BadInput: something in the file is wrong; every problem is listed.
        Refusal: the norm refuses the rule asked for.
    """
    return applied_to(options, *base_of(options, simulation=simulation))


def base_of(options: argparse.Namespace, *, simulation: bool) -> tuple[AppliedNorm, RawFacts]:
    """Read the file and apply the norm to the date, for the institution of the option or of the file.

    Raises:
        BadInput: something in the file cannot be read; every problem is listed.
    """
    norm = load_norm(options.norma)
    institution = read_institution(options.instituicao) if options.instituicao else None
    with tqdm(total=1, delay=1, leave=False, disable=None, desc="Lendo a planilha", file=sys.stderr):
        read = read_facts(options.arquivo, norm, rule=options.regra)
    if read.problems:
        raise BadInput(_every_problem(options, norm, read, institution))
    held = institution or read.raw.institution
    return apply_norm(norm, on=options.em, institution=held, simulation=simulation), read.raw


def applied_to(options: argparse.Namespace, applied: AppliedNorm, raw: RawFacts) -> Result:
    """Apply a norm to the facts, showing how far it is when that takes more than a second."""
    with tqdm(
        total=0, delay=1, leave=False, disable=None, unit=" sujeitos", desc="Calculando", file=sys.stderr
    ) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return run(applied, raw, rule=options.regra, progress=progress)


def _every_problem(
    options: argparse.Namespace, norm: Norm, read: FactsRead, institution: Institution | None
) -> tuple[Problem, ...]:
    """Say what reading found, and what typing the rest finds elsewhere."""
    try:
        applied = apply_norm(
            norm, on=options.em, institution=institution or read.raw.institution, simulation=True
        )
        more = check_facts(applied, read.raw, rule=options.regra)
    except BadInput as error:
        more = error.problems
    return read.problems_with(more)
