"""Write a norm's page from its pack, for a jurist to read: ``python -m apura.norms.docs``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from apura.formula import Node, in_words, portuguese
from apura.norms.annex import Annex
from apura.norms.labels import labels
from apura.norms.pack import Norm, load_norm, shipped_ids
from apura.norms.quantities import quantity
from apura.norms.result_schema import json_schema
from apura.norms.rule_schema import Check, Column, Input, Relation, Rule, Step
from apura.norms.schema import Deadline, Interpretation, Interval, Wording
from apura.norms.verification import COVERAGE, verify

PAGES, SCHEMA_FILE = Path("docs/norms"), "resultado.schema.json"
_WORDING = {"known": "conhecida", "interpretation": "por interpretação", "unknown": "desconhecida"}
_TAKES = {"date": "data", "text": "texto", "key": "sigla ou código", "formula": "método ou fórmula"}
Lines = Iterator[str]


def page(norm: Norm) -> str:
    """Return the norm's page in Markdown, in Portuguese."""
    sections = {
        "Em resumo": _summary(norm),
        "O que se calcula": _results(norm),
        **{rule.label: _rule(norm, rule) for rule in norm.rules.values()},
        "Interpretações": _interpretations(norm),
        "Prazos": _deadlines(norm),
        "Parâmetros": _parameters(norm),
        "Alterações e redações": _wordings(norm),
        "Casos resolvidos à mão": _cases(norm),
        "Cobertura do texto": _coverage(norm),
        **{annex.view.label: _annex(annex) for annex in norm.annexes.values()},
    }
    written = {title: "\n".join(lines).strip() for title, lines in sections.items()}
    written = {title: text for title, text in written.items() if text}
    contents = "\n".join(f"- [{title}](#{anchor(title)})" for title in written)
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in written.items())
    generated = "<!-- Gerada a partir do pacote da norma por `python3 dev.py norms`; não edite à mão. -->"
    head = f"# {norm.identity.title}\n\n{generated}\n\n**{norm.identity.subject}.** {norm.identity.summary}"
    return f"{head}\n\n{contents}\n\n{body}\n"


def anchor(title: str) -> str:
    """Return the address of a heading inside a Markdown page."""
    kept = "".join(mark for mark in title.lower() if mark.isalnum() or mark in "_- ")
    return kept.replace(" ", "-")


def _table(headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Lines:
    yield "| " + " | ".join(headers) + " |"
    yield "|" + " --- |" * len(headers)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def _days(interval: Interval) -> str:
    if interval.until is None:
        return f"de {interval.starts:%d/%m/%Y} em diante"
    return f"de {interval.starts:%d/%m/%Y} a {interval.until:%d/%m/%Y}"


def _summary(norm: Norm) -> Lines:
    identity = norm.identity
    yield f"- **Quem editou:** {identity.authority}, em {identity.enacted_on:%d/%m/%Y}."
    yield f"- **Produz efeitos desde** {identity.takes_effect_on:%d/%m/%Y} ({identity.effect_cites}). {identity.before}"
    if identity.last_day:
        last = f"{identity.last_day:%d/%m/%Y} ({identity.last_day_cites})."
        yield f"- **Último dia:** {last} {identity.after or ''}".rstrip()
    yield f"- **Data que escolhe a redação** (`--em`): {identity.selects}."
    yield f"- **Nesta biblioteca:** `{identity.id}`, edição {identity.edition}."
    if identity.uses:
        yield f"- **Depende das interpretações:** {_linked(norm, identity.uses)}."


def _linked(norm: Norm, names: Iterable[str]) -> str:
    known = norm.interpretations
    return "; ".join(f"[{known[name].label}](#{anchor(known[name].label)})" for name in names)


def _results(norm: Norm) -> Lines:
    yield "Cada regra dá um resultado a cada um dos seus sujeitos. As de baixo leem o resultado das de cima."
    yield ""
    rows = (
        (f"[{rule.label}](#{anchor(rule.label)})", rule.subject.name, _scale(rule.result_step), rule.cites)
        for rule in norm.rules.values()
    )
    yield from _table(("Regra", "Para cada", "Escala", "Fundamento"), rows)


def _scale(step: Step) -> str:
    if step.scale is None:
        return "—"
    return f"de {quantity(step.scale.low, None, places=None)} a {quantity(step.scale.high, step.unit, places=None)}"


def _rule(norm: Norm, rule: Rule) -> Lines:
    yield f"{rule.about} Fundamento: {rule.cites}. Nome nos arquivos: `{rule.name}`."
    yield ""
    yield _receivers(norm, rule)
    yield ""
    if rule.wordings:
        yield from _table(("Período", "Redação", "Ato ou motivo"), map(_wording, rule.wordings))
    if rule.uses:
        yield f"Depende das interpretações: {_linked(norm, rule.uses)}."
        yield ""
    if rule.inputs and rule.subject.of is None:
        yield "### O que se informa: " + rule.label
        yield ""
        rows = (_input(norm, rule, column) for column in rule.inputs)
        yield from _table(("O que se informa", "Como", "Quando", "Fundamento"), rows)
    for relation in rule.relations:
        yield from _relation(norm, rule, relation)
    yield from _refused_rows(rule.checks, rule.inputs)
    yield "### Passos: " + rule.label
    yield ""
    for number, step in enumerate(rule.steps, start=1):
        yield from _step(norm, rule, number, step)
    named = labels(norm, rule)
    for made in rule.dates:
        counted = f"{named[made.months]} depois de {named[made.start]}"
        yield f"Dá também uma data, **{made.label}** ({made.cites}): {counted}."
        yield ""
    for told in rule.warnings:
        yield f"Avisa, sem recusar, quando {_said(norm.trees[told.when], named)}: {told.message} ({told.cites})."
        yield ""


def _receivers(norm: Norm, rule: Rule) -> str:
    subject = rule.subject
    if subject.keys:
        return f"Recebem: {'; '.join(f'**{key}**, {name}' for key, name in subject.keys.items())}."
    if subject.of is not None:
        return f"Recebe cada {subject.name} de “{norm.rules[subject.of].label}”, com o que lá se informa."
    optional = " (pode ficar vazia)" if subject.optional else ""
    return f"Recebe cada {subject.name} da planilha “{subject.sheet}”{optional}."


def _refused_rows(checks: Sequence[Check], columns: Iterable[Column]) -> Lines:
    """Yield what is refused beyond what each cell by itself must be."""
    named = {column.name: column.label for column in columns}
    for made in checks:
        yield f"- Recusa-se, em **{named[made.column]}**: {made.message} ({made.cites})."
    if checks:
        yield ""


def _wording(wording: Wording) -> tuple[str, str, str]:
    return _days(wording), _WORDING[wording.wording], wording.act or wording.why or "texto original"


def _input(norm: Norm, rule: Rule, column: Column) -> tuple[str, str, str, str]:
    days = next((known.days_after for known in rule.inputs if known.name == column.name), None)
    if days is not None:
        how = f"contados do vencimento de “{norm.deadline(days.deadline).label}” até a data"
        return column.label, how, "calculado", column.cites
    if isinstance(column, Input) and column.span is not None:
        ends = [
            YEAR_ENDS.get(end) or labels(norm, rule)[end] for end in (column.span.starts, column.span.until)
        ]
        counted = "dias" if column.span.counts == "days" else "meses inteiros"
        return column.label, f"{counted}, de {ends[0]} a {ends[1]}, inclusive", "calculado", column.cites
    when = "sempre" if column.required is True else "opcional"
    if isinstance(column.required, str):
        when = f"quando {in_words(norm.trees[column.required], labels(norm, rule))}"
    states = "".join(
        f"; aceita “{state}{': motivo' if state == 'não informado' else ''}”" for state in column.states
    )
    return column.label, _takes(norm, column) + states, when, column.cites


YEAR_ENDS = {"year start": "1º de janeiro", "year end": "31 de dezembro"}
"""What people call the ends of the year a span may have."""


def _takes(norm: Norm, column: Column) -> str:
    source = column.options_from
    if source is not None:
        headers = norm.annexes[source.table].view.headers
        also = "".join(f" ou {headers.get(alias, alias)}" for alias in source.aliases)
        where = norm.annexes[source.table].view.label
        named = headers.get(source.column, source.column) + also
        return f"um dos {len(column.options)} de [{where}](#{anchor(where)}): {named}"
    if column.within is not None:
        return "data do ano apurado"
    if column.options:
        return " · ".join(column.options)
    if column.kind is not None:
        return _TAKES[column.kind]
    low, high = (
        None if end is None else quantity(end, None, places=None) for end in (column.low, column.high)
    )
    span = (
        f" de {low} a {high}"
        if low and high
        else f" a partir de {low}"
        if low
        else f" até {high}"
        if high
        else ""
    )
    unit = "número" if column.unit == "adimensional" else f"número em {column.unit}"
    return f"{unit}{span}"


def _relation(norm: Norm, rule: Rule, relation: Relation) -> Lines:
    read = ", ".join(f"“{norm.rules[name].label}”" for name in relation.rules)
    whole = ", todos obrigatórios" if relation.complete else ""
    said = f"o resultado de {read}{whole}" if read else f"as linhas da planilha “{relation.sheet}”"
    yield f"Lê, em **{relation.label}** ({relation.cites}), {said}."
    yield ""
    if relation.columns:
        rows = (_input(norm, rule, column) for column in relation.columns)
        yield from _table(("Coluna", "Como", "Quando", "Fundamento"), rows)
        yield from _refused_rows(relation.checks, relation.columns)
    if relation.members is not None and rule.subject.keys:
        yield from _table(("Grupo", "Composição"), _composition(norm, rule, relation.members))


def _composition(norm: Norm, rule: Rule, members: str) -> Iterator[tuple[str, str]]:
    for group in rule.subject.keys:
        units = [member for member in norm.members[members] if member.group == group and member.until is None]
        past = [
            f"{member.unit} ({_days(member)})"
            for member in norm.members[members]
            if member.group == group and member.unit not in {unit.unit for unit in units}
        ]
        yield group, ", ".join([*(unit.unit for unit in units), *past])


def _step(norm: Norm, rule: Rule, number: int, step: Step) -> Lines:
    yield f"{number}. **{step.label}** ({_unit(step)}; {step.cites})"
    named = labels(norm, rule)
    if step.formula is not None:
        yield f"   {_sentence(_said(norm.trees[step.formula], named))}."
    if step.formula_from is not None:
        over = ", ".join(named[name] for name in step.scope)
        methods = (
            f", ou o nome de um dos [métodos]({step.methods}.md) que só usem isso" if step.methods else ""
        )
        yield f"   O que “{named[step.formula_from]}” trouxer: uma fórmula sobre {over}{methods}."
    for reading, formula in step.readings.items():
        adopted = norm.interpretations[str(step.interpretation)].adopted
        which = "Leitura" if adopted is None else "Leitura adotada" if adopted == reading else "Outra leitura"
        yield f"   - {which}, “{reading}”: {_said(norm.trees[formula], named)}."
    for wording in step.wordings:
        said = (
            _said(norm.trees[wording.formula], named)
            if wording.formula
            else f"redação desconhecida. {wording.why}"
        )
        yield f"   - {_days(wording)}: {said.rstrip('.')}."
    uses = [*step.uses, *([step.interpretation] if step.interpretation else [])]
    if uses:
        yield f"   - Interpretação: {_linked(norm, uses)}."
    yield ""


def _said(tree: Node, named: Mapping[str, str]) -> str:
    """Say a formula in words, or as it is written where words would need to spell out its parentheses."""
    words = in_words(tree, named)
    return portuguese(tree, named) if "parênteses" in words else words


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _unit(step: Step) -> str:
    if step.unit is None:
        return "; ".join(step.options) or "sim ou não"
    places = "inteiro" if step.places == 0 else f"{step.places} {'casa' if step.places == 1 else 'casas'}"
    return f"{step.unit}, {places}"


def _interpretations(norm: Norm) -> Lines:
    if not norm.interpretations:
        return
    yield "O texto não diz tudo. A leitura adotada aparece em toda memória de cálculo que dela dependa."
    yield "Quem decide pode adotar outra, por ato, no arquivo ou na planilha de parâmetros da instituição."
    yield ""
    for name, interpretation in norm.interpretations.items():
        yield from _interpretation(name, interpretation)


def _interpretation(name: str, interpretation: Interpretation) -> Lines:
    yield f"### {interpretation.label}"
    yield ""
    yield f"{interpretation.text} ({interpretation.cites})"
    yield ""
    adopted = interpretation.adopted
    said = f"**Adotada:** {adopted}" if adopted else "**Nenhuma adotada: escolha obrigatória**"
    yield f"- {said}. {interpretation.why}"
    if interpretation.others:
        offered = "Também se pode adotar" if adopted else "Leituras"
        yield f"- **{offered}:** {'; '.join(interpretation.others)}."
    yield f"- **Quem decide:** {interpretation.decider}. Nome nos arquivos: `{name}`."
    yield ""


def _deadlines(norm: Norm) -> Lines:
    if not norm.deadlines:
        return
    rows = (
        (deadline.label, _due(deadline), _calendar(norm, deadline), deadline.cites, f"`{name}`")
        for name, deadline in norm.deadlines.items()
    )
    yield from _table(("Prazo", "Vence", "Calendário", "Fundamento", "Nome nos arquivos"), rows)


def _due(deadline: Deadline) -> str:
    between, after = deadline.last_business_day, deadline.days_after
    if between is not None:
        return between.words
    if after is None:
        return ""
    plural = {"dia corrido": "dias corridos", "dia útil": "dias úteis"}.get(after.counting, "dias")
    return f"{after.days} {plural} depois de: {after.event}"


def _calendar(norm: Norm, deadline: Deadline) -> str:
    declared = norm.interpretations.get(deadline.calendar)
    return f"{declared.adopted} (interpretação)" if declared else deadline.calendar


def _parameters(norm: Norm) -> Lines:
    known = [
        (p.label, quantity(v.value, p.unit, places=p.places), _days(v), v.cites)
        for p in norm.parameters.values()
        for v in p.values
    ]
    if known:
        yield from _table(("Parâmetro", "Valor", "Período", "Fundamento"), known)
    pending = [(p.label, p.asks or "", p.cites or "") for p in norm.parameters.values() if p.pending]
    if pending:
        yield "Ainda não têm valor, e as regras que os usam ficam pendentes:"
        yield ""
        yield from _table(("Parâmetro", "O que falta", "Fundamento"), pending)


def _wordings(norm: Norm) -> Lines:
    identity = norm.identity
    if identity.amendments:
        acts = ((act.act, f"{act.enacted_on:%d/%m/%Y}", act.changes) for act in identity.amendments)
        yield from _table(("Ato", "Data", "O que mudou"), acts)
    rows = ((*_wording(w), _linked(norm, w.uses) or "—") for w in identity.wordings)
    yield from _table(("Período", "Redação", "Ato", "Interpretação"), rows)


def _cases(norm: Norm) -> Lines:
    checked = verify(norm).cases
    if checked:
        yield f"A biblioteca refaz estes {len(checked)} casos a cada verificação (`apura verificar`)."
        yield ""
        rows = ((("✓ " if not c.differences else "✗ ") + c.case.name, c.case.source) for c in checked)
        yield from _table(("Caso", "Conta"), rows)


def _coverage(norm: Norm) -> Lines:
    if norm.provisions:
        rows = ((p.ref, COVERAGE[p.status], p.note) for p in norm.provisions)
        yield from _table(("Dispositivo", "Situação", "Nota"), rows)


def _annex(annex: Annex) -> Lines:
    act = f"; redação da {annex.view.act}" if annex.view.act else ""
    yield f"{annex.view.cites}{act}."
    yield ""
    headers = tuple(annex.view.headers.get(column, column) for column in annex.rows[0])
    yield from _table(headers, (tuple(row.values()) for row in annex.rows))


def main(folder: Path = PAGES) -> None:
    """Write one page per shipped norm in ``folder``, and the schema of results in the reference beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for norm_id in shipped_ids():
        (folder / f"{norm_id}.md").write_text(page(load_norm(norm_id)), encoding="utf-8")
    reference = folder.parent / "reference"
    reference.mkdir(parents=True, exist_ok=True)
    (reference / SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")


def schema_text() -> str:
    """Return the published JSON Schema of the result document, as text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
