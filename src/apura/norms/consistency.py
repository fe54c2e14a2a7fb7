"""Whether a result document agrees with itself: its arithmetic, its repetitions, its results named once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apura.formula import FormulaError, exact, parse_exact, plain, with_values
from apura.norms.errors import NormError
from apura.norms.explanation import shown, shown_exact
from apura.norms.replay import ReplayedStep, replay
from apura.norms.texts import quoted

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference: which outcome and step, what the document says and what was found.

    ``rule`` and ``key`` are empty when it is about the whole document. ``is_value`` tells numbers from wording.
    """

    rule: str
    key: str
    place: str
    said: str
    found: str
    is_value: bool = True

    def __str__(self) -> str:
        whose = f"{self.rule} de {self.key}, " if self.rule else ""
        return f"{whose}{self.place}: o documento diz {self.said}; a conferência dá {self.found}"


def inconsistencies(made: Record) -> Iterator[Finding]:
    """List where the document ``made`` contradicts itself."""
    rules = {rule["regra"]: rule for rule in made["regras"]}
    seen = set()
    for outcome in made["resultados"]:
        who = outcome["regra"], outcome["chave"]
        if who in seen:
            yield Finding(*who, "resultado", "dois", "um só: cada um aparece uma vez")
        seen.add(who)
        declared, last = rules.get(outcome["regra"]), outcome["passos"][-1]["nome"]
        if declared is None:
            yield Finding(*who, "regra", quoted(outcome["regra"]), "nenhuma regra com este nome no documento")
        elif declared["resultado"] != last:
            yield Finding(*who, "resultado", quoted(last), quoted(declared["resultado"]))
        else:
            yield from _arithmetic(made, outcome)
    if made["instituicao"] and made["instituicao"]["ficticio"] and not made["ficticio"]:
        yield Finding("", "", "ficticio", "que os valores são reais", "que a instituição é fictícia")
    yield from _repetitions(made, rules)


def _arithmetic(made: Record, outcome: Record) -> Iterator[Finding]:
    who = outcome["regra"], outcome["chave"]
    steps = outcome["passos"]
    repeated = {step["nome"]: step["valor"] for step in steps}
    if len(repeated) != len(steps):
        yield Finding(*who, "passos", "um passo duas vezes", "cada passo uma vez")
    for name in dict.fromkeys([*outcome["valores"], *repeated]):
        one, other = outcome["valores"].get(name), repeated.get(name)
        if one != other:
            yield Finding(*who, f"valores, {name}", _short(one), _short(other))
    try:
        for said, done in zip(steps, replay(made, outcome), strict=True):
            for part, found in _computed(said, done):
                if said[part] != found:
                    yield Finding(*who, f"{said['rotulo']}, {part}", _short(said[part]), _short(found))
    except (FormulaError, NormError) as error:
        yield Finding(*who, "cálculo", "um valor", f"nenhum: {' '.join(str(error).split())}")


def _computed(said: Record, done: ReplayedStep) -> Iterator[tuple[str, object]]:
    places = said["casas"]
    yield "exato", shown_exact(done.trace.value, places)
    yield "valor", shown(done.trace.value, places)
    yield "com_valores", with_values(done.tree, done.trace)
    yield (
        "arredondamentos",
        [
            {"antes": exact(made.before), "depois": plain(made.after, made.places), "casas": made.places}
            for made in done.trace.roundings
        ],
    )


def _repetitions(made: Record, rules: Mapping[str, Record]) -> Iterator[Finding]:
    """Rows that repeat the outcome of another subject of the same document must say the same."""
    known = {(outcome["regra"], outcome["chave"]): outcome for outcome in made["resultados"]}
    for outcome in made["resultados"]:
        relations = rules.get(outcome["regra"], {}).get("relacoes", [])
        read = {relation["nome"]: relation["regras"] for relation in relations}
        for name, rows in outcome["fatos"]["relacoes"].items():
            for row in rows:
                owners = [known.get((rule, row["identidade"])) for rule in read.get(name, [])]
                owner = next((one for one in owners if one is not None), None)
                if owner is not None:
                    yield from _repeated(outcome, row, owner)


def _repeated(outcome: Record, row: Record, owner: Record) -> Iterator[Finding]:
    said = {**owner["fatos"]["entradas"], **{step["nome"]: step["exato"] for step in owner["passos"]}}
    for name, value in row.items():
        true = owner["nome"] if name == "nome" else said.get(name)
        if name != "identidade" and true is not None and not _same(value, true):
            place = f"{row['identidade']}, {name}"
            yield Finding(outcome["regra"], outcome["chave"], place, quoted(value), quoted(true))


def _same(one: str, other: str) -> bool:
    try:
        return parse_exact(one) == parse_exact(other)
    except ValueError:
        return one == other


def _short(value: object) -> str:
    return quoted(value) if value or value == "" else "nada"
