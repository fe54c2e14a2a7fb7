"""Two documents compared, ready to be told: what differs, at which step, and for which reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apura.norms.comparison import compare, read_result
from apura.norms.comparison_document import comparison_document

Record = Mapping[str, Any]


def compared(before: Record, after: Record) -> dict[str, Any]:
    """Compare two documents, with interpretations called by what people call them.

    Raises:
        BadInput: they are of different norms, which are not compared.
    """
    made = comparison_document(compare(read_result(before, called="A"), read_result(after, called="B")))
    with_names(made, (before, after))
    return made


def with_names(made: Record, sides: Sequence[Record]) -> None:
    """Call the interpretations and the steps of a comparison by what people call them.

    Args:
        made: the comparison; changed in place.
        sides: the documents compared, which have the names.
    """
    names = _names_of_readings(sides)
    for rule, step in _steps(made):
        labels = {**made["rotulos"].get(rule, {}), step["nome"]: step["rotulo"]}
        step["motivos"] = [
            {**each, "rotulo": labels.get(each["rotulo"], each["rotulo"])}
            for each in _told(step["motivos"], names)
        ]


def _names_of_readings(sides: Sequence[Record]) -> Mapping[str, str]:
    return {
        reading["nome"]: f"“{reading['rotulo']}”"
        for side in sides
        for result in side["resultados"]
        for step in result["passos"]
        for reading in step["interpretacoes"]
    }


def _steps(made: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    for rule in made["regras"]:
        for subject in rule["sujeitos"]:
            for step in (*subject["passos"], *subject["sem_efeito"]):
                yield rule["regra"], step


def _told(reasons: Sequence[Record], names: Mapping[str, str]) -> list[Record]:
    """Name the readings; that another reading has another formula needs no saying."""
    has_reading = any(each["tipo"] == "interpretação" for each in reasons)
    return [
        {**each, "nome": names.get(each["nome"], each["nome"])}
        for each in reasons
        if not (has_reading and each["tipo"] == "fórmula")
    ]
