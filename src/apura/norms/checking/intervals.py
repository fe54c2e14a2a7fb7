"""Dated values and wordings without overlap or hole; members of a group each once on any day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from apura.norms.errors import PackError
from apura.norms.reading import PackFiles
from apura.norms.rule_schema import Rule
from apura.norms.schema import Interval, Member, NormFile
from apura.norms.texts import fold


def check_intervals(files: PackFiles) -> None:
    """Refuse intervals that overlap or leave a hole.

    Raises:
        PackError: the message says which file and from what day.
    """
    _without_gaps("norm.toml", "wordings", files.norm.wordings)
    _cover_the_norm(files.norm)
    for rule in files.rules.values():
        file = files.rule_files[rule.name]
        _without_gaps(file, "wordings", rule.wordings)
        _check_step_wordings(rule, file)
    for name, parameter in files.parameters.items():
        _without_gaps("parameters.toml", name, parameter.values)
    for name, members in files.members.items():
        _check_members(f"members/{name}.csv", members)


def _without_gaps(file: str, place: str, intervals: tuple[Interval, ...]) -> None:
    for earlier, later in pairwise(intervals):
        if earlier.until is None or later.starts <= earlier.until:
            raise PackError(
                file,
                place,
                f"os intervalos se sobrepõem em {later.starts:%d/%m/%Y}",
                what_to_do="Ponha-os em ordem de data; cada um termina (until) na véspera do seguinte (from).",
            )
        if (later.starts - earlier.until).days > 1:
            raise PackError(
                file,
                place,
                f"falta dizer o que vale entre {earlier.until:%d/%m/%Y} e {later.starts:%d/%m/%Y}",
                what_to_do='Complete o período; se o texto não é conhecido, diga wording = "unknown".',
            )


def _cover_the_norm(norm: NormFile) -> None:
    first, last = norm.wordings[0].starts, norm.wordings[-1].until
    end = norm.last_day or date.max
    if first > norm.takes_effect_on or (last is not None and last < end):
        raise PackError(
            "norm.toml",
            "wordings",
            "as redações não cobrem todos os dias em que a norma produz efeitos",
            what_to_do="A primeira começa até takes_effect_on, e a última termina em last_day ou não termina.",
        )


def _check_step_wordings(rule: Rule, file: str) -> None:
    for step in rule.steps:
        _without_gaps(file, step.name, step.wordings)
        for wording in step.wordings:
            if (wording.formula is None) != (wording.wording == "unknown"):
                raise PackError(file, step.name, "só a redação desconhecida não tem fórmula")


def _check_members(file: str, members: tuple[Member, ...]) -> None:
    for position, member in enumerate(members):
        for earlier in members[:position]:
            if _overlap(earlier, member):
                _refuse_same_unit(file, earlier, member)
                _refuse_same_name(file, earlier, member)


def _overlap(one: Interval, other: Interval) -> bool:
    return one.starts <= (other.until or date.max) and other.starts <= (one.until or date.max)


def _refuse_same_unit(file: str, one: Member, other: Member) -> None:
    if (one.group, one.unit) == (other.group, other.unit):
        raise PackError(
            file, other.unit, f"está duas vezes em {other.group} no mesmo dia ({other.starts:%d/%m/%Y})"
        )


def _refuse_same_name(file: str, one: Member, other: Member) -> None:
    names, others = ({fold(name) for name in (each.unit, *each.aliases)} for each in (one, other))
    if one.unit != other.unit and names & others:
        raise PackError(file, other.unit, f"tem o mesmo nome que “{one.unit}” (sigla ou alias) no mesmo dia")
