"""Nothing grows past the size a reader can hold."""

from pathlib import Path

import pytest
from exceptions import FILE_LINES, FUNCTION_LINES, PARAMETERS
from repository import Function, files, functions_of, python_files, text_of

FILE_LIMIT, TEST_FILE_LIMIT = 400, 500
FUNCTION_LIMIT = 50
PARAMETER_LIMIT = 5
SOURCES = {".py", ".typ", ".lark"}
FORBIDDEN_STEMS = {"utils", "util", "helpers", "helper", "misc", "common"}


def is_generated(file: Path) -> bool:
    """Whether the framework wrote it: a migration lists columns, and grows with them."""
    return "migrations" in file.parts


def too_long_files() -> dict[str, int]:
    found = {}
    for file in files():
        lines = text_of(file).count("\n") if file.suffix in SOURCES and not is_generated(file) else 0
        if lines > (TEST_FILE_LIMIT if file.parts[0] == "tests" else FILE_LIMIT):
            found[file.as_posix()] = lines
    return found


def name_of(file: Path, function: Function) -> str:
    return f"{file.as_posix()}::{function.name}"


def too_long_functions() -> dict[str, int]:
    return {
        name_of(file, function): length
        for file in python_files()
        for _, function in functions_of(file)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LIMIT
    }


def parameter_count(function: Function) -> int:
    arguments = function.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def functions_with_too_many_parameters() -> dict[str, int]:
    return {
        name_of(file, function): count
        for file in python_files()
        for _, function in functions_of(file)
        if (count := parameter_count(function)) > PARAMETER_LIMIT
    }


@pytest.mark.parametrize(
    ("found", "excepted"),
    [
        pytest.param(too_long_files, FILE_LINES, id="lines of a file"),
        pytest.param(too_long_functions, FUNCTION_LINES, id="lines of a function"),
        pytest.param(functions_with_too_many_parameters, PARAMETERS, id="parameters of a function"),
    ],
)
def test_nothing_is_larger_than_the_house_allows_but_what_the_list_excepts_with_a_reason(
    found, excepted
) -> None:
    assert set(found()) == set(excepted), found()
    assert all(len(reason.split()) > 2 for reason in excepted.values())


def test_no_module_is_named_for_holding_leftovers() -> None:
    leftovers = [file for file in python_files() if file.stem in FORBIDDEN_STEMS or file.stem.endswith("_v2")]
    assert leftovers == []


def test_no_package_is_empty() -> None:
    packages = {file.parent for file in python_files("src/") if file.name == "__init__.py"}
    empty = [folder for folder in packages if not any(file.is_relative_to(folder) for file in code_files())]
    assert empty == []


def code_files() -> list[Path]:
    return [file for file in python_files("src/") if file.name != "__init__.py"]
