"""The sections of a results agreement, each field with the article that asks for it.

Norm: Decreto GO nº 8.170/2014, arts. 2º, 3º, 8º to 17, 20, 29, 30, 32 and 33.
"""

from __future__ import annotations

from apura_web.agreements.pact.schema import Field, FieldKind, Section

YES, NO = "sim", "não"
ACORDANTE, ACORDADA, INTERVENIENT = "acordante", "acordada", "interveniente"
INDICATOR_ITEM, MILESTONE_ITEM, COMMITMENT_ITEM = "indicador", "marco", "compromisso"
CUMULATIVE, MEAN, END_OF_PERIOD = "cumulativo", "média", "fim do período"
BETTER_HIGH, BETTER_LOW, BETTER_WITHIN = "maior é melhor", "menor é melhor", "dentro da faixa"
AT_LEAST, ABOVE = "a partir de", "acima de"

GENERAL = Section(
    "geral",
    "Dados gerais",
    "Dados gerais",
    (
        Field("vigencia_inicio", "Início da vigência", FieldKind.DAY, "art. 17"),
        Field("vigencia_fim", "Fim da vigência", FieldKind.DAY, "art. 17"),
        Field(
            "periodo_inicio",
            "Início do período avaliatório",
            FieldKind.DAY,
            "art. 3º, IV",
            "Sem cláusula própria, o período é o exercício fiscal (art. 3º, parágrafo único).",
        ),
        Field("periodo_fim", "Fim do período avaliatório", FieldKind.DAY, "art. 3º, IV"),
        Field(
            "integral",
            "É Acordo Integral",
            FieldKind.CHOICE,
            "art. 32, § 2º",
            "O Acordo Integral pode prever recursos adicionais do Tesouro para o bônus.",
            (YES, NO),
        ),
        Field("modelo", "Modelo da SGR", FieldKind.TEXT, "art. 10", "O modelo seguido, como a SGR o chama."),
        Field("modelo_versao", "Versão do modelo", FieldKind.TEXT, "art. 10"),
    ),
    "arts. 3º, 10 e 17",
    "Vigência, período avaliatório e modelo seguido.",
)
PARTY = Section(
    "parte",
    "Parte signatária",
    "Partes signatárias",
    (
        Field(
            "papel", "Papel", FieldKind.CHOICE, "arts. 2º e 3º, III", "", (ACORDANTE, ACORDADA, INTERVENIENT)
        ),
        Field("nome", "Nome da parte", FieldKind.TEXT, "art. 2º", "Como deve constar do documento."),
        Field(
            "unidade",
            "Unidade",
            FieldKind.UNIT,
            "art. 2º",
            "O órgão cujo titular assina; a assinatura é conferida com quem exerce o cargo no dia.",
        ),
    ),
    "arts. 2º, 3º, III, e 20",
    "Todas as partes assinam, também as intervenientes.",
    named_by="nome",
    is_many=True,
)
ALIGNMENT = Section(
    "alinhamento",
    "Alinhamento estratégico",
    "Alinhamento estratégico",
    (
        Field(
            "metas",
            "Metas e compromissos para os objetivos estratégicos do Governo",
            FieldKind.LONG,
            "art. 8º, § 1º",
        ),
        Field(
            "melhorias",
            "Oportunidades de melhoria na gestão",
            FieldKind.LONG,
            "art. 8º, § 1º",
        ),
    ),
    "art. 8º",
    "O resultado do alinhamento, quando ele foi necessário; é conduzido pela SEGPLAN (§ 2º).",
)
OBJECT = Section(
    "objeto",
    "Objeto de pactuação",
    "Objetos de pactuação",
    (
        Field("nome", "Nome", FieldKind.TEXT, "art. 12, § 1º"),
        Field("peso", "Peso no acordo", FieldKind.NUMBER, "art. 12, § 1º"),
        Field("descricao", "O que se pactua", FieldKind.LONG, "art. 12, § 1º"),
    ),
    "art. 12, § 1º",
    "Cada objeto reúne indicadores, marcos e compromissos, e pesa na nota do acordo.",
    named_by="nome",
    is_many=True,
)
ITEM = Section(
    "item",
    "Item do objeto",
    "Indicadores, marcos e compromissos",
    (
        Field("objeto", "Objeto de pactuação", FieldKind.PART, "art. 12, § 1º", of="objeto"),
        Field(
            "especie",
            "Espécie",
            FieldKind.CHOICE,
            "art. 3º, I",
            "",
            (INDICATOR_ITEM, MILESTONE_ITEM, COMMITMENT_ITEM),
        ),
        Field(
            "indicador",
            "Indicador",
            FieldKind.INDICATOR,
            "art. 11, II",
            "De onde vem o realizado; só nos itens dessa espécie. Nome, polaridade e acumulação vêm da ficha.",
        ),
        Field("nome", "Nome", FieldKind.TEXT, "art. 3º, I"),
        Field("peso", "Peso no objeto", FieldKind.NUMBER, "art. 12, § 1º"),
        Field(
            "polaridade",
            "Polaridade",
            FieldKind.CHOICE,
            "art. 12, § 1º",
            "Dentro da faixa: escreva no método os dois limites, como se(e(realizado >= 18; realizado <= 22); 1; 0).",
            (BETTER_HIGH, BETTER_LOW, BETTER_WITHIN),
        ),
        Field(
            "acumulacao",
            "Acumulação",
            FieldKind.CHOICE,
            "art. 12, § 1º",
            "Cumulativo: a meta parcial é proporcional ao tempo. Média e fim do período: a meta é a mesma.",
            (CUMULATIVE, MEAN, END_OF_PERIOD),
        ),
        Field("linha_de_base", "Linha de base", FieldKind.NUMBER, "art. 12"),
        Field("meta_final", "Meta do fim do período", FieldKind.NUMBER, "art. 12, § 2º"),
        Field(
            "meta_1",
            "Meta parcial do 1º quadrimestre",
            FieldKind.NUMBER,
            "art. 12, § 1º",
            "Em branco: vale a proporcionalidade temporal.",
        ),
        Field("meta_2", "Meta parcial do 2º quadrimestre", FieldKind.NUMBER, "art. 12, § 1º"),
        Field("meta_3", "Meta parcial do 3º quadrimestre", FieldKind.NUMBER, "art. 12, § 1º"),
        Field("prazo", "Prazo do marco ou compromisso", FieldKind.DAY, "art. 13"),
        Field(
            "metodo",
            "Método de apuração",
            FieldKind.METHOD,
            "art. 12, §§ 1º e 2º",
            "Um método da lista, ou a fórmula da cláusula, sobre meta, realizado e linha_de_base.",
        ),
        Field("clausula", "Cláusula do acordo", FieldKind.TEXT, "art. 12, § 1º", "Como “cláusula 4.2”."),
    ),
    "arts. 3º, 11 e 12",
    "O que se mede ou se entrega, com peso, meta e a forma de dar nota.",
    named_by="nome",
    is_many=True,
)
SCORING = Section(
    "apuracao",
    "Apuração da nota",
    "Apuração da nota",
    (
        Field("escala", "Nota máxima", FieldKind.NUMBER, "art. 12", "O decreto não fixa a escala."),
        Field(
            "soma_dos_pesos",
            "Soma dos pesos",
            FieldKind.NUMBER,
            "art. 12, § 1º",
            "Quanto somam os pesos dos objetos, e os dos itens de cada objeto. Em branco: qualquer soma.",
        ),
        Field(
            "proporcao",
            "Proporção temporal",
            FieldKind.CHOICE,
            "art. 12, § 1º",
            "O decreto não diz se em meses ou em dias.",
            ("por meses", "por dias"),
        ),
        Field(
            "nao_apurado",
            "Item não apurado ou cancelado",
            FieldKind.CHOICE,
            "art. 12",
            "O decreto não diz o que fazer com ele.",
            ("redistribuir o peso", "contar como zero"),
        ),
        Field(
            "arredondamento",
            "Arredondamento da nota",
            FieldKind.CHOICE,
            "art. 12",
            "O decreto não arredonda nada.",
            ("exata", "duas casas na nota do acordo"),
        ),
        Field("minima", "Nota mínima", FieldKind.NUMBER, "art. 15"),
        Field(
            "minima_operador",
            "Como se compara com a mínima",
            FieldKind.CHOICE,
            "art. 15",
            "",
            (AT_LEAST, ABOVE),
        ),
        Field(
            "ultimo_quadrimestre",
            "O último quadrimestre tem nota parcial, além da final",
            FieldKind.CHOICE,
            "art. 12",
            "O decreto não diz.",
            (YES, NO),
        ),
        Field(
            "valor_usado",
            "Valor que entra na nota",
            FieldKind.CHOICE,
            "arts. 13 a 15",
            "De quem é o número: o da Acordada, o verificado pela SGR ou o homologado.",
            ("informado", "verificado", "homologado"),
        ),
    ),
    "art. 12",
    "O que o decreto deixa ao acordo: escala, arredondamento, proporção, item não apurado.",
)
SYSTEMATICS = Section(
    "sistematica",
    "Sistemática de monitoramento e avaliação",
    "Sistemática de monitoramento e avaliação",
    (Field("texto", "Texto da cláusula", FieldKind.LONG, "art. 14"),),
    "arts. 11, 14 e 15",
    "Como se acompanha, quem se manifesta e o que a comissão decide.",
)
REVISION = Section(
    "revisao",
    "Hipótese de revisão",
    "Hipóteses de revisão",
    (Field("texto", "Hipótese", FieldKind.LONG, "art. 16, § 1º"),),
    "art. 16, § 1º",
    "O acordo diz em que casos pode ser revisto; cada revisão cita um deles.",
    named_by="texto",
    is_many=True,
)
AUTONOMY = Section(
    "autonomia",
    "Autonomia",
    "Autonomias",
    (
        Field("nome", "Autonomia", FieldKind.TEXT, "art. 29"),
        Field("dispositivo", "Dispositivo que a permite", FieldKind.TEXT, "arts. 29 e 30"),
        Field("criterios", "Critérios para conceder", FieldKind.LONG, "art. 29, parágrafo único"),
        Field("parametros", "Parâmetros de uso", FieldKind.LONG, "art. 29, parágrafo único"),
    ),
    "arts. 29 e 30",
    "As prerrogativas negociadas, com critérios e parâmetros; a comissão delibera sobre a concessão.",
    named_by="nome",
    is_many=True,
)
BONUS = Section(
    "bonus",
    "Montante do bônus",
    "Montante do bônus",
    (
        Field("previsto", "O acordo prevê bônus", FieldKind.CHOICE, "art. 32", "", (YES, NO)),
        Field("inicio", "Início do período de referência", FieldKind.DAY, "art. 32"),
        Field("fim", "Fim do período de referência", FieldKind.DAY, "art. 32"),
        Field("formula", "Fórmula do montante", FieldKind.LONG, "art. 32"),
        Field("recursos", "Origem dos recursos", FieldKind.TEXT, "art. 32, §§ 1º e 2º"),
        Field(
            "descontos",
            "Ordem dos descontos",
            FieldKind.CHOICE,
            "art. 33",
            "O decreto não resolve a ordem; a escolha é obrigatória e cabe a quem decide.",
            (
                "limitar e depois descontar",
                "descontar e depois limitar",
                "descontar da base do limite",
            ),
        ),
    ),
    "arts. 32 e 33",
    "Período de referência e fórmula do montante de recursos.",
)
SEAT = Section(
    "cadeira",
    "Cadeira da comissão",
    "Comissão de Monitoramento e Avaliação",
    (
        Field("representa", "Quem representa", FieldKind.TEXT, "art. 20"),
        Field(
            "inciso",
            "Dispositivo",
            FieldKind.CHOICE,
            "art. 20",
            "",
            ("art. 20, I", "art. 20, II", "art. 20, III", "art. 20, IV", "art. 20, V", "art. 20, § 4º"),
        ),
    ),
    "art. 20",
    "As cadeiras da comissão específica desta Acordada.",
    named_by="representa",
    is_many=True,
)
CLAUSE = Section(
    "clausula",
    "Outra cláusula",
    "Outras cláusulas",
    (
        Field("titulo", "Título", FieldKind.TEXT),
        Field("texto", "Texto", FieldKind.LONG),
    ),
    "art. 10",
    "Obrigações das partes, vigência, foro e o mais que o modelo pede.",
    named_by="titulo",
    is_many=True,
)

SECTIONS: dict[str, Section] = {
    each.name: each
    for each in (
        GENERAL,
        PARTY,
        ALIGNMENT,
        OBJECT,
        ITEM,
        SCORING,
        SYSTEMATICS,
        REVISION,
        AUTONOMY,
        BONUS,
        SEAT,
        CLAUSE,
    )
}
"""Every section, in the order of the document."""
