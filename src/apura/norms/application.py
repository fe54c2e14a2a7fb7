"""A norm applied to a date: which wording governs, which values and readings hold, and who decided them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from apura.calendars import Calendar, Counting, DueDate, days_after, last_business_day_between, load_calendar
from apura.formula import Scope, check, parse, read_number, references
from apura.norms.checking.scopes import declared
from apura.norms.errors import (
    BadInput,
    BadRequest,
    NormWithoutEffect,
    PendingParameter,
    Problem,
    UnknownWording,
)
from apura.norms.in_force import FormulaInForce, ParameterInForce, ReadingInForce
from apura.norms.institution import Decision, Institution, problems_with
from apura.norms.pack import Norm, load_norm
from apura.norms.rule_schema import Column, Rule, Step
from apura.norms.schema import Deadline, Interval, Member, Wording
from apura.norms.texts import fold, quoted

UNOFFICIAL = "Simulação sem valor oficial"

I = TypeVar("I", bound=Interval)  # noqa: E741
W = TypeVar("W", bound=Wording)
COUNTINGS: dict[str, Counting] = {"dia corrido": "dia corrido", "dia útil": "dia útil"}


@dataclass(slots=True)
class AppliedNorm:
    """A norm on a date, for an institution. Answers are remembered: asking twice costs once.

    Args:
        norm: the norm.
        on: the date the norm applies to (for a yearly appraisal, the last day of the year appraised).
        institution: whose decisions hold, or None.
        simulation: whether the outcome has no official value. A simulation may run where the norm would refuse:
            outside its days, under an unknown wording, by a decision without an act; ``reasons`` gathers which of
            these it met.

    Raises:
        BadRequest: ``on`` is not a date.
        BadInput: the institution decided something the norm does not let it decide.
    """

    norm: Norm
    on: date
    institution: Institution | None = None
    simulation: bool = False
    reasons: list[str] = field(default_factory=list, init=False)
    _formulas: dict[tuple[str, str], FormulaInForce] = field(default_factory=dict, init=False, repr=False)
    _parameters: dict[str, ParameterInForce] = field(default_factory=dict, init=False, repr=False)
    _dues: dict[tuple[str, int], DueDate] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if type(self.on) is not date:
            raise BadRequest(
                f"{quoted(self.on)} não é uma data de aplicação.",
                what_to_do="Passe um datetime.date, sem hora.",
            )
        if self.institution is not None:
            self._check_decisions(self.institution)

    def _check_decisions(self, institution: Institution) -> None:
        problems = problems_with(institution, self.norm)
        for decision in institution.decisions:
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
            readings = " ".join(self.norm.interpretations[name].why for name in identity.uses)
            reason = " ".join(part for part in (last, identity.after, readings) if part)
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
        """Return the reading of interpretation ``name`` on the date: the institution's, or the one adopted here.

        Raises:
            PendingParameter: none is adopted here, and the institution has not chosen.
        """
        declared = self.norm.interpretations[name]
        decision = self.decision(name)
        reading = decision.value if decision else declared.adopted
        if reading is None:
            offered = "; ".join(f"“{other}”" for other in declared.others)
            raise PendingParameter(
                name,
                f"{declared.text} {declared.asks} Leituras: {offered}.",
                what_to_do="Registre a escolha nos parâmetros da instituição, com o ato de quem decide: "
                f"{declared.decider}.",
                cites=declared.cites,
            )
        return ReadingInForce(name, declared, reading, decision)

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

    def _known(self, wordings: Sequence[W], what: str, cites: str) -> W:
        found = self._on_date(wordings)
        if found is not None and found.wording == "unknown" and self.simulation:
            later = next(
                (one for one in wordings if one.starts > found.starts and one.wording != "unknown"), None
            )
            if later is not None:
                used = f"usada a de {later.starts:%d/%m/%Y}"
                self._note(f"a redação de {what} em {self.on:%d/%m/%Y} é desconhecida; {used}")
                return later
        if found is not None and found.wording != "unknown":
            return found
        why = found.why if found is not None else None
        what_to_do = found.what_to_do if found is not None else None
        raise UnknownWording(
            f"A redação de {what} em {self.on:%d/%m/%Y} não é conhecida. {why or ''}".strip(),
            what_to_do=what_to_do
            or "Obtenha o texto vigente na data ou peça uma decisão a quem compete interpretar a norma.",
            cites=cites,
        )

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
        text, cites = step.formula, step.cites
        if step.wordings:
            own = self._known(step.wordings, f"“{step.label}”", step.cites)
            text, wording, cites = own.formula, own, own.cites or step.cites
        elif step.interpretation:
            text = step.readings[self.reading(step.interpretation).reading]
        return FormulaInForce(str(text), self.norm.trees[str(text)], wording, cites)

    def chosen_formula(self, rule: Rule, step: Step, text: str) -> FormulaInForce:
        """Return the formula that ``text``, a fact, gives to ``step``: the one written, or the method it names.

        Raises:
            FormulaError: it is neither a method nor a formula over the names the step lets it use.
        """
        key = (rule.name, f"{step.name}: {text}")
        if key not in self._formulas:
            tree = parse(self._method(step, text))
            parts: list[Column | Step] = [*rule.inputs, *rule.steps]
            names = {part.name: declared(part) for part in parts if part.name in step.scope}
            check(tree, Scope(names=names), expected=declared(step))
            self._formulas[key] = FormulaInForce(text, tree, self.wording(rule), step.cites)
        return self._formulas[key]

    def _method(self, step: Step, text: str) -> str:
        wanted = fold(text.replace("_", " "))
        for method in self._methods(step):
            names = (fold(method.name.replace("_", " ")), fold(method.label))
            if wanted in names and method.result_step.formula:
                return method.result_step.formula
        return text

    def method_labels(self, step: Step) -> tuple[str, ...]:
        """Return what people call the methods ``step`` may be given by name."""
        return tuple(method.label for method in self._methods(step))

    def _methods(self, step: Step) -> tuple[Rule, ...]:
        """Return the methods that ask for nothing beyond what the step lets a formula use."""
        if step.methods is None:
            return ()
        norm = load_norm(step.methods)
        asked = {
            rule.name: references(norm.trees[rule.result_step.formula])
            for rule in norm.rules.values()
            if rule.result_step.formula and not rule.relations
        }
        usable = {
            name for name, found in asked.items() if {*found.names} <= {*step.scope} and not found.tables
        }
        return tuple(rule for rule in norm.rules.values() if rule.name in usable)

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

    def subject_called(self, rules: Sequence[str], name: str) -> str:
        """Return the key, among the subjects of ``rules``, that people mean by ``name``: itself, or an alias's unit."""
        for rule in rules:
            file = self.norm.rules[rule].subject.members
            for member in self.norm.members[file] if file is not None else ():
                if member.covers(self.on) and member.is_called(name):
                    return member.unit
        return name

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
            CalendarError: the year lies outside the calendar's data.
        """
        if calendar is not None:
            return self._due_in_year(name, year, calendar)
        if (name, year) not in self._dues:
            self._dues[name, year] = self._due_in_year(name, year, self.calendar(self.norm.deadline(name)))
        return self._dues[name, year]

    def _due_in_year(self, name: str, year: int, calendar: Calendar) -> DueDate:
        deadline = self.norm.deadline(name)
        between = deadline.last_business_day
        if between is None:
            event = deadline.days_after.event if deadline.days_after else ""
            raise BadRequest(
                f"O prazo “{name}” corre de um fato ({event}), não do ano.",
                what_to_do="Informe a data do fato (--inicio).",
            )
        due_year = year + between.year
        if not date.min.year <= due_year <= date.max.year:
            raise BadRequest(f"{year} não é um ano apurado.", what_to_do="Informe um ano, como 2015.")
        first, last = (date.fromisoformat(f"{due_year:04}-{day}") for day in (between.first, between.last))
        return last_business_day_between(first, last, calendar)

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
        counting = self.counting(after.counting)
        return days_after(event_on, after.days, calendar or self.calendar(deadline), counting=counting)

    def counting(self, declared: str) -> Counting:
        """Return the way of counting days that ``declared`` means: itself, or the reading of that interpretation."""
        reading = self.reading(declared).reading if declared in self.norm.interpretations else declared
        return COUNTINGS[reading]
