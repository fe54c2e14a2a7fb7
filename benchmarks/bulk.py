"""A whole State in a run: the same rules over millions of records, ours and others', in turn, process by process.

``python3 dev.py bench lote [--pessoas N] [--registros N] [--pares N] [--pasta PASTA] [--sem-gravar]``: 200 000 people
and 40 000 000 records by default, some gigabytes of memory for the peer; 2 000 and 400 000 for a quick look.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bulk_facts import BASE, TAKEN, bulk_command
from benchmarks.processes import ROOT, Measure, measure

APURA = "from apura.cli import main; raise SystemExit(main())"
RESULTS = ROOT / "benchmarks" / "results.md"
TITLE = "## A whole State in a run"
OURS = "ours"


@dataclass(frozen=True)
class Peer:
    """A program that computes the same over the same facts, and what is to be expected of ours beside it."""

    name: str
    command: tuple[str, ...]
    wanted: str


PEERS = (
    Peer("OpenFisca-Core, entities declared", ("bulk_openfisca",), "≤ 0.10; memory ≤ 0.06"),
    Peer("OpenFisca-Core, its populations filled in by hand", ("bulk_openfisca", "filled"), ""),
    Peer("SQL by hand, DuckDB", ("bulk_sql",), "≤ 1.2"),
    Peer("Polars by hand, streaming", ("bulk_polars",), ""),
    Peer("decoding the columns read, and nothing else", ("bulk_floor",), "≤ 2.5"),
)


def main(words: Sequence[str]) -> None:
    """Prepare, measure each pair, check every digit and write the section of the page."""
    asked = options(words)
    missing = [name for name in ("openfisca_core", "polars", "pyarrow") if find_spec(name) is None]
    if missing:
        raise SystemExit(
            f"Faltam {', '.join(missing)}: instale o grupo “bench” de pyproject.toml no ambiente."
        )
    with tempfile.TemporaryDirectory() as made:
        folder = asked.pasta = asked.pasta or Path(made)
        taken = prepared(folder, asked.pessoas, asked.registros)
        rows = [row(peer, folder, asked.pares) for peer in PEERS]
        section = "\n".join(page(asked, taken, rows, checked(folder)))
    print(section)
    if not asked.sem_gravar:
        write_section(section)


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of the command."""
    parser = argparse.ArgumentParser(prog="dev.py bench lote")
    parser.add_argument("--pessoas", type=int, default=200_000)
    parser.add_argument("--registros", type=int, default=40_000_000)
    parser.add_argument("--pares", type=int, default=5)
    parser.add_argument(
        "--pasta", type=Path, help="onde ficam os dados, para medir de novo; sem ela, some no fim"
    )
    parser.add_argument("--sem-gravar", action="store_true", help="só mostra; não muda benchmarks/results.md")
    return parser.parse_args(words)


def prepared(folder: Path, people: int, records: int) -> Measure | None:
    """Make the facts up and take them in, and say what taking in took; None when the folder had them."""
    if (folder / BASE).is_dir():
        return None
    command = [sys.executable, "-m", "benchmarks.bulk_facts", str(folder), str(people), str(records)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    fresh = [sys.executable, "-c", APURA, *bulk_command(folder, "ingest")]
    found = measure(fresh)
    shutil.rmtree(folder / "ingest")
    return found


def ours(folder: Path) -> Measure:
    """Measure a run that finds the facts taken in, as one that was interrupted does."""
    shutil.rmtree(folder / OURS, ignore_errors=True)
    shutil.copytree(folder / TAKEN, folder / f"{OURS}.parcial" / "entradas", copy_function=os.link)
    return measure([sys.executable, "-c", APURA, *bulk_command(folder, OURS)])


def theirs(peer: Peer, folder: Path) -> Measure:
    """Measure a peer."""
    module, *rest = peer.command
    return measure([sys.executable, "-m", f"benchmarks.{module}", str(folder), *rest])


def row(peer: Peer, folder: Path, pairs: int) -> str:
    """Measure ours and a peer in turn, after a warm-up, and make the line of the table."""
    ours(folder), theirs(peer, folder)
    runs = [(ours(folder), theirs(peer, folder)) for _ in range(pairs)]
    wall = spread([mine.wall / other.wall for mine, other in runs])
    processor = spread([mine.processor / other.processor for mine, other in runs])
    memory = spread([mine.memory / other.memory for mine, other in runs])
    print(f"{peer.name}: {wall}", file=sys.stderr, flush=True)
    both = [
        f"{statistics.median(mine):.{digits}f} / {statistics.median(other):.{digits}f} {unit}"
        for digits, unit, mine, other in (
            (2, "s", [mine.wall for mine, _ in runs], [other.wall for _, other in runs]),
            (0, "MiB", [mine.memory for mine, _ in runs], [other.memory for _, other in runs]),
        )
    ]
    return "| " + " | ".join([peer.name, wall, peer.wanted or "–", processor, memory, *both]) + " |"


def spread(ratios: Sequence[float]) -> str:
    """Say the median of ratios, the least and the greatest."""
    return f"**{statistics.median(ratios):.3f}** ({min(ratios):.3f}–{max(ratios):.3f})"


def checked(folder: Path) -> dict:
    """Compare what each wrote, in a process of its own: this one must stay small."""
    command = [sys.executable, "-m", "benchmarks.bulk_check", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict = json.loads(answer.stdout)
    if found["ours"] or found["sql"] or found["polars"]:
        raise SystemExit(f"os valores não são iguais: {found}")
    return found


def page(asked: argparse.Namespace, taken: Measure | None, rows: Sequence[str], found: dict) -> Iterator[str]:
    """Write the section."""
    engines = ", ".join(
        f"{name} {version(name)}" for name in ("openfisca-core", "duckdb", "polars", "pyarrow")
    )
    yield from (
        TITLE,
        "",
        f"`python3 dev.py bench lote`: {grouped(asked.registros)} fictitious records of {grouped(asked.pessoas)}",
        "people, points of productivity, final score and level under `cge-mt-81-2019`, every step written. All read",
        "the facts as taken in, sorted by person. Whole processes, start-up included,",
        f"{asked.pares} pairs in turn after a warm-up; ratios of ours over the other's, median (min–max).",
        "",
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores; {engines}.",
        "",
        "| Compared with | Wall | Wanted | Processor | Peak memory | Wall, ours / other | Peak memory, ours / other |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
    )
    if taken is not None:
        yield f"Facts taken in and computed, from the files as given: {taken.wall:.0f} s, {taken.memory:.0f} MiB.\n"
    yield from told_check(found)
    told = explained(asked.pasta)
    yield (
        f"\nOne person's explanation out of the run, fetch included: {told['median']:.0f} ms "
        f"({told['least']:.0f}–{told['most']:.0f}), wanted ≤ 50."
    )


def explained(folder: Path) -> dict:
    """Time explanations out of the run that was measured, in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.bulk_explain", str(folder / OURS)]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict = json.loads(answer.stdout)
    return found


def told_check(found: dict) -> Iterator[str]:
    """Say which digits differ."""
    total = found["people"]
    yield (
        f"Differences from exact rationals, {grouped(found['again'])} people computed again from the files as given: "
        "**0** in every step."
    )
    yield f"\nSQL and Polars by hand against ours, {grouped(total)} people: 0 and 0.\n"
    wrong = (f"{name} {grouped(count)}" for name, count in found["openfisca"].items() if count)
    yield (
        f"OpenFisca-Core, in its default float32, wrong at two places, of {grouped(total)} people: "
        f"{'; '.join(wrong) or 'none'}."
    )


def grouped(count: int) -> str:
    """Write a count with its thousands apart."""
    return f"{count:,}".replace(",", " ")


def kept_section() -> str:
    """Give the section of the page there is; empty when there is none."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    _before, mark, after = text.partition(f"{TITLE}\n")
    return f"{mark}{after}".rstrip() if mark else ""


def write_section(section: str) -> None:
    """Put the section at the end of the page, in the place of the one there is."""
    before = RESULTS.read_text(encoding="utf-8").partition(f"{TITLE}\n")[0].rstrip()
    RESULTS.write_text(f"{before}\n\n{section}\n", encoding="utf-8")
