"""The glossary is a table that can be trusted: it parses, it repeats nothing, and its library names exist."""

import re
from pathlib import Path

from repository import files, python_files, text_of

GLOSSARY = Path("docs/glossary.md")
COLUMNS = 4
TITLES = ("The law", "The library", "The platform")


def rows(title: str) -> list[list[str]]:
    section = text_of(GLOSSARY).partition(f"## {title}\n")[2].partition("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def identifiers(cell: str) -> list[str]:
    return [
        name
        for code in re.findall(r"`([^`]+)`", cell)
        for name in re.split(r"[, ]+", code)
        if name.strip("/")
    ]


def test_every_row_has_its_four_cells_an_identifier_and_a_legal_term() -> None:
    for title in TITLES:
        assert rows(title)
        for row in rows(title):
            assert len(row) == COLUMNS, row
            assert identifiers(row[0]), row
            assert all(row), row


def test_no_identifier_has_two_rows() -> None:
    names = [name for title in TITLES for row in rows(title) for name in identifiers(row[0])]
    assert sorted(names) == sorted(set(names))


def test_the_names_of_the_library_and_of_the_platform_exist_where_the_glossary_puts_them() -> None:
    for row in (*rows("The library"), *rows("The platform")):
        for name in identifiers(row[0]):
            for room in identifiers(row[2]):
                assert any(defines(file, name) for file in python_files(room)), f"{name} is not in {room}"


def defines(file: Path, name: str) -> bool:
    return re.search(rf"\b{name}\b", text_of(file)) is not None


def test_the_rooms_the_glossary_names_exist() -> None:
    for row in (*rows("The library"), *rows("The platform")):
        for room in identifiers(row[2]):
            assert any(file.as_posix().startswith(room) for file in files()), room
