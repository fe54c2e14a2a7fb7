"""Tables in a pack's CSV files: commas, UTF-8, a first line of column names, as many values as columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from apura.norms.errors import PackError


def read_table(folder: Path, name: str) -> tuple[dict[str, str], ...]:
    """Read the rows of the table ``name`` of a pack, each value without the spaces around it.

    Raises:
        PackError: the file is missing, is not such a table, or has no rows.
    """
    path = folder / name
    if not path.is_file():
        raise PackError(name, "", "o arquivo não existe", what_to_do="Crie a tabela ou retire quem a cita.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = tuple(_rows(name, csv.reader(stream, strict=True)))
    except UnicodeDecodeError as error:
        raise PackError(name, "", "não está em UTF-8", what_to_do="Salve o arquivo em UTF-8.") from error
    except csv.Error as error:
        raise PackError(
            name,
            "",
            "não é uma tabela CSV válida",
            what_to_do="Confira as aspas: cada uma que abre precisa fechar na mesma linha.",
        ) from error
    if not rows:
        raise PackError(
            name, "", "a tabela está vazia", what_to_do="Escreva as linhas ou apague o arquivo e quem o cita."
        )
    return rows


def _rows(name: str, lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    header = [column.strip() for column in next(lines, [])]
    repeated = next((column for column in header if header.count(column) > 1), None)
    if repeated is not None:
        raise PackError(name, "linha 1", f"a coluna “{repeated}” aparece duas vezes")
    if "" in header:
        raise PackError(name, "linha 1", "há uma coluna sem nome")
    for number, values in enumerate(lines, start=2):
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(header):
            raise PackError(
                name,
                f"linha {number}",
                f"há {len(values)} valores e o cabeçalho tem {len(header)} colunas",
                what_to_do="Ponha entre aspas o valor que tem vírgula.",
            )
        yield dict(zip(header, (value.strip() for value in values), strict=True))
