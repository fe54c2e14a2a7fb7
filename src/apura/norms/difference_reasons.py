"""Why a step of two results differs: another reading, wording, parameter, fact, row, or an earlier step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from apura.formula import FormulaError, References, parse, parse_exact, plain, references
from apura.norms.result_schema import Linha, Passo, Resultado


class Cause(Enum):
    """What kind of thing made the step differ."""

    READING = "interpretação"
    WORDING = "redação"
    FORMULA = "fórmula"
    PARAMETER = "parâmetro"
    TABLE = "tabela"
    FACT = "fato"
    ROW = "linha lida"
    STEP = "passo anterior"
    BRANCH = "caminho da fórmula"
    UNTOLD = "o documento não diz"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause: what is called what, its value in A and in B (None where it does not stand), and the provision.

    Values are as the documents write them: numbers with a point, dates as ISO.
    """

    cause: Cause
    name: str
    label: str
    before: str | None
    after: str | None
    cites: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One subject's outcomes in A and in B, and what people read instead of the names formulas use.

    ``places`` gives the decimals that the columns of relations are shown with.
    """

    before: Resultado
    after: Resultado
    named: Mapping[str, str]
    places: Mapping[str, int] = field(default_factory=dict)


def reasons_of(name: str, pair: Pair) -> Iterator[Reason]:
    """Yield why step ``name`` differs between the outcomes of ``pair``, the deepest cause first."""
    one, other = step_of(pair.before, name), step_of(pair.after, name)
    if one is None or other is None:
        yield _branch(name, pair)
        return
    found = [
        *_readings(one, other),
        *_texts(one, other),
        *_parameters(one, other),
        *_entered(one, other, pair),
    ]
    yield from found or [Reason(Cause.UNTOLD, name, one.rotulo, one.valor, other.valor, one.fundamento)]


def _branch(name: str, pair: Pair) -> Reason:
    """Tell of a step that one result did not need: the step that reads it took another way there."""
    for side, other in ((pair.after, pair.before), (pair.before, pair.after)):
        for step in side.passos:
            if step_of(other, step.nome) is not None and name in _read(step).names:
                return Reason(Cause.BRANCH, step.nome, step.rotulo, None, None, step.fundamento)
    return Reason(Cause.BRANCH, name, name, None, None)


def _readings(one: Passo, other: Passo) -> Iterator[Reason]:
    adopted = {reading.nome: reading.adotada for reading in one.interpretacoes}
    for reading in other.interpretacoes:
        mine = adopted.get(reading.nome, reading.adotada)
        if mine != reading.adotada:
            yield Reason(
                Cause.READING, reading.nome, reading.texto, mine, reading.adotada, reading.fundamento
            )


def _texts(one: Passo, other: Passo) -> Iterator[Reason]:
    if one.formula == other.formula:
        return
    acts = [step.redacao.ato or "redação original" for step in (one, other)]
    if acts[0] != acts[1]:
        yield Reason(Cause.WORDING, other.nome, other.rotulo, acts[0], acts[1], other.fundamento)
    yield Reason(Cause.FORMULA, other.nome, other.rotulo, one.formula, other.formula, other.fundamento)


def _parameters(one: Passo, other: Passo) -> Iterator[Reason]:
    known = {parameter.nome: parameter.valor for parameter in one.parametros}
    for parameter in other.parametros:
        mine = known.get(parameter.nome, parameter.valor)
        if not _same(mine, parameter.valor):
            yield Reason(
                Cause.PARAMETER, parameter.nome, parameter.rotulo, mine, parameter.valor, parameter.fundamento
            )


def _entered(one: Passo, other: Passo, pair: Pair) -> Iterator[Reason]:
    """Yield what the formulas read that came with another value: annex rows, facts, rows, earlier steps."""
    mine, theirs = _read(one), _read(other)
    names = dict.fromkeys((*mine.names, *theirs.names))
    tables = {*mine.tables, *theirs.tables}
    columns = dict.fromkeys((*mine.columns, *theirs.columns))
    relations = dict.fromkeys((*mine.relations, *theirs.relations))
    if tables:
        yield from (reason for reason in _lookups(pair) if reason.name in tables)
    for name in names:
        yield from _fact(name, pair)
    for relation, column in columns:
        yield from _rows(relation, column, pair)
    for relation in relations:
        if relation not in {owner for owner, _ in columns}:
            yield from _rows(relation, "", pair)
    for name in names:
        yield from _earlier(name, pair)


def _lookups(pair: Pair) -> Iterator[Reason]:
    known = {(found.tabela, *found.chaves): found.valor for found in pair.before.fatos.consultas}
    for found in pair.after.fatos.consultas:
        mine = known.get((found.tabela, *found.chaves), found.valor)
        if not _same(mine, found.valor):
            label = f"{pair.named.get(found.tabela, found.tabela)} [{'; '.join(found.chaves)}]"
            yield Reason(Cause.TABLE, found.tabela, label, mine, found.valor)


def _fact(name: str, pair: Pair) -> Iterator[Reason]:
    mine, theirs = pair.before.fatos.entradas.get(name), pair.after.fatos.entradas.get(name)
    if mine != theirs:
        yield Reason(Cause.FACT, name, pair.named.get(name, name), mine, theirs)


def _rows(relation: str, column: str, pair: Pair) -> Iterator[Reason]:
    """Yield rows that came, went, or hold another value in ``column``; with no column, those that came or went."""
    mine, theirs = (
        {row.identidade: _cell(row, column) for row in side.fatos.relacoes.get(relation, ())}
        for side in (pair.before, pair.after)
    )
    key = f"{relation}.{column}" if column else relation
    label = pair.named.get(key, column or relation)
    for identity in dict.fromkeys((*mine, *theirs)):
        one, other = mine.get(identity), theirs.get(identity)
        if one is None or other is None or not _same(one, other):
            shown = (None if text is None else _shown(text, pair.places.get(key, 0)) for text in (one, other))
            yield Reason(Cause.ROW, key, f"{label} de {identity}", *shown)


def _earlier(name: str, pair: Pair) -> Iterator[Reason]:
    mine, theirs = step_of(pair.before, name), step_of(pair.after, name)
    if mine is not None and theirs is not None and not _same(mine.exato, theirs.exato):
        yield Reason(Cause.STEP, name, theirs.rotulo, mine.valor, theirs.valor, theirs.fundamento)


def _shown(text: str, places: int) -> str:
    """Give a number of a row the places it is shown with, when that loses nothing."""
    try:
        value = parse_exact(text)
    except ValueError:
        return text
    padded = plain(value, places)
    return padded if parse_exact(padded) == value else text


def _cell(row: Linha, column: str) -> str:
    value: str = (row.model_extra or {}).get(column, "")
    return value


def step_of(outcome: Resultado, name: str) -> Passo | None:
    """Return the step called ``name``, or None when the outcome did not need it."""
    return next((step for step in outcome.passos if step.nome == name), None)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return parse_exact(one) == parse_exact(other)
    except ValueError:
        return one == other


def _read(step: Passo) -> References:
    """Return what a step's formula reads; nothing when this version cannot read the formula."""
    return _references(step.formula)


@lru_cache(maxsize=1_000)
def _references(formula: str) -> References:
    try:
        return references(parse(formula))
    except FormulaError:
        return references(parse("0"))
