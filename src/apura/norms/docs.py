"""Write a norm's page from its pack: ``python -m apura.norms.docs docs/norms``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from apura.formula import brazilian, portuguese
from apura.norms.labels import condition, labels
from apura.norms.pack import Norm, load_norm, shipped_ids
from apura.norms.rule_schema import Column, Rule, Step
from apura.norms.schema import Interval
from apura.norms.verification import COVERAGE, verify

_WORDING = {"known": "conhecida", "interpretation": "por interpretação", "unknown": "desconhecida"}


def page(norm: Norm) -> str:
    """Return the norm's page in Markdown, in Portuguese."""
    sections = (
        _identity(norm),
        _rules(norm),
        _parameters(norm),
        _deadlines(norm),
        _interpretations(norm),
        _annexes(norm),
        _cases(norm),
        _coverage(norm),
    )
    return "\n".join(line for section in sections for line in section).rstrip() + "\n"


def _table(headers: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(headers) + " |"
    yield "|" + " --- |" * len(headers)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def _days(interval: Interval) -> str:
    until = f" a {interval.until:%d/%m/%Y}" if interval.until else " em diante"
    return f"{interval.starts:%d/%m/%Y}{until}"


def _identity(norm: Norm) -> Iterator[str]:
    identity = norm.identity
    yield f"# {identity.title}"
    yield ""
    yield "<!-- Gerado a partir do pacote da norma por `python3 dev.py norms`; não edite à mão. -->"
    yield ""
    yield f"**{identity.subject}.** {identity.summary}"
    yield ""
    yield f"- Identificador: `{identity.id}`, edição {identity.edition}."
    yield f"- Autoridade: {identity.authority}."
    effects = f"efeitos desde {identity.takes_effect_on:%d/%m/%Y} ({identity.effect_cites})"
    yield f"- Ato de {identity.enacted_on:%d/%m/%Y}; {effects}."
    if identity.last_day:
        last = f"{identity.last_day:%d/%m/%Y} ({identity.last_day_cites}). {identity.after or ''}".rstrip()
        yield f"- Último dia de vigência: {last}"
    yield f"- Antes disso: {identity.before}"
    yield f"- A data que escolhe a redação: {identity.selects}."
    yield ""
    yield "## Alterações"
    yield ""
    rows = ((act.act, f"{act.enacted_on:%d/%m/%Y}", act.changes) for act in identity.amendments)
    yield from _table(("Ato", "Data", "O que mudou"), rows)
    yield "## Redações"
    yield ""
    wordings = ((_days(w), _WORDING[w.wording], w.act or "", ", ".join(w.uses)) for w in identity.wordings)
    yield from _table(("Período", "Redação", "Ato", "Interpretação"), wordings)


def _rules(norm: Norm) -> Iterator[str]:
    yield "## Regras"
    yield ""
    for rule in norm.rules.values():
        yield f"### {rule.label} (`{rule.name}`)"
        yield ""
        yield f"{rule.about} Fundamento: {rule.cites}."
        yield ""
        if rule.wordings:
            wordings = ((_days(w), _WORDING[w.wording], w.act or w.why or "") for w in rule.wordings)
            yield from _table(("Período", "Redação", "Ato ou motivo"), wordings)
        if rule.inputs:
            yield from _table(
                ("Entrada", "O que recebe", "Fundamento"),
                (_input(norm, rule, column) for column in rule.inputs),
            )
        for relation in rule.relations:
            yield f"Lê **{relation.label}** ({relation.cites})."
            yield ""
        yield from _table(("Passo", "Fórmula", "Unidade", "Fundamento"), _steps(norm, rule))


def _input(norm: Norm, rule: Rule, column: Column) -> tuple[str, str, str]:
    if column.options:
        takes = "; ".join(column.options)
    elif column.kind:
        takes = {"date": "data", "text": "texto", "key": "sigla ou código"}[column.kind]
    else:
        takes = str(column.unit)
    when = (
        ""
        if column.required is True
        else f", quando {condition(norm, rule, column)}"
        if column.required
        else ", opcional"
    )
    return f"{column.label} (`{column.name}`)", takes + when, column.cites


def _steps(norm: Norm, rule: Rule) -> Iterator[tuple[str, ...]]:
    for step in rule.steps:
        for place, formula in step.formulas():
            reading = f" — {place}" if place != "formula" else ""
            printed = portuguese(norm.trees[formula], labels(norm, rule))
            yield f"{step.label}{reading}", printed, _unit(step), step.cites


def _unit(step: Step) -> str:
    return f"{step.unit}, {step.places} casas" if step.unit else "; ".join(step.options) or "sim ou não"


def _parameters(norm: Norm) -> Iterator[str]:
    yield "## Parâmetros"
    yield ""
    known = (
        (p.label, f"{brazilian(v.value, p.places)} {p.unit}", _days(v), v.cites)
        for p in norm.parameters.values()
        for v in p.values
    )
    yield from _table(("Parâmetro", "Valor", "Período", "Fundamento"), known)
    pending = [p for p in norm.parameters.values() if p.pending]
    if pending:
        yield "### Pendentes"
        yield ""
        yield from _table(
            ("Parâmetro", "O que falta", "Fundamento"),
            ((p.label, p.asks or "", p.cites or "") for p in pending),
        )


def _deadlines(norm: Norm) -> Iterator[str]:
    if not norm.deadlines:
        return
    yield "## Prazos"
    yield ""
    rows = []
    for name, deadline in norm.deadlines.items():
        between, after = deadline.last_business_day, deadline.days_after
        said = (
            between.words
            if between
            else f"{after.days} × {after.counting}, da {after.event}"
            if after
            else ""
        )
        rows.append((f"{deadline.label} (`{name}`)", said, deadline.cites))
    yield from _table(("Prazo", "Regra", "Fundamento"), iter(rows))


def _interpretations(norm: Norm) -> Iterator[str]:
    yield "## Interpretações"
    yield ""
    yield "O texto não diz tudo. Cada leitura adotada aparece em toda memória de cálculo que dela dependa."
    yield ""
    rows = (
        (f"`{name}`", i.text, f"{i.adopted}. {i.why}", "; ".join(i.others) or "—", i.decider, i.cites)
        for name, i in norm.interpretations.items()
    )
    yield from _table(
        ("Nome", "O que o texto não diz", "Leitura adotada", "Outras", "Quem decide", "Fundamento"), rows
    )


def _annexes(norm: Norm) -> Iterator[str]:
    for annex in norm.annexes.values():
        yield f"## {annex.view.label}"
        yield ""
        yield (
            f"{annex.view.cites}; redação da {annex.view.act}." if annex.view.act else f"{annex.view.cites}."
        )
        yield ""
        yield from _table(tuple(annex.rows[0]), (tuple(row.values()) for row in annex.rows))


def _cases(norm: Norm) -> Iterator[str]:
    yield "## Casos resolvidos à mão"
    yield ""
    checked = verify(norm).cases
    rows = ((("✓ " if not c.differences else "✗ ") + c.case.name, c.case.source) for c in checked)
    yield from _table(("Caso", "Conta"), rows)


def _coverage(norm: Norm) -> Iterator[str]:
    yield "## Cobertura do texto"
    yield ""
    yield from _table(
        ("Dispositivo", "Situação", "Nota"), ((p.ref, COVERAGE[p.status], p.note) for p in norm.provisions)
    )


def main(folder: Path) -> None:
    """Write one page per shipped norm in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for norm_id in shipped_ids():
        (folder / f"{norm_id}.md").write_text(page(load_norm(norm_id)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
