"""Signatures: by who is in charge on the day, and the last one puts the agreement in force."""

from datetime import date

from agreeing import agreed, in_force
from apura_web.agreements.pact.checklist import conference
from apura_web.agreements.selectors.agreements import last_pact, surroundings_of, working_text
from cast import TODAY, Cast


def test_a_complete_pact_has_nothing_that_blocks_signature(cast: Cast) -> None:
    agreement = agreed(cast.house)
    text = working_text(agreement)
    found = conference(text, surroundings_of(agreement, text, TODAY))
    assert [(each.part.key, each.message) for each in found if each.is_mandatory] == []
    assert [each.cites for each in found] == ["Decreto GO nº 8.170/2014, art. 9º"]


def test_the_signature_of_the_last_party_puts_the_agreement_in_force(cast: Cast) -> None:
    agreement = in_force(cast.house, year=2026)
    assert (agreement.state, agreement.term_from, agreement.term_until) == (
        "vigente",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    pact = last_pact(agreement)
    assert pact is not None
    assert {each.signature.tenure.person.name.split()[0] for each in pact.parties.all()} == {
        "Ana",
        "Gil",
        "Hugo",
    }
