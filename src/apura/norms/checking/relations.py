"""Rules in order, each after those whose outcomes it reads; relations that read what exists."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from apura.norms.errors import PackError
from apura.norms.reading import PackFiles
from apura.norms.rule_schema import SUBJECT_KEY, Relation, Rule


def ordered_rules(files: PackFiles) -> dict[str, Rule]:
    """Return the rules, each after those whose outcomes it reads.

    Raises:
        PackError: a relation reads what does not exist, or rules read each other in a circle.
    """
    graph: dict[str, list[str]] = {}
    for rule in files.rules.values():
        graph[rule.name] = [rule.subject.of] if rule.subject.of else []
        for relation in rule.relations:
            _check_relation(files, rule, relation)
            graph[rule.name] += relation.rules
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise PackError(
            "rules",
            "",
            f"as regras se leem em círculo: {circle}",
            what_to_do="Retire da relação de uma delas a regra que fecha o círculo.",
        ) from error
    return {name: files.rules[name] for name in order}


def _check_relation(files: PackFiles, rule: Rule, relation: Relation) -> None:
    file = files.rule_files[rule.name]
    for other in relation.rules:
        if other not in files.rules:
            raise PackError(file, relation.name, f"lê a regra “{other}”, que não existe")
    if relation.members is not None:
        _check_groups(files, rule, relation)
    if relation.key_from not in (None, SUBJECT_KEY) and rule.input(str(relation.key_from)) is None:
        raise PackError(
            file, relation.name, f"key_from fala da entrada “{relation.key_from}”, que não existe"
        )
    if relation.by is not None:
        for other in relation.rules:
            if files.rules[other].input(relation.by) is None:
                raise PackError(
                    file, relation.name, f"by fala da entrada “{relation.by}”, que a regra “{other}” não tem"
                )
    if relation.key is not None:
        _check_key(files, relation, file)


def _check_groups(files: PackFiles, rule: Rule, relation: Relation) -> None:
    file, members = files.rule_files[rule.name], str(relation.members)
    if members not in files.members:
        raise PackError(file, relation.name, f"usa members/{members}.csv, que não existe")
    groups = {member.group for member in files.members[members]}
    for key in rule.subject.keys:
        if key not in groups:
            raise PackError(file, relation.name, f"members/{members}.csv não diz quem compõe “{key}”")


def _check_key(files: PackFiles, relation: Relation, file: str) -> None:
    known: set[str] = set()
    for name in relation.rules:
        subject = files.rules[name].subject
        if subject.members is not None:
            known |= {member.unit for member in files.members.get(subject.members, ())}
        elif not subject.keys:
            return
        known |= set(subject.keys)
    if relation.key not in known:
        raise PackError(
            file,
            relation.name,
            f"key fala de “{relation.key}”, que não é sujeito de {', '.join(relation.rules)}",
        )
