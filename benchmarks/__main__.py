"""Run the benchmarks and write ``benchmarks/results.md``: whole processes, in turn (A B A B …), ratios pair by pair.

``lote`` alone runs those of millions of records, and writes only their section.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bulk
from benchmarks.processes import ROOT, measure

PAIRS = 5
APURA = "from apura.cli import main; raise SystemExit(main())"

BY_HAND = """
## By hand

Done once, on a machine shared with other work (load 5 to 7 on two cores), SQLite; too long to repeat at each run.

| What | Rows | Blank, passed over | In the ledger | Wall | Peak memory |
| --- | --- | --- | --- | --- | --- |
| zip of 270 tables, of the shape of national open data | 170 000 | 22 066 | 147 934 | 69 s | 106 MiB |
| one table, killed reading (295 000) and writing (245 000), resumed | 1 000 000 | 0 | 1 000 000 | 937 s | 141 MiB |

The million took 200 acts of 5 000 values; none was lost or doubled, and its trail checks whole in 53 s and 106 MiB.

A year closed for 120 agreements by the worker, each in an act of its own; all 120 bodies measure every indicator:

| Indicators of each | All 120 | Each | Queries each | Of them, to read and score | Database grows |
| --- | --- | --- | --- | --- | --- |
| 5 | 6 s | 0.05 s | 50 | 16 | – |
| 50 | 16 s | 0.13 s | 50 | 16 | 66 MiB |

Queries do not grow with the indicators, and a whole State is closed in a quarter of a minute. Reading also what the
other 119 bodies measured of the same indicators, which a score does not use, had taken five times as long.

Pages, in queries: panel 17, calculation 15, explanation 16, scores of an agreement 23, its monitoring 33, whatever
the number of indicators.
"""


@dataclass(frozen=True)
class Pair:
    """Two commands measured in turn: ours, and what it is compared with."""

    title: str
    ours: list[str]
    other: list[str]
    compared_with: str


def pairs(result: Path) -> Iterator[Pair]:
    """Say what is measured."""
    python = sys.executable
    task = [python, "-m", "benchmarks.tasks"]
    nothing = [python, "-c", "pass"]
    yield Pair("`import apura`", [python, "-c", "import apura"], nothing, "`python -c pass`")
    yield Pair("`apura --help`", [python, "-c", APURA, "--help"], nothing, "`python -c pass`")
    yield Pair(
        "10 000 bodies scored",
        [*task, "score_with_the_norm"],
        [*task, "score_in_plain_python"],
        "plain Python",
    )
    yield Pair(
        "10 000 bodies explained",
        [*task, "explain_with_the_norm"],
        [*task, "explain_in_plain_python"],
        "plain Python writing a line per step",
    )
    yield Pair(
        "100 000 product rows",
        [*task, "sum_product_rows_with_the_norm"],
        [*task, "sum_product_rows_in_plain_python"],
        "plain Python without any check",
    )
    yield Pair(
        "PDF of 22 bodies and their means",
        [*task, "pdf_of_the_example", str(result)],
        [*task, "pdf_of_one_empty_page"],
        "one empty page by the same typesetter",
    )


def platform_pairs(folder: Path) -> Iterator[Pair]:
    """Say what is measured of the platform, on copies of one prepared database."""
    task = [sys.executable, "-m", "benchmarks.acts"]

    def of(name: str) -> list[str]:
        return [*task, name, str(folder)]

    yield Pair(
        "600 acts by eight threads, SQLite",
        of("short_acts"),
        of("bare_inserts"),
        "600 bare inserts of the same rows, no trail, no search, no checks",
    )
    yield Pair(
        "600 acts beside one that holds the database 0.2 s at a time",
        of("short_acts_beside_a_slow_one"),
        of("short_acts"),
        "the same acts alone",
    )
    yield Pair(
        "list of 20 000 units, 50 times", of("list_of_many"), of("list_of_few"), "list of 200 units, 50 times"
    )
    yield Pair(
        "organogram of 20 000 units folded, 10 times",
        of("organogram_of_many"),
        of("rows_of_many"),
        "reading its rows",
    )


def measuring_pairs(folder: Path) -> Iterator[Pair]:
    """Say what is measured of the ledger, on copies of another prepared database, or on a large one."""
    task = [sys.executable, "-m", "benchmarks.measuring"]

    def of(name: str) -> list[str]:
        return [*task, name, str(folder)]

    yield Pair(
        "file of 20 000 values read, compared and written in acts",
        of("file_loaded"),
        of("bare_values"),
        "bare inserts of the same rows, no staging, no comparison, no trail",
    )
    yield Pair(
        "100 cells of a grid saved, 5 times",
        of("grid_of_hundred_saved"),
        of("hundred_bare_updates"),
        "bare inserts and updates of the same rows",
    )
    yield Pair(
        "workbook of a grid of 600 cells sent back and compared",
        of("sheet_of_grid_back"),
        of("workbook_read"),
        "reading its cells in the same confined process",
    )
    yield Pair(
        "a year of 10 indicators over 120 units, of 3 000 000 rows",
        of("aggregate_of_an_indicator"),
        of("bare_aggregate"),
        "the same sums in bare SQL",
    )
    yield Pair(
        "page of the panel: 10 of 120 units, 50 indicators, 36 months, of 3 000 000 rows",
        of("panel_of_three_years"),
        of("bare_panel"),
        "the same rows in bare SQL",
    )


def scoring_pairs(folder: Path) -> Iterator[Pair]:
    """Say what is measured of the scores of agreements, on copies of a third prepared database."""
    task = [sys.executable, "-m", "benchmarks.scoring"]

    def of(name: str) -> list[str]:
        return [*task, name, str(folder)]

    yield Pair(
        "10 of 120 agreements of 50 indicators closed: read, frozen, scored, kept",
        of("closed_ten"),
        of("norm_alone"),
        "the norm alone on the same 500 rows, no platform",
    )
    yield Pair(
        "explanation of a score of 50 indicators, 20 pages",
        of("explained"),
        of("explained_alone"),
        "the norm alone on the same rows and its steps opened, no platform",
    )
    yield Pair(
        "panel of 120 agreements, 10 times",
        of("panel"),
        of("bare_panel"),
        "the same rows in bare SQL",
    )


def row(pair: Pair) -> str:
    """Measure a pair in turn after a warm-up and make its line of the table."""
    measure(pair.ours), measure(pair.other)
    runs = [(measure(pair.ours), measure(pair.other)) for _ in range(PAIRS)]
    ratios = [ours.wall / other.wall for ours, other in runs]
    print(f"{pair.title}: {statistics.median(ratios):.2f}")
    cells = (
        pair.title,
        pair.compared_with,
        f"**{statistics.median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})",
        f"{statistics.median(ours.wall for ours, _ in runs):.2f} s",
        f"{statistics.median(ours.processor for ours, _ in runs):.2f} s",
        f"{statistics.median(ours.memory for ours, _ in runs):.0f} MiB",
    )
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Measure everything and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "calcular",
            "almg-2554-2012",
            "examples/almg-2015.xlsx",
            "--em",
            "31/12/2015",
            "-o",
            folder,
        ]
        subprocess.run(
            [sys.executable, "-c", APURA, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        subprocess.run([sys.executable, "-m", "benchmarks.acts", "prepare", folder], cwd=ROOT, check=True)
        ledger = Path(folder) / "livro"
        ledger.mkdir()
        for name in ("prepare", "prepare_large"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.measuring", name, str(ledger)], cwd=ROOT, check=True
            )
        agreements = Path(folder) / "acordos"
        agreements.mkdir()
        for name in ("prepare", "prepare_closed"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.scoring", name, str(agreements)], cwd=ROOT, check=True
            )
        every = [
            *pairs(Path(folder) / "resultado.json"),
            *platform_pairs(Path(folder)),
            *measuring_pairs(ledger),
            *scoring_pairs(agreements),
        ]
        rows = [row(pair) for pair in every]
    page = [
        "# Benchmarks",
        "",
        "Made by `python3 dev.py bench`: whole processes, start-up included, five pairs in turn after a warm-up.",
        "The ratio is the one to quote; seconds change with the machine and its load.",
        "",
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| What | Compared with | Wall ratio, median (min–max) | Wall | Processor | Peak memory |",
        "| --- | --- | --- | --- | --- | --- |",
        *rows,
        BY_HAND.rstrip(),
        f"\n{bulk.kept_section()}".rstrip(),
    ]
    (ROOT / "benchmarks" / "results.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["lote"]:
        bulk.main(sys.argv[2:])
    else:
        main()
