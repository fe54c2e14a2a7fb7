"""The repository installs anywhere and tells nothing about the machines it was written on."""

import re
import tomllib
from pathlib import Path

import pytest
from repository import TEXT, files, text_of

LOCKS = (Path("requirements/runtime.lock"), Path("requirements/dev.lock"))
LARGER = (Path("requirements/spark.lock"), Path("requirements/bench.lock"))
# Written in pieces so that this file does not hold them.
FORBIDDEN = ("/wor" + "k/", "/opt/" + "pypi", "/roo" + "t/", "pypi" + ".org", "python" + "hosted")


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text_of(lock), re.MULTILINE))


def requirement_name(requirement: str) -> str:
    return (
        re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")
    )


@pytest.mark.parametrize("lock", [*LOCKS, *LARGER, Path("requirements/node.lock")], ids=str)
def test_every_pin_of_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = text_of(lock)
    assert "://" not in text
    assert not re.search(r"^ *--(?!hash)", text, re.MULTILINE)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_development_lock_holds_everything_the_runtime_lock_holds() -> None:
    runtime, development = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= development.items()
    for larger in LARGER:
        assert development.items() <= pins(larger).items()


def test_everything_the_project_asks_for_is_pinned() -> None:
    project = tomllib.loads(text_of(Path("pyproject.toml")))
    groups = project["dependency-groups"]
    asked = {requirement_name(each) for each in (*project["project"]["dependencies"], *groups["build"])}
    asked_for_development = asked | {requirement_name(each) for each in groups["dev"]}
    assert asked <= set(pins(LOCKS[0]))
    assert asked_for_development <= set(pins(LOCKS[1]))


def test_the_lock_of_the_pages_packages_names_no_address() -> None:
    assert "://" not in text_of(Path("package-lock.json"))
    assert '"integrity"' in text_of(Path("package-lock.json"))


def test_the_continuous_integration_calls_the_test_command_of_the_front_page() -> None:
    script = text_of(Path(".ci/run"))
    called = [line for line in script.splitlines() if line.startswith("python3 dev.py ")]
    asked = ("test", "test-pg", "test-browser", "test-spark", "demo --conferir")
    assert called == [f"python3 dev.py {each}" for each in asked]


def test_no_file_names_a_machine_or_a_registry() -> None:
    told = [
        f"{file}: {word}"
        for file in files()
        if file.suffix in TEXT and file.name != "LICENSE"
        for word in FORBIDDEN
        if word in text_of(file)
    ]
    assert told == []
