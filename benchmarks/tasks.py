"""One measured task per name, run in a process of its own: ``python -m benchmarks.tasks NAME``."""

import json
import sys
from datetime import date
from pathlib import Path

from benchmarks import plain
from benchmarks.bodies import bodies

COUNT = 10_000
ON = date(2015, 12, 31)
ROOT = Path(__file__).resolve().parent.parent


def score_with_the_norm() -> None:
    """Score every body under the norm."""
    from apura.norms import calculate  # noqa: PLC0415 - each task imports only what it measures

    total = sum(
        calculate("almg-2554-2012", "nota_orgao", body.facts(), on=ON).number for body in bodies(COUNT)
    )
    print(total)


def score_in_plain_python() -> None:
    """Score every body in plain Python."""
    print(sum(plain.score(body) for body in bodies(COUNT)))


def explain_with_the_norm() -> None:
    """Score every body and open every step."""
    from apura.norms import calculate, explain  # noqa: PLC0415

    lines = 0
    for body in bodies(COUNT):
        explanation = explain(calculate("almg-2554-2012", "nota_orgao", body.facts(), on=ON))
        lines += sum(len(f"{step.canonical}{step.with_values}{step.shown}") > 0 for step in explanation.steps)
    print(lines)


def explain_in_plain_python() -> None:
    """Write a line of text per step of every body."""
    print(sum(len(plain.told(body)) for body in bodies(COUNT)))


def pdf_of_the_example() -> None:
    """Typeset the memória of the example: 22 bodies and their means."""
    from apura.paper import archival_pdf  # noqa: PLC0415

    print(len(archival_pdf(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))


def pdf_of_one_empty_page() -> None:
    """Typeset one empty page with the same program: the floor."""
    import typst  # noqa: PLC0415

    print(len(typst.compile(b"#set document(title: [x])\n", pdf_standards=["a-2b"])))


TASKS = {
    task.__name__: task
    for task in (
        score_with_the_norm,
        score_in_plain_python,
        explain_with_the_norm,
        explain_in_plain_python,
        pdf_of_the_example,
        pdf_of_one_empty_page,
    )
}

if __name__ == "__main__":
    TASKS[sys.argv[1]]()
