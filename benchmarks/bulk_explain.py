"""One person's explanation out of a stored run, fetch included: ``python -m benchmarks.bulk_explain FOLDER``."""

import json
import statistics
import sys
import time
from pathlib import Path

from apura.bulk import explain_stored
from benchmarks.bulk_facts import RULES

PEOPLE, APART = 60, 3_301


def main(folder: Path) -> None:
    """Explain some people of the run, spread over it, and print the milliseconds it took."""
    record = json.loads((folder / "execucao.json").read_text(encoding="utf-8"))
    total = record["grupos"][0]["sujeitos"]
    taken = []
    for number in range(PEOPLE + 1):
        key = f"A{number * APART % total + 1:07}"
        start = time.perf_counter()
        assert not explain_stored(folder, key, rule=RULES[0]).differences
        taken.append((time.perf_counter() - start) * 1000)
    after = taken[1:]  # the first waits for the norm to be read
    print(json.dumps({"median": statistics.median(after), "least": min(after), "most": max(after)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
