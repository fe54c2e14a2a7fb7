"""Store the demonstration's database as this release leaves it, so that later releases prove they can upgrade it.

Run by hand when a release is made, with the Python of .venv; writes tests/releases/VERSION.sqlite3.xz.
"""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "tests" / "releases"


def main() -> None:
    """Load the demonstration into a new database and keep it, packed."""
    RELEASES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "APURA_DADOS": folder, "APURA_DEMO": "1"}
        surroundings.pop("DATABASE_URL", None)
        subprocess.run([str(Path(sys.executable).parent / "apura"), "demo"], env=surroundings, check=True)
        content = (Path(folder) / "apura.sqlite3").read_bytes()
    (RELEASES / f"{version('apura')}.sqlite3.xz").write_bytes(lzma.compress(content, preset=9))


if __name__ == "__main__":
    main()
