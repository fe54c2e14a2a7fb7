"""Refresh the hashed locks in requirements/. Run by hand; see CONTRIBUTING.md.

Makes a temporary environment with uv, resolves for every platform and every Python from 3.11, and writes
requirements/runtime.lock (what the library needs, and what installs it) and requirements/dev.lock (that, and
what the tests need). The files name no index: pip's own configuration decides where packages come from.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"runtime": ("build",), "dev": ("build", "dev")}
RESOLVER = "uv==0.13.9"


def main() -> None:
    """Refresh both locks, keeping the pins that still fit; with ``--upgrade``, take the newest versions."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=False)
        python = Path(folder) / "bin" / "python"
        _run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", RESOLVER])
        for name, groups in LOCKS.items():
            _run([str(python.parent / "uv"), *_arguments(name, groups), *sys.argv[1:]])


def _arguments(name: str, groups: tuple[str, ...]) -> list[str]:
    return [
        *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--no-config"),
        *(argument for group in groups for argument in ("--group", f"pyproject.toml:{group}")),
        *("pyproject.toml", "--output-file", f"requirements/{name}.lock"),
    ]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
