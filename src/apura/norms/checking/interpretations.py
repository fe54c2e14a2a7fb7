"""Interpretations named by those who use them, each reading on offer really choosing something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apura.calendars import known_calendars
from apura.norms.errors import PackError
from apura.norms.reading import PackFiles
from apura.norms.rule_schema import Rule, Step
from apura.norms.schema import Interpretation

COUNTINGS = ("dia corrido", "dia útil")
INTERPRETATIONS = "interpretations.toml"


def check_interpretations(files: PackFiles) -> None:
    """Check every mention of an interpretation, and that the readings on offer choose something.

    Raises:
        PackError: an interpretation is missing, unused, offers a reading that chooses nothing, or says it changes
            what does not exist; a calendar or a way of counting is unknown.
    """
    used = set()
    for file, name in _mentions(files):
        if name not in files.interpretations:
            raise PackError(
                file,
                name,
                f"a interpretação “{name}” não existe em {INTERPRETATIONS}",
                what_to_do="Declare-a lá ou corrija o nome.",
            )
        used.add(name)
    for name in files.interpretations:
        if name not in used:
            raise PackError(
                INTERPRETATIONS,
                name,
                "nenhuma regra, prazo, parâmetro ou composição usa esta interpretação",
                what_to_do="Cite-a em uses de quem dela depende, ou apague-a.",
            )
    _check_choices(files)
    _check_changes(files)


def _mentions(files: PackFiles) -> Iterator[tuple[str, str]]:
    """Every mention of an interpretation, with the file that makes it."""
    yield from (("norm.toml", name) for name in files.norm.uses)
    yield from (("norm.toml", name) for wording in files.norm.wordings for name in wording.uses)
    yield from (("parameters.toml", name) for known in files.parameters.values() for name in known.uses)
    for file, rows in files.members.items():
        yield from ((f"members/{file}.csv", name) for row in rows for name in row.uses)
    for rule in files.rules.values():
        yield from ((files.rule_files[rule.name], name) for name in _mentions_of(rule))
    yield from ((file, name) for file, name, _ in _chosen_by(files))


def _mentions_of(rule: Rule) -> Iterator[str]:
    yield from rule.uses
    for wording in rule.wordings:
        yield from wording.uses
    for column in rule.inputs:
        for names in column.relies.values():
            yield from names
    for step in rule.steps:
        yield from step.uses
        for own in step.wordings:
            yield from own.uses


def _chosen_by(files: PackFiles) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Every place where a reading chooses something: its file, the interpretation, the readings it may have."""
    for deadline in files.deadlines.values():
        if not is_calendar_code(deadline.calendar):
            yield "deadlines.toml", deadline.calendar, known_calendars()
        after = deadline.days_after
        if after is not None and after.counting not in COUNTINGS:
            yield "deadlines.toml", after.counting, COUNTINGS
    for rule in files.rules.values():
        file = files.rule_files[rule.name]
        for column in rule.inputs:
            if column.days_after is not None and column.days_after.counting not in COUNTINGS:
                yield file, column.days_after.counting, COUNTINGS
        for step in rule.steps:
            if step.interpretation is not None:
                yield file, step.interpretation, tuple(step.readings)


def is_calendar_code(text: str) -> bool:
    """Whether a deadline's ``calendar`` is a calendar's code (``MG-BH``) and not an interpretation (``calendario``)."""
    return text.isupper()


def _check_choices(files: PackFiles) -> None:
    for name, deadline in files.deadlines.items():
        if is_calendar_code(deadline.calendar) and deadline.calendar not in known_calendars():
            raise PackError(
                "deadlines.toml",
                name,
                f"não há calendário “{deadline.calendar}”",
                what_to_do=f"Use um destes: {', '.join(known_calendars())}.",
            )
    choosing = set()
    for file, name, offered in _chosen_by(files):
        _check_readings(file, name, files.interpretations[name], offered)
        choosing.add(name)
    for rule in files.rules.values():
        for step in rule.steps:
            _check_step_readings(files, rule, step)
    for name, interpretation in files.interpretations.items():
        if interpretation.others and name not in choosing:
            raise PackError(
                INTERPRETATIONS,
                name,
                "oferece outras leituras (others), mas nenhum passo, contagem ou calendário muda com elas",
                what_to_do="Escreva as leituras em um passo (interpretation e readings), ou deixe others vazio.",
            )


def _check_readings(file: str, name: str, declared: Interpretation, offered: Sequence[str]) -> None:
    for reading in declared.readings:
        if reading not in offered:
            raise PackError(
                file,
                name,
                f"a leitura “{reading}” de “{name}” não serve aqui",
                what_to_do=f"Aqui servem: {'; '.join(offered)}.",
            )


def _check_step_readings(files: PackFiles, rule: Rule, step: Step) -> None:
    if step.interpretation is None:
        return
    declared = files.interpretations[step.interpretation].readings
    if set(step.readings) != set(declared):
        raise PackError(
            files.rule_files[rule.name],
            step.name,
            f"as leituras diferem das de “{step.interpretation}”",
            what_to_do=f"Escreva uma fórmula para cada uma destas: {'; '.join(declared)}.",
        )


def _check_changes(files: PackFiles) -> None:
    changeable = {*files.deadlines, *files.parameters}
    for rule in files.rules.values():
        for part in (*rule.inputs, *rule.steps):
            changeable |= {part.name, f"{rule.name}.{part.name}"}
    for name, interpretation in files.interpretations.items():
        for changed in interpretation.changes:
            if changed not in changeable:
                raise PackError(INTERPRETATIONS, name, f"diz mudar “{changed}”, que não existe (changes)")
