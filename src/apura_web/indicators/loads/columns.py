"""The columns of a file of values, by the titles people and programs give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apura.formula import fold


@dataclass(frozen=True)
class LoadColumn:
    """A column: its name, the titles it is known by, and what goes in it.

    Attributes:
        is_cell: whether what it says is about one value; the others say where the value belongs.
    """

    name: str
    titles: tuple[str, ...]
    about: str
    example: str = ""


COLUMNS = (
    LoadColumn(
        "indicador", ("indicador", "indicator", "número"), "Sigla ou número, como na ficha.", "IND-04"
    ),
    LoadColumn("unidade", ("unidade", "unit"), "A sigla, ou o caminho quando ela se repete.", "GAB › SAU"),
    LoadColumn(
        "período",
        ("período", "period"),
        "“mar/2014”, “2º quadrimestre de 2014” ou “2014”; ou use início e fim.",
        "mar/2014",
    ),
    LoadColumn("início", ("início", "period_start", "início do período"), "Primeiro dia.", "01/03/2014"),
    LoadColumn("fim", ("fim", "period_end", "fim do período"), "Último dia.", "31/03/2014"),
    LoadColumn("variável", ("variável", "variable"), "O nome na fórmula, ou o rótulo.", "no_prazo"),
    LoadColumn(
        "valor",
        ("valor", "value"),
        "O número, n/a ou n/i. Em branco não é zero: a linha é passada.",
        "1.234,56",
    ),
    LoadColumn("situação", ("situação", "state"), "apurado, não se aplica ou não informado.", "apurado"),
    LoadColumn("firmeza", ("firmeza", "certainty"), "definitivo, provisório ou estimado.", "definitivo"),
    LoadColumn("data-base", ("data-base", "data base", "base_date", "base date"), "Do que não é definitivo."),
    LoadColumn(
        "motivo",
        ("motivo", "reason", "motivo ou justificativa"),
        "De não ter sido informado, ou a justificativa.",
    ),
    LoadColumn(
        "desagregação", ("desagregação", "breakdown"), "Como na ficha: “Sexo: feminino”. Em branco é o todo."
    ),
    LoadColumn("fonte", ("fonte", "source"), "De onde este valor vem."),
    LoadColumn("meta", ("meta", "target"), "A meta do período, quando a planilha a traz."),
)
NEEDED = ("indicador", "unidade", "valor")
_BY_TITLE = {fold(title): column.name for column in COLUMNS for title in column.titles}


@dataclass(frozen=True)
class Header:
    """Where each column is, counted from 0, and the titles that mean nothing to us."""

    places: dict[str, int]
    ignored: tuple[str, ...]

    @property
    def lacking(self) -> list[str]:
        """The columns without which no row can be understood."""
        missing = [name for name in NEEDED if name not in self.places]
        if "período" not in self.places and not {"início", "fim"} <= set(self.places):
            missing.append("período (ou início e fim)")
        return missing


def header_of(titles: Sequence[str]) -> Header:
    """Read a line of titles; the first of two equal ones counts."""
    places: dict[str, int] = {}
    ignored = []
    for place, title in enumerate(titles):
        name = _BY_TITLE.get(fold(" ".join(title.split())))
        if name is None or name in places:
            ignored += [title.strip()[:40]] if title.strip() else []
        else:
            places[name] = place
    return Header(places, tuple(ignored))
