"""Comparing a sheet of people with the registry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apura_web.foundation.models import Institution
from apura_web.orgs import cpf
from apura_web.orgs.imports.places import Places
from apura_web.orgs.imports.plan import CHANGE, CREATE, Plan
from apura_web.orgs.imports.sheet import PEOPLE, SheetRead, SheetRow, day_of, fill_missing
from apura_web.orgs.models import Person, Tenure, TenureKind
from apura_web.orgs.selectors.tenures import open_tenures

UNIT, SINCE = "sigla da unidade de lotação", "desde"
COLUMNS = {"nome": "name", "CPF": "cpf", "matrícula": "registration", "e-mail": "email"}
LONGEST = {"nome": 120, "matrícula": 20, "e-mail": 254}


def plan_people(institution: Institution, read: SheetRead, on: date) -> Plan:
    """Say what the rows of a sheet would do to the registry.

    Args:
        institution: whose registry.
        read: the sheet.
        on: first day of the postings whose row says none.
    """
    return _Planner(institution, on).plan(read)


class _Planner:
    def __init__(self, institution: Institution, on: date) -> None:
        kept = Person.objects.filter(institution=institution, purged_at=None)
        people = list(kept.only(*COLUMNS.values(), "institution_id"))
        self.by_cpf = {person.cpf: person for person in people if person.cpf}
        self.by_registration = {person.registration: person for person in people if person.registration}
        postings = open_tenures(institution.pk, on).filter(kind=TenureKind.POSTING).order_by("from_on")
        bare = postings.prefetch_related(None).select_related(None).select_related("unit")
        self.postings: dict[int, Tenure] = {row.person_id: row for row in bare}
        self.places = Places(institution.pk)
        self.institution, self.on = institution, on
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, read: SheetRead) -> Plan:
        plan = Plan(problems=list(read.problems))
        for row in fill_missing(read.rows, PEOPLE):
            problems = [*self._bad_cells(row), *self._repeated(row)]
            if not problems:
                self._add(row, plan)
            plan.problems += problems
        return plan

    def _add(self, row: SheetRow, plan: Plan) -> None:
        person = self._known(row)
        facts = _facts(row)
        if person is None:
            item: dict[str, Any] = {"what": CREATE, "facts": facts, "told": facts["name"]}
            changed = True
        else:
            kept = {name: getattr(person, name) for name in facts}
            wanted = {name: value or kept[name] for name, value in facts.items()}
            item = {"what": CHANGE, "person": person.pk, "facts": wanted, "told": wanted["name"]}
            changed = wanted != kept
        try:
            posting = self._posting(row, person)
        except ValidationError as error:
            plan.problems.append(row.problem(SINCE, error.messages[0]))
            return
        if posting:
            plan.items.append({**item, "posting": posting})
        elif changed:
            plan.items.append(item)
        else:
            plan.unchanged += 1

    def _known(self, row: SheetRow) -> Person | None:
        digits = cpf.digits_of(row.values["CPF"])
        return self.by_cpf.get(digits) or self.by_registration.get(row.values["matrícula"])

    def _posting(self, row: SheetRow, person: Person | None) -> dict[str, Any] | None:
        text = row.values[UNIT]
        if not text:
            return None
        unit_id = self.places.find(text)[0]
        current = self.postings.get(person.pk) if person else None
        if current and current.unit_id == unit_id:
            return None
        since = day_of(row.values[SINCE]) or self.on
        if current and since <= current.from_on:
            where = f"{current.unit} desde {current.from_on:%d/%m/%Y}"
            raise ValidationError(f"a pessoa já tem lotação em {where}; a nova tem de começar depois")
        return {"unit": unit_id, "since": since.isoformat(), "ends": current.pk if current else None}

    def _bad_cells(self, row: SheetRow) -> list[Any]:
        values, found = row.values, []
        digits = cpf.digits_of(values["CPF"])
        if values["CPF"] and not cpf.is_valid(
            digits.zfill(cpf.LENGTH) if values["CPF"].isdigit() else digits
        ):
            found.append(row.problem("CPF", "o CPF não confere: revise os onze dígitos"))
        if not values["CPF"] and not values["matrícula"]:
            found.append(row.problem("CPF", "informe o CPF ou a matrícula, para reconhecer a pessoa"))
        if values["e-mail"] and not _is_email(values["e-mail"]):
            found.append(row.problem("e-mail", "não é um endereço de e-mail"))
        for column, limit in LONGEST.items():
            if len(values[column]) > limit:
                found.append(row.problem(column, f"tem mais de {limit} caracteres"))
        if values[SINCE] and day_of(values[SINCE]) is None:
            found.append(row.problem(SINCE, "escreva a data como 01/02/2026"))
        elif values[SINCE] and (day_of(values[SINCE]) or self.on) < self.institution.founded_on:
            found.append(
                row.problem(SINCE, f"a instituição existe desde {self.institution.founded_on:%d/%m/%Y}")
            )
        return found + ([row.problem(UNIT, self.places.why_not(values[UNIT]))] if self._is_lost(row) else [])

    def _is_lost(self, row: SheetRow) -> bool:
        return bool(row.values[UNIT]) and len(self.places.find(row.values[UNIT])) != 1

    def _repeated(self, row: SheetRow) -> list[Any]:
        found = []
        for column in ("CPF", "matrícula"):
            text = _facts(row)[COLUMNS[column]]
            first = self.seen.setdefault((column, text), row.number) if text else row.number
            if first != row.number:
                found.append(row.problem(column, f"já está na linha {first}"))
        both = self.by_cpf.get(_facts(row)["cpf"]), self.by_registration.get(row.values["matrícula"])
        if both[0] and both[1] and both[0] != both[1]:
            found.append(row.problem("matrícula", "no cadastro, esta matrícula é de pessoa com outro CPF"))
        return found


def _facts(row: SheetRow) -> dict[str, str]:
    facts = {column: row.values[title] for title, column in COLUMNS.items()}
    digits = cpf.digits_of(facts["cpf"])
    return {**facts, "cpf": digits.zfill(cpf.LENGTH) if digits else ""}


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
