"""The productivity of 2021 of sixty auditors and five heads, all made up by a fixed recipe."""

from collections.abc import Iterator
from datetime import date, timedelta

from apura.norms import RawFacts, RawRow, load_norm

AUDITORS, CHIEFS = 60, 5
TEACHES, NEVER_APPRAISED = 7, 5
SYSTEMS = ("Monitoramento", "SCI", "SISCOR", "Pergunte à CGE")
NOTE = "Exemplo da Apura: os produtos são os do Anexo Único; auditores, chefias, quantidades e datas são inventados."


def facts() -> RawFacts:
    """Make the facts: products by auditor, heads, pacts, breaches, days in office, grades for the final score."""
    auditors = [f"{1000 + number}" for number in range(AUDITORS)]
    return RawFacts(
        {
            "pontos_produtividade": [_auditor(number, key) for number, key in enumerate(auditors)],
            "fap_chefia": [_chief(number) for number in range(CHIEFS)],
            "pactuacao": [_pact(number) for number in range(8)],
            "avaliacao_considerada": [_in_office(number, key) for number, key in enumerate(auditors[:12])],
            "trabalho_nao_presencial": [_breaches(number, key) for number, key in enumerate(auditors[:8])],
            "nota_final": [_grades(number, key) for number, key in enumerate(auditors[:10])],
        },
        {
            ("pontos_produtividade", "entregas"): [
                row for n, key in enumerate(auditors) for row in _products(n, key)
            ]
        },
        fictitious=True,
    )


def _auditor(number: int, key: str) -> RawRow:
    return RawRow(
        {
            "chave": key,
            "nome": f"Auditor Fictício {number + 1:02d}",
            "dias_de_substituicao": (number * 3) % 11 if number % 4 == 0 else 0,
            "horas_aula": 8 if number % TEACHES == 0 else 0,
        }
    )


def _products(number: int, key: str) -> Iterator[RawRow]:
    annex = load_norm("cge-mt-81-2019").annexes["pontos_do_produto"].rows
    for turn in range(6 + number % 5):
        row = annex[(number * 7 + turn * 11) % len(annex)]
        by_the_chief = row["codigo"] in ("T05", "T13", "T39")
        if row["codigo"] == "T05" and number % TEACHES == 0:
            continue  # this one teaches: the same hours would count twice
        admitted = [level for level in ("baixa", "média", "alta") if row[level] != "-"]
        yield RawRow(
            {
                "chave": key,
                "produto": row["produto"],
                "complexidade": admitted[(number + turn) % len(admitted)],
                "quantidade": 10 + turn if by_the_chief else 1 + (number + turn) % 3,
                "sistema": "chefia imediata" if by_the_chief else SYSTEMS[(number + turn) % len(SYSTEMS)],
                "data": date(2021, 1, 11) + timedelta(days=(number * 13 + turn * 29) % 340),
            }
        )


def _chief(number: int) -> RawRow:
    pairs = (("1.55", "5.09"), ("80", "100"), ("7.25", "8.5"), ("9", "9.75"), ("6.4", "7.1"))
    team, plan = pairs[number]
    return RawRow(
        {"chave": f"C-{number + 1}", "nome": f"Chefia Fictícia {number + 1}", "ipe": team, "icptl": plan}
    )


def _pact(number: int) -> RawRow:
    start = date(2021, 1 + number, 1)
    months = 1 + number % 3
    end = date(2021, start.month + months, 1) - timedelta(days=1)
    return RawRow({"chave": f"P-{number + 1}", "nome": "", "inicio": start, "fim": end})


def _in_office(number: int, key: str) -> RawRow:
    since = (date(2021, 1, 1), date(2021, 7, 2), date(2021, 7, 3))[number % 3]
    return RawRow(
        {
            "chave": key,
            "nome": f"Auditor Fictício {number + 1:02d}",
            "entrada_em_exercicio": since,
            "saida_do_exercicio": date(2021, 12, 31),
            "pontuacao_propria": 200 + number,
            "ultima_pontuacao": None if number == NEVER_APPRAISED else 180 + number,
        }
    )


def _breaches(number: int, key: str) -> RawRow:
    level, count = ("S", "A", "P", "N")[number % 4], (0, 3, 2, 1, 4, 2, 1, 0)[number]
    return RawRow(
        {
            "chave": key,
            "nome": f"Auditor Fictício {number + 1:02d}",
            "nivel": level,
            "descumprimentos": count,
            "descumprimentos_em_doze_meses": count + 1 if count else 0,
            "ultimo_descumprimento": date(2021, 10, 31) if count else None,
        }
    )


def _grades(number: int, key: str) -> RawRow:
    return RawRow(
        {
            "chave": key,
            "nome": f"Auditor Fictício {number + 1:02d}",
            "grau_de_produtividade": 6 + number % 5,
            "grau_de_qualidade": 7 + number % 4,
            "grau_de_capacitacao": 5 + number % 6,
        }
    )
