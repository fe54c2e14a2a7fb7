"""What the architecture tests read: the files of the repository, without git, which a bare machine lacks."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "build", "dist", "resultados", "node_modules", "__pycache__"}
TEXT = {".py", ".md", ".toml", ".csv", ".lark", ".typ", ".sh", ".lock", ".json", ".txt", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository, relative to its root; caches and environments left out."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if (
            entry.name in NOT_OURS
            or entry.name.endswith(("_cache", ".egg-info"))
            or entry.name == ".hypothesis"
        ):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry.relative_to(ROOT)


def python_files(*folders: str) -> list[Path]:
    """The Python files, of the whole repository or of some folders."""
    wanted = tuple(folders) or ("",)
    return [file for file in files() if file.suffix == ".py" and file.as_posix().startswith(wanted)]


def markdown_files() -> list[Path]:
    """The Markdown files."""
    return [file for file in files() if file.suffix == ".md"]


@cache
def text_of(file: Path) -> str:
    """The text of a file of the repository."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree_of(file: Path) -> ast.Module:
    """The syntax tree of a Python file of the repository."""
    return ast.parse(text_of(file), filename=str(file))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(file: Path) -> Iterator[tuple[str, Function]]:
    """The functions of a file with their names, nested ones too."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, Function):
            yield f"{file}:{node.lineno} {node.name}", node


def without_code(markdown: str) -> str:
    """Markdown without its fenced blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL))


def dev_script() -> ModuleType:
    """The dev.py of the root, as a module."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
