"""Refresh the hashed locks in requirements/. Run by hand; see CONTRIBUTING.md.

Makes a temporary environment with uv, resolves for every platform and every Python from 3.11, and writes
requirements/runtime.lock (what the library and the platform need, and what installs them),
requirements/dev.lock (that, PostgreSQL's driver, the bulk engine, and what the tests need), requirements/spark.lock
(that and Spark), requirements/bench.lock (dev.lock and what a bulk run is measured beside) and
requirements/node.lock (the npm that tools/assets.py uses on a machine without one). The files name no index: pip's
own configuration decides where packages come from.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {
    "runtime": ("build",),
    "dev": ("build", "dev"),
    "spark": ("build", "dev"),
    "bench": ("build", "dev", "bench"),
    "node": ("node",),
}
EXTRAS = {
    "runtime": ("web",),
    "dev": ("web", "pg", "bulk"),
    "spark": ("web", "pg", "spark"),
    "bench": ("web", "pg", "bulk"),
}
RESOLVER = "uv==0.13.9"


def main() -> None:
    """Refresh the locks, keeping the pins that still fit; with ``--upgrade``, take the newest versions."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=False)
        python = Path(folder) / "bin" / "python"
        _run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", RESOLVER])
        for name in GROUPS:
            _run([str(python.parent / "uv"), *_arguments(name), *sys.argv[1:]])


def _arguments(name: str) -> list[str]:
    return [
        *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--no-config"),
        *(argument for group in GROUPS[name] for argument in ("--group", f"pyproject.toml:{group}")),
        *(argument for extra in EXTRAS.get(name, ()) for argument in ("--extra", extra)),
        *(("pyproject.toml",) if name in EXTRAS else ()),
        *("--output-file", f"requirements/{name}.lock"),
    ]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
