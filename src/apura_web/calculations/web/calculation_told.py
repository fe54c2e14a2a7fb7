"""A calculation told to people: its main result, every result by rule, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from apura.formula import FormulaError, parse, references
from apura.paper.formats import day, is_number, number, plural, quantity, short_hash, unit_after
from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.audit.verification import Verdict
from apura_web.calculations.memory import Memory
from apura_web.calculations.models import Calculation
from apura_web.calculations.rechecking import Checked
from apura_web.calculations.selectors import known_at
from apura_web.foundation.presentation import Badge, Fact, Tone
from apura_web.foundation.templatetags.apura import instant

Record = Mapping[str, Any]
MOST_COLUMNS = 5
VERDICTS = {
    Verdict.HOLDS: Badge("confere", Tone.GOOD, "check-circle"),
    Verdict.HOLDS_OLD: Badge("confere com a edição antiga", Tone.GOOD, "check-circle"),
    Verdict.DIFFERS: Badge("difere pela edição nova", Tone.ATTENTION, "code-branch"),
    Verdict.ONLY_ARITHMETIC: Badge("só a conta confere", Tone.ATTENTION, "calculator"),
    Verdict.BROKEN: Badge("quebrado", Tone.BAD, "times-circle"),
}
VERDICTS_TOLD = {
    Verdict.HOLDS: "Feito de novo da folha de fatos, dá o mesmo.",
    Verdict.HOLDS_OLD: "A edição da norma que o fez dá o mesmo, e a edição em uso também.",
    Verdict.DIFFERS: "A edição da norma que o fez dá o mesmo; a edição em uso daria outro resultado.",
    Verdict.ONLY_ARITHMETIC: "As contas da memória estão certas, mas a edição que o fez não está nesta instalação.",
    Verdict.BROKEN: "O que está guardado não é o que foi calculado. Avise quem administra a instituição.",
}


@dataclass(frozen=True)
class Shown:
    """A result in large: the number, its unit, where it is explained."""

    text: str
    unit: str
    label: str
    url: str


@dataclass(frozen=True)
class Cell:
    """A value of a table; ``text`` is empty when the step was not needed."""

    text: str
    url: str
    is_number: bool


@dataclass(frozen=True)
class Row:
    """A subject and its values, the result last."""

    key: str
    name: str
    url: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class RuleTable:
    """The results of one rule."""

    rule: str
    label: str
    subject: str
    basis: str
    wording: str
    columns: Sequence[tuple[str, bool]]
    rows: Sequence[Row]


def outcome_url(code: str, rule: str, key: str, step: str = "") -> str:
    """Give where a result is explained, or one of its steps."""
    url = reverse("outcome", args=[code, rule, key])
    return f"{url}#passo-{step}" if step else url


def main_shown(code: str, memory: Memory) -> Shown | None:
    """Give the main result; None when there are several, or none."""
    result = memory.main
    return shown(code, memory, result) if result else None


def shown(code: str, memory: Memory, result: Record) -> Shown:
    """Give a result in large."""
    last = result["passos"][-1]
    unit = last["unidade"] or ""
    text = quantity(last["valor"], unit) if unit in {"R$", "%"} else number(last["valor"])
    rule = memory.rules[result["regra"]]
    label = f"{rule['rotulo']}, {result['nome'] or result['chave']}"
    name = "" if unit in {"R$", "%"} else unit_after(last["valor"], unit)
    return Shown(text, name, label, outcome_url(code, result["regra"], result["chave"]))


def rule_tables(code: str, memory: Memory) -> list[RuleTable]:
    """Tell every result, the rule the calculation was made for first, then those it reads."""
    return [_table(code, memory, name) for name in reversed(list(memory.results))]


def _table(code: str, memory: Memory, name: str) -> RuleTable:
    rule, results = memory.rules[name], list(memory.results[name].values())
    steps = [*_columns(results), rule["resultado"]]
    labels = {step["nome"]: step for result in results for step in result["passos"]}
    return RuleTable(
        rule=name,
        label=rule["rotulo"],
        subject=capfirst(rule["sujeito"]),
        basis=rule["fundamento"],
        wording=rule["redacao"],
        columns=[(_heading(labels[step]), labels[step]["unidade"] is not None) for step in steps],
        rows=[_row(code, result, steps) for result in results],
    )


def _heading(step: Record) -> str:
    unit = step["unidade"]
    has_unit = unit not in {None, "", "adimensional"} and unit not in step["rotulo"]
    return f"{step['rotulo']} ({plural(unit)})" if has_unit else str(step["rotulo"])


def _columns(results: Sequence[Record]) -> list[str]:
    """Choose the steps shown beside the result: all when they are few, else those its own formula reads."""
    names = list(dict.fromkeys(step["nome"] for result in results for step in result["passos"][:-1]))
    if len(names) < MOST_COLUMNS:
        return names
    try:
        read = references(parse(results[0]["passos"][-1]["formula"])).names
    except FormulaError:
        return []
    chosen = [name for name in names if name in read]
    return chosen if len(chosen) <= MOST_COLUMNS else []


def _row(code: str, result: Record, steps: Sequence[str]) -> Row:
    rule, key = result["regra"], result["chave"]
    values = result["valores"]
    last = result["passos"][-1]["nome"]
    cells = [
        Cell(
            number(values[step]) if step in values else "",
            outcome_url(code, rule, key, "" if step == last else step),
            step not in values or is_number(values[step]),
        )
        for step in steps
    ]
    name = "" if result["nome"] == key else result["nome"]
    return Row(key, name, outcome_url(code, rule, key), cells)


def facts_of(calculation: Calculation, memory: Memory, looker: Actor) -> list[Fact]:
    """Tell the norm, the day, and what was known."""
    made, sheet = memory.made, calculation.fact_sheet
    who = names_of({calculation.calculated_by}, looker)[calculation.calculated_by]
    rule = memory.rules.get(memory.main_rule)
    wording = f" · {rule['redacao']}" if rule else ""
    return [
        Fact(
            "Norma",
            made["titulo"],
            note=f"{made['norma']}, edição {made['edicao']} ({short_hash(made['digest'])}){wording}",
        ),
        Fact("Aplicada em", day(made["em"])),
        Fact("Calculado em", instant(calculation.recorded_at), note=f"por {who}, com {made['motor']}"),
        Fact("O que se sabia", _known(calculation), note=f"folha de fatos {short_hash(sheet.sha256)}"),
    ]


def _known(calculation: Calculation) -> str:
    seq = calculation.fact_sheet.at_seq
    if not seq:
        return "os fatos que a folha traz"
    at = known_at(calculation.fact_sheet)
    return f"o registrado até a entrada {seq} da trilha" + (f" ({instant(at)})" if at else "")


def choices_told(memory: Memory) -> list[Fact]:
    """Tell what the institution decided, with the act of each decision."""
    return [
        Fact(
            each["rotulo"],
            f"“{each['valor']}”" if each["tipo"] == "interpretação" else number(each["valor"]),
            note=_act_told(each),
        )
        for each in memory.choices
    ]


def _act_told(choice: Record) -> str:
    act = choice["ato"] or "sem ato informado"
    on = f", de {day(choice['data_do_ato'])}" if choice["data_do_ato"] else ""
    return f"{act}{on}; vale desde {day(choice['desde'])}"


def proofs_of(calculation: Calculation) -> Iterator[Fact]:
    """Give the whole digests, by which somebody else can tell that texts and norm are the same."""
    yield Fact("Memória de cálculo", f"sha256:{calculation.sha256}")
    yield Fact("Folha de fatos", f"sha256:{calculation.fact_sheet.sha256}")
    yield Fact("Norma", calculation.norm_digest)


def verdict_told(checked: Checked) -> tuple[Badge, str]:
    """Give the badge of a check, and what it means."""
    return VERDICTS[checked.verdict], VERDICTS_TOLD[checked.verdict]
