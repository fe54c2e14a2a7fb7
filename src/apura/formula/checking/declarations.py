"""Names, columns and look-ups: what is read must be declared, and columns stand inside an aggregate."""

from __future__ import annotations

from collections.abc import Mapping

from apura.formula.checking.around import Around
from apura.formula.checking.kinds import Known, known, meet, need_choice
from apura.formula.errors import FormulaCheckError
from apura.formula.names import nearest
from apura.formula.scope import Relation
from apura.formula.tree import Column, Lookup, Name, Node


def check_name(around: Around, node: Name) -> Known:
    """Find a declared name."""
    kind = around.scope.names.get(node.name)
    if kind is not None:
        return known(kind, node.at)
    if node.name in around.scope.relations:
        columns = around.scope.relations[node.name].columns
        hint = f"É uma relação: escreva a coluna, como em {node.name}.{next(iter(columns), 'coluna')}."
    elif node.name in around.scope.tables:
        hint = f"É uma tabela: escreva as chaves, como em {node.name}[chave]."
    else:
        hint = _suggestion(node.name, around.scope.names)
    raise _unknown("o nome", node.name, node, hint)


def check_column(around: Around, node: Column) -> Known:
    """Find a declared column, which stands inside an aggregate of its relation unless that is single."""
    relation = relation_named(around, node.relation, node)
    kind = relation.columns.get(node.column)
    if kind is None:
        hint = _suggestion(node.column, relation.columns)
        raise _unknown(f"em “{node.relation}” a coluna", node.column, node, hint)
    if relation.single or node.relation == around.relation:
        return known(kind, node.at)
    shown = f"{node.relation}.{node.column}"
    if around.relation is None:
        raise FormulaCheckError(
            f"“{shown}” tem um valor por registro.",
            at=node.at,
            expected="uma função que reúna os registros",
            hint=f"Use soma({shown}), media({shown}), min({shown}), max({shown}) ou conta({node.relation}).",
        )
    raise FormulaCheckError(
        f"Uma função só reúne registros de uma relação: esta lê “{around.relation}” e “{node.relation}”.",
        at=node.at,
        hint="Calcule cada relação em um passo.",
    )


def relation_named(around: Around, name: str, node: Node) -> Relation:
    """Find a declared relation."""
    found = around.scope.relations.get(name)
    if found is None:
        raise _unknown("a relação", name, node, _suggestion(name, around.scope.relations))
    return found


def check_lookup(around: Around, node: Lookup) -> Known:
    """Find a declared table and check its keys."""
    table = around.scope.tables.get(node.table)
    if table is None:
        raise _unknown("a tabela", node.table, node, _suggestion(node.table, around.scope.tables))
    if len(node.keys) != len(table.keys):
        raise FormulaCheckError(
            f"A tabela “{node.table}” foi lida com chaves de menos ou de mais.",
            at=node.at,
            read=_keys(len(node.keys)),
            expected=f"{_keys(len(table.keys))}, com ponto e vírgula entre elas",
        )
    for key, options in zip(node.keys, table.keys, strict=True):
        found = need_choice((key, around.kind_of(key)), "uma chave de tabela")
        meet((key, found), (Name(f"chave de {node.table}"), options))
    return known(table.result, node.at)


def _keys(count: int) -> str:
    return "uma chave" if count == 1 else f"{count} chaves"


def _suggestion(name: str, names: Mapping[str, object]) -> str:
    near = nearest(name, names)
    if near:
        return f"Você quis dizer “{near}”?"
    listed = ", ".join(list(names)[:12])
    return f"Os que existem: {listed}{', …' if len(names) > 12 else ''}." if names else ""  # noqa: PLR2004


def _unknown(what: str, name: str, node: Node, hint: str) -> FormulaCheckError:
    return FormulaCheckError(f"Não existe {what} “{name}”.", at=node.at, hint=hint)
