"""``apura normas``, ``norma``, ``modelo``, ``verificar``: what norms say, their workbooks, their proof."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from apura.cli.tables import table
from apura.formula import brazilian, portuguese
from apura.norms import (
    AppliedNorm,
    BadInput,
    BadRequest,
    Norm,
    PackError,
    Problem,
    Refusal,
    load_norm,
    shipped_ids,
)
from apura.norms.labels import labels
from apura.norms.norm_differences import NormDifference, norm_differences
from apura.norms.rule_schema import Rule, Step
from apura.norms.scenario import require_effect_on
from apura.norms.verification import COVERAGE, Verification, verify
from apura.sheets import write_template

HEADINGS = {
    "regra": "Regras",
    "redação": "Redações",
    "fórmula": "Fórmulas",
    "parâmetro": "Parâmetros",
    "interpretação": "Interpretações",
    "composição": "Composição",
    "tabela": "Tabelas",
    "prazo": "Prazos",
}
"""What each kind of difference is listed under."""


def list_norms(_options: argparse.Namespace) -> int:
    """Print every norm with its validity."""
    rows = []
    for norm_id in shipped_ids():
        identity = load_norm(norm_id).identity
        last = f"{identity.last_day:%d/%m/%Y}" if identity.last_day else "em vigor"
        rows.append(
            (
                identity.id,
                f"{identity.title} – {identity.subject}",
                f"{identity.takes_effect_on:%d/%m/%Y}",
                last,
            )
        )
    print(table(("Norma", "O que é", "Efeitos desde", "Último dia"), rows))
    return 0


def show_norm(options: argparse.Namespace) -> int:
    """Print what a norm says on a date: rules with formulas, parameters, deadlines, interpretations, pending values."""
    norm = load_norm(options.norma)
    if options.entre:
        print("\n".join(_changes(norm, *sorted(options.entre))))
        return 0
    identity = norm.identity
    on = options.em or identity.last_day or date.max
    applied = AppliedNorm(norm, on)
    print(f"{identity.title} – {identity.subject}")
    print(identity.summary)
    last = f" a {identity.last_day:%d/%m/%Y}" if identity.last_day else " em diante"
    print(
        f"Efeitos: {identity.takes_effect_on:%d/%m/%Y}{last} · edição {identity.edition} · {norm.digest[:19]}…"
    )
    if options.em:
        applied.require_effect()
    print(f"Aplicada em {on:%d/%m/%Y}\n" if on != date.max else "")
    for rule in norm.rules.values():
        print("\n".join(_rule(applied, rule)))
    print("\n".join(_parameters(applied)))
    print("\n".join(_readings(norm)))
    print("\n".join(_pending(norm)))
    return 0


def _changes(norm: Norm, first: date, second: date) -> Iterator[str]:
    """Yield what changed in a norm between two dates, each of which must be among its days."""
    if first == second:
        raise BadRequest("As duas datas são a mesma.", what_to_do="Informe duas datas: --entre D1 D2.")
    for on in (first, second):
        require_effect_on(norm, on, option="--entre")
    yield f"{norm.identity.title} – {norm.identity.subject}"
    yield f"De {first:%d/%m/%Y} a {second:%d/%m/%Y}:"
    found = norm_differences(AppliedNorm(norm, first), AppliedNorm(norm, second))
    if not found:
        yield "\nNada mudou: redações, valores, leituras, composição e prazos são os mesmos."
    for kind in dict.fromkeys(one.kind for one in found):
        yield f"\n■ {HEADINGS[kind]}"
        yield from (line for one in found if one.kind == kind for line in _change(one))


def _change(one: NormDifference) -> Iterator[str]:
    yield f"  · {one.label} ({one.name})" + (f" [{one.cites}]" if one.cites else "")
    yield f"      antes:  {one.before or 'não havia'}"
    yield f"      depois: {one.after or 'não há'}"


def _rule(applied: AppliedNorm, rule: Rule) -> Iterator[str]:
    yield f"■ {rule.label} ({rule.name}) · {rule.cites}"
    yield f"  {rule.about}"
    try:
        wording = applied.wording(rule)
    except Refusal as refusal:
        yield f"  Sem resultado nesta data: {refusal.reason}"
        yield f"  O que fazer: {refusal.what_to_do}\n"
        return
    if wording.wording == "interpretation":
        yield f"  Redação por interpretação: {', '.join(wording.uses)}"
    named = labels(applied.norm, rule)
    for step in rule.steps:
        yield f"  · {step.label} [{step.cites}]"
        yield from (f"      {line}" for line in _formula(applied, rule, step, named))
    yield ""


def _formula(applied: AppliedNorm, rule: Rule, step: Step, named: Mapping[str, str]) -> Iterator[str]:
    """Yield the formula in force, or every reading's where the choice is still to be made."""
    if step.formula_from is not None:
        yield f"a fórmula que a linha escolhe ou escreve em “{named[step.formula_from]}”"
        return
    try:
        yield portuguese(applied.formula(rule, step).tree, named)
    except Refusal:
        for place, text in step.formulas():
            yield f"{place}: {portuguese(applied.norm.trees[text], named)}"


def _parameters(applied: AppliedNorm) -> Iterator[str]:
    yield "■ Parâmetros"
    for name, declared in applied.norm.parameters.items():
        try:
            value = applied.parameter(name)
        except Refusal as refusal:
            yield f"  · {declared.label}: pendente. {refusal.reason} [{refusal.cites}]"
            continue
        shown = brazilian(value.value, value.places)
        yield f"  · {value.label} = {shown} {value.unit}, desde {value.since:%d/%m/%Y} [{value.cites}]"
    yield "\n■ Prazos"
    for name, deadline in applied.norm.deadlines.items():
        between, after = deadline.last_business_day, deadline.days_after
        said = (
            between.words
            if between
            else f"{after.days} dias ({after.counting}) da {after.event}"
            if after
            else ""
        )
        yield f"  · {name}: {said} [{deadline.cites}]"
    yield ""


def _readings(norm: Norm) -> Iterator[str]:
    yield "■ Interpretações (o texto não diz tudo; quem decide pode adotar outra leitura, por ato)"
    for name, reading in norm.interpretations.items():
        others = f"; outras: {'; '.join(reading.others)}" if reading.others else ""
        adopted = f"Adotada: {reading.adopted}" if reading.adopted else f"A decidir: {reading.asks}"
        said = f"{reading.text} {adopted}{others}. Decide: {reading.decider}"
        yield f"  · {name}: {said} [{reading.cites}]"


def _pending(norm: Norm) -> Iterator[str]:
    pending = [provision for provision in norm.provisions if provision.status == "pending"]
    if pending:
        yield "\n■ Dispositivos pendentes (o texto ou a decisão de que dependem não foi encontrado)"
    for provision in pending:
        yield f"  · {provision.ref}: {provision.note}"


def make_template(options: argparse.Namespace) -> int:
    """Write the blank workbook of a norm."""
    norm = load_norm(options.norma)
    target: Path = options.saida
    if target.suffix.lower() != ".xlsx":
        raise BadInput(
            [Problem("o modelo é gravado em xlsx; dê ao arquivo um nome terminado em .xlsx", target.name)]
        )
    write_template(norm, target)
    print(
        f"Planilha em branco gravada em {target}. Preencha e use: apura calcular {norm.id} {target} --em DATA -o PASTA"
    )
    return 0


def prove(options: argparse.Namespace) -> int:
    """Check packs, run their worked cases, print coverage; 1 if anything does not hold."""
    failed = False
    for norm_id in [options.norma] if options.norma else shipped_ids():
        try:
            proved = verify(load_norm(norm_id))
        except PackError as error:
            print(f"✗ {norm_id}: {error}")
            failed = True
            continue
        print("\n".join(_proof(proved)))
        failed = failed or not proved.holds
    return 1 if failed else 0


def _proof(proved: Verification) -> Iterator[str]:
    identity = proved.norm.identity
    held = sum(not checked.differences for checked in proved.cases)
    yield f"{'✓' if proved.holds else '✗'} {identity.id}, edição {identity.edition} ({proved.norm.digest[:19]}…)"
    yield f"  Casos resolvidos à mão: {held} de {len(proved.cases)} conferem"
    for checked in proved.cases:
        for difference in checked.differences:
            yield f"  ✗ {checked.case.name}: {difference}"
    total = sum(proved.coverage.values())
    counts = ", ".join(f"{count} {COVERAGE[status]}" for status, count in proved.coverage.items())
    yield f"  Cobertura: {total} dispositivos: {counts}"
    for provision in proved.norm.provisions:
        if provision.status == "pending":
            yield f"    pendente: {provision.ref}. {provision.note}"
    yield from (f"  ✗ {complaint}" for complaint in proved.complaints)
    if proved.notice:
        yield f"  · {proved.notice}"
