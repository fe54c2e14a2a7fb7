"""A database that an earlier release left is upgraded, and its trail still holds."""

import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

RELEASES = sorted((Path(__file__).resolve().parents[2] / "releases").glob("*.sqlite3.xz"))
APURA = Path(sys.executable).parent / "apura"
TRIGGERS = (
    "import django; django.setup();"
    "from apura_web.foundation.append_only import missing_triggers;"
    "raise SystemExit(bool(missing_triggers()))"
)


def test_there_is_a_release_to_upgrade_from() -> None:
    assert RELEASES


@pytest.mark.parametrize("stored", RELEASES, ids=lambda stored: stored.name)
def test_the_stored_database_is_brought_up_to_date_and_every_entry_and_record_holds(
    stored: Path, tmp_path: Path
) -> None:
    (tmp_path / "apura.sqlite3").write_bytes(lzma.decompress(stored.read_bytes()))
    surroundings = {**os.environ, "APURA_DADOS": str(tmp_path), "APURA_DEMO": "1"}
    surroundings.pop("DATABASE_URL", None)
    surroundings["DJANGO_SETTINGS_MODULE"] = "apura_web.config.settings"
    for command in ([str(APURA), "migrar"], [str(APURA), "trilha"], [sys.executable, "-c", TRIGGERS]):
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
