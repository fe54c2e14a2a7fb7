"""What the bulk benchmark computes from: made up, taken in once by ``apura lote``, and told to the peers.

``python -m benchmarks.bulk_facts FOLDER PEOPLE RECORDS``. Peers read ``peers.json`` and the facts as taken in:
integers at the declared places, sorted by subject.
"""

import json
import shutil
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

NORM, ON, SEED = "cge-mt-81-2019", date(2021, 12, 31), 7
RULES = ("pontos_produtividade", "nivel")
INSTITUTION = Path(__file__).resolve().parent / "bulk_institution.toml"
GIVEN, BASE, TAKEN, PEERS = "dados", "base", "base/entradas", "peers.json"
ANNEX, ANNEX_PLACES = "pontos_do_produto", 3
MEMORY = "512MB"
PARAMETERS = {
    "pontos_por_dia_de_substituicao": 1,
    "produtividade_por_hora_aula": 1,
    "elaboracao_por_hora_aula": 1,
    "preparacao_por_hora_aula": 1,
    "capacitacao_por_hora_aula": 1,
    "peso_da_produtividade": 4,
    "peso_da_qualidade": 4,
    "peso_da_capacitacao": 4,
    "media_da_superacao": 2,
    "media_do_atendimento": 2,
    "media_do_atendimento_parcial": 2,
}
"""What the rules read, each with the places it is told at."""


def bulk_command(folder: Path, target: str) -> list[str]:
    """Give the words of the command that computes the facts of ``folder``."""
    given = ["--dados", str(folder / GIVEN), "--em", f"{ON:%d/%m/%Y}", "--instituicao", str(INSTITUTION)]
    return ["lote", NORM, *given, "--memoria", MEMORY, "-o", str(folder / target)]


def prepare(folder: Path, people: int, records: int) -> None:
    """Make up the facts, take them in, and tell the peers what they need of the norm."""
    from apura.bulk.generating import Trial, generate  # noqa: PLC0415 - peers import this module for its names
    from apura.cli import main  # noqa: PLC0415

    generate(NORM, folder / GIVEN, Trial(people, records, SEED, ON, RULES))
    if main(bulk_command(folder, BASE)):
        raise SystemExit("não foi possível preparar os dados da medida")
    note = json.loads((folder / TAKEN / f"{RULES[0]}.entradas.json").read_text(encoding="utf-8"))
    codes = note["codigos"]
    content = told()
    content["points"] = [[codes[product], codes[level], units] for product, level, units in content["points"]]
    (folder / PEERS).write_text(json.dumps(content), encoding="utf-8")


def told() -> dict[str, Any]:
    """Say the annex and the values of the parameters, as integers at their places."""
    from apura.norms import apply_norm, read_institution  # noqa: PLC0415

    applied = apply_norm(NORM, on=ON, institution=read_institution(INSTITUTION))
    points = [
        [*keys, units(value, ANNEX_PLACES)]
        for keys, value in applied.norm.lookups[ANNEX].items()
        if isinstance(value, Fraction)
    ]
    values = {name: units(applied.parameter(name).value, places) for name, places in PARAMETERS.items()}
    reduction = units(applied.parameter("reducao_das_medias").value, 2)
    floors = [values[name] - reduction for name in PARAMETERS if name.startswith("media_")]
    return {"points": points, "values": values, "floors": floors, "levels": ["S", "A", "P", "N"]}


def units(value: Fraction, places: int) -> int:
    """Give a value in units of its last place."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{value} tem mais de {places} casas")
    return int(scaled)


def read_told(folder: Path) -> dict[str, Any]:
    """Read what the peers are told."""
    found: dict[str, Any] = json.loads((folder / PEERS).read_text(encoding="utf-8"))
    return found


def emptied(folder: Path, name: str) -> Path:
    """Give an empty folder for the results of a peer."""
    shutil.rmtree(folder / name, ignore_errors=True)
    (folder / name).mkdir()
    return folder / name


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
