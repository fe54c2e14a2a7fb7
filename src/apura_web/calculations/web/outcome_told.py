"""One result told to people, with the same content as the printed memória: facts, where they came from, every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from apura.formula import Call, FormulaError, Node, in_words, mathml, parse
from apura.norms.texts import fold
from apura.paper.catalogue import Catalogue
from apura.paper.formats import day, declared_cell, quantity
from apura.paper.subjects import subject
from apura_web.audit.actors import Actor
from apura_web.calculations.asking import Asked, FactRow, SourceRef
from apura_web.calculations.memory import Memory
from apura_web.calculations.topics import address_of
from apura_web.calculations.web.calculation_told import outcome_url
from apura_web.foundation.presentation import Fact

Record = Mapping[str, Any]
NO_SOURCE = SourceRef("", "")
COUNTED = SourceRef("", "contado a partir das datas informadas")


@dataclass(frozen=True)
class Reading:
    """An interpretation a step relied on: the doubt, the reading adopted and by which act, the others on offer."""

    label: str
    text: str
    basis: str
    adopted: str
    others: Sequence[str]
    decider: str
    decided_by: str


@dataclass(frozen=True)
class Step:
    """A step of a result; ``drawn`` is empty when this version cannot read the formula."""

    number: int
    name: str
    label: str
    value: str
    unit: str
    drawn: SafeString | str
    words: str
    formula: str
    with_values: str
    basis: str
    wording: str
    notes: Sequence[str]
    parameters: Sequence[Fact]
    readings: Sequence[Reading]


@dataclass(frozen=True)
class InputTold:
    """A fact: its value, or that it is blank, and where it came from."""

    label: str
    text: str
    is_missing: bool
    source: str
    url: str


@dataclass(frozen=True)
class RelatedTold:
    """A row that a result reads: whose, its values, and where it is explained."""

    key: str
    name: str
    url: str
    cells: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class RelationTold:
    """The rows of one relation."""

    label: str
    columns: Sequence[tuple[str, bool]]
    rows: Sequence[RelatedTold]


@dataclass(frozen=True)
class OutcomeTold:
    """Everything the page of a result shows; ``readings`` are those that every step relies on."""

    inputs: Sequence[InputTold]
    relations: Sequence[RelationTold]
    deadlines: Sequence[Record]
    lookups: Sequence[Sequence[str]]
    told: Sequence[str]
    steps: Sequence[Step]
    readings: Sequence[Reading]
    readers: Sequence[Fact]


def outcome_told(code: str, memory: Memory, result: Record, *, asked: Asked, looker: Actor) -> OutcomeTold:
    """Tell a result.

    Args:
        code: of the calculation.
        memory: its document.
        result: one of its results.
        asked: its fact sheet, read.
        looker: who will read it; sources they may not see are named and not linked.
    """
    rule, labels = memory.rules[result["regra"]], memory.labels(result["regra"])
    shaped = subject(result, rule=rule, labels=labels, catalogue=Catalogue())
    shared = _shared(result["passos"])
    return OutcomeTold(
        inputs=_inputs(result, rule, _rows_of(asked, result["chave"], result["regra"]), looker),
        relations=_relations(code, memory, result, shaped["relations"]),
        deadlines=shaped["deadlines"],
        lookups=shaped["lookups"],
        told=shaped["told"],
        steps=[
            _step(_without(step, shared), said, labels=labels, choices=memory.choices)
            for step, said in zip(result["passos"], shaped["steps"], strict=True)
        ],
        readings=[_reading(each, memory.choices) for each in shared],
        readers=_readers(code, memory, result),
    )


def _rows_of(asked: Asked, key: str, rule: str) -> list[FactRow]:
    """Give the rows of a subject: those of its rule, then those of the rule whose subjects it follows."""
    rules = sorted(asked.rules, key=lambda name: name != rule)
    return [
        row
        for name in rules
        if "." not in name
        for row in asked.rules[name]
        if fold(row.values.get("chave", "")) == fold(key)
    ]


def _inputs(result: Record, rule: Record, rows: Sequence[FactRow], looker: Actor) -> list[InputTold]:
    known = result["fatos"]["entradas"]
    counted = {term["entrada"] for term in result["fatos"]["prazos"]}
    found = []
    for column in rule["entradas"]:
        name = column["nome"]
        if name in counted:
            continue
        source = next((row.sources[name] for row in rows if name in row.sources), NO_SOURCE)
        if name in known and rows and not any(name in row.values for row in rows):
            source = COUNTED
        text = declared_cell(known[name], column) if name in known else "em branco"
        is_missing = name not in known or known[name].startswith(("não informado", "não se aplica"))
        found.append(InputTold(column["rotulo"], text, is_missing, source.label, address_of(source, looker)))
    return found


def _relations(code: str, memory: Memory, result: Record, shaped: Sequence[Record]) -> list[RelationTold]:
    read = {relation["nome"]: relation["regras"] for relation in memory.rules[result["regra"]]["relacoes"]}
    found = []
    for name, said in zip(result["fatos"]["relacoes"], shaped, strict=True):
        rows = [
            RelatedTold(
                row["key"],
                row["name"],
                _page_of(code, memory, read.get(name, ()), row["key"]),
                list(zip(row["cells"], said["numeric"], strict=True)),
            )
            for row in said["rows"]
        ]
        columns = list(zip(said["columns"], said["numeric"], strict=True))
        found.append(RelationTold(said["label"], columns, rows))
    return found


def _page_of(code: str, memory: Memory, rules: Sequence[str], key: str) -> str:
    rule = next((name for name in rules if memory.result(name, key)), None)
    return outcome_url(code, rule, key) if rule else ""


def _readers(code: str, memory: Memory, result: Record) -> list[Fact]:
    """Give the results that read this one."""
    own = fold(result["chave"])
    found = []
    for other in memory.made["resultados"]:
        rule = memory.rules[other["regra"]]
        for relation in rule["relacoes"]:
            rows = other["fatos"]["relacoes"].get(relation["nome"], ())
            if result["regra"] in relation["regras"] and any(fold(row["identidade"]) == own for row in rows):
                label = f"{rule['rotulo']}, {other['nome'] or other['chave']}"
                last = other["passos"][-1]
                url = outcome_url(code, other["regra"], other["chave"])
                found.append(Fact(label, quantity(last["valor"], last["unidade"] or ""), url))
    return found


def _shared(steps: Sequence[Record]) -> list[Record]:
    """Give the readings that every step relies on, to be told once; none when there is one step."""
    first, *others = (step["interpretacoes"] for step in steps)
    return [each for each in first if others and all(each in readings for readings in others)]


def _without(step: Record, shared: Sequence[Record]) -> Record:
    return {**step, "interpretacoes": [each for each in step["interpretacoes"] if each not in shared]}


def _step(step: Record, said: Record, *, labels: Mapping[str, str], choices: Sequence[Record]) -> Step:
    drawn, words = _drawn(step["formula"], labels)
    return Step(
        number=said["number"],
        name=step["nome"],
        label=step["rotulo"],
        value=said["value"],
        unit=said["unit"],
        drawn=drawn,
        words=words,
        formula=step["formula"],
        with_values=said["with_values"],
        basis=said["basis"],
        wording=". ".join(part for part in (said["wording"], said["warning"]) if part),
        notes=said["notes"][: len(said["notes"]) - len(step["parametros"])],
        parameters=[_parameter(each) for each in step["parametros"]],
        readings=[_reading(each, choices) for each in step["interpretacoes"]],
    )


def _drawn(formula: str, labels: Mapping[str, str]) -> tuple[SafeString | str, str]:
    try:
        tree = parse(formula)
    except FormulaError:
        return "", ""
    picture = mathml(_bare(tree), labels)
    return mark_safe(picture), in_words(tree, labels)  # noqa: S308 - the printer escapes every text in it


def _bare(tree: Node) -> Node:
    """Draw a formula without what only says that nothing is rounded, as paper does."""
    if isinstance(tree, Call) and tree.function == "exata":
        return tree.arguments[0]
    return tree


def _parameter(used: Record) -> Fact:
    act = f"; {used['ato']}" if used["ato"] else ""
    note = f"desde {day(used['desde'])} ({used['fundamento']}{act})"
    return Fact(used["rotulo"], quantity(used["valor"], used["unidade"]), note=note)


def _reading(relied_on: Record, choices: Sequence[Record]) -> Reading:
    choice = next(
        (
            each
            for each in choices
            if (each["nome"], each["valor"]) == (relied_on["nome"], relied_on["adotada"])
        ),
        None,
    )
    act = relied_on["ato"] or ""
    on = f", de {day(choice['data_do_ato'])}" if act and choice and choice["data_do_ato"] else ""
    return Reading(
        label=relied_on["rotulo"],
        text=relied_on["texto"],
        basis=relied_on["fundamento"],
        adopted=relied_on["adotada"],
        others=relied_on["alternativas"],
        decider=relied_on["decisor"],
        decided_by=f"{act}{on}",
    )
