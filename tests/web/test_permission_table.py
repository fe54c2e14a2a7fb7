"""The table jurists read is the one the services obey."""

from pathlib import Path

from apura_web.config.acts_page import PAGE, table

ROOT = Path(__file__).resolve().parents[2]


def test_the_published_table_of_permissions_is_the_one_declared() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == table(), "run python3 dev.py norms"
