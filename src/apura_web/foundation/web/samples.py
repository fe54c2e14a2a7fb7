"""Fictitious things for the page of components; none of them is kept anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from apura_web.foundation.charts import BarChart, LineChart, Point
from apura_web.foundation.forms import DayField, LongTextField, PageForm, QuantityField, UploadField
from apura_web.foundation.presentation import (
    STATES,
    Basis,
    Change,
    Confirmation,
    Crumb,
    Fact,
    Happening,
    Progress,
    Step,
    Tone,
    changes,
    state_badge,
)
from apura_web.foundation.series_charts import SeriesChart, SeriesPoint
from apura_web.foundation.tables import BulkAction, ChoiceFilter, Column, Kind, TableLayout

ARTICLE = Basis(
    "Decreto nº 8.170/2014, art. 13",
    "O relatório é entregue em até trinta dias do fim do quadrimestre, com a justificativa de cada meta não alcançada.",
    "/componentes/explicacao/",
)
_BODIES = (
    "Saúde",
    "Educação",
    "Fazenda",
    "Obras",
    "Cultura",
    "Turismo",
    "Esporte",
    "Trabalho",
    "Ciência",
    "Segurança",
)
_STATES = ("em elaboração", "enviado", "devolvido para complementação", "analisado", "atrasado", "rascunho")
AGREEMENT_COUNT = 137


def agreements() -> list[dict[str, object]]:
    """Make the rows of the list: agreements of an invented state."""
    rows: list[dict[str, object]] = []
    for place in range(1, AGREEMENT_COUNT + 1):
        body = _BODIES[place * 7 % len(_BODIES)]
        rows.append(
            {
                "pk": place,
                "code": f"{place:03}/2014",
                "body": f"Agência Exemplo de {body}",
                "state": _STATES[place * 5 % len(_STATES)],
                "due_on": date(2014, 9, 30) + timedelta(days=place * 11 % 60),
                "score": Fraction(place * 37 % 1000, 100) if place % 9 else None,
                "targets": place * 3 % 12,
                "person": ("Ana Exemplo", "Bruno Exemplo", "Célia Exemplo")[place % 3],
            }
        )
    return rows


AGREEMENTS = TableLayout(
    name="acordos",
    caption="Acordos de resultados",
    columns=(
        Column("acordo", "Acordo", "code", sort="code", link=lambda _row: "/componentes/explicacao/"),
        Column("orgao", "Órgão", "body", sort="body"),
        Column("situacao", "Situação", "state", sort="state", kind=Kind.BADGE),
        Column("prazo", "Vence em", "due_on", sort="due_on", kind=Kind.DATE),
        Column("nota", "Nota parcial", "score", sort="score", kind=Kind.NUMBER, places=2),
        Column("metas", "Metas", "targets", sort="targets", kind=Kind.NUMBER),
        Column("responsavel", "Responsável", "person", sort="person", visible=False),
    ),
    search=("code", "body", "person"),
    filters=(ChoiceFilter("situacao", "Situação", "state", [(each, each) for each in sorted(_STATES)]),),
    actions=(
        BulkAction("Cobrar por ofício-circular", "/componentes/"),
        BulkAction("Distribuir a analistas", "/componentes/"),
    ),
    page_size=25,
)
NOTHING = TableLayout(
    name="vazia",
    caption="Diligências abertas",
    columns=(Column("diligencia", "Diligência"),),
    empty="Nenhuma diligência espera resposta.",
    prefix="v",
)


class SampleForm(PageForm):
    """A form with every kind of field."""

    name = forms.CharField(label="Nome da unidade", max_length=80)
    founded_on = DayField(
        label="Começa a valer em", help_text="Pode ser anterior a hoje: o ato vale desde a data dele."
    )
    kind = forms.ChoiceField(
        label="Natureza",
        choices=[("", "escolha…"), ("agencia", "Agência"), ("secretaria", "Secretaria"), ("fundo", "Fundo")],
    )
    reached = QuantityField(
        label="Valor apurado",
        places=2,
        required=False,
        help_text="Deixe em branco se ainda não foi apurado; zero é zero.",
    )
    reason = LongTextField(
        label="Justificativa", max_length=600, help_text="Diga o que impediu a meta e o que será feito."
    )
    channel = forms.ChoiceField(
        label="Como foi recebido",
        widget=forms.RadioSelect,
        choices=[("sei", "Processo SEI"), ("oficio", "Ofício em papel")],
    )
    topics = forms.MultipleChoiceField(
        label="Temas",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("saude", "Saúde"), ("educacao", "Educação")],
    )
    evidence = UploadField(label="Comprovante", kinds=("pdf", "xlsx"), megabytes=10, required=False)
    agrees = forms.BooleanField(label="Conferi os valores com a fonte de cada um")

    bases: Mapping[str, Basis] = {
        "reason": ARTICLE,
        "founded_on": Basis("Lei nº 17.257/2011, art. 3º", "A unidade existe desde o ato que a criou."),
    }


def wrong_form() -> SampleForm:
    """Make a form as it comes back with errors."""
    typed = {"founded_on": "31/02/2014", "reached": "1.234", "reason": "Faltaram equipes. " * 40}
    files = {"errado-evidence": SimpleUploadedFile("foto.jpg", b"x")}
    return SampleForm({f"errado-{name}": value for name, value in typed.items()}, files, prefix="errado")


HAPPENINGS = (
    Happening(
        datetime(2014, 10, 2, 17, 5, tzinfo=UTC),
        "RGM 2014-2 enviado à unidade central",
        "Ana Exemplo, coordenadora setorial",
        (
            Fact("Recebido em", "02/10/2014, por ofício nº 118/2014"),
            Fact("Dias de atraso", "2 dias corridos"),
        ),
        1284,
        "paper-plane",
    ),
    Happening(
        datetime(2014, 9, 29, 13, 40, tzinfo=UTC),
        "Justificativa da meta IND-04 gravada",
        "Bruno Exemplo",
        (),
        1279,
        "pencil-alt",
    ),
    Happening(
        datetime(2014, 9, 1, 11, 0, tzinfo=UTC),
        "RGM 2014-2 aberto",
        "pelo calendário",
        (),
        1203,
        "calendar-check",
    ),
)
CONFIRMATION = Confirmation(
    question="Enviar o RGM 2014-2/AGE?",
    what="O relatório do 2º quadrimestre sai da agência e não pode mais ser alterado por ela.",
    whom="Unidade central de resultados, com cópia ao titular da agência",
    verb="Enviar RGM",
    cancel_url="/componentes/",
    bases=(ARTICLE,),
    consequences=(
        "A nota parcial é calculada com as medições registradas até agora.",
        "O documento recebe número e entra na trilha.",
    ),
    undoing="Só a unidade central pode devolver para complementação.",
)
REVOCATION = Confirmation(
    question="Tornar sem efeito a Portaria nº 12/2014?",
    what="A portaria deixa de produzir efeitos desde a origem.",
    whom="Três servidores designados por ela",
    verb="Tornar sem efeito",
    cancel_url="/componentes/",
    consequences=("As designações voltam à situação anterior.",),
    undoing="Não. Será preciso outro ato.",
    tone=Tone.BAD,
)
CHANGES: list[Change] = changes(
    {
        "Nome": "Gerência de Planejamento",
        "Sigla": "GEPLAN",
        "Competência": "Coordenar a elaboração do plano setorial e acompanhar as metas.",
    },
    {
        "Nome": "Superintendência de Planejamento",
        "Competência": "Coordenar a elaboração do plano setorial e avaliar as metas.",
        "Telefone": "(62) 3201-0000",
    },
)
EXPLANATION = {
    "label": "Nota parcial do 2º quadrimestre",
    "value": "9,50 pontos",
    "summary": "com as medições registradas até 30/09/2014",
    "steps": (
        Step(
            "Meta proporcional do IND-04",
            "meta × meses decorridos = 60 × 8/12",
            "40",
            Basis("art. 12, § 1º", url="/componentes/explicacao/"),
            "interpretação “proporção por meses”",
        ),
        Step(
            "Nota do IND-04",
            "10 × 38/40, limitada a 10",
            "9,50",
            Basis("cláusula 4.2"),
            url="/componentes/explicacao/",
        ),
    ),
}
BARS = BarChart(
    "barras",
    "Duas das quatro metas ficaram abaixo",
    "Consultas: 38 de 40. Cirurgias: 12 de 20. Partos não foi medida.",
    (
        Point("Consultas por mil habitantes", Fraction(38), Fraction(40)),
        Point("Cirurgias eletivas", Fraction(12), Fraction(20)),
        Point("Cobertura vacinal", Fraction(951, 10), Fraction(95)),
        Point("Partos com acompanhamento", None, Fraction(60)),
    ),
)
LINE = LineChart(
    "linha",
    "Abaixo da meta desde maio",
    "De 7,2 em janeiro a 6,1 em junho, com meta de 7; abril não foi medido.",
    tuple(
        Point(label, None if value is None else Fraction(value, 10), Fraction(7))
        for label, value in (("jan", 72), ("fev", 75), ("mar", 71), ("abr", None), ("mai", 64), ("jun", 61))
    ),
    "ponto",
)
SERIES = SeriesChart(
    "serie",
    "Abaixo da meta desde o 2º quadrimestre de 2014",
    "De 72,0% no 1º quadrimestre de 2013 a 64,0% no 2º de 2014, com meta de 70%; o 3º de 2013 não foi medido.",
    tuple(
        SeriesPoint(
            label, None if value is None else Fraction(value), Fraction(70), group=group, firmness=firmness
        )
        for label, value, group, firmness in (
            ("1º", 72, "2013", ""),
            ("2º", 75, "2013", ""),
            ("3º", None, "2013", ""),
            ("1º", 71, "2014", ""),
            ("2º", 64, "2014", "provisório"),
        )
    ),
    "%",
    "Linha tracejada: meta. Fundo claro: lado bom da meta. Hachurado: provisório. Contorno tracejado: não medida.",
    "up",
)
FACTS = (
    Fact("Órgão", "Agência Exemplo de Saúde", "/componentes/explicacao/"),
    Fact("Situação", state_badge("em elaboração")),
    Fact(
        "Vence em",
        "terça, 30/09/2014",
        note="30 dias do fim do quadrimestre, art. 13, contados em dias corridos",
    ),
    Fact("Valor verificado", None),
)
CRUMBS = (Crumb("Acordos", "/componentes/"), Crumb("012/2014", "/componentes/"), Crumb("RGM 2014-2"))
ALL_STATES = tuple(STATES.values())
DONE = Progress("pronto", "Importação concluída: 4.812 linhas, 3 com erro", 4_812, 4_812, is_finished=True)


def running(done: int) -> Progress:
    """Make a task under way, a little further each time."""
    finished = done >= MANY_ROWS
    sentence = "Importação concluída" if finished else "Importando medições de 2013"
    url = f"/componentes/andamento/{done}/"
    note = "Pode sair desta página: o trabalho continua e avisa quando acabar."
    return Progress(
        "importacao", sentence, min(done, MANY_ROWS), MANY_ROWS, url, is_finished=finished, leave_note=note
    )


MANY_ROWS = 4_812
