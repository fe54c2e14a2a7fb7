"""What if the rule were read, or written, otherwise: an edited copy of a norm, never the norm itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from apura.formula import FormulaError, brazilian, finite_places, read_number
from apura.norms.application import AppliedNorm
from apura.norms.errors import BadInput, NormWithoutEffect, Problem, Refusal
from apura.norms.institution import Institution
from apura.norms.norm_differences import NormDifference, norm_differences
from apura.norms.pack import Norm, digest
from apura.norms.schema import Interpretation, Parameter, ParameterValue
from apura.norms.texts import fold, one_line, suggestion
from apura.norms.wording_of_date import worded_on

SIMULATED = "valor simulado, sem ato"
MOST_PLACES = 10
PENDING = "pendente"
PARAMETER_TEXT = "Só este valor muda; vale o simulado em qualquer data."
PACK_TEXT = "Aplica-se um pacote inteiro, editado, no lugar da norma instalada."
WORDING_TEXT = "Textos e valores são os de outra data; prazos, composição e fatos ficam na data de aplicação."
READING, PARAMETER = "--leitura", "--parametro"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What to suppose: readings and parameters by name, the wording of another date, a whole edited norm."""

    readings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    wording_on: date | None = None
    pack: Norm | None = None


@dataclass(frozen=True, slots=True)
class AskedChange:
    """One change asked for: what it is, its text and provision, what holds and what is tried.

    ``decided_by`` is the act of the institution that what holds rests on; ``value`` is the parameter tried, exact;
    ``details`` lists what the norm says otherwise because of it, when it is a wording date or an edited pack.
    """

    kind: Literal["interpretação", "parâmetro", "redação", "pacote"]
    name: str
    label: str
    text: str
    cites: str | None
    before: str
    after: str
    decided_by: str | None = None
    value: Fraction | None = None
    details: tuple[NormDifference, ...] = ()


def suppose(base: AppliedNorm, scenario: Scenario) -> tuple[AppliedNorm, tuple[AskedChange, ...]]:
    """Apply an edited copy of the norm to the same date, for the same institution.

    The institution's own decision on what is changed gives way; its others hold. A wording date brings the texts
    and the parameters of that date; deadlines, composition and facts keep the date of ``base``.

    Args:
        base: the norm on its date, officially applied; it is not touched.
        scenario: what to suppose.

    Returns:
        The edited norm applied, and what was changed against what.

    Raises:
        BadInput: an unknown name or reading, a value the parameter cannot have, or a change that changes nothing.
        Refusal: the norm has no effect on the wording date.
    """
    norm, changes = base.norm, []
    if scenario.pack is not None:
        norm = scenario.pack
        changes.append(_pack_change(base, norm))
    if scenario.wording_on is not None:
        norm, change = _worded(base, norm, scenario.wording_on)
        changes.append(change)
    edits = _edits(base, norm, scenario)
    edited = replace(
        norm,
        interpretations={**norm.interpretations, **_readings(norm, edits)},
        parameters={**norm.parameters, **_parameters(norm, edits, base.on)},
    )
    asked = (*changes, *edits)
    edited = replace(edited, digest=_digest(base.norm, norm, asked))
    return AppliedNorm(edited, base.on, _without(base.institution, scenario)), asked


def _without(institution: Institution | None, scenario: Scenario) -> Institution | None:
    if institution is None:
        return None
    changed = {*scenario.readings, *scenario.parameters}
    kept = tuple(one for one in institution.decisions if one.name not in changed)
    return replace(institution, decisions=kept)


def _digest(base: Norm, norm: Norm, asked: Sequence[AskedChange]) -> str:
    """Mark the edited norm as another: what it came from, and what was changed."""
    said = [[change.kind, change.name, change.before, change.after] for change in asked]
    return digest({"base": base.digest, "edited": norm.digest, "changes": said})


def _pack_change(base: AppliedNorm, pack: Norm) -> AskedChange:
    if pack.id != base.norm.id:
        said = f"o pacote é da norma {pack.id}, e a pedida é {base.norm.id}"
        raise BadInput([Problem(f"{said}; edite uma cópia do pacote dessa norma", "--pacote")])
    if pack.digest == base.norm.digest:
        raise BadInput([Problem("o pacote diz o mesmo que a norma instalada; nada mudaria", "--pacote")])
    before, after = (f"edição {one.identity.edition} ({one.digest[7:19]})" for one in (base.norm, pack))
    details = norm_differences(base, AppliedNorm(pack, base.on, base.institution))
    return AskedChange("pacote", pack.id, "Norma editada", PACK_TEXT, None, before, after, details=details)


def require_effect_on(norm: Norm, on: date, *, option: str) -> None:
    """Refuse a date, given in a command's ``option``, on which the norm has no effect.

    Raises:
        NormWithoutEffect: the date lies outside the norm.
    """
    try:
        AppliedNorm(norm, on).require_effect()
    except NormWithoutEffect as refused:
        raise NormWithoutEffect(
            refused.reason,
            takes_effect_on=refused.takes_effect_on,
            last_day=refused.last_day,
            what_to_do=f"Informe em {option} uma data em que a norma produza efeitos.",
            cites=refused.cites,
        ) from refused


def _worded(base: AppliedNorm, norm: Norm, on: date) -> tuple[Norm, AskedChange]:
    require_effect_on(norm, on, option="--redacao")
    edited = worded_on(norm, on, applied_on=base.on)
    details = norm_differences(
        AppliedNorm(norm, base.on, base.institution), AppliedNorm(edited, base.on, base.institution)
    )
    if not details:
        said = f"a norma diz o mesmo em {base.on:%d/%m/%Y} e em {on:%d/%m/%Y}; nada mudaria"
        raise BadInput([Problem(said, "--redacao")])
    before, after = f"texto de {base.on:%d/%m/%Y}", f"texto de {on:%d/%m/%Y}"
    return edited, AskedChange(
        "redação", "redacao", "Texto de outra data", WORDING_TEXT, None, before, after, details=details
    )


def _edits(base: AppliedNorm, norm: Norm, scenario: Scenario) -> list[AskedChange]:
    changes: list[AskedChange] = []
    problems: list[Problem] = []
    asked: list[tuple[Callable[[AppliedNorm, str, str], AskedChange], str, str]]
    asked = [(_reading_change, name, text) for name, text in scenario.readings.items()]
    asked += [(_parameter_change, name, text) for name, text in scenario.parameters.items()]
    for change, name, text in asked:
        try:
            changes.append(change(AppliedNorm(norm, base.on, base.institution), name, text))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return changes


def _reading_change(held: AppliedNorm, name: str, reading: str) -> AskedChange:
    declared = held.norm.interpretations.get(name)
    if declared is None:
        raise BadInput([Problem(_unknown(name, held.norm), READING)])
    offered = {fold(known): known for known in declared.readings}
    wanted = offered.get(fold(reading))
    before, by = _reading_held(held, name)
    if wanted is None:
        listed = "; ".join(f"“{known}”" for known in declared.readings)
        raise BadInput(
            [
                Problem(
                    f"“{reading}” não é uma leitura de “{name}”; há {listed}", READING, None, declared.cites
                )
            ]
        )
    if wanted == before:
        said = f"“{wanted}” já é a leitura de “{name}” em {held.on:%d/%m/%Y}; nada mudaria"
        raise BadInput([Problem(said, READING, None, declared.cites)])
    return AskedChange(
        "interpretação", name, declared.label, declared.text, declared.cites, before, wanted, by
    )


def _reading_held(held: AppliedNorm, name: str) -> tuple[str, str | None]:
    """Return the reading that holds, and the act that chose it; pending when the choice is still to be made."""
    try:
        now = held.reading(name)
    except Refusal:
        return PENDING, None
    return now.reading, now.decision.act if now.decision else None


def _unknown(name: str, norm: Norm) -> str:
    """Say that nothing of the norm has this name, and what names there are."""
    if name in norm.parameters:
        return f"“{name}” é um parâmetro; use {PARAMETER} {name}=valor"
    if name in norm.interpretations:
        return f"“{name}” é uma interpretação; use {READING} {name}=leitura"
    hint = suggestion(name, (*norm.interpretations, *norm.parameters))
    readable = [known for known, one in norm.interpretations.items() if one.others]
    known = f"interpretações com outra leitura: {', '.join(readable) or 'nenhuma'}"
    return f"a norma não tem “{name}”{hint}; {known}; parâmetros: {', '.join(norm.parameters) or 'nenhum'}"


def _parameter_change(held: AppliedNorm, name: str, text: str) -> AskedChange:
    declared = held.norm.parameters.get(name)
    if declared is None:
        raise BadInput([Problem(_unknown(name, held.norm), PARAMETER)])
    value = _value(declared, name, text)
    cites = declared.values[0].cites if declared.values else declared.cites
    try:
        now = held.parameter(name)
    except Refusal:
        before, by = PENDING, None
    else:
        before, by = _quantity(now.value, declared.unit, now.places), now.act
        if now.value == value:
            said = f"{before} já é o valor de “{name}” em {held.on:%d/%m/%Y}; nada mudaria"
            raise BadInput([Problem(said, PARAMETER, None, now.cites)])
    after = _quantity(value, declared.unit, _places(declared, value))
    return AskedChange(
        "parâmetro", name, declared.label, PARAMETER_TEXT, cites, before, after, by, value=value
    )


def _value(declared: Parameter, name: str, text: str) -> Fraction:
    """Read the value tried, which must be one that the parameter could have."""
    try:
        value = read_number(text)
    except FormulaError as error:
        raise BadInput(
            [Problem(f"o valor de “{name}” não é um número: {one_line(error)}", PARAMETER)]
        ) from error
    low, high = declared.low, declared.high
    if (low is not None and value < low) or (high is not None and value > high):
        ends = [f"{brazilian(low, None)} no mínimo"] if low is not None else []
        ends += [f"{brazilian(high, None)} no máximo"] if high is not None else []
        raise BadInput([Problem(f"o valor de “{name}” está fora da faixa: {', '.join(ends)}", PARAMETER)])
    if declared.unit == "casas" and (value.denominator != 1 or not 0 <= value <= MOST_PLACES):
        raise BadInput([Problem(f"“{name}” são casas decimais: um inteiro de 0 a {MOST_PLACES}", PARAMETER)])
    if (finite_places(value) or 0) > MOST_PLACES:
        raise BadInput([Problem(f"o valor de “{name}” tem mais de {MOST_PLACES} casas", PARAMETER)])
    return value


def _quantity(value: Fraction, unit: str, places: int) -> str:
    shown = brazilian(value, places)
    return f"R$ {shown}" if unit == "R$" else f"{shown} {unit}".removesuffix(" adimensional")


def _places(declared: Parameter, value: Fraction) -> int:
    return max(declared.places, finite_places(value) or 0)


def _readings(norm: Norm, edits: Sequence[AskedChange]) -> dict[str, Interpretation]:
    """Return the interpretations changed, each with the reading tried in place of the adopted one."""
    made = {}
    for change in edits:
        if change.kind == "interpretação":
            declared = norm.interpretations[change.name]
            others = tuple(reading for reading in declared.readings if reading != change.after)
            made[change.name] = declared.model_copy(
                update={"adopted": change.after, "others": others, "asks": None}
            )
    return made


def _parameters(norm: Norm, edits: Sequence[AskedChange], on: date) -> dict[str, Parameter]:
    """Return the parameters changed, each with the value tried and no other, whatever the date."""
    made = {}
    for change in edits:
        if change.value is not None:
            declared = norm.parameters[change.name]
            since = min(norm.identity.takes_effect_on, on)
            tried = ParameterValue.model_validate(
                {"from": since, "value": change.value, "cites": change.cites, "act": SIMULATED}
            )
            made[change.name] = declared.model_copy(
                update={"values": (tried,), "pending": False, "places": _places(declared, change.value)}
            )
    return made
