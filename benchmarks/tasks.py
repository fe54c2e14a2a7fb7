"""One measured task per name, run in a process of its own: ``python -m benchmarks.tasks NAME``."""

import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

from benchmarks import plain
from benchmarks.bodies import bodies
from benchmarks.products import AUDITORS, annex, products

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


def sum_product_rows_with_the_norm() -> None:
    """Type and sum a hundred thousand product rows of two hundred auditors under the norm of CGE-MT."""
    from apura.norms import RawFacts, RawRow, apply_norm, run  # noqa: PLC0415

    rows = [RawRow({"chave": key, **product}) for key, product in products()]
    auditors = [
        RawRow({"chave": f"A{n}", "dias_de_substituicao": 0, "horas_aula": 0}) for n in range(AUDITORS)
    ]
    facts = RawFacts({"pontos_produtividade": auditors}, {("pontos_produtividade", "entregas"): rows})
    applied = apply_norm("cge-mt-81-2019", on=date(2021, 12, 31))
    print(sum(outcome.number for outcome in run(applied, facts, rule="pontos_produtividade").outcomes))


def sum_product_rows_in_plain_python() -> None:
    """Sum the same rows in plain Python, with a dictionary for the annex and no check at all."""
    points = {(name, level): Fraction(value) for name, level, value in annex()}
    print(sum(row["quantidade"] * points[row["produto"], row["complexidade"]] for _key, row in products()))


TASKS = {
    task.__name__: task
    for task in (
        score_with_the_norm,
        score_in_plain_python,
        explain_with_the_norm,
        explain_in_plain_python,
        sum_product_rows_with_the_norm,
        sum_product_rows_in_plain_python,
        pdf_of_the_example,
        pdf_of_one_empty_page,
    )
}

if __name__ == "__main__":
    TASKS[sys.argv[1]]()
