"""A norm applied to a date: which wording governs, which values and readings hold, and who decided them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from apura.calendars import Calendar, Counting, DueDate, days_after, last_business_day_between, load_calendar
from apura.formula import Node, read_number
from apura.norms.errors import (
    BadInput,
    BadRequest,
    NormWithoutEffect,
    PendingParameter,
    Problem,
    UnknownWording,
)
from apura.norms.institution import Decision, Institution, problems_with
from apura.norms.pack import Norm
from apura.norms.rule_schema import Rule, Step
from apura.norms.schema import Deadline, Interpretation, Interval, Member, Wording

I = TypeVar("I", bound=Interval)  # noqa: E741


def as_counting(reading: str) -> Counting:
    """Read a reading of an interpretation as a way of counting days.

    Raises:
        BadRequest: it is not one.
    """
    countings: dict[str, Counting] = {"dia corrido": "dia corrido", "dia útil": "dia útil"}
    if reading not in countings:
        raise BadRequest(
            f"“{reading}” não é um modo de contar dias.", what_to_do="Use “dia corrido” ou “dia útil”."
        )
    return countings[reading]


UNOFFICIAL = "Simulação sem valor oficial"


@dataclass(frozen=True, slots=True)
class ParameterInForce:
    """A parameter's value on the date, since when, and why; ``act`` is set when an institution supplied it."""

    name: str
    label: str
    unit: str
    places: int
    value: Fraction
    since: date
    cites: str
    act: str | None


@dataclass(frozen=True, slots=True)
class ReadingInForce:
    """The reading of an interpretation that holds on the date; ``decision`` is set when an institution chose it."""

    name: str
    declared: Interpretation
    reading: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class FormulaInForce:
    """The formula of a step on the date, parsed, with the wording it belongs to."""

    text: str
    tree: Node
    wording: Wording


@dataclass(slots=True)
class AppliedNorm:
    """A norm on a date, for an institution. Answers are remembered: asking twice costs once.

    Args:
        norm: the norm.
        on: the date the norm applies to (for a yearly appraisal, the last day of the year appraised).
        institution: whose decisions hold, or None.
        simulation: reasons why the outcome has no official value; empty for an official calculation. A simulation
            may run where the norm would refuse: outside its days, or under an unknown wording.
    """

    norm: Norm
    on: date
    institution: Institution | None = None
    simulation: bool = False
    reasons: list[str] = field(default_factory=list)
    _formulas: dict[tuple[str, str], FormulaInForce] = field(default_factory=dict, repr=False)
    _parameters: dict[str, ParameterInForce] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.institution is None:
            return
        problems = problems_with(self.institution, self.norm)
        for decision in self.institution.decisions:
            if decision.act is None and not self.simulation:
                problems.append(
                    Problem(
                        "falta o ato que decidiu; sem ato, só como simulação (--simulacao)", decision.place
                    )
                )
            elif decision.act is None:
                self._note(f"“{decision.name}” foi usado sem ato que o decida")
        if problems:
            raise BadInput(problems)

    def _note(self, reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)

    def require_effect(self) -> None:
        """Refuse a date outside the days in which the norm produces effects.

        Raises:
            NormWithoutEffect: the date is outside, and this is not a simulation.
        """
        identity = self.norm.identity
        late = identity.last_day is not None and self.on > identity.last_day
        if self.on >= identity.takes_effect_on and not late:
            return
        said = f"Em {self.on:%d/%m/%Y} a norma {identity.id}"
        if late:
            last = f"{said} já não vigora: o último dia foi {identity.last_day:%d/%m/%Y}."
            reason = f"{last} {identity.after or ''}".strip()
            cites = identity.last_day_cites
        else:
            first = f"{identity.takes_effect_on:%d/%m/%Y}"
            reason = f"{said} ainda não produz efeitos: só a partir de {first}. {identity.before}"
            cites = identity.effect_cites
        if self.simulation:
            self._note(f"a data {self.on:%d/%m/%Y} está fora dos efeitos da norma ({cites})")
            return
        raise NormWithoutEffect(
            reason,
            takes_effect_on=identity.takes_effect_on,
            last_day=identity.last_day,
            what_to_do="Informe em --em o último dia do período apurado, ou use a norma que rege esse período.",
            cites=cites,
        )

    def decision(self, name: str) -> Decision | None:
        """Return the institution's latest decision about ``name`` that holds on the date, or None."""
        decisions = self.institution.decisions if self.institution else ()
        held = [decision for decision in decisions if decision.name == name and decision.starts <= self.on]
        return max(held, key=lambda decision: decision.starts, default=None)

    def reading(self, name: str) -> ReadingInForce:
        """Return the reading of interpretation ``name`` on the date: the institution's, or the one adopted here."""
        declared = self.norm.interpretations[name]
        decision = self.decision(name)
        return ReadingInForce(name, declared, decision.value if decision else declared.adopted, decision)

    def parameter(self, name: str) -> ParameterInForce:
        """Return the value of parameter ``name`` on the date.

        Raises:
            PendingParameter: no text or act at hand gives a value for the date.
        """
        if name not in self._parameters:
            self._parameters[name] = self._parameter(name)
        return self._parameters[name]

    def _parameter(self, name: str) -> ParameterInForce:
        declared = self.norm.parameters[name]
        decision = self.decision(name)
        if decision is not None:
            cites = declared.cites or declared.values[0].cites
            value, since, act = read_number(decision.value), decision.starts, decision.act
            return ParameterInForce(
                name, declared.label, declared.unit, declared.places, value, since, cites, act
            )
        dated = self._on_date(declared.values)
        if dated is not None:
            return ParameterInForce(
                name,
                declared.label,
                declared.unit,
                declared.places,
                dated.value,
                dated.starts,
                dated.cites,
                dated.act,
            )
        cites = declared.cites or declared.values[0].cites
        raise PendingParameter(
            name,
            f"“{declared.label}” não tem valor conhecido em {self.on:%d/%m/%Y}. {declared.asks or ''}".strip(),
            what_to_do="Informe o valor, com o ato que o fixou, nos parâmetros da instituição.",
            cites=cites,
        )

    def _on_date(self, intervals: Sequence[I]) -> I | None:
        """Return the interval that covers the date; in a simulation outside them all, the nearest one."""
        covering = next((interval for interval in intervals if interval.covers(self.on)), None)
        if covering is not None or not self.simulation or not intervals:
            return covering
        return intervals[0] if self.on < intervals[0].starts else intervals[-1]

    def wording(self, rule: Rule) -> Wording:
        """Return the wording that governs ``rule`` on the date.

        Raises:
            NormWithoutEffect: the date is outside the norm.
            UnknownWording: the wording in force on the date is not at hand.
        """
        self.require_effect()
        return self._known(rule.wordings or self.norm.identity.wordings, f"“{rule.label}”", rule.cites)

    def _known(self, wordings: Sequence[I], what: str, cites: str) -> I:
        found = self._on_date(wordings)
        if isinstance(found, Wording) and found.wording == "unknown" and self.simulation:
            found = next((later for later in wordings if later.starts > found.starts), found)
            self._note(
                f"a redação de {what} em {self.on:%d/%m/%Y} é desconhecida; usada a de {found.starts:%d/%m/%Y}"
            )
        if found is None or (isinstance(found, Wording) and found.wording == "unknown"):
            known = isinstance(found, Wording)
            raise UnknownWording(
                f"A redação de {what} em {self.on:%d/%m/%Y} não é conhecida."
                + (f" {found.why}" if isinstance(found, Wording) and known else ""),
                what_to_do=(found.what_to_do if isinstance(found, Wording) else None)
                or "Obtenha o texto vigente na data ou peça uma decisão a quem compete interpretar a norma.",
                cites=cites,
            )
        return found

    def formula(self, rule: Rule, step: Step) -> FormulaInForce:
        """Return the formula of ``step`` on the date, under the reading that holds.

        Raises:
            UnknownWording: the step's wording on the date is not at hand.
        """
        key = (rule.name, step.name)
        if key not in self._formulas:
            self._formulas[key] = self._formula(rule, step)
        return self._formulas[key]

    def _formula(self, rule: Rule, step: Step) -> FormulaInForce:
        wording = self.wording(rule)
        text = step.formula
        if step.wordings:
            own = self._known(step.wordings, f"“{step.label}”", step.cites)
            text, wording = own.formula, own
        elif step.interpretation:
            text = step.readings[self.reading(step.interpretation).reading]
        if text is None:
            raise UnknownWording(f"“{step.label}” não tem fórmula nesta data.", cites=step.cites)
        return FormulaInForce(text, self.norm.trees[text], wording)

    def members(self, file: str, group: str) -> tuple[Member, ...]:
        """Return the units that compose ``group`` on the date, in the order of the file."""
        return tuple(member for member in self.all_members(file) if member.group == group)

    def all_members(self, file: str) -> tuple[Member, ...]:
        """Every unit of every group of ``file`` on the date.

        Raises:
            UnknownWording: the composition on the date is not at hand.
        """
        found = tuple(member for member in self.norm.members[file] if member.covers(self.on))
        if not found and self.simulation:
            latest = max(member.starts for member in self.norm.members[file])
            return tuple(member for member in self.norm.members[file] if member.starts == latest)
        unknown = next((member for member in found if member.wording == "unknown"), None)
        if unknown is not None or not found:
            raise UnknownWording(
                f"A composição das unidades em {self.on:%d/%m/%Y} não é conhecida.",
                what_to_do="Obtenha o anexo vigente na data ou peça uma decisão a quem compete interpretar a norma.",
                cites=unknown.cites if unknown else None,
            )
        return found

    def calendar(self, deadline: Deadline, override: str | None = None) -> Calendar:
        """Return the calendar that counts ``deadline``: the one asked for, the one decided, or the norm's.

        Raises:
            UnknownCalendar: no calendar has the code asked for.
        """
        if override is not None:
            return load_calendar(override)
        if deadline.calendar in self.norm.interpretations:
            return load_calendar(self.reading(deadline.calendar).reading)
        return load_calendar(deadline.calendar)

    def due_in_year(self, name: str, year: int, *, calendar: Calendar | None = None) -> DueDate:
        """When deadline ``name`` falls for the year appraised.

        Raises:
            BadRequest: the deadline runs from an event, not from the year.
        """
        deadline = self.norm.deadline(name)
        between = deadline.last_business_day
        if between is None:
            event = deadline.days_after.event if deadline.days_after else ""
            raise BadRequest(
                f"O prazo “{name}” corre de um fato ({event}), não do ano.",
                what_to_do="Informe a data do fato (--inicio).",
            )
        first = date.fromisoformat(f"{year + between.year}-{between.first}")
        last = date.fromisoformat(f"{year + between.year}-{between.last}")
        return last_business_day_between(first, last, calendar or self.calendar(deadline))

    def due_after(self, name: str, event_on: date, *, calendar: Calendar | None = None) -> DueDate:
        """When deadline ``name`` falls, counted from an event.

        Raises:
            BadRequest: the deadline is fixed by the year, not by an event.
        """
        deadline = self.norm.deadline(name)
        after = deadline.days_after
        if after is None:
            raise BadRequest(
                f"O prazo “{name}” é fixado pelo ano apurado, não por um fato.",
                what_to_do="Informe o ano (--ano).",
            )
        counting = (
            self.reading(after.counting).reading
            if after.counting in self.norm.interpretations
            else after.counting
        )
        return days_after(
            event_on, after.days, calendar or self.calendar(deadline), counting=as_counting(counting)
        )
