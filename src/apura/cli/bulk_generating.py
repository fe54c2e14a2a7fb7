"""``apura gerar-dados``: fictitious facts of a norm, at any size, for trials."""

from __future__ import annotations

import argparse
import sys

from tqdm import tqdm

from apura.bulk.generating import NOTICE, Trial, generate, grouped


def generate_data(options: argparse.Namespace) -> int:
    """Write the files, and say what each holds and which rules were left out."""
    trial = Trial(options.pessoas, options.registros, options.semente, options.em, tuple(options.regra or ()))
    bars: dict[str, tqdm] = {}

    def progress(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(
                total=total,
                desc=stage,
                delay=1,
                leave=False,
                disable=None,
                unit=" linhas",
                unit_scale=True,
                file=sys.stderr,
            )
        bars[stage].update(done - bars[stage].n)
        if done == total:
            bars[stage].close()

    made = generate(options.norma, options.saida, trial, progress=progress)
    print(f"Dados fictícios gravados em {made.folder} (veja {NOTICE}):")
    for name, rows in made.rows.items():
        print(f"  {name}: {grouped(rows)} linhas")
    if made.left_out:
        print("Regras sem dados:")
        for rule, reason in made.left_out.items():
            print(f"  {rule}: {reason}")
    return 0
