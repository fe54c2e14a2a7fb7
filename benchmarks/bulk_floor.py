"""The floor: decode the columns that the rules read, and nothing else. ``python -m benchmarks.bulk_floor FOLDER``."""

import sys
from pathlib import Path

from pyarrow import parquet

COLUMNS = {
    "pontos_produtividade.entregas": ["sid", "c1", "c2", "c3"],
    "pontos_produtividade": ["sid", "chave", "n1", "n2"],
    "nota_final": ["sid", "chave", "n1", "n2", "n3"],
}


def main(folder: Path) -> None:
    """Decode every row group, and let it go."""
    rows = 0
    for name, columns in COLUMNS.items():
        with parquet.ParquetFile(folder / "base/entradas" / f"{name}.parquet") as file:
            rows += sum(batch.num_rows for batch in file.iter_batches(columns=columns))
    print(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
