"""No binary float comes near a number of the law."""

import ast
from pathlib import Path

from exceptions import FLOATS
from repository import python_files, tree_of

ROUNDING = {"round", "float"}
INEXACT_MODULES = {"cmath", "numpy", "statistics"}


def inexact_things(file: Path) -> list[str]:
    """Float literals, ``float``, ``round``, inexact modules; not where they compute nothing."""
    harmless = {
        id(inner) for node in ast.walk(tree_of(file)) if is_harmless(node) for inner in ast.walk(node)
    }
    return [
        f"{file}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.expr | ast.stmt) and is_inexact(node) and id(node) not in harmless
    ]


def is_harmless(node: ast.AST) -> bool:
    """Whether it only asks if a value is a float, or says how alike two words must be (``cutoff``)."""
    match node:
        case ast.Call(func=ast.Name(id="isinstance")) | ast.keyword(arg="cutoff"):
            return True
        case _:
            return False


def is_inexact(node: ast.expr | ast.stmt) -> bool:
    match node:
        case ast.Constant(value=float() | complex()):
            return True
        case ast.Name(id=name):
            return name in ROUNDING
        case ast.Import(names=names):
            return any(each.name in INEXACT_MODULES for each in names)
        case ast.ImportFrom(module=module):
            return module in INEXACT_MODULES
        case _:
            return False


def test_the_library_has_no_float_but_where_the_list_excepts_it_with_a_reason() -> None:
    found = {
        file.as_posix(): things for file in python_files("src/apura/") if (things := inexact_things(file))
    }
    assert set(found) == set(FLOATS), found
    assert all(len(reason.split()) > 2 for reason in FLOATS.values())
