"""What must never happen to an agreement; each sentence rests on a provision or a rule of the house."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from agreeing import accepted, agreed, in_force, write
from apura_web.agreements.models import Agreement, Pact, Party, Proposal, Signature
from apura_web.agreements.selectors.agreements import agreements_visible_to, working_text
from apura_web.agreements.services import drafting, negotiation, signing
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.audit.trail import history_of
from apura_web.foundation.refusals import Refused
from apura_web.orgs.services import people
from apura_web.orgs.services.people import AbsenceFacts
from cast import NOON, TODAY, Cast


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def party_of(agreement: Agreement, role: str) -> Party:
    rows = Party.objects.select_related("unit", "pact__agreement__institution")
    return rows.filter(pact__agreement=agreement, role=role).latest("pk")


def test_a_round_already_sent_never_changes_not_even_by_the_platform(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house)
    sent = negotiation.propose(agreement, note="", actor=house.system, at=NOON)
    write(house, agreement, "item-1", {"meta_final": "999"})
    assert Proposal.objects.get(pk=sent.pk).text.part("item-1").get("meta_final") == "400"  # type: ignore[union-attr]
    for attempt in (lambda: Proposal.objects.update(content="[]"), sent.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_pact_and_its_signatures_never_change(cast: Cast) -> None:
    in_force(cast.house)
    for model, column in ((Pact, "content"), (Party, "name"), (Signature, "on_paper")):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**{column: "1"})


def test_nobody_ever_accepts_what_their_own_side_sent(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house)
    negotiation.propose(agreement, note="", actor=house.actor("Carla"), at=NOON)
    with pytest.raises(Refused) as refused:
        negotiation.accept(agreement, actor=house.actor("Ana"), at=NOON)
    assert code_of(refused) == "agreements.own_proposal"


def test_a_text_that_changed_after_it_was_sent_is_never_accepted(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house)
    negotiation.propose(agreement, note="", actor=house.system, at=NOON)
    write(house, agreement, "item-1", {"meta_final": "999"})
    with pytest.raises(Refused) as refused:
        negotiation.accept(agreement, actor=house.actor("Ana"), at=NOON)
    assert code_of(refused) == "agreements.changed_since"


def test_a_text_with_something_mandatory_missing_is_never_closed_for_signature(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house, changes={"item-1": {"metodo": ""}})
    with pytest.raises(Refused) as refused:
        accepted(house, agreement)
    assert code_of(refused) == "agreements.conference"
    assert Pact.objects.count() == 0


def test_who_is_not_in_charge_never_signs(cast: Cast) -> None:
    house = cast.house
    agreement = accepted(house, agreed(house))
    party = party_of(agreement, "acordada")
    for name in ("Gil", "Carla"):  # the head of the unit above, and the coordinator
        with pytest.raises(Refused):
            signing.sign(party, actor=house.actor(name), at=NOON)
    facts = AbsenceFacts("ferias", TODAY - timedelta(days=1), TODAY + timedelta(days=9))
    people.register_absence(house.people["Ana"], facts=facts, actor=house.system, at=NOON)
    with pytest.raises(Refused):
        signing.sign(party, actor=house.actor("Ana"), at=NOON)
    assert Signature.objects.count() == 0
    signed = signing.sign(party, actor=house.actor("Bruno"), at=NOON)  # her legal substitute
    assert (signed.tenure.person, signed.tenure.capacity) == (house.people["Bruno"], "substituto")


def test_a_signature_on_paper_is_never_of_a_day_when_nobody_was_in_charge_or_out_of_time(cast: Cast) -> None:
    house = cast.house
    agreement = accepted(house, agreed(house))
    party = party_of(agreement, "acordada")
    for day, code in (
        (date(2020, 1, 1), "agreements.nobody_in_charge"),
        (TODAY - timedelta(days=1), "agreements.signed_before"),
        (TODAY + timedelta(days=1), "agreements.signed_later"),
    ):
        with pytest.raises(Refused) as refused:
            signing.record_on_paper(agreement, party=party, signed_on=day, actor=house.system, at=NOON)
        assert code_of(refused) == code


def test_a_party_never_signs_twice_and_a_text_left_behind_is_never_signed(cast: Cast) -> None:
    house = cast.house
    agreement = accepted(house, agreed(house))
    party = party_of(agreement, "acordada")
    signing.sign(party, actor=house.actor("Ana"), at=NOON)
    with pytest.raises(Refused) as refused:
        signing.sign(party, actor=house.actor("Ana"), at=NOON)
    assert code_of(refused) == "agreements.signed_already"
    old = party_of(agreement, "acordante")
    negotiation.reopen(agreement, reason="Erro na meta.", actor=house.system, at=NOON)
    write(house, agreement, "item-1", {"meta_final": "401"})
    accepted(house, agreement)
    with pytest.raises(Refused) as refused:
        signing.sign(old, actor=house.actor("Gil"), at=NOON)
    assert code_of(refused) == "agreements.old_text"
    agreement.refresh_from_db()
    assert agreement.state == "assinatura"


def test_who_does_not_negotiate_never_writes(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house)
    before = working_text(agreement)
    for name in ("Davi", "Elisa", "Caio", "Tina", "Ada", "Gil", "Hugo"):
        with pytest.raises(Refused) as refused:
            drafting.write(
                Place(agreement, "clausula"), Writing({"titulo": "X"}), actor=house.actor(name), at=NOON
            )
        assert code_of(refused) in {"audit.no_power", "agreements.not_a_side"}
    assert working_text(agreement) == before


def test_what_is_being_negotiated_is_never_seen_by_others_of_the_house(cast: Cast) -> None:
    house = cast.house
    agreement = agreed(house)
    for name in ("Davi", "Elisa", "Rita", "Hugo"):
        assert agreements_visible_to(house.actor(name)).count() == 0
    accepted(house, agreement)
    assert agreements_visible_to(house.actor("Hugo")).count() == 1  # he signs for the intervening party
    assert agreements_visible_to(house.actor("Elisa")).count() == 0


def test_nothing_agreed_in_an_institution_is_ever_seen_from_another(cast: Cast) -> None:
    in_force(cast.house)
    for name in ("Ana", "Ada", "Caio"):
        assert agreements_visible_to(cast.twin.actor(name)).count() == 0


def test_the_trail_of_an_agreement_never_holds_a_name(cast: Cast) -> None:
    agreement = in_force(cast.house)
    entries = history_of(agreement, cast.house.institution.pk)
    assert entries.count() >= 5
    told = " ".join(str(vars(entry)) for entry in entries)
    assert not re.search(r"(Ana|Gil|Hugo) de Teste", told)
