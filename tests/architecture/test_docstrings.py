"""What is public says what it does, and names the parameters it really has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from repository import Function, python_files, tree_of

PUBLIC_PLACES = ("src/", "dev.py", "tools/")


def public_things(file: Path) -> Iterator[tuple[str, ast.AST]]:
    tree = tree_of(file)
    yield str(file), tree
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{file}:{node.lineno} {node.name}", node
            for member in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(member, Function) and not member.name.startswith("_"):
                    yield f"{file}:{member.lineno} {node.name}.{member.name}", member


def test_everything_public_has_a_docstring() -> None:
    silent = [
        name
        for file in python_files(*PUBLIC_PLACES)
        if "migrations" not in file.parts  # the framework writes them
        for name, node in public_things(file)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and not ast.get_docstring(node)
        and documentable(node)
    ]
    assert silent == []


def documentable(node: ast.AST) -> bool:
    """Whether there is anything to document: an empty module and an overload have nothing to say."""
    decorators = getattr(node, "decorator_list", [])
    overloads = any("overload" in ast.unparse(decorator) for decorator in decorators)
    return bool(getattr(node, "body", [])) and not overloads


def test_the_parameters_a_docstring_explains_exist() -> None:
    stale = []
    for file in python_files(*PUBLIC_PLACES):
        for name, node in public_things(file):
            if isinstance(node, Function):
                unknown = explained(ast.get_docstring(node) or "") - parameters(node)
                stale += [f"{name} explains {parameter}" for parameter in sorted(unknown)]
    assert stale == []


def explained(docstring: str) -> set[str]:
    section = re.search(r"^Args:\n((?:    .*\n?|\n)+)", docstring, re.MULTILINE)
    return set(re.findall(r"^    \*{0,2}(\w+):", section.group(1), re.MULTILINE)) if section else set()


def parameters(function: Function) -> set[str]:
    arguments = function.args
    every = (
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    )
    return {argument.arg for argument in every if argument is not None}
