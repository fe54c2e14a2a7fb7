"""The appraisal of 2015 of ALMG's 22 bodies: the units are the law's, every date, percentage and head is made up."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from apura.norms import RawFacts, RawRow, load_norm

ON_TIME_PARTIAL, ON_TIME_ANNUAL = date(2015, 8, 14), date(2016, 2, 15)

# sigla: entrega parcial, conteúdo, apresentação, entrega anual, conteúdo, apresentação, observação
ALMG_2015: dict[str, tuple[date | None, str, str, date | None, str, str, str]] = {
    "ELE": (ON_TIME_PARTIAL, "100", "100", ON_TIME_ANNUAL, "95", "100", ""),
    "GPL": (ON_TIME_PARTIAL, "80", "100", date(2016, 2, 17), "100", "50", "Anual entregue dois dias depois."),
    "GCO": (ON_TIME_PARTIAL, "70", "100", None, "", "50", "Relatório anual não entregue."),
    "GCT": (date(2015, 8, 12), "90", "100", ON_TIME_ANNUAL, "92,5", "100", ""),
    "GTP": (date(2015, 8, 17), "100", "90", ON_TIME_ANNUAL, "100", "90", "Parcial três dias depois."),
    "GDI": (ON_TIME_PARTIAL, "85", "75", ON_TIME_ANNUAL, "87,5", "80", ""),
    "GPI": (ON_TIME_PARTIAL, "95", "100", date(2016, 2, 12), "100", "100", ""),
    "Gpol": (
        date(2015, 8, 24),
        "60",
        "80",
        date(2016, 2, 22),
        "70",
        "80",
        "Os dois relatórios com mais de cinco dias.",
    ),
    "GID": (ON_TIME_PARTIAL, "100", "100", ON_TIME_ANNUAL, "100", "100", ""),
    "GRPC": (ON_TIME_PARTIAL, "90", "90", ON_TIME_ANNUAL, "85", "90", ""),
    "GTV": (date(2015, 8, 13), "75", "100", ON_TIME_ANNUAL, "80", "100", ""),
    "GRD": (ON_TIME_PARTIAL, "100", "60", date(2016, 2, 16), "100", "70", "Anual um dia depois."),
    "GSA": (ON_TIME_PARTIAL, "90", "100", ON_TIME_ANNUAL, "90", "100", ""),
    "GGP": (ON_TIME_PARTIAL, "82,5", "100", ON_TIME_ANNUAL, "100", "85", ""),
    "GPE": (date(2015, 8, 10), "100", "100", ON_TIME_ANNUAL, "97,5", "100", ""),
    "GSL": (date(2015, 8, 18), "88", "95", ON_TIME_ANNUAL, "91", "95", "Parcial quatro dias depois."),
    "GMP": (ON_TIME_PARTIAL, "100", "100", ON_TIME_ANNUAL, "100", "100", ""),
    "GFC": (ON_TIME_PARTIAL, "96", "100", ON_TIME_ANNUAL, "94", "100", ""),
    "GTI": (ON_TIME_PARTIAL, "100", "100", date(2016, 2, 19), "98", "100", "Anual quatro dias depois."),
    "GPN": (ON_TIME_PARTIAL, "100", "100", ON_TIME_ANNUAL, "100", "100", ""),
    "PGD": (ON_TIME_PARTIAL, "78", "100", ON_TIME_ANNUAL, "84", "100", ""),
    "Procon Assembleia": (
        date(2015, 8, 19),
        "92",
        "100",
        ON_TIME_ANNUAL,
        "96",
        "100",
        "Parcial cinco dias depois.",
    ),
}
HEADS_2015 = {
    "T-01": ("Titular Fictício Um", "GPL"),
    "T-02": ("Titular Fictícia Dois", "DPL"),
    "T-03": ("Titular Fictício Três", "SGM"),
    "T-04": ("Titular Fictícia Quatro", "DGE"),
}
NOTE = "Exemplo da Apura: os órgãos são os do Anexo I; datas, percentuais e titulares são inventados."


def facts() -> RawFacts:
    """Return the appraisal of 2015 with all 22 bodies, some late, one annual report never delivered."""
    heads = [
        RawRow({"chave": key, "nome": name, "unidade": unit}) for key, (name, unit) in HEADS_2015.items()
    ]
    return RawFacts({"nota_orgao": list(_bodies()), "nota_titular": heads}, fictitious=True)


def _bodies() -> Iterator[RawRow]:
    names = {member.unit: member.unit_name for member in load_norm("almg-2554-2012").members["orgaos"]}
    for key, (partial, content, talk, annual, year_content, year_talk, note) in ALMG_2015.items():
        values: dict[str, object] = {
            "chave": key,
            "nome": names[key],
            "situacao_parcial": "entregue" if partial else "não entregue",
            "entrega_parcial": partial,
            "conformidade_do_relatorio_parcial": _percent(content),
            "conformidade_da_apresentacao_parcial": _percent(talk),
            "situacao_anual": "entregue" if annual else "não entregue",
            "entrega_anual": annual,
            "conformidade_do_relatorio_anual": _percent(year_content),
            "conformidade_da_apresentacao_anual": _percent(year_talk),
            "observacoes": note or None,
        }
        yield RawRow(values)


def _percent(text: str) -> Fraction | None:
    return Fraction(text.replace(",", ".")) if text else None
