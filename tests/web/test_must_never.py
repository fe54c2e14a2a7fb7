"""What must never happen, said as one would to the auditor; each sentence rests on a provision or a rule of the house.

The list grows with each room. Expected refusals are named by their code, so that a refusal for another reason fails.
"""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from apura.sheets.confined import FileContents
from apura_web.accounts.services import tokens
from apura_web.accounts.services.tokens import Scope, TokenTerms
from apura_web.audit.actors import READ_ONLY, Role
from apura_web.audit.acts import REGISTRY, SERVICES
from apura_web.audit.models import SecurityEvent, TrailEntry
from apura_web.documents.models import LegalAct
from apura_web.documents.selectors import legal_acts_visible_to
from apura_web.documents.services import legal_acts
from apura_web.foundation import blobs
from apura_web.foundation.refusals import Refused
from apura_web.indicators.models import CardVersion, Load, Measurement, Target
from apura_web.indicators.services import cards, load_runs, sheets, targets
from apura_web.indicators.services.load_runs import LoadOrder
from apura_web.indicators.services.targets import Origin, Value
from apura_web.orgs.models import TenureKind
from apura_web.orgs.selectors.people import people_visible_to, sees_registration_of
from apura_web.orgs.selectors.structure import units_visible_to
from apura_web.orgs.services import identity, keys, people, structure, tenures
from apura_web.orgs.services.identity import Identity
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.structure import UnitNames
from apura_web.orgs.services.tenures import Appointment, Ending
from cast import NOON, START, TODAY, Cast
from measuring import CASES, YEAR_2025, answer_of, approved, collection, measured_by, proposed


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


# ── institutions ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["Ana", "Davi", "Rita", "Ada", "Caio", "Tina"])
def test_nobody_ever_sees_a_unit_a_person_or_an_act_of_another_institution(cast: Cast, who: str) -> None:
    actor = cast.house.actor(who)
    other = cast.twin.institution.pk
    assert not units_visible_to(actor).filter(institution_id=other).exists()
    assert not people_visible_to(actor, TODAY).filter(institution_id=other).exists()
    assert not legal_acts_visible_to(actor).filter(institution_id=other).exists()


def test_an_administrator_never_acts_in_another_institution_nor_learns_that_the_record_exists(
    cast: Cast,
) -> None:
    basis = cast.twin.basis("5")
    with pytest.raises(Refused) as refused:
        structure.create(
            cast.twin.institution,
            names=UnitNames("Invasora", "INV", "unidade"),
            basis=basis,
            actor=cast.house.actor("Ada"),
            at=NOON,
        )
    assert (code_of(refused), refused.value.refusal.status) == ("audit.not_found", 404)


def test_a_unit_never_rests_on_an_act_of_another_institution(cast: Cast) -> None:
    with pytest.raises(ValidationError) as wrong:
        structure.create(
            cast.house.units["GAB"],
            names=UnitNames("Nova", "NOV", "unidade"),
            basis=cast.twin.basis("6"),
            actor=cast.house.actor("Rita"),
            at=NOON,
        )
    assert list(wrong.value.message_dict) == ["legal_act"]


def test_a_person_is_never_appointed_to_a_unit_of_another_institution(cast: Cast) -> None:
    appointment = Appointment(TenureKind.MANAGER, cast.house.founding, TODAY)
    with pytest.raises(ValidationError) as wrong:
        tenures.appoint(
            cast.house.units["EDU"],
            person=cast.twin.people["Davi"],
            appointment=appointment,
            actor=cast.house.actor("Rita"),
            at=NOON,
        )
    assert "person" in wrong.value.message_dict


def test_no_act_and_no_unit_ever_dates_from_before_its_institution(cast: Cast) -> None:
    with pytest.raises(ValidationError) as wrong:
        cast.house.act("1", date(1999, 12, 31))
    assert list(wrong.value.message_dict) == ["signed_on"]


# ── powers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", sorted(READ_ONLY))
def test_control_internal_or_external_never_changes_anything(role: Role) -> None:
    changing = {
        name for name, act in REGISTRY.items() if role in act.roles and not name.startswith("accounts.token")
    }
    assert changing == set()


def test_every_act_declared_is_done_by_one_service_and_every_service_is_a_declared_act() -> None:
    assert set(SERVICES) == set(REGISTRY)


@pytest.mark.parametrize("who", ["Ana", "Bruno", "Carla", "Davi", "Elisa", "Caio", "Tina"])
def test_who_does_not_keep_the_registry_never_creates_a_unit_and_the_attempt_is_noted(
    cast: Cast, who: str
) -> None:
    basis = cast.house.basis("7")
    entries = TrailEntry.objects.count()
    with pytest.raises(Refused) as refused:
        structure.create(
            cast.house.units["SAU"],
            names=UnitNames("Nova", "NOV", "unidade"),
            basis=basis,
            actor=cast.house.actor(who),
            at=NOON,
        )
    assert code_of(refused) == "audit.no_power"
    assert TrailEntry.objects.count() == entries
    assert SecurityEvent.objects.filter(actor=cast.house.people[who].code, kind="orgs.unit.create").exists()


def test_a_registrar_never_gives_themselves_nor_anybody_an_access(cast: Cast) -> None:
    appointment = Appointment(TenureKind.ADMINISTRATOR, cast.house.founding, TODAY)
    rita = cast.house.actor("Rita")
    with pytest.raises(Refused) as by_the_back:
        tenures.appoint(
            cast.house.institution,
            person=cast.house.people["Rita"],
            appointment=appointment,
            actor=rita,
            at=NOON,
        )
    with pytest.raises(Refused) as by_the_front:
        tenures.grant_access(
            cast.house.institution,
            person=cast.house.people["Rita"],
            appointment=appointment,
            actor=rita,
            at=NOON,
        )
    assert (code_of(by_the_back), code_of(by_the_front)) == ("orgs.privileged_office", "audit.no_power")


def test_an_institution_is_never_left_without_an_administrator(cast: Cast) -> None:
    tenure = cast.house.people["Ada"].tenures.get()
    with pytest.raises(Refused) as refused:
        tenures.withdraw_access(
            tenure, ending=Ending(TODAY, cast.house.founding), actor=cast.house.actor("Ada"), at=NOON
        )
    assert code_of(refused) == "orgs.last_administrator"


# ── external control ────────────────────────────────────────────────────────────────────────────────────


def test_external_control_never_sees_a_unit_or_a_person_outside_the_branch_its_letter_names(
    cast: Cast,
) -> None:
    tina = cast.house.actor("Tina")
    assert set(units_visible_to(tina).values_list("acronym", flat=True)) == {"SAU", "ATE"}
    names = {name.split()[0] for name in people_visible_to(tina, TODAY).values_list("name", flat=True)}
    assert names == {"Ana", "Bruno", "Carla", "Davi", "Tina"}


def test_external_control_never_sees_anything_the_day_after_its_term(cast: Cast) -> None:
    assert units_visible_to(cast.house.actor("Tina", date(2026, 12, 31))).exists()
    after = cast.house.actor("Tina", date(2027, 1, 1))
    assert not units_visible_to(after).exists()
    assert set(people_visible_to(after, date(2027, 1, 1))) == {cast.house.people["Tina"]}


def test_external_control_never_enters_without_a_term_or_without_a_letter(cast: Cast) -> None:
    person, ada = cast.house.people["Elisa"], cast.house.actor("Ada")
    without_term = Appointment(TenureKind.EXTERNAL_CONTROL, cast.house.letter, TODAY)
    without_letter = Appointment(
        TenureKind.EXTERNAL_CONTROL, cast.house.founding, TODAY, TODAY + timedelta(days=30)
    )
    with pytest.raises(ValidationError, match="prazo"):
        tenures.grant_access(
            cast.house.units["EDU"], person=person, appointment=without_term, actor=ada, at=NOON
        )
    with pytest.raises(Refused) as refused:
        tenures.grant_access(
            cast.house.units["EDU"], person=person, appointment=without_letter, actor=ada, at=NOON
        )
    assert code_of(refused) == "orgs.no_letter"


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_servant_never_opens_the_page_of_a_colleague(cast: Cast) -> None:
    davi = cast.house.people["Davi"]
    assert set(people_visible_to(cast.house.actor("Davi"), TODAY)) == {davi}


def test_a_head_never_sees_people_of_another_branch(cast: Cast) -> None:
    seen = people_visible_to(cast.house.actor("Ana"), TODAY)
    assert cast.house.people["Davi"] in seen
    assert cast.house.people["Elisa"] not in seen


def test_a_head_never_sees_the_cpf_of_a_subordinate_nor_why_they_are_away(cast: Cast) -> None:
    assert not sees_registration_of(cast.house.actor("Ana"), cast.house.people["Davi"])
    assert sees_registration_of(cast.house.actor("Davi"), cast.house.people["Davi"])


@pytest.mark.parametrize("cpf", ["111.111.111-11", "123.456.789-00", "52998224724", "1234567890", "abc"])
def test_a_person_is_never_registered_with_a_cpf_that_does_not_check(cast: Cast, cpf: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        people.register(
            cast.house.institution,
            facts=PersonFacts("Nova Pessoa", cpf=cpf),
            actor=cast.house.actor("Rita"),
            at=NOON,
        )
    assert list(wrong.value.message_dict) == ["cpf"]


def test_two_people_of_an_institution_never_share_a_cpf_and_two_institutions_may(cast: Cast) -> None:
    facts = PersonFacts("Pessoa Única", cpf="529.982.247-25")
    people.register(cast.house.institution, facts=facts, actor=cast.house.actor("Rita"), at=NOON)
    with pytest.raises(ValidationError, match="CPF"):
        people.register(cast.house.institution, facts=facts, actor=cast.house.actor("Rita"), at=NOON)
    assert people.register(cast.twin.institution, facts=facts, actor=cast.twin.actor("Rita"), at=NOON).pk


def test_nobody_is_ever_posted_in_two_units_on_the_same_day(cast: Cast) -> None:
    appointment = Appointment(TenureKind.POSTING, cast.house.founding, TODAY)
    with pytest.raises(Refused) as refused:
        tenures.appoint(
            cast.house.units["EDU"],
            person=cast.house.people["Davi"],
            appointment=appointment,
            actor=cast.house.actor("Rita"),
            at=NOON,
        )
    assert code_of(refused) == "orgs.overlapping_tenure"


# ── offices ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_body_never_has_two_heads_nor_two_sectoral_coordinators_on_the_same_day(cast: Cast) -> None:
    for kind in (TenureKind.HEAD, TenureKind.COORDINATOR):
        with pytest.raises(Refused) as refused:
            tenures.appoint(
                cast.house.units["SAU"],
                person=cast.house.people["Elisa"],
                appointment=Appointment(kind, cast.house.founding, TODAY),
                actor=cast.house.actor("Rita"),
                at=NOON,
            )
        assert code_of(refused) == "orgs.office_taken"


def test_a_legal_substitute_never_acts_while_the_holder_is_present(cast: Cast) -> None:
    assert not cast.house.actor("Bruno").has(Role.HEAD)
    assert cast.house.actor("Ana").has(Role.HEAD)


def test_a_unit_is_never_put_under_itself_today_or_by_an_act_already_recorded_for_later(cast: Cast) -> None:
    house, rita = cast.house, cast.house.actor("Rita")
    with pytest.raises(Refused) as today:
        structure.move(
            house.units["SAU"], under=house.units["ATE"], basis=house.basis("8"), actor=rita, at=NOON
        )
    later = house.basis("9", date(2026, 9, 1))
    structure.move(house.units["EDU"], under=house.units["ATE"], basis=later, actor=rita, at=NOON)
    with pytest.raises(Refused) as in_september:
        structure.move(
            house.units["SAU"], under=house.units["EDU"], basis=house.basis("10"), actor=rita, at=NOON
        )
    assert (code_of(today), code_of(in_september)) == ("orgs.cyclic_placement", "orgs.cyclic_placement")
    assert "01/09/2026" in str(in_september.value)


# ── the institution's own things ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["Ana", "Bruno", "Carla", "Davi", "Elisa", "Rita", "Caio", "Tina"])
def test_only_who_administers_ever_changes_the_look_of_the_institution_and_the_attempt_is_noted(
    cast: Cast, who: str
) -> None:
    with pytest.raises(Refused) as refused:
        identity.change(
            cast.house.institution,
            identity=Identity("goias", None),
            actor=cast.house.actor(who),
            at=NOON,
        )
    assert code_of(refused) == "audit.no_power"
    noted = SecurityEvent.objects.filter(kind="orgs.identity.change", actor=cast.house.people[who].code)
    assert noted.exists()


def test_arms_are_never_a_file_that_may_carry_programs(cast: Cast) -> None:
    svg = SimpleUploadedFile("brasao.png", b"<svg><script>alert(1)</script></svg>")
    blob = blobs.prepare(svg, cast.house.institution)
    with pytest.raises(Refused) as refused:
        identity.change(
            cast.house.institution,
            identity=Identity("goias", blob),
            actor=cast.house.actor("Ada"),
            at=NOON,
        )
    assert code_of(refused) == "orgs.arms_not_a_picture"


@pytest.mark.parametrize("who", ["Rita", "Ana", "Caio"])
def test_only_who_administers_ever_revokes_the_key_of_somebody_else(cast: Cast, who: str) -> None:
    login = cast.house.people["Davi"].login
    assert login is not None
    davi = cast.house.actor("Davi")
    terms = TokenTerms("painel", (Scope.READ,), NOON + timedelta(days=30))
    issued = tokens.create(tokens.owner_of(login, davi), terms=terms, actor=davi, at=NOON)
    with pytest.raises(Refused) as refused:
        keys.revoke(issued.token, reason="porque sim", actor=cast.house.actor(who), at=NOON)
    assert code_of(refused) == "audit.no_power"
    assert tokens.find(issued.secret, NOON) is not None


# ── cards and targets ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["Ana", "Carla"])
def test_who_writes_a_card_never_speaks_for_the_central_unit_nor_records_its_approval(
    cast: Cast, who: str
) -> None:
    proposal = proposed(cast.house, "IND-1")
    given = {"actor": cast.house.actor(who), "at": NOON}
    for service, more in (
        (cards.examine, {"opinion": "De acordo."}),
        (cards.approve, {"approval": cards.Approval(cast.house.founding, START)}),
        (cards.give_back, {"comment": "Falta algo."}),
    ):
        with pytest.raises(Refused) as refused:
            service(proposal, **more, **given)
        assert code_of(refused) == "audit.no_power"


def test_an_approved_card_is_never_changed_only_followed_by_another_version(cast: Cast) -> None:
    found = approved(cast.house, "IND-1")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardVersion.objects.filter(indicator=found).update(formula="0")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardVersion.objects.filter(indicator=found).delete()


def test_a_target_never_changes_without_a_reason_and_the_one_before_never_goes_away(cast: Cast) -> None:
    found = approved(cast.house, "IND-1", **CASES)
    measured_by(cast.house, found, "SAU")
    given = {"actor": cast.house.actor("Carla"), "at": NOON}

    def fix(value: int, reason: str = "") -> None:
        values = [Value(cast.house.units["SAU"], YEAR_2025, Fraction(value))]
        targets.set_targets(found, values=values, origin=Origin("plano", "Plano", reason=reason), **given)

    fix(60)
    with pytest.raises(ValidationError) as wrong:
        fix(45)
    assert wrong.value.messages == ["Diga por que o valor muda."]
    fix(45, "Revisão do plano.")
    kept = Target.objects.order_by("pk")
    assert [row.value for row in kept] == [60, 45]
    assert kept[1].replaces == kept[0]


def test_a_unit_that_does_not_measure_an_indicator_never_has_a_target_of_it(cast: Cast) -> None:
    found = approved(cast.house, "IND-1", **CASES)
    values = [Value(cast.house.units["EDU"], YEAR_2025, Fraction(1))]
    with pytest.raises(Refused) as refused:
        targets.set_targets(
            found, values=values, origin=Origin("plano"), actor=cast.house.actor("Carla"), at=NOON
        )
    assert code_of(refused) == "indicators.unit_does_not_measure"


# ── what comes in files and by programs ─────────────────────────────────────────────────────────────────

LONG = "indicador;unidade;período;variável;valor\n"


def sent_in_bulk(cast: Cast, who: str, rows: str, under: str = "") -> Load:
    order = LoadOrder("carga", "de teste", cast.house.units[under] if under else None)
    file = SimpleUploadedFile("v.csv", (LONG + rows).encode())
    return load_runs.stage(cast.house.institution, file, order=order, actor=cast.house.actor(who), at=NOON)


def test_a_blank_in_a_file_never_becomes_a_zero_nor_a_value_of_any_kind(cast: Cast) -> None:
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE")
    rows = "".join(f"IND-1;ATE;{part}º quadrimestre de 2025;no_prazo;{' ' * part}\n" for part in (1, 2, 3))
    load = sent_in_bulk(cast, "Carla", rows, "SAU")
    assert (load.blanks, load.total) == (3, 0)
    with pytest.raises(Refused) as refused:
        load_runs.confirm(load, actor=cast.house.actor("Carla"), at=NOON)
    assert code_of(refused) == "indicators.load_empty"
    assert not Measurement.objects.exists()


def test_a_coordinator_never_loads_values_of_a_unit_that_is_not_theirs_and_the_file_is_not_even_read(
    cast: Cast,
) -> None:
    measured_by(cast.house, approved(cast.house, "IND-1"), "EDU")
    for under in ("", "GAB", "EDU"):
        with pytest.raises(Refused) as refused:
            sent_in_bulk(cast, "Carla", "IND-1;EDU;1º quadrimestre de 2025;no_prazo;1\n", under)
        assert code_of(refused) == "audit.no_power"
    assert not Load.objects.exists()


def test_a_file_with_one_wrong_row_never_puts_any_of_its_rows_in_the_ledger(cast: Cast) -> None:
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE")
    good = "IND-1;ATE;1º quadrimestre de 2025;no_prazo;1\n"
    load = sent_in_bulk(cast, "Carla", good + good.replace("1º", "2º").replace(";1\n", ";1.234\n"), "SAU")
    assert load.problem_count == 1
    with pytest.raises(Refused) as refused:
        load_runs.confirm(load, actor=cast.house.actor("Carla"), at=NOON)
    assert code_of(refused) == "indicators.load_has_errors"
    assert not Measurement.objects.exists()


def test_a_sheet_of_a_grid_never_puts_anything_in_the_ledger(cast: Cast) -> None:
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE")
    answer = answer_of(cast.house, collection(cast.house), "ATE")
    text = "indicador;período;variável;valor\nIND-1;1º quadrimestre de 2025;no_prazo;1\n"
    davi, now = cast.house.actor("Davi"), timezone.now()
    staged = sheets.stage(answer, FileContents("g.csv", ".csv", text.encode()), actor=davi, at=now)
    assert sheets.apply(staged, actor=davi, at=now).saved == 1
    assert not Measurement.objects.exists()


# ── acts and the trail ──────────────────────────────────────────────────────────────────────────────────


def test_a_registered_act_is_never_changed_or_deleted_not_even_by_the_platform(cast: Cast) -> None:
    for change in (
        lambda: LegalAct.objects.filter(pk=cast.house.founding.pk).update(number="2"),
        lambda: LegalAct.objects.filter(pk=cast.house.founding.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_act_is_never_published_before_it_was_signed(cast: Cast) -> None:
    with pytest.raises(ValidationError) as wrong:
        legal_acts.publish(
            cast.house.founding,
            actor=cast.house.actor("Rita"),
            at=NOON,
            vehicle="Diário Oficial",
            published_on=START - timedelta(days=1),
        )
    assert list(wrong.value.message_dict) == ["published_on"]


def test_the_trail_never_holds_a_name_an_email_or_a_cpf(cast: Cast) -> None:
    facts = PersonFacts("Sobrenome Inconfundível", cpf="529.982.247-25", email="inconfundivel@norte.example")
    people.register(cast.house.institution, facts=facts, actor=cast.house.actor("Rita"), at=NOON)
    chained = " ".join(
        f"{entry.act} {entry.actor} {entry.rows} {entry.digest}"
        for entry in TrailEntry.objects.filter(institution=cast.house.institution)
    ).casefold()
    assert not any(word in chained for word in ("inconfund", "52998224725", "@"))


def test_one_minute_before_midnight_in_cuiaba_is_still_the_last_day(cast: Cast) -> None:
    from apura_web.foundation.clock import local_date  # noqa: PLC0415

    cast.house.institution.time_zone = "America/Cuiaba"
    assert local_date(datetime(2027, 1, 1, 3, 59, tzinfo=UTC), cast.house.institution) == date(2026, 12, 31)
    assert local_date(datetime(2027, 1, 1, 4, 0, tzinfo=UTC), cast.house.institution) == date(2027, 1, 1)
