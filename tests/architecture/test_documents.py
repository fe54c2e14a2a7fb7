"""Documents keep their word: links lead somewhere, commands exist, examples run."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from repository import ROOT, dev_script, markdown_files, text_of, without_code

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n*```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
FRONT_PAGES = ("README.md", "LEIAME.md")


def anchors_of(file: Path) -> set[str]:
    headings = HEADING.findall(re.sub(r"^```.*?^```", "", text_of(file), flags=re.MULTILINE | re.DOTALL))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", markdown_files(), ids=str)
def test_every_link_inside_the_repository_leads_somewhere(file: Path) -> None:
    for target in LINK.findall(without_code(text_of(file))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (ROOT / file.parent / path).resolve() if path else ROOT / file
        assert place.exists(), f"{file}: {target}"
        if anchor and place.suffix == ".md":
            assert anchor in anchors_of(place.relative_to(ROOT)), f"{file}: {target}"


def with_examples() -> list[Path]:
    return [file for file in markdown_files() if EXAMPLE.search(text_of(file))]


@pytest.mark.parametrize("file", with_examples(), ids=str)
def test_the_python_examples_of_a_document_run_and_print_what_it_shows(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code, shown in EXAMPLE.findall(text_of(file)):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, str(file), "exec"), names)  # noqa: S102 (our own documents, and that is the test)
        if shown:
            assert printed.getvalue() == shown


@pytest.mark.parametrize("file", [*FRONT_PAGES, "CONTRIBUTING.md"])
def test_the_commands_of_dev_py_that_a_document_names_exist(file: str) -> None:
    named = set(re.findall(r"python3 dev\.py (\w+)", text_of(Path(file))))
    assert named
    assert named <= set(dev_script().COMMANDS)


@pytest.mark.parametrize("file", FRONT_PAGES)
def test_the_front_pages_show_the_two_commands(file: str) -> None:
    assert "python3 dev.py demo" in text_of(Path(file))
    assert "python3 dev.py test" in text_of(Path(file))


def test_every_command_of_dev_py_is_documented_and_in_its_help() -> None:
    script = dev_script()
    for command in script.COMMANDS:
        assert f"python3 dev.py {command}" in text_of(Path("CONTRIBUTING.md"))
        assert re.search(rf"^  {command} ", script.HELP, re.MULTILINE)


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert "\n## Unreleased\n" in text_of(Path("CHANGELOG.md"))


def test_every_document_is_reachable_from_the_index() -> None:
    reached, waiting = set(), [Path("docs/README.md")]
    while waiting:
        file = waiting.pop()
        reached.add(file)
        waiting += [linked for linked in linked_documents(file) if linked not in reached]
    assert [str(file) for file in markdown_files() if file.parts[0] == "docs" and file not in reached] == []


def linked_documents(file: Path) -> list[Path]:
    targets = (
        target.partition("#")[0] for target in LINK.findall(without_code(text_of(file))) if ":" not in target
    )
    places = ((ROOT / file.parent / target).resolve() for target in targets if target.endswith(".md"))
    return [place.relative_to(ROOT) for place in places if place.exists()]
