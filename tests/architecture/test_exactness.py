"""No binary float comes near a number of the law."""

import ast
from pathlib import Path

from exceptions import FLOATS
from repository import python_files, tree_of

ROUNDING = {"round", "float"}
INEXACT_MODULES = {"math", "numpy", "statistics", "decimal"}


def inexact_things(file: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append(f"{file}:{node.lineno} {node.value!r}")
        elif isinstance(node, ast.Name) and node.id in ROUNDING:
            found.append(f"{file}:{node.lineno} {node.id}")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [each.name for each in node.names]
            )
            found += [f"{file}:{node.lineno} import {each}" for each in modules if each in INEXACT_MODULES]
    return found


def test_the_library_has_no_float_but_where_the_list_excepts_it_with_a_reason() -> None:
    found = {
        file.as_posix(): things for file in python_files("src/apura/") if (things := inexact_things(file))
    }
    assert set(found) == set(FLOATS), found
    assert all(len(reason.split()) > 2 for reason in FLOATS.values())
