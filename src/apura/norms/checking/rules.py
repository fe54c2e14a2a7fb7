"""Each rule whole: names declared once, sheets that a workbook can have, deadlines that exist, a scale that adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from apura.formula import Value, brazilian, is_name
from apura.norms.errors import PackError
from apura.norms.reading import PackFiles
from apura.norms.rule_schema import Column, Rule
from apura.norms.texts import fold

RESERVED_NAMES = frozenset({"chave", "nome", "identidade", "observacoes", "e", "ou", "nao"})
"""Names a column or a step may not have: every sheet and document has columns of its own, and words of the language."""
RESERVED_SHEETS = ("Instruções", "Parâmetros da instituição", "_apura")
"""Sheets every workbook has."""
YEAR_ENDS = ("year start", "year end")
OWN_HEADERS = ("Nome", "Observações")
LONGEST_SHEET = 31
FORBIDDEN_IN_SHEETS = "[]:*?/\\'"

Lookups = Mapping[str, Mapping[tuple[str, ...], Value]]


def check_rules(files: PackFiles, lookups: Lookups) -> None:
    """Check each rule against itself and against the pack's deadlines, members, annexes and other sheets.

    Raises:
        PackError: the message names file, place and reason.
    """
    sheets: dict[str, str] = {fold(name): "toda planilha da Apura" for name in RESERVED_SHEETS}
    _check_labels(files)
    unread = set(files.members)
    for rule in files.rules.values():
        file = files.rule_files[rule.name]
        _check_names(files, rule, file)
        _check_checked(rule, file)
        _check_deadlines(files, rule, file)
        _check_scale(files, rule, lookups)
        for sheet, headers in _sheets(rule):
            _check_sheet(sheet, headers, file, sheets)
        used = {rule.subject.members, *(relation.members for relation in rule.relations)}
        if rule.subject.members is not None and rule.subject.members not in files.members:
            raise PackError(file, "subject", f"usa members/{rule.subject.members}.csv, que não existe")
        unread -= used
    for name in sorted(unread):
        raise PackError(f"members/{name}.csv", "", "nenhuma regra usa esta composição")


def _check_labels(files: PackFiles) -> None:
    """Refuse two rules or annexes of one label: people could not tell their sheets and sections apart."""
    seen: dict[str, str] = {}
    named = [(files.rule_files[rule.name], rule.label) for rule in files.rules.values()]
    named += [("tables.toml", annex.view.label) for annex in files.annexes.values()]
    for file, label in named:
        if fold(label) in seen:
            raise PackError(file, label, f"já há regra ou anexo com este label, em {seen[fold(label)]}")
        seen[fold(label)] = file


def _check_names(files: PackFiles, rule: Rule, file: str) -> None:
    if rule.result_step.name != rule.result:
        raise PackError(
            file,
            "result",
            f"o resultado é o último passo, “{rule.result_step.name}”, e não “{rule.result}”",
            what_to_do="Ponha por último o passo do resultado ou corrija result.",
        )
    for name in rule.wanted:
        if rule.step(name) is None:
            raise PackError(file, name, "also ou dates fala de um passo que não existe")
    _check_dates(rule, file)
    own = [part.name for part in (*rule.inputs, *rule.relations, *rule.steps, *rule.dates)]
    names = [*files.parameters, *files.annexes, *own]
    for name in names:
        if names.count(name) > 1:
            raise PackError(
                file,
                name,
                "o nome foi declarado mais de uma vez (parâmetro, anexo, entrada, relação ou passo)",
                what_to_do="Dê outro nome a um deles.",
            )
        if name in RESERVED_NAMES or not is_name(name):
            raise PackError(file, name, "este nome é reservado", what_to_do="Dê outro nome.")
    for relation in rule.relations:
        columns = [column.name for column in relation.columns]
        for name in columns:
            if columns.count(name) > 1 or name in RESERVED_NAMES:
                raise PackError(file, f"{relation.name}.{name}", "nome repetido ou reservado")


def _check_dates(rule: Rule, file: str) -> None:
    mentioned = [(made.name, made.start) for made in rule.dates]
    for column in rule.inputs:
        if column.span is not None:
            ends = (column.span.starts, column.span.until)
            mentioned += [(column.name, end) for end in ends if end not in YEAR_ENDS]
    for place, name in mentioned:
        source = rule.input(name)
        if source is None or source.kind != "date":
            raise PackError(file, place, f"conta de “{name}”, que não é uma entrada de data")


def _check_checked(rule: Rule, file: str) -> None:
    """Refuse a check whose message would fall on no cell."""
    checked: list[tuple[str, str, tuple[Column, ...]]] = [
        ("checks", made.column, rule.inputs) for made in rule.checks
    ]
    checked += [
        (relation.name, made.column, relation.columns)
        for relation in rule.relations
        for made in relation.checks
    ]
    for place, name, columns in checked:
        if name not in [column.name for column in columns]:
            raise PackError(file, place, f"checks fala de “{name}”, que não é coluna dessa planilha")


def _check_deadlines(files: PackFiles, rule: Rule, file: str) -> None:
    for column in rule.inputs:
        mentioned = [refusing.deadline for refusing in column.refuses.values() if refusing.deadline]
        days = column.days_after
        if days is not None:
            mentioned.append(days.deadline)
            source = rule.input(days.date)
            if source is None or source.kind != "date":
                raise PackError(
                    file, column.name, f"conta dias de “{days.date}”, que não é uma entrada de data"
                )
        for name in mentioned:
            if name not in files.deadlines:
                raise PackError(file, column.name, f"usa o prazo “{name}”, que não existe em deadlines.toml")
            if files.deadlines[name].last_business_day is None:
                raise PackError(
                    file, column.name, f"usa o prazo “{name}”, que corre de um fato e não do ano apurado"
                )


def _check_scale(files: PackFiles, rule: Rule, lookups: Lookups) -> None:
    for step in rule.steps:
        scale = step.scale
        if scale is None or scale.sum_of is None:
            continue
        file, place = files.rule_files[rule.name], f"{step.name}, scale"
        if scale.sum_of not in lookups:
            raise PackError(
                file, place, f"sum_of fala do anexo “{scale.sum_of}”, que não existe ou não tem chaves"
            )
        total = sum(
            (value for value in lookups[scale.sum_of].values() if isinstance(value, Fraction)), Fraction(0)
        )
        if total != scale.high:
            said, found = brazilian(scale.high, None), brazilian(total, None)
            raise PackError(file, place, f"a escala vai até {said}, mas o anexo soma {found}")


def _sheets(rule: Rule) -> Iterator[tuple[str, list[str]]]:
    if rule.subject.sheet is None:
        return
    key = str(rule.subject.key)
    own = [column for column in rule.inputs if not column.is_counted]
    yield rule.subject.sheet, [key, *OWN_HEADERS, *map(_header, own)]
    for relation in rule.relations:
        if relation.sheet is not None:
            yield relation.sheet, [key, OWN_HEADERS[1], *map(_header, relation.columns)]


def _header(column: Column) -> str:
    return column.label


def _check_sheet(sheet: str, headers: list[str], file: str, known: dict[str, str]) -> None:
    if len(sheet) > LONGEST_SHEET or any(mark in FORBIDDEN_IN_SHEETS for mark in sheet):
        raise PackError(
            file,
            sheet,
            f"o nome da planilha tem mais de {LONGEST_SHEET} caracteres ou um destes: {' '.join(FORBIDDEN_IN_SHEETS)}",
            what_to_do="Encurte o nome: as planilhas eletrônicas não o aceitam.",
        )
    if fold(sheet) in known:
        raise PackError(file, sheet, f"já existe uma planilha com este nome, em {known[fold(sheet)]}")
    known[fold(sheet)] = file
    folded = [fold(header) for header in headers]
    for header in headers:
        if folded.count(fold(header)) > 1:
            raise PackError(file, header, f"a planilha “{sheet}” teria duas colunas com este título")
