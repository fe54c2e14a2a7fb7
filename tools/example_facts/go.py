"""One agreement of 2014, at the end of the second quadrimestre and of the year; agency and people are made up."""

from datetime import date

from apura.norms import RawFacts, RawRow

NOTE = "Exemplo da Apura: agência, indicadores, metas, servidores e valores são inventados."
AGREEMENTS = {
    "12/2014-2Q": ("2º quadrimestre de 2014", "parcial", date(2014, 8, 31)),
    "12/2014-F": ("avaliação final de 2014", "final", date(2014, 12, 31)),
}
# item: nome, peso, acumulação, meta final, realizado até agosto, realizado no ano, método
ITEMS = {
    "IND-01": (
        "A",
        "Atendimentos concluídos",
        3,
        "cumulativo",
        "1200",
        "760",
        "1180",
        "razão limitada à meta",
    ),
    "IND-02": ("A", "Satisfação do usuário (%)", 2, "média", "80", "76", "79", "razão limitada à meta"),
    "IND-03": (
        "B",
        "Tempo médio de resposta (dias)",
        1,
        "fim do período",
        "30",
        "33",
        "31",
        "dois menos a razão, menor é melhor",
    ),
    "IND-04": (
        "B",
        "Municípios atendidos",
        1,
        "cumulativo",
        "126",
        None,
        "120",
        "min(1; exata(realizado / meta))",
    ),
}
OBJECTS = {"A": ("Ampliar o atendimento", 60), "B": ("Melhorar a qualidade do gasto", 40)}


def facts() -> RawFacts:
    """Make the facts of the agreement, its objects and items at both dates, and of three servants."""
    return RawFacts(
        {
            "dados_do_acordo": [_agreement(key, *data) for key, data in AGREEMENTS.items()],
            "nota_item": [_item(key, item) for key in AGREEMENTS for item in ITEMS],
            "nota_objeto": [_object(key, name) for key in AGREEMENTS for name in OBJECTS],
            "base_do_bonus": [_servant(*row) for row in (("S-1", 35, 2), ("S-2", 30, 0), ("S-3", 31, 1))],
            "dias_uteis_esperados": [
                RawRow({"chave": key, "nome": "", "horas_semanais": week, "horas_diarias": day})
                for key, week, day in (("S-1", "40", "8"), ("S-2", "30", "6"), ("S-3", "40", "6"))
            ],
        },
        {
            ("base_do_bonus", "afastamentos"): [
                RawRow({"chave": key, "dias": days}) for key, days in (("S-1", 10), ("S-1", 8), ("S-2", 15))
            ]
        },
        fictitious=True,
    )


def _agreement(key: str, name: str, closing: str, until: date) -> RawRow:
    return RawRow(
        {
            "chave": key,
            "nome": f"Agência Fictícia, {name}",
            "apuracao": closing,
            "escala": "10",
            "inicio_do_periodo": date(2014, 1, 1),
            "fim_do_periodo": date(2014, 12, 31),
            "fim_da_apuracao": until,
        }
    )


def _item(agreement: str, item: str) -> RawRow:
    owner, name, weight, accumulation, target, by_august, by_december, method = ITEMS[item]
    reached = by_august if agreement.endswith("2Q") else by_december
    return RawRow(
        {
            "chave": f"{item}/{agreement}",
            "nome": name,
            "acordo": agreement,
            "objeto": f"{owner}/{agreement}",
            "peso": weight,
            "situacao": "apurado" if reached else "não apurado",
            "acumulacao": accumulation,
            "meta_final": target,
            "realizado": reached,
            "metodo": method,
            "clausula": "cláusula 4.2 do acordo" if method.startswith("min") else None,
        }
    )


def _object(agreement: str, name: str) -> RawRow:
    label, weight = OBJECTS[name]
    return RawRow({"chave": f"{name}/{agreement}", "nome": label, "acordo": agreement, "peso": weight})


def _servant(key: str, vacation: int, absences: int) -> RawRow:
    return RawRow({"chave": key, "nome": "Servidor Fictício", "dias_de_ferias": vacation, "faltas": absences})
