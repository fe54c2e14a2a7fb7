"""The same rules under OpenFisca-Core: ``python -m benchmarks.bulk_openfisca FOLDER [filled]``.

Two entities, the record and the auditor, declared as its documentation says; ``filled`` sets the fields of the
populations instead, which it does not document, and spares it a list of forty million integers. Its numbers keep
their default type, float32. Rounding is half up, as the rule asks, so that only the type can make cents differ.
"""

import sys
from pathlib import Path

import numpy
import pyarrow as arrow
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from pyarrow import parquet

from benchmarks.bulk_facts import PARAMETERS, TAKEN, emptied, read_told

PERIOD, YEAR = "2021", periods.DateUnit.YEAR
RECORD = build_entity(key="entrega", plural="entregas", label="Produto entregue", is_person=True)
AUDITOR = build_entity(
    key="auditor", plural="auditores", label="Auditor", roles=[{"key": "produto", "plural": "produtos"}]
)
RESULTS = {
    "pontos_produtividade": {
        "produtos": "pontos_produtividade.produtos",
        "substituicao": "pontos_produtividade.substituicao",
        "instrutoria": "pontos_produtividade.instrutoria",
        "total": "pontos_produtividade.total",
        "capacitacao": "pontos_capacitacao.instrutoria",
    },
    "nota_final": {"nota": "nota_final.nota", "nivel": "nivel.nivel"},
}


def system(told: dict) -> TaxBenefitSystem:
    """Write the rules as variables."""
    made = TaxBenefitSystem([RECORD, AUDITOR])
    for name, kind in (("produto", int), ("complexidade", int), ("quantidade", float)):
        made.add_variable(variable(name, RECORD, kind))
    for name in ("dias", "horas", "grau1", "grau2", "grau3"):
        made.add_variable(variable(name, AUDITOR, float))
    for name, formula in formulas(told).items():
        made.add_variable(variable(name, RECORD if name == "pontos" else AUDITOR, float, formula))
    return made


def variable(name: str, entity: object, kind: type, formula: object = None) -> type[Variable]:
    """Declare a variable of the year."""
    body = {"entity": entity, "value_type": kind, "definition_period": YEAR, "label": name}
    return type(name, (Variable,), body if formula is None else {**body, "formula": formula})


def formulas(told: dict) -> dict:
    """Write the formulas, with the numbers as they are printed."""
    real = {name: units / 10 ** PARAMETERS[name] for name, units in told["values"].items()}
    first, second, third = (floor / 100 for floor in told["floors"])
    shape = [1 + max(row[at] for row in told["points"]) for at in (0, 1)]
    annex = numpy.zeros(shape, numpy.float32)
    for product, level, units in told["points"]:
        annex[product, level] = units / 1000

    def products(auditor, period):
        found = auditor.sum(auditor.members("pontos", period))
        return numpy.pad(found, (0, auditor.count - len(found)))  # its sum stops at the last who has a record

    def score(auditor, period):
        exact = (
            real["peso_da_produtividade"] * auditor("grau1", period)
            + real["peso_da_qualidade"] * auditor("grau2", period)
            + real["peso_da_capacitacao"] * auditor("grau3", period)
        )
        return numpy.floor(exact * 100 + 0.5) / 100

    def level(auditor, period):
        held = auditor("nota", period)
        return numpy.select([held >= first, held >= second, held >= third], [0, 1, 2], 3)

    teaching = sum(
        real[name]
        for name in ("produtividade_por_hora_aula", "elaboracao_por_hora_aula", "preparacao_por_hora_aula")
    )
    return {
        "pontos": lambda record, period: (
            record("quantidade", period) * annex[record("produto", period), record("complexidade", period)]
        ),
        "produtos": products,
        "substituicao": lambda each, period: real["pontos_por_dia_de_substituicao"] * each("dias", period),
        "instrutoria": lambda each, period: teaching * each("horas", period),
        "total": lambda each, period: (
            each("produtos", period) + each("substituicao", period) + each("instrutoria", period)
        ),
        "capacitacao": lambda each, period: real["capacitacao_por_hora_aula"] * each("horas", period),
        "nota": score,
        "nivel": level,
    }


def simulation(made: TaxBenefitSystem, owners: numpy.ndarray, people: int, *, filled: bool) -> Simulation:
    """Say which records each auditor has: ``owners`` gives the number of the auditor of each, from 0."""
    builder = SimulationBuilder()
    builder.create_entities(made)
    if filled:
        for name, count in (("entrega", len(owners)), ("auditor", people)):
            builder.populations[name].ids = numpy.arange(count)
            builder.populations[name].count = count
        builder.populations["auditor"].members_entity_id = owners
    else:
        builder.declare_person_entity("entrega", range(len(owners)))
        auditors = builder.declare_entity("auditor", range(people))
        builder.join_with_persons(auditors, owners, numpy.zeros(len(owners), numpy.int8))
    return builder.build(made)


def main(folder: Path, *, filled: bool) -> None:
    """Compute and write."""
    taken, target, told = folder / TAKEN, emptied(folder, "openfisca"), read_told(folder)
    people = parquet.read_table(taken / "pontos_produtividade.parquet", columns=["sid", "chave", "n1", "n2"])
    scored = parquet.read_table(taken / "nota_final.parquet", columns=["chave", "n1", "n2", "n3"])
    records = parquet.read_table(
        taken / "pontos_produtividade.entregas.parquet", columns=["sid", "c1", "c2", "c3"]
    )
    run = simulation(system(told), numpy_of(records, "sid") - 1, len(people), filled=filled)
    run.set_input("produto", PERIOD, numpy_of(records, "c1"))
    run.set_input("complexidade", PERIOD, numpy_of(records, "c2"))
    run.set_input("quantidade", PERIOD, numpy_of(records, "c3") / numpy.float32(100))
    del records
    run.set_input("dias", PERIOD, numpy_of(people, "n1"))
    run.set_input("horas", PERIOD, numpy_of(people, "n2") / 100)
    for at in (1, 2, 3):
        run.set_input(f"grau{at}", PERIOD, numpy_of(scored, f"n{at}") / 10_000)
    for file, names in RESULTS.items():
        columns = {"chave": (people if file == "pontos_produtividade" else scored)["chave"]}
        columns |= {column: arrow.array(run.calculate(name, PERIOD)) for name, column in names.items()}
        parquet.write_table(arrow.table(columns), target / f"{file}.parquet", compression="zstd")


def numpy_of(table: arrow.Table, column: str) -> numpy.ndarray:
    """Give a column as an array."""
    return table[column].to_numpy()


if __name__ == "__main__":
    main(Path(sys.argv[1]), filled="filled" in sys.argv[2:])
