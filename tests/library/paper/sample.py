"""A result document as the ALMG norm gives it, built by hand: the paper's own example, without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Record = dict[str, Any]

DIRECTORATES = {
    "DGE": ("Diretoria-Geral", ("ELE",)),
    "DPL": ("Diretoria de Processo Legislativo", ("GPL", "GCO", "GCT", "GTP", "GDI", "GPI")),
    "DGA": ("Diretoria-Geral Adjunta", ("Gpol",)),
    "DCI": ("Diretoria de Comunicação Institucional", ("GID", "GRPC")),
    "DTV": ("Diretoria de Rádio e Televisão", ("GTV", "GRD")),
    "DRH": ("Diretoria de Recursos Humanos", ("GSA", "GGP", "GPE")),
    "DIF": ("Diretoria de Infraestrutura", ("GSL", "GMP")),
    "DFI": ("Diretoria de Finanças", ("GFC",)),
    "DPC": ("Diretoria de Planejamento e Coordenação", ("GTI", "GPN")),
    "PGA": ("Procuradoria-Geral", ("PGD", "Procon")),
}
BODIES = {
    "GPL": "Gerência-Geral de Apoio ao Plenário",
    "GCO": "Gerência-Geral de Apoio às Comissões",
    "GCT": "Gerência-Geral de Consultoria Temática",
    "GTP": "Gerência-Geral de Taquigrafia e Publicação",
    "GDI": "Gerência-Geral de Documentação e Informação",
    "GPI": "Gerência-Geral de Projetos Institucionais",
    "ELE": "Escola do Legislativo",
    "Gpol": "Gerência-Geral de Polícia Legislativa",
    "GID": "Gerência-Geral de Imprensa e Divulgação",
    "GRPC": "Gerência-Geral de Relações Públicas e Cerimonial",
    "GTV": "Gerência-Geral de Rádio e Televisão",
    "GRD": "Gerência-Geral de Radiodifusão",
    "GSA": "Gerência-Geral de Saúde e Assistência",
    "GGP": "Gerência-Geral de Gestão de Pessoas",
    "GPE": "Gerência-Geral de Administração de Pessoal",
    "GSL": "Gerência-Geral de Suporte Logístico",
    "GMP": "Gerência-Geral de Administração de Material e Patrimônio",
    "GFC": "Gerência-Geral de Finanças e Contabilidade",
    "GTI": "Gerência-Geral de Tecnologia da Informação",
    "GPN": "Gerência-Geral de Gestão de Processos e Normatização",
    "PGD": "Procuradoria-Geral Adjunta",
    "Procon": "Procon Assembleia",
}
LABELS = {
    "situacao_parcial": "Situação do relatório parcial",
    "entrega_parcial": "Entrega do relatório parcial",
    "dias_de_atraso_parcial": "Dias de atraso do relatório parcial",
    "conformidade_parcial": "Conformidade do relatório parcial (%)",
    "conformidade_apresentacao_parcial": "Conformidade da apresentação de janeiro a junho (%)",
    "situacao_anual": "Situação do relatório anual",
    "entrega_anual": "Entrega do relatório anual",
    "dias_de_atraso_anual": "Dias de atraso do relatório anual",
    "conformidade_anual": "Conformidade do relatório anual (%)",
    "conformidade_apresentacao_anual": "Conformidade da apresentação do ano (%)",
    "perda_por_dia": "Perda por dia de atraso",
    "perda_maxima": "Perda máxima por relatório",
    "pontos_tempestividade": "Pontos da tempestividade",
    "pontos_conteudo": "Pontos do conteúdo",
    "pontos_apresentacao": "Pontos da apresentação",
    "perda_parcial": "Perda por atraso do relatório parcial",
    "tempestividade_parcial": "Tempestividade do relatório parcial",
    "conteudo_parcial": "Conteúdo do relatório parcial",
    "apresentacao_parcial": "Apresentação de janeiro a junho",
    "perda_anual": "Perda por atraso do relatório anual",
    "tempestividade_anual": "Tempestividade do relatório anual",
    "conteudo_anual": "Conteúdo do relatório anual",
    "apresentacao_anual": "Apresentação do ano",
    "nota": "Nota do órgão",
}
MEAN_LABELS = {
    "gerencias": "Gerências-gerais subordinadas",
    "gerencias.nota": "Nota da gerência-geral",
    "nota": "Nota da diretoria",
}
DAY_READING = {
    "nome": "art-13-dia",
    "texto": "O artigo fala em “dia de atraso” sem qualificar.",
    "adotada": "dia corrido",
    "alternativas": ["dia útil"],
    "decisor": "Conselho de Diretores",
    "ato": None,
}
CALENDAR_READING = {
    "nome": "art-13-calendario",
    "texto": "A deliberação não diz de que calendário é o “último dia útil”: a casa fica em Belo Horizonte.",
    "adotada": "feriados de Belo Horizonte e os da Mesa",
    "alternativas": ["feriados do Estado de Minas Gerais"],
    "decisor": "Conselho de Diretores",
    "ato": "Ata nº 3/2015 do Conselho de Diretores",
}
MEAN_READING = {
    "nome": "art-12-arredondamento",
    "texto": "O art. 12 manda calcular a média sem dizer se ela se arredonda.",
    "adotada": "média exata, arredondada somente para exibição",
    "alternativas": ["duas casas em cada nível"],
    "decisor": "Conselho de Diretores",
    "ato": None,
}
ANNEX_WORDING = {
    "situacao": "conhecida",
    "ato": "Deliberação nº 2.573, de 14/10/2013",
    "desde": "2013-10-14",
}
FIRST_WORDING = {"situacao": "conhecida", "ato": None, "desde": "2013-01-01"}


def places(value: Fraction, count: int = 2) -> str:
    """The JSON's padded decimal, half away from zero (enough for the non-negative numbers here)."""
    scaled = (abs(value) * 10**count + Fraction(1, 2)).__floor__()
    digits = str(scaled).rjust(count + 1, "0")
    return f"{digits[:-count]}.{digits[-count:]}"


def exact(value: Fraction) -> str:
    shown = places(value, 6).rstrip("0").rstrip(".")
    return shown if Fraction(shown) == value else f"{value.numerator}/{value.denominator}"


def comma(text: str) -> str:
    return text.replace(".", ",")


def parameter(name: str, value: str, unit: str, cites: str) -> Record:
    since = "2013-01-01"
    return {
        "nome": name, "rotulo": LABELS[name], "valor": value, "unidade": unit,
        "desde": since, "fundamento": cites, "ato": None,
    }  # fmt: skip


PER_DAY = parameter("perda_por_dia", "0.20", "ponto/dia", "art. 13, caput")
LOSS_CAP = parameter("perda_maxima", "1.00", "ponto", "art. 13, caput")
TIMELINESS = parameter("pontos_tempestividade", "1.00", "ponto", "Anexo II")
CONTENT = parameter("pontos_conteudo", "3.00", "ponto", "Anexo II")
PRESENTATION = parameter("pontos_apresentacao", "1.00", "ponto", "Anexo II")


def step(name: str, formula: str, with_values: str, value: Fraction, **more: Any) -> Record:
    shown = places(value)
    return {
        "nome": name, "rotulo": LABELS[name], "formula": formula, "com_valores": with_values,
        "valor": shown, "exato": exact(value), "unidade": "ponto", "casas": 2,
        "fundamento": "Anexo II", "redacao": ANNEX_WORDING,
        "parametros": [], "arredondamentos": [], "interpretacoes": [],
    } | more  # fmt: skip


class Body:
    """What one body delivered in the year, and the score the norm gives it."""

    def __init__(self, key: str, days: tuple[int | None, ...], shares: tuple[int, ...]) -> None:
        self.key = key
        self.days = {"parcial": days[0], "anual": days[1]}
        self.content = {"parcial": shares[0], "anual": shares[2]}
        self.presentation = {"parcial": shares[1], "anual": shares[3]}
        self.steps = [*self.report("parcial"), *self.report("anual")]
        values = {s["nome"]: Fraction(s["exato"]) for s in self.steps}
        terms = [n for n in values if not n.startswith("perda")]
        self.score = sum((values[n] for n in terms), Fraction(0))
        sum_text = " + ".join(comma(places(values[n])) for n in terms)
        self.steps.append(
            step("nota", " + ".join(terms), sum_text, self.score, fundamento="arts. 2º e 11; Anexo II")
        )

    def report(self, which: str) -> list[Record]:
        days, share, shown = self.days[which], self.content[which], self.presentation[which]
        lost = min(Fraction(1), Fraction(1, 5) * (days or 0))
        delivered = days is not None
        steps = []
        if delivered:
            steps.append(
                step(
                    f"perda_{which}",
                    f"min(perda_maxima; perda_por_dia * dias_de_atraso_{which})",
                    f"mín(1,00; 0,20 × {days})",
                    lost,
                    fundamento="art. 13, caput",
                    redacao=FIRST_WORDING,
                    parametros=[LOSS_CAP, PER_DAY],
                    interpretacoes=[DAY_READING, CALENDAR_READING],
                )
            )
        steps += [
            step(
                f"tempestividade_{which}",
                f'se(situacao_{which} = "entregue"; pontos_tempestividade - perda_{which}; 0)',
                f"1,00 − {comma(places(lost))}" if delivered else "0",
                1 - lost if delivered else Fraction(0),
                parametros=[TIMELINESS] if delivered else [],
            ),
            step(
                f"conteudo_{which}",
                f'se(situacao_{which} = "entregue"; pontos_conteudo * conformidade_{which} / 100; 0)',
                f"3,00 × {share} ÷ 100" if delivered else "0",
                Fraction(3 * share, 100) if delivered else Fraction(0),
                fundamento="art. 13, parágrafo único; Anexo II",
                parametros=[CONTENT] if delivered else [],
            ),
            step(
                f"apresentacao_{which}",
                f"pontos_apresentacao * conformidade_apresentacao_{which} / 100",
                f"1,00 × {shown} ÷ 100",
                Fraction(shown, 100),
                fundamento="art. 13, parágrafo único; Anexo II",
                parametros=[PRESENTATION],
            ),
        ]
        return steps

    def inputs(self) -> Record:
        found: Record = {}
        for which in ("parcial", "anual"):
            days = self.days[which]
            found[f"situacao_{which}"] = "não entregue" if days is None else "entregue"
            found[f"entrega_{which}"] = delivered_on(which, days)
            found[f"dias_de_atraso_{which}"] = None if days is None else str(days)
            found[f"conformidade_{which}"] = None if days is None else str(self.content[which])
            found[f"conformidade_apresentacao_{which}"] = str(self.presentation[which])
        return found

    def result(self, line: int) -> Record:
        return {
            "regra": "nota_orgao",
            "chave": self.key,
            "nome": BODIES.get(self.key, self.key),
            "valores": {s["nome"]: s["valor"] for s in self.steps},
            "fatos": {
                "entradas": self.inputs(),
                "relacoes": {},
                "consultas": [],
                "prazos": [deadline("parcial", self.days["parcial"]), deadline("anual", self.days["anual"])],
                "origem": {"planilha": "Órgãos", "linha": line},
            },
            "passos": self.steps,
        }


DUE = {"parcial": ("2015-08", 14), "anual": ("2016-02", 15)}
REASONS = {
    "parcial": "O último dia útil da primeira quinzena de agosto de 2015 é sexta, 14/08/2015.",
    "anual": "O último dia útil da primeira quinzena de fevereiro de 2016 é segunda, 15/02/2016.",
}


def delivered_on(which: str, days: int | None) -> str | None:
    month, due = DUE[which]
    return None if days is None else f"{month}-{due + days:02d}"


def deadline(which: str, days: int | None) -> Record:
    month, due = DUE[which]
    return {
        "entrada": f"dias_de_atraso_{which}",
        "prazo": f"relatorio_{which}",
        "rotulo": f"Entrega do relatório {which}",
        "vencimento": f"{month}-{due:02d}",
        "cumprido_em": delivered_on(which, days),
        "dias": None if days is None else str(days),
        "contagem": "dia corrido",
        "calendario": "MG-BH",
        "motivo": REASONS[which],
    }


def body_of(index: int, key: str) -> Body:
    """The nth body: most in time, some late, one that never delivered the annual report."""
    if index == 0:  # the hand-worked case: 8,50
        return Body(key, (0, 2), (80, 100, 100, 50))
    if index == 1:  # the hand-worked case of an annual report never delivered: 4,60
        return Body(key, (0, None), (70, 100, 0, 50))
    late = ((0, 0), (0, 3), (1, 0), (0, 0), (7, 0))[index % 5]
    return Body(key, late, (100 - 5 * (index % 4), 100, 100 - 7 * (index % 3), 90 + 10 * (index % 2)))


def mean_result(key: str, rows: list[tuple[str, Fraction]]) -> Record:
    mean = sum((score for _, score in rows), Fraction(0)) / len(rows)
    values = " + ".join(comma(places(score)) for _, score in rows)
    rounding = {"antes": exact(mean), "depois": places(mean), "casas": 2}
    only = step("nota", "exata(media(gerencias.nota))", f"({values}) ÷ {len(rows)}", mean) | {
        "rotulo": "Nota da diretoria",
        "fundamento": "art. 12, I",
        "arredondamentos": [] if "/" not in exact(mean) else [rounding],
        "interpretacoes": [MEAN_READING],
    }
    entered = [{"identidade": k, "nome": BODIES.get(k, k), "nota": exact(score)} for k, score in rows]
    return {
        "regra": "nota_diretoria",
        "chave": key,
        "nome": DIRECTORATES[key][0],
        "valores": {"nota": only["valor"]},
        "fatos": {
            "entradas": {}, "relacoes": {"gerencias": entered}, "consultas": [], "prazos": [], "origem": None,
        },
        "passos": [only],
    }  # fmt: skip


RULES = [
    {
        "regra": "nota_orgao", "rotulo": "Nota do órgão", "sujeito": "órgão", "resultado": "nota",
        "unidade": "ponto", "casas": 2, "fundamento": "arts. 2º, 11 e 13; Anexo II",
        "redacao": "redação da Deliberação nº 2.573, de 14/10/2013",
    },
    {
        "regra": "nota_diretoria", "rotulo": "Nota da diretoria", "sujeito": "diretoria", "resultado": "nota",
        "unidade": "ponto", "casas": 2, "fundamento": "art. 12, I",
        "redacao": "redação da Deliberação nº 2.573, de 14/10/2013",
    },
    {
        "regra": "nota_secretaria", "rotulo": "Nota da secretaria", "sujeito": "secretaria",
        "resultado": "nota", "unidade": "ponto", "casas": 2, "fundamento": "art. 12, III",
        "redacao": "redação da Deliberação nº 2.639, de 28/12/2015",
    },
]  # fmt: skip
PENDING = {
    "regra": "nota_secretaria",
    "chave": "SGM",
    "motivo": "A redação do art. 12, III, anterior a 28/12/2015 não está no texto disponível.",
    "fundamento": "art. 12, III",
    "o_que_fazer": "Obter a redação original da Deliberação nº 2.554/2012 e registrá-la na norma, "
    "ou apurar com data a partir de 28/12/2015.",
}
INSTITUTION = {
    "nome": "Assembleia Legislativa do Estado de Minas Gerais",
    "ficticio": False,
    "escolhas": [
        {
            "nome": "art-13-calendario", "tipo": "interpretação",
            "valor": "feriados de Belo Horizonte e os da Mesa", "desde": "2015-01-01",
            "ato": "Ata nº 3/2015 do Conselho de Diretores", "data_do_ato": "2015-02-10",
        }
    ],
}  # fmt: skip


def document(bodies: int = 3, **changes: Any) -> Record:
    """The result of ALMG 2015 with that many bodies (names repeat past 22) and the means they allow."""
    keys = list(BODIES) if bodies <= len(BODIES) else [f"ORG-{i + 1:04d}" for i in range(bodies)]
    scored = [body_of(i, key) for i, key in enumerate(keys[:bodies])]
    scores = {body.key: body.score for body in scored}
    results = [body.result(line) for line, body in enumerate(scored, start=5)]
    for key, (_, members) in DIRECTORATES.items():
        rows = [(m, scores[m]) for m in members if m in scores]
        if rows and key != "DGE":
            results.append(mean_result(key, rows))
    return {
        "esquema": "apura/resultado/1",
        "norma": "almg-2554-2012",
        "titulo": "Deliberação da Mesa da ALMG nº 2.554, de 21/12/2012 – "
        "Sistema de Apuração do Resultado Setorial",
        "edicao": "1",
        "digest": "sha256:" + "3f9a0c" * 10 + "3f9a",
        "em": "2015-12-31",
        "motor": "apura 0.1.0",
        "simulacao": None,
        "ficticio": False,
        "origem": {"arquivo": "almg-2015.xlsx", "sha256": "b71e" * 16, "linhas": bodies},
        "instituicao": INSTITUTION,
        "rotulos": {"nota_orgao": LABELS, "nota_diretoria": MEAN_LABELS},
        "regras": RULES,
        "resultados": results,
        "pendencias": [PENDING],
        "erros": [],
    } | changes


SIMULATION: Mapping[str, Any] = {
    "aviso": "Simulação sem valor oficial",
    "motivos": [
        "A redação do art. 12, III, anterior a 28/12/2015 foi suposta igual à atual.",
        "Os valores lançados são estimativas da GPN.",
    ],
}
