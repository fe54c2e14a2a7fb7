"""Write the shipped examples again: ``python tools/make_examples.py``. Every value is fictitious and marked so."""

from pathlib import Path

from example_facts import almg, cge, go

from apura.norms import load_norm
from apura.sheets import write_filled

FOLDER = Path(__file__).resolve().parent.parent / "examples"
EXAMPLES = {
    "almg-2015.xlsx": ("almg-2554-2012", almg),
    "cge-mt-2021.xlsx": ("cge-mt-81-2019", cge),
    "go-acordo-2014.xlsx": ("go-8170-2014", go),
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, (norm, example) in EXAMPLES.items():
        write_filled(load_norm(norm), example.facts(), FOLDER / file, notes=[example.NOTE])
