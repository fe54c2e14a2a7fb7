"""From facts to a result, with nothing of the database: frozen facts in, the norm's document and outcomes out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from apura.norms import (
    AppliedNorm,
    BadInput,
    Institution,
    Norm,
    Outcome,
    Pending,
    Refusal,
    Source,
    document,
    load_norm,
    refused_document,
    run,
)
from apura.norms.document import institution_document
from apura.paper import attached_json
from apura_web.calculations.asking import Asked
from apura_web.calculations.settling import Settled, settle
from apura_web.calculations.sheet_text import asked_of, text_of

FACTS_NAME = "folha-de-fatos.json"


class PreparedOutcome(NamedTuple):
    """The result of one rule for one subject.

    ``value`` is exact: ``p/q``, an integer, a code, or ``verdadeiro`` and ``falso``; ``unit`` is empty when it is no
    number; ``places`` is how many are shown.
    """

    rule: str
    key: str
    name: str
    value: str
    unit: str
    places: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A calculation made and not yet kept: the texts that will be stored, with their SHA-256, and what they say.

    ``pending`` is what the norm refused; ``asked`` is what was asked, with its numbers in canonical form.
    """

    asked: Asked
    facts_text: str
    facts_sha256: str
    document_text: str
    document_sha256: str
    outcomes: tuple[PreparedOutcome, ...]
    pending: tuple[Pending, ...]
    norm: str
    edition: str
    digest: str
    on: date


def prepare(asked: Asked, *, norm: Norm | None = None, simulation: bool = False) -> Prepared:
    """Freeze the facts and apply the norm to them.

    Args:
        asked: the facts, and the norm and day they are for.
        norm: the edition that applies; None for the one in use.
        simulation: go on where the norm would refuse, marked as without official value.

    Raises:
        BadInput: something in the facts or in the decisions cannot be used; every problem is listed.
        BadRequest: there is no such norm, or no such rule to ask for alone.
    """
    chosen = norm or load_norm(asked.norm)
    applied = AppliedNorm(chosen, asked.on, institution_of(asked), simulation)
    return apply(asked, applied)


def prepare_again(content: str, *, norm: Norm | None = None) -> Prepared:
    """Calculate again from the text of a fact sheet.

    Args:
        content: as it was stored.
        norm: the edition that applies; None for the one in use.

    Raises:
        BadInput: it is no fact sheet, or the norm does not take what it says any more.
        BadRequest: there is no such norm any more.
    """
    return prepare(asked_of(content), norm=norm)


def apply(asked: Asked, applied: AppliedNorm) -> Prepared:
    """Apply a norm, as it is or as somebody supposes it, to frozen facts.

    Raises:
        BadInput: something in the facts cannot be used; every problem is listed.
    """
    settled = settle(asked, applied.norm)
    facts = text_of(settled.asked)
    source = Source(FACTS_NAME, sha256_of(facts), sum(len(rows) for rows in asked.rules.values()))
    made, outcomes, pending = _run(settled, applied, source)
    text = attached_json(made).decode()
    identity = applied.norm.identity
    return Prepared(
        asked=settled.asked,
        facts_text=facts,
        facts_sha256=source.sha256,
        document_text=text,
        document_sha256=sha256_of(text),
        outcomes=tuple(_told(each) for each in outcomes),
        pending=pending,
        norm=identity.id,
        edition=identity.edition,
        digest=applied.norm.digest,
        on=asked.on,
    )


def sha256_of(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _run(
    settled: Settled, applied: AppliedNorm, source: Source
) -> tuple[Mapping[str, Any], tuple[Outcome, ...], tuple[Pending, ...]]:
    asked = settled.asked
    try:
        result = run(applied, settled.raw(applied.institution, source), rule=asked.only)
    except BadInput as error:
        raise BadInput([*settled.problems, *error.problems]) from error
    except Refusal as refusal:
        if settled.problems:
            raise BadInput(settled.problems) from refusal
        return _refused(asked, applied, source, refusal)
    if settled.problems:
        raise BadInput(settled.problems)
    return document(result), result.outcomes, result.pending


def _refused(
    asked: Asked, applied: AppliedNorm, source: Source, refusal: Refusal
) -> tuple[Mapping[str, Any], tuple[Outcome, ...], tuple[Pending, ...]]:
    """Give the document of a rule asked for alone that gave nothing: what was refused, and what to do."""
    rule = applied.norm.rule(str(asked.only))
    pending = (Pending(rule.name, rule.label, None, refusal.reason, refusal.cites, refusal.what_to_do),)
    made = {
        **refused_document(applied.norm, asked.on, pending=pending),
        "ficticio": asked.fictitious,
        "origem": {"arquivo": source.file, "sha256": source.sha256, "linhas": source.rows},
        "instituicao": institution_document(applied),
    }
    return made, (), pending


def _told(outcome: Outcome) -> PreparedOutcome:
    step, value = outcome.rule.result_step, outcome.values[outcome.rule.result]
    if isinstance(value, bool):
        text = "verdadeiro" if value else "falso"
    else:
        text = str(value) if isinstance(value, Fraction) else value
    return PreparedOutcome(
        outcome.rule.name, outcome.key, outcome.subject.name, text, step.unit or "", step.places
    )


def institution_of(asked: Asked) -> Institution | None:
    """Give whose decisions a calculation follows; None when nobody decided anything."""
    if not asked.institution and not asked.decisions:
        return None
    return Institution(asked.institution, asked.fictitious, asked.decisions)
