"""Every address of the platform and who may open it, written by hand, one line each, from what each office is for.

``tests/web/test_walk.py`` walks them as everybody; ``tests/browser/test_every_page.py`` opens them in a browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agreeing import accepted, agreed, in_force
from apura_web.accounts.services import invitations, tokens
from apura_web.accounts.services.tokens import Scope, TokenTerms
from apura_web.agreements.models import Agreement
from apura_web.audit.trail import history_of
from apura_web.documents.services import legal_acts
from apura_web.foundation import blobs
from apura_web.indicators.models import Indicator, Round
from apura_web.indicators.selectors.cards import open_proposal_of
from apura_web.indicators.selectors.ledger import cell_of
from apura_web.indicators.services import cards, evidence, measurements
from apura_web.indicators.services.evidence import NewFile
from apura_web.indicators.services.measurements import Change, Place, Receipt
from apura_web.indicators.services.posting import Entry
from apura_web.orgs.models import Person, TenureKind
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import AbsenceFacts, PersonFacts
from apura_web.orgs.services.tenures import Appointment
from calculating import calculated, recalculated
from cast import NOON, PASSWORD, START, House
from ledgers import share
from measuring import FIRST, approved, collection, measured_by

MORE = {  # the offices the cast lacks, so that the walk has every role
    "Mila": (TenureKind.MANAGER, "ATE"),
    "Pedro": (TenureKind.PROCESS_AGENT, "ATE"),
    "Cora": (TenureKind.COMMISSION_MEMBER, "GAB"),
    "Sara": (TenureKind.CENTRAL_ANALYST, "GAB"),
    "Nina": (TenureKind.NORM_KEEPER, ""),
}
EVERYBODY = frozenset({"Ana", "Bruno", "Carla", "Davi", "Elisa", "Rita", "Ada", "Caio", "Tina", *MORE})
KEEPERS = frozenset({"Rita", "Ada"})
ADMINISTRATOR = frozenset({"Ada"})
OVERSIGHT = frozenset({"Ada", "Caio"})
TRAIL_READERS = frozenset({"Rita", "Ada", "Caio", "Tina"})
IN_OFFICE = EVERYBODY - {"Bruno"}  # a substitute without a posting has no office while the holder is present
OUTSIDE_CONTROL = IN_OFFICE - {"Tina"}  # external control sees the branch of SAU only
CENTRAL_UNIT = frozenset({"Sara"})
LOADERS = CENTRAL_UNIT | {"Carla"}
SEES_EVERY_GRID = frozenset({"Ada", "Caio", "Cora", "Sara"})  # Cora's commission is of the unit above both
SEES_ATE = SEES_EVERY_GRID | {"Ana", "Carla", "Davi", "Mila", "Pedro", "Tina"}
SEES_EDU = SEES_EVERY_GRID | {"Elisa"}
CARD_WRITERS = CENTRAL_UNIT | {"Ana", "Carla"}  # of what SAU answers for
TARGET_SETTERS = CENTRAL_UNIT | {"Carla"}
SEES_PROPOSAL_OF_SAU = SEES_EVERY_GRID | {"Ana", "Carla", "Tina"}
SPEAK_OF_SAU = CENTRAL_UNIT | {"Ana", "Carla", "Cora"}
SPEAK_OF_EDU = CENTRAL_UNIT | {"Cora", "Elisa"}
SEES_AGREEMENT_OF_SAU = SEES_EVERY_GRID | {"Ana", "Carla", "Tina"}
OVER_DAVI = frozenset({"Davi", "Mila", "Ana", "Carla", "Rita", "Ada", "Caio", "Tina"})
OVER_ELISA = frozenset({"Elisa", "Rita", "Ada", "Caio"})


def add_more(house: House) -> None:
    """Put the people of MORE in a house."""
    for name, (kind, unit) in MORE.items():
        email = f"{name.lower()}@{house.institution.code}.example"
        facts = PersonFacts(f"{name} de Teste", email=email)
        person = people.register(house.institution, facts=facts, actor=house.system, at=NOON)
        opening = people.invite(person, actor=house.system, at=NOON)
        invitations.accept(opening.invitation, password=PASSWORD, at=NOON)
        service = tenures.grant_access if kind == TenureKind.NORM_KEEPER else tenures.appoint
        place = house.units[unit] if unit else house.institution
        appointment = Appointment(kind, house.founding, START)
        service(place, person=person, appointment=appointment, actor=house.system, at=NOON)
        house.people[name] = Person.objects.get(pk=person.pk)


def file_of(house: House) -> dict[str, Any]:
    upload = SimpleUploadedFile("portaria.pdf", b"%PDF-1.7 " + house.institution.code.encode())
    blob = blobs.prepare(upload, house.institution)
    attached = legal_acts.attach(house.founding, blob=blob, title="Íntegra", actor=house.system, at=NOON)
    return {"code": house.founding.code, "attachment_code": attached.code}


def absence_of(house: House, name: str) -> dict[str, Any]:
    person = house.people[name]
    facts = AbsenceFacts("ferias", date(2027, 1, 4), date(2027, 1, 10))
    absence = people.register_absence(person, facts=facts, actor=house.system, at=NOON)
    return {"code": person.code, "absence_code": absence.code}


def key_of(house: House, name: str) -> dict[str, Any]:
    login, actor, now = house.people[name].login, house.actor(name), timezone.now()
    assert login is not None
    terms = TokenTerms("planilha", (Scope.READ,), now + timedelta(days=30))
    issued = tokens.create(tokens.owner_of(login, actor), terms=terms, actor=actor, at=now)
    return {"code": issued.token.code}


def entry_about(house: House, name: str) -> dict[str, Any]:
    entry = history_of(house.people[name], house.institution.pk).filter(act="orgs.tenure.appoint").get()
    return {"seq": entry.seq}


def round_of(house: House) -> Round:
    found = Round.objects.filter(institution=house.institution).first()
    if found is None:
        measured_by(house, approved(house, "IND-1"), "ATE", "EDU")
        found = collection(house)
    return found


def answer_for(house: House, unit: str) -> dict[str, Any]:
    return {"code": round_of(house).code, "unit_code": house.units[unit].code}


def indicator_of(house: House, unit: str) -> dict[str, Any]:
    number = f"IND-{unit}"
    found = Indicator.objects.filter(institution=house.institution, number=number).first()
    if found is None:
        found = approved(house, number, unit)
        measured_by(house, found, unit)
        cards.propose(found, change_note="Muda a fonte.", actor=house.system, at=NOON)
    assert open_proposal_of(found)
    return {"code": found.code}


def assignment_of(house: House, unit: str) -> dict[str, Any]:
    kwargs = indicator_of(house, unit)
    return {**kwargs, "assignment_code": Indicator.objects.get(**kwargs).assignments.get().code}


def number_of(house: House, unit: str) -> dict[str, Any]:
    found = Indicator.objects.get(**indicator_of(house, unit))
    if not found.measurements.exists():
        share(house, found, (unit, FIRST), (30, 40))
    return {"code": found.code, "unit_code": house.units[unit].code, "period_key": FIRST.key}


def evidence_of(house: House, unit: str) -> dict[str, Any]:
    found = Indicator.objects.get(**indicator_of(house, unit))
    upload = SimpleUploadedFile("extrato.pdf", f"%PDF-1.7 {house.institution.code} {unit}".encode())
    attached = evidence.attach(
        house.units[unit],
        place=Place(found, FIRST),
        file=NewFile(blobs.prepare(upload, house.institution), "Extrato"),
        actor=house.system,
        at=NOON,
    )
    return {"code": found.code, "evidence_code": attached.code}


def document_of(house: House, unit: str) -> dict[str, Any]:
    """A correction with its source document."""
    number_of(house, unit)
    found, place = Indicator.objects.get(**indicator_of(house, unit)), house.units[unit]
    upload = SimpleUploadedFile("oficio.pdf", f"%PDF-1.7 {house.institution.code} {unit}".encode())
    row = found.measurements.filter(unit=place, variable="no_prazo").latest("pk")
    entry = Entry(cell_of(row), row.version_id, row.value - 1)
    document = blobs.prepare(upload, house.institution)
    receipt = Receipt(NOON.date(), "Erro de soma.", correction="erro", document=document)
    change = Change(Place(found, FIRST), [entry], receipt)
    batch = measurements.correct(place, change=change, actor=house.system, at=NOON)
    return {"code": found.code, "batch_code": batch.code}


FIRST_CLOSING = "parcial-2014-04-30"


def scored_of(house: House, unit: str, **more: str) -> dict[str, Any]:
    """An agreement in force of a year the decree reaches, and a place in it."""
    number = f"{unit}-2014"
    found = Agreement.objects.filter(institution=house.institution, number=number).first()
    return {"code": (found or in_force(house, unit, number=number, year=2014)).code, **more}


def agreement_of(house: House, unit: str, **more: str) -> dict[str, Any]:
    """An agreement being negotiated, and a place in it."""
    rows = Agreement.objects.filter(institution=house.institution, unit=house.units[unit])
    found = rows.exclude(number=f"{unit}-2014").first()
    return {"code": (found or agreed(house, unit)).code, **more}


def party_of(house: House, unit: str) -> dict[str, Any]:
    """The Acordada of an agreement that waits for its signature."""
    kwargs = agreement_of(house, unit)
    found = Agreement.objects.select_related("unit", "institution").get(**kwargs)
    if not found.pacts.exists():
        accepted(house, found)
    return {**kwargs, "party_code": found.pacts.get().parties.get(role="acordada").code}


Record = Callable[[House], dict[str, Any]]
OBJECTS: dict[str, tuple[Record, Record]] = {
    "unit": (
        lambda house: {"code": house.units["SAU"].code},
        lambda house: {"code": house.units["EDU"].code},
    ),
    "person": (
        lambda house: {"code": house.people["Davi"].code},
        lambda house: {"code": house.people["Elisa"].code},
    ),
    "tenure": (
        lambda house: {"code": house.people["Davi"].tenures.get().code},
        lambda house: {"code": house.people["Elisa"].tenures.get().code},
    ),
    "access": (
        lambda house: {"code": house.people["Caio"].tenures.get().code},
        lambda house: {"code": house.people["Rita"].tenures.get().code},
    ),
    "act": (lambda house: {"code": house.founding.code}, lambda house: {"code": house.letter.code}),
    "file": (file_of, file_of),
    "key": (lambda house: key_of(house, "Davi"), lambda house: key_of(house, "Elisa")),
    "round": (
        lambda house: {"code": round_of(house).code},
        lambda house: {"code": Round.objects.get(institution=house.institution).code},
    ),
    "answer": (lambda house: answer_for(house, "ATE"), lambda house: answer_for(house, "EDU")),
    "indicator": (lambda house: indicator_of(house, "SAU"), lambda house: indicator_of(house, "EDU")),
    "assignment": (lambda house: assignment_of(house, "SAU"), lambda house: assignment_of(house, "EDU")),
    "number": (lambda house: number_of(house, "SAU"), lambda house: number_of(house, "EDU")),
    "evidence": (lambda house: evidence_of(house, "SAU"), lambda house: evidence_of(house, "EDU")),
    "document": (lambda house: document_of(house, "SAU"), lambda house: document_of(house, "EDU")),
    "calculation": (
        lambda house: {"code": calculated(house, "SAU").code},
        lambda house: {"code": calculated(house, "EDU").code},
    ),
    "outcome": (
        lambda house: {"code": calculated(house, "SAU").code, "rule": "nota_item", "key": "IND-3"},
        lambda house: {"code": calculated(house, "EDU").code, "rule": "nota_acordo", "key": "A"},
    ),
    "comparison": (
        lambda house: {"code": recalculated(house, "SAU").code, "other": calculated(house, "SAU").code},
        lambda house: {"code": recalculated(house, "EDU").code, "other": calculated(house, "EDU").code},
    ),
    "scored": (lambda house: scored_of(house, "SAU"), lambda house: scored_of(house, "EDU")),
    "closing": (
        lambda house: scored_of(house, "SAU", closing_key=FIRST_CLOSING),
        lambda house: scored_of(house, "EDU", closing_key=FIRST_CLOSING),
    ),
    "pact_item": (
        lambda house: scored_of(house, "SAU", item_key="item-1"),
        lambda house: scored_of(house, "EDU", item_key="item-1"),
    ),
    "agreement": (lambda house: agreement_of(house, "SAU"), lambda house: agreement_of(house, "EDU")),
    "section": (
        lambda house: agreement_of(house, "SAU", section="item"),
        lambda house: agreement_of(house, "EDU", section="item"),
    ),
    "part": (
        lambda house: agreement_of(house, "SAU", key="objeto-1"),
        lambda house: agreement_of(house, "EDU", key="objeto-1"),
    ),
    "signing": (
        lambda house: {"code": party_of(house, "SAU")["code"]},
        lambda house: {"code": party_of(house, "EDU")["code"]},
    ),
    "party": (lambda house: party_of(house, "SAU"), lambda house: party_of(house, "EDU")),
    "absence": (lambda house: absence_of(house, "Davi"), lambda house: absence_of(house, "Elisa")),
    "entry": (lambda house: entry_about(house, "Davi"), lambda house: entry_about(house, "Elisa")),
}


@dataclass(frozen=True)
class Page:
    """Who may open an address: over records of the first kind of its object, and of the second."""

    who: frozenset[str]
    about: str = ""
    others: frozenset[str] | None = None
    query: str = ""


PAGES: dict[str, Page] = {
    "home": Page(EVERYBODY),
    "search": Page(EVERYBODY, query="?q=saude"),
    "notices": Page(EVERYBODY),
    "account": Page(EVERYBODY),
    "account_change_password": Page(EVERYBODY),
    "token_create": Page(EVERYBODY),
    "legal_acts": Page(EVERYBODY),
    "legal_act": Page(IN_OFFICE, "act"),
    "legal_act_new": Page(KEEPERS),
    "legal_act_correct": Page(KEEPERS, "act"),
    "legal_act_publish": Page(KEEPERS, "act"),
    "legal_act_attach": Page(KEEPERS, "act"),
    "legal_act_file": Page(IN_OFFICE, "file"),
    "units": Page(EVERYBODY),
    "organogram": Page(EVERYBODY),
    "organogram_comparison": Page(EVERYBODY),
    "unit_create_top": Page(KEEPERS),
    "unit": Page(IN_OFFICE, "unit", OUTSIDE_CONTROL),
    "unit_create": Page(KEEPERS, "unit"),
    "unit_rename": Page(KEEPERS, "unit"),
    "unit_move": Page(KEEPERS, "unit"),
    "unit_merge": Page(KEEPERS, "unit"),
    "unit_extinguish": Page(KEEPERS, "unit"),
    "people": Page(EVERYBODY),
    "person": Page(OVER_DAVI, "person", OVER_ELISA),
    "person_register": Page(KEEPERS),
    "person_correct": Page(KEEPERS, "person"),
    "person_invite": Page(KEEPERS, "person"),
    "person_purge": Page(ADMINISTRATOR, "person"),
    "absence_register": Page(KEEPERS, "person"),
    "absence_cancel": Page(KEEPERS, "absence"),
    "tenure_appoint": Page(KEEPERS),
    "tenure_end": Page(KEEPERS, "tenure"),
    "import_unidades": Page(KEEPERS),
    "import_pessoas": Page(KEEPERS),
    "import_template_unidades": Page(KEEPERS),
    "import_template_pessoas": Page(KEEPERS),
    "accesses": Page(OVERSIGHT),
    "access_grant": Page(ADMINISTRATOR),
    "access_withdraw": Page(ADMINISTRATOR, "access"),
    "keys": Page(OVERSIGHT),
    "key_revoke": Page(ADMINISTRATOR, "key"),
    "identity": Page(ADMINISTRATOR),
    "identity_change": Page(ADMINISTRATOR),
    "panel": Page(EVERYBODY),
    "indicators": Page(EVERYBODY),
    "indicator": Page(IN_OFFICE, "indicator", OUTSIDE_CONTROL),
    "indicator_value": Page(IN_OFFICE, "number", OUTSIDE_CONTROL),
    "indicator_ledger": Page(IN_OFFICE, "indicator", OUTSIDE_CONTROL),
    "indicator_comment": Page(SPEAK_OF_SAU, "indicator", SPEAK_OF_EDU),
    "value_correct": Page(TARGET_SETTERS, "number", CENTRAL_UNIT),
    "value_verify": Page(CENTRAL_UNIT, "number"),
    "value_ratify": Page(CENTRAL_UNIT, "number"),
    "value_attach": Page(frozenset({"Ana", "Carla"}), "number", frozenset({"Elisa"})),
    "evidence_file": Page(SEES_PROPOSAL_OF_SAU, "evidence", SEES_EDU),
    "batch_document": Page(SEES_PROPOSAL_OF_SAU, "document", SEES_EDU),
    "indicator_new": Page(CENTRAL_UNIT | {"Ana", "Carla", "Mila", "Pedro"}),
    "indicator_card": Page(IN_OFFICE, "indicator", OUTSIDE_CONTROL),
    "indicator_targets": Page(IN_OFFICE, "indicator", OUTSIDE_CONTROL),
    "card_proposal": Page(SEES_PROPOSAL_OF_SAU, "indicator", SEES_EDU),
    "card_propose": Page(CARD_WRITERS, "indicator", CENTRAL_UNIT),
    "card_edit": Page(CARD_WRITERS, "indicator", CENTRAL_UNIT),
    "card_send": Page(CARD_WRITERS, "indicator", CENTRAL_UNIT),
    "card_drop": Page(CARD_WRITERS, "indicator", CENTRAL_UNIT),
    "card_return": Page(CENTRAL_UNIT, "indicator"),
    "card_examine": Page(CENTRAL_UNIT, "indicator"),
    "card_approve": Page(CENTRAL_UNIT, "indicator"),
    "indicator_assign": Page(TARGET_SETTERS, "indicator", CENTRAL_UNIT),
    "assignment_end": Page(TARGET_SETTERS, "assignment", CENTRAL_UNIT),
    "targets_set": Page(TARGET_SETTERS, "indicator", CENTRAL_UNIT),
    "baseline_set": Page(TARGET_SETTERS, "indicator", CENTRAL_UNIT),
    "quality": Page(EVERYBODY),
    "quality_reviews": Page(EVERYBODY),
    "quality_review": Page(frozenset({"Ana", "Carla", "Sara"}), "indicator", CENTRAL_UNIT),
    "rounds": Page(EVERYBODY),
    "round_open": Page(CENTRAL_UNIT),
    "round": Page(IN_OFFICE, "round"),
    "round_change": Page(CENTRAL_UNIT, "round"),
    "round_chase": Page(CENTRAL_UNIT | {"Carla"}, "round"),
    "grid": Page(SEES_ATE, "answer", SEES_EDU),
    "grid_send": Page(frozenset({"Ana", "Carla", "Mila", "Pedro"}), "answer", frozenset()),
    "grid_return": Page(CENTRAL_UNIT | {"Carla"}, "answer", CENTRAL_UNIT),
    "grid_accept": Page(CENTRAL_UNIT | {"Carla"}, "answer", CENTRAL_UNIT),
    "grid_unlock": Page(CENTRAL_UNIT, "answer"),
    "loads": Page(LOADERS),
    "load_bulk": Page(LOADERS),
    "load_memory": Page(LOADERS),
    "load_template": Page(LOADERS),
    "grid_sheet": Page(SEES_ATE, "answer", SEES_EDU),
    "grid_sheet_download": Page(SEES_ATE, "answer", SEES_EDU),
    "calculation": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "calculation_pdf": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "calculation_plain_pdf": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "calculation_json": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "calculation_facts": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "calculation_compare": Page(IN_OFFICE, "comparison", OUTSIDE_CONTROL),
    "calculation_simulate": Page(IN_OFFICE, "calculation", OUTSIDE_CONTROL),
    "outcome": Page(IN_OFFICE, "outcome", OUTSIDE_CONTROL),
    "agreements": Page(EVERYBODY),
    "agreement_open": Page(CENTRAL_UNIT | {"Carla"}),
    "agreement": Page(SEES_AGREEMENT_OF_SAU, "agreement", SEES_EVERY_GRID),
    "agreement_negotiation": Page(SEES_AGREEMENT_OF_SAU, "agreement", SEES_EVERY_GRID),
    "agreement_conference": Page(SEES_AGREEMENT_OF_SAU, "agreement", SEES_EVERY_GRID),
    "agreement_history": Page(SEES_AGREEMENT_OF_SAU, "agreement", SEES_EVERY_GRID),
    "agreement_files": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "agreement_workbook": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "agreement_document": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "part_new": Page(CARD_WRITERS, "section", CENTRAL_UNIT),
    "parts_several": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "part_edit": Page(CARD_WRITERS, "part", CENTRAL_UNIT),
    "part_remove": Page(CARD_WRITERS, "part", CENTRAL_UNIT),
    "part_comment": Page(CARD_WRITERS, "part", CENTRAL_UNIT),
    "proposal_send": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "proposal_accept": Page(CARD_WRITERS, "agreement", CENTRAL_UNIT),
    "alignment_conclude": Page(CENTRAL_UNIT, "agreement"),
    "negotiation_reopen": Page(CENTRAL_UNIT, "agreement"),
    "agreement_shelve": Page(CENTRAL_UNIT, "agreement"),
    "pact_sign": Page(frozenset({"Ana"}), "party", frozenset()),
    "pact_record": Page(CENTRAL_UNIT, "signing"),
    "pact_import": Page(CENTRAL_UNIT, "scored"),
    "score_import": Page(CENTRAL_UNIT, "scored"),
    "agreement_succeed": Page(CENTRAL_UNIT, "scored"),
    "agreement_close": Page(CENTRAL_UNIT, "scored"),
    "adoptions": Page(EVERYBODY),
    "adoption_new": Page(CENTRAL_UNIT),
    "agreements_panel": Page(EVERYBODY),
    "agreement_scores": Page(IN_OFFICE, "scored", OUTSIDE_CONTROL),
    "agreement_monitoring": Page(IN_OFFICE, "scored", OUTSIDE_CONTROL),
    "score_compute": Page(CENTRAL_UNIT, "closing"),
    "score_recompute": Page(CENTRAL_UNIT, "closing"),
    "item_read": Page(CENTRAL_UNIT | {"Carla"}, "pact_item", CENTRAL_UNIT),
    "reading_adopt": Page(CENTRAL_UNIT, "scored"),
    "closings": Page(OVERSIGHT | CENTRAL_UNIT),
    "trail": Page(TRAIL_READERS),
    "trail_entry": Page(TRAIL_READERS, "entry", TRAIL_READERS - {"Tina"}),
    "trail_refusals": Page(OVERSIGHT),
    "failed_jobs": Page(OVERSIGHT),
}
PUBLIC = {
    "account_login": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key_done": {},
    "account_inactive": {},
    "components": {},
    "components_explanation": {},
    "help": {},
    "help_page": {"screen": "units"},
    "integrity": {},
    "api_docs": {},
    "alive": {},
    "ready": {},
}
TOLD_ELSEWHERE = {
    "item_document": "tests/web/agreements: a file, only of an item recorded with one",
    "pact_document": "tests/web/agreements: a file, only of an agreement that came from paper",
    "past_score_document": "tests/web/agreements: a file, only of a score that came from paper",
    "closing_close": "tests/web/agreements: a period is no record, and each house has its own",
    "closing_run": "tests/web/agreements: belongs to the house that closes",
    "closing_progress": "tests/web/agreements: belongs to the house that closes",
    "calculation_simulate_file": "tests/web/calculations: only posted to, by who sees the calculation",
    "scenario_keep": "tests/web/calculations: only posted to, by who sees the calculation",
    "scenario_drop": "tests/web/calculations: only posted to, by who kept the scenario",
    "grid_cells": "tests/web/indicators: only posted to, by who may fill the grid",
    "load": "tests/web/indicators: belongs to who may load values in its branch",
    "load_progress": "tests/web/indicators: belongs to who may load values in its branch",
    "load_doubts": "tests/web/indicators: belongs to who may load values in its branch",
    "load_errors": "tests/web/indicators: belongs to who may load values in its branch",
    "load_drop": "tests/web/indicators: only posted to, by who may load values in its branch",
    "load_annotated": "tests/web/indicators: belongs to who may load values in its branch",
    "grid_sheet_waiting": "tests/web/indicators: belongs to who sent the sheet",
    "grid_sheet_annotated": "tests/web/indicators: belongs to who sent the sheet",
    "institution_arms": "tests/web/orgs: a picture, for anybody, once the house wears one",
    "import_batch": "tests/web/orgs: belongs to who sent the sheet",
    "import_progress": "tests/web/orgs: belongs to who sent the sheet",
    "import_annotated": "tests/web/orgs: belongs to who sent the sheet",
    "invitation": "tests/web/accounts: a secret, not a person, opens it",
    "account_reset_password_from_key": "tests/web/accounts: a secret opens it",
    "components_progress": "shows nothing of anybody",
    "trail_check": "tests/web/audit: belongs to the house that asked",
    "trail_check_progress": "tests/web/audit: belongs to the house that asked",
}
ONLY_POSTED = {
    "formula_try",
    "method_try",
    "account_logout",
    "account_end_sessions",
    "acting_as",
    "demo_entry",
    "retry_job",
    "token_revoke",
    "trail_ask_check",
}


def address(name: str, page: Page, house: House, *, second: bool = False) -> str:
    kwargs = OBJECTS[page.about][second](house) if page.about else {}
    return reverse(name, kwargs=kwargs) + page.query
