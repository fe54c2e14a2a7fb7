"""The cards of the demonstration's indicators. What they say is fictitious but for the ALMG's names and processes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from apura.norms import load_norm
from apura_web.demo.house import FICTITIOUS, START, House
from apura_web.demo.houses import ALMG_NORM, rows_of
from apura_web.indicators.formulas import Variable
from apura_web.indicators.models import Assignment, Indicator, variable_row
from apura_web.indicators.services import cards, rounds

FROM_PACK = "almg"
YEARS_BACK = 2
SHARE = "arred(100 * parte / todo; 2)"
LOWER_IS_BETTER = ("erro", "imprecisão", "ocorrência", "licenças", "diligências", "reprovação", "retrabalho")
LOWER_TOO = ("alterações", "fatores de risco", "incidentes")
WORDS = {
    "satisfação": ("Respostas favoráveis", "Respostas válidas", "satisfação"),
    "tempestividade": ("Entregues no prazo", "Entregues", "tempestividade"),
    "erro": ("Itens com erro", "Itens conferidos", "qualidade"),
    "imprecisão": ("Itens imprecisos", "Itens conferidos", "qualidade"),
    "efetividade": ("Realizados", "Previstos", "efetividade"),
    "produtividade": ("Realizados", "Previstos", "produtividade"),
}
DEFAULT_WORDS = ("Casos contados", "Total de casos", "qualidade")
LAST_COUNTS = frozenset({"autorizado", "populacao_alvo", "cadastradas", "nascidos_vivos", "populacao"})
NOTE = "Ficha fictícia, criada só para a demonstração: a fórmula e o procedimento não são os da norma."


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of the demonstration.

    Attributes:
        target: of each period or, when periods add up, of the year; a pair when it is a band; none when informative.
        scale: about how large its denominator, or its only variable, is.
    """

    number: str
    unit: str
    measured_by: tuple[str, ...]
    facts: dict[str, Any]
    target: tuple[Fraction, ...]
    scale: int


def agreed_indicators_of(code: str) -> list[IndicatorRow]:
    """Give the indicators an institution has only because its agreements name them."""
    return [_from_csv(row) for row in rows_of(f"{code}-acordos-indicadores")]


def indicators_of(code: str) -> list[IndicatorRow]:
    """Give the indicators of an institution; the ALMG's names and processes are those of the norm's Anexo I."""
    if code == FROM_PACK:
        rows = load_norm(ALMG_NORM).annexes["matriz_de_indicadores"].rows
        return [_from_annex(number, row) for number, row in enumerate(rows, start=1)]
    return [_from_csv(row) for row in rows_of(f"{code}-indicadores")]


def load_cards(house: House, rows: Sequence[IndicatorRow], since: date) -> dict[str, Indicator]:
    """Register, examine and approve every card, by one act of the house.

    Args:
        house: whose.
        rows: which.
        since: the first day of the cards.
    """
    number = f"DEMO-6-{since.year}"
    act = house.legal_act(number, START, kind="ordem_de_servico", summary=FICTITIOUS)
    return {row.number: _card(house, row, approval=cards.Approval(act, since)) for row in rows}


def assign_units(house: House, row: IndicatorRow, indicator: Indicator, since: date) -> list[Assignment]:
    """Say which units measure an indicator from a day on."""
    return [
        rounds.assign(indicator, unit=house.units[acronym], from_on=since, actor=house.actor, at=house.at)
        for acronym in row.measured_by
    ]


def value_of(*parts: object) -> Fraction:
    """Give a fraction of 1 that looks like chance and is always the same for the same parts."""
    text = "|".join(str(part) for part in parts)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return Fraction(int.from_bytes(digest[:4], "big"), 2**32)


def _card(house: House, row: IndicatorRow, *, approval: cards.Approval) -> Indicator:
    common = {"actor": house.actor, "at": house.at}
    proposal = cards.register(house.units[row.unit], number=row.number, **common, **row.facts)
    cards.send(proposal, **common)
    cards.examine(proposal, opinion="De acordo. (Manifestação fictícia.)", **common)
    cards.approve(proposal, approval=approval, **common)
    return Indicator.objects.select_related("unit").get(pk=proposal.indicator_id)


def _from_annex(number: int, row: Mapping[str, str]) -> IndicatorRow:
    name = row["indicador"]
    known = next((words for key, words in WORDS.items() if key in name.lower()), DEFAULT_WORDS)
    part, whole, dimension = known
    is_lower = any(word in name.lower() for word in (*LOWER_IS_BETTER, *LOWER_TOO))
    facts = _facts(
        {
            "nome": name,
            "processo": row["processo"],
            "dimensao": dimension,
            "mede": "processo",
            "formula": SHARE,
            "variaveis": f"parte={part}|todo={whole}",
            "medida": "%",
            "casas": "2",
            "polaridade": "menor" if is_lower else "maior",
            "frequencia": "semestral",
            "acumulacao": "razao_de_somas",
        }
    )
    scale = 40 + 20 * (number % 17)
    target = Fraction(5 if is_lower else 90)
    return IndicatorRow(f"A1.{number:02}", row["orgao"], (row["orgao"],), facts, (target,), scale)


def _from_csv(row: Mapping[str, str]) -> IndicatorRow:
    target = tuple(Fraction(part) for part in row["meta"].split(" a ") if part)
    return IndicatorRow(
        row["numero"],
        row["responsavel"],
        tuple(row["apuram"].split("|")),
        _facts(row),
        target,
        int(row["escala"]),
    )


def _facts(row: Mapping[str, str]) -> dict[str, Any]:
    measure, _, measure_name = row["medida"].partition("=")
    return {
        "name": row["nome"],
        "purpose": f"Acompanhar “{row['processo']}”. {NOTE}",
        "process": row["processo"],
        "dimension": row["dimensao"],
        "level": row["mede"],
        "formula": row["formula"],
        "variables": [variable_row(_variable(text)) for text in row["variaveis"].split("|")],
        "measure": measure,
        "measure_name": measure_name,
        "places": int(row["casas"]),
        "polarity": row["polaridade"],
        "frequency": row["frequencia"],
        "accumulation": row["acumulacao"],
        "source": "Sistema da própria unidade (fictício)",
        "release": "Até o dia 10 do mês seguinte ao período (fictício)",
        "procedure": f"Contar no último dia do período. {NOTE}",
        "plausible_low": Fraction(0),
        "plausible_high": Fraction(100) if measure == "%" else None,
        "variation_limit": Fraction(60),
    }


def _variable(text: str) -> Variable:
    """Read ``nome=Rótulo@medida:casas``; measure and places may be left out."""
    name, _, rest = text.partition("=")
    rest, _, places = rest.partition(":")
    label, _, unit = rest.partition("@")
    over_time = "ultimo" if name in LAST_COUNTS else "soma"
    return Variable(name, label, unit or "unidade", int(places or 0), low=Fraction(0), over_time=over_time)
