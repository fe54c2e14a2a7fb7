"""Whether a calculation still holds: its texts against their digests, then all of it made again from its fact sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apura.norms import BadInput, BadRequest, Norm, NormError, load_norm, recheck
from apura.norms.editions import with_digest
from apura.paper.formats import number
from apura_web.audit.verification import Finding, Verdict
from apura_web.calculations.models import Calculation
from apura_web.calculations.preparing import Prepared, prepare_again, sha256_of
from apura_web.foundation.models import Institution

MOST_TOLD = 5
Values = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Checked:
    """What was found of a calculation, and every difference, in words."""

    verdict: Verdict
    differences: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The first differences, in a sentence; empty when there is none."""
        more = len(self.differences) - MOST_TOLD
        told = "; ".join(self.differences[:MOST_TOLD])
        return f"{told}; … e mais {more}" if more > 0 else told


def check(calculation: Calculation) -> Checked:
    """Check one calculation, with nothing believed but its fact sheet and the editions kept here."""
    sheet = calculation.fact_sheet
    if sha256_of(sheet.content) != sheet.sha256:
        return _broken(f"a folha de fatos {sheet.code} foi alterada depois de congelada")
    if sha256_of(calculation.document) != calculation.sha256:
        return _broken("a memória de cálculo foi alterada depois de guardada")
    try:
        current = load_norm(calculation.norm)
    except BadRequest:
        current = None
    author = with_digest(current, calculation.norm_digest) if current else None
    if current is None or author is None:
        return _by_arithmetic(calculation)
    anew = prepare_again(sheet.content, norm=author)
    differences = tuple(_differences(calculation, anew))
    if differences:
        return Checked(Verdict.BROKEN, differences)
    return Checked(Verdict.HOLDS) if author is current else _by_edition(calculation, anew, current)


def check_all(institution: Institution) -> Iterator[Finding]:
    """Check every calculation of an institution, one at a time; those that hold are told together, last."""
    rows = Calculation.objects.filter(institution=institution).order_by("id")
    held = 0
    for pk in list(rows.values_list("pk", flat=True)):
        found = Calculation.objects.select_related("fact_sheet").get(pk=pk)
        try:
            checked = check(found)
        except (NormError, ValueError, KeyError, TypeError) as error:
            checked = _broken(f"não foi possível refazer o cálculo: {' '.join(str(error).split())}")
        if checked.verdict == Verdict.HOLDS:
            held += 1
        else:
            yield Finding(checked.verdict, f"cálculo {found.code}", f"{found.title}: {checked.why}")
    if held:
        called = "1 cálculo" if held == 1 else f"{held} cálculos"
        yield Finding(Verdict.HOLDS, called, "o mesmo resultado, feito de novo da folha de fatos")


def _broken(why: str) -> Checked:
    return Checked(Verdict.BROKEN, (why,))


def _by_arithmetic(calculation: Calculation) -> Checked:
    """Check what can be told without the edition that made it: the document against itself."""
    made = json.loads(calculation.document)
    if made["resultados"] and (findings := recheck(made).findings):
        inside = [str(each) for each in findings]
        return Checked(Verdict.BROKEN, tuple(inside))
    said = f"a edição {calculation.edition} de {calculation.norm} não está nesta instalação: só a conta foi refeita"
    return Checked(Verdict.ONLY_ARITHMETIC, (said,))


def _differences(calculation: Calculation, anew: Prepared) -> Iterator[str]:
    """Say where the stored document is not what its fact sheet gives, and where the outcomes are not the document's."""
    rows = calculation.outcomes.values_list("rule", "key", "value")
    stored = {(rule, key): value for rule, key, value in rows}
    made = json.loads(calculation.document)
    if {**made, "motor": ""} != {**json.loads(anew.document_text), "motor": ""}:
        findings = recheck(made).findings if made.get("resultados") else ()
        yield from map(str, findings)
        if not findings:
            yield "a memória guardada não é a que a folha de fatos dá"
    yield from _unlike(stored, _values(anew), "guardado", "a folha de fatos dá")


def _by_edition(calculation: Calculation, anew: Prepared, current: Norm) -> Checked:
    """Say what the edition in use would give otherwise."""
    edition = current.identity.edition
    try:
        newer = prepare_again(calculation.fact_sheet.content, norm=current)
    except BadInput as error:
        told = tuple(f"a edição {edition} não aceita estes fatos: {problem}" for problem in error.problems)
        return Checked(Verdict.DIFFERS, told)
    found = tuple(
        _unlike(_values(anew), _values(newer), f"edição {calculation.edition}", f"edição {edition}")
    )
    return Checked(Verdict.DIFFERS if found else Verdict.HOLDS_OLD, found)


def _values(prepared: Prepared) -> Values:
    return {(each.rule, each.key): each.value for each in prepared.outcomes}


def _unlike(one: Values, other: Values, one_is: str, other_is: str) -> Iterator[str]:
    for rule, key in dict.fromkeys((*one, *other)):
        before, after = one.get((rule, key)), other.get((rule, key))
        if before != after:
            shown = [number(value) if value is not None else "nenhum resultado" for value in (before, after)]
            yield f"{rule} de {key}: {one_is} {shown[0]}; {other_is} {shown[1]}"
