"""The good pack, broken in one way at a time: which file, what is written in it instead, and what must be said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One way to break the good pack: ``old`` becomes ``new`` in ``file`` ("" for ``old`` replaces all of it)."""

    name: str
    file: str
    old: str
    new: str
    says: str


NORM, PARAMETERS, READINGS = "norm.toml", "parameters.toml", "interpretations.toml"
DEADLINES, TABLES, ANNEX, MEMBERS = "deadlines.toml", "tables.toml", "tables/pesos.csv", "members/grupos.csv"
POINT, MEAN, BONUS = "rules/10_ponto.toml", "rules/20_media.toml", "rules/30_abono.toml"
AGENT, TEAM = "rules/40_agente.toml", "rules/50_equipe.toml"
U1 = "G1,Grupo Um,U1,Unidade Um,Primeira,2020-01-01,,known,,Norma de teste nº 1,art. 3º\n"
U2 = "G1,Grupo Um,U2,Unidade Dois,,2020-01-01,,known,,Norma de teste nº 1,art. 3º\n"

FILES = [
    Broken("not toml", NORM, 'edition         = "1"', 'edition         = "1', "norm.toml, linha 2, coluna"),
    Broken(
        "a csv quote that never closes", ANNEX, "nota,curto", '"nota,curto', "não é uma tabela CSV válida"
    ),
    Broken(
        "a row with a value too many",
        ANNEX,
        "curto,1",
        "curto,1,5",
        "linha 2: há 4 valores e o cabeçalho tem 3",
    ),
    Broken(
        "a column twice", ANNEX, "produto,tamanho", "produto,produto", "a coluna “produto” aparece duas vezes"
    ),
    Broken(
        "a column without a name", ANNEX, "produto,tamanho,peso", "produto,,peso", "há uma coluna sem nome"
    ),
    Broken("an empty annex", ANNEX, "", "produto,tamanho,peso\n", "tables/pesos.csv: a tabela está vazia"),
    Broken("a misspelt file", "parametros.toml", "", "x = 1\n", "parametros.toml: nada lê este arquivo"),
    Broken("an annex nobody declares", "tables/outra.csv", "", "a,b\n1,2\n", "nada lê este arquivo"),
    Broken("members nobody uses", "members/outros.csv", "", "{members}", "nenhuma regra usa esta composição"),
    Broken("cases in a single bracket", "cases.toml", "", "[cases]\nname = 'x'\n", "um bloco [[cases]]"),
    Broken("another key in a list file", "cases.toml", "", "[[casos]]\nname = 'x'\n", "desconhecida: casos"),
    Broken("a digest that is none", "editions.toml", "", '"1" = "abc"\n', "esperava o digest"),
]

SHAPES = [
    Broken(
        "unknown key",
        POINT,
        "[subject]",
        "[subject]\ncolor = 'x'",
        "rules/10_ponto.toml, subject.color: chave",
    ),
    Broken("missing key", NORM, 'edition         = "1"\n', "", "norm.toml, edition: falta esta chave"),
    Broken("wrong date", NORM, "2020-01-01\nlast_day", '"1/1/2020"\nlast_day', "não é uma data"),
    Broken(
        "number not between quotes",
        PARAMETERS,
        'value = "0.5"',
        "value = 0.5",
        "escreva o número entre aspas",
    ),
    Broken(
        "number with a comma", PARAMETERS, 'value = "0.5"', 'value = "0,5"', "esperava um número como 8.50"
    ),
    Broken(
        "name with an accent",
        PARAMETERS,
        "[perda_por_dia]",
        '["perda_diária"]',
        "o nome não tem a forma esperada",
    ),
    Broken(
        "word where a table goes",
        PARAMETERS,
        "[perda_por_dia]",
        'x = "y"\n[perda_por_dia]',
        "deveria ser um bloco",
    ),
    Broken(
        "value out of range", PARAMETERS, 'value = "0.5"', 'value = "1.5"', "está fora da faixa declarada"
    ),
    Broken(
        "value with more places",
        PARAMETERS,
        'value = "0.5"',
        'value = "0.555"',
        "tem mais casas que as declaradas (2)",
    ),
    Broken("pending with a value", PARAMETERS, "pending = true", "", "é pendente"),
    Broken("unknown wording without why", TEAM, "why     =", "act     =", "precisa de why e what_to_do"),
    Broken(
        "interpretation unnamed",
        NORM,
        'uses    = ["redacao-antiga"]\n',
        "",
        "por interpretação precisa de uses",
    ),
    Broken(
        "wording of no kind",
        NORM,
        '"interpretation"',
        '"lost"',
        "não está entre 'known', 'interpretation' ou",
    ),
    Broken(
        "end before beginning",
        PARAMETERS,
        "until = 2020-12-31",
        "until = 2019-12-31",
        "termina antes de começar",
    ),
    Broken("ends before taking effect", NORM, "2022-12-31", "2019-12-31", "vem antes do início dos efeitos"),
    Broken("published before enacted", NORM, "= 2019-12-02", "= 2019-11-02", "publicada antes de editada"),
    Broken(
        "last day without article",
        NORM,
        'last_day_cites  = "art. 9º"\n',
        "",
        "last_day e last_day_cites andam juntos",
    ),
    Broken("30 February", DEADLINES, '"03-01"', '"02-30"', "não é mês e dia que todo ano tenha"),
    Broken("29 February", DEADLINES, '"03-10"', '"02-29"', "não é mês e dia que todo ano tenha"),
    Broken(
        "term upside down",
        DEADLINES,
        'first = "03-01"',
        'first = "03-11"',
        "o intervalo termina antes de começar",
    ),
    Broken("deadline without rule", DEADLINES, "days_after =", "# days_after =", "tem exatamente uma regra"),
    Broken(
        "a reading twice",
        READINGS,
        'others  = ["dia útil"]',
        'others  = ["dia corrido"]',
        "aparece duas vezes",
    ),
    Broken("a choice that says no effect", READINGS, 'changes = ["dias"]\n', "", "precisa dizer o que muda"),
    Broken(
        "column of two types",
        POINT,
        'kind     = "date"',
        'kind     = "date"\nunit = "dia"',
        "unit, options (ou options_from) ou kind",
    ),
    Broken(
        "number without places",
        POINT,
        'places   = 3\nlow      = "0"\nhigh     = "2"',
        "",
        "um número declara places",
    ),
    Broken(
        "range upside down", POINT, 'high     = "2"', 'high     = "-1"', "a faixa termina antes de começar"
    ),
    Broken("options alike", POINT, '["parecer", "nota"]', '["parecer", "Parecer"]', "só diferem em acentos"),
    Broken(
        "option refused unknown",
        POINT,
        'refuses."no prazo"',
        'refuses."prazo"',
        "opção que não existe: prazo",
    ),
    Broken(
        "relation without sheet", POINT, 'sheet    = "Produtos"\n', "", "não tem o que o tipo “sheet” pede"
    ),
    Broken("step of two formulas", MEAN, "interpretation =", 'formula = "1"\ninterpretation =', "um só"),
    Broken(
        "readings alone",
        MEAN,
        'interpretation = "casas-da-media"\n',
        "",
        "readings e interpretation andam juntos",
    ),
    Broken(
        "step of no kind", POINT, 'formula = "soma', 'truth = true\nformula = "soma', "unit, options ou truth"
    ),
    Broken(
        "subject from nowhere",
        MEAN,
        '[subject.keys]\nG1 = "Grupo Um"\n',
        "",
        "de uma lista (keys) ou de outra regra (of)",
    ),
    Broken(
        "annex of value without keys", TABLES, 'keys   = ["produto", "tamanho"]\n', "", "keys e value andam"
    ),
    Broken(
        "empty member",
        MEMBERS,
        "U2,Unidade Dois",
        ",Unidade Dois",
        "members/grupos.csv, linha 3, unit: texto vazio",
    ),
    Broken("case of nothing", "cases.toml", "[cases.expects]", "[cases.readings]", "um caso tem regra, data"),
    Broken(
        "case without year",
        "cases.toml",
        "year     = 2021\n",
        "",
        "diz o ano apurado (year) ou o dia do fato",
    ),
    Broken(
        "scale upside down",
        POINT,
        'cites   = "art. 1º"\n#end',
        '{scale}"0" }',
        "a escala termina antes de começar",
    ),
]

STAND_INS = {
    "{members}": "group,group_name,unit,unit_name,aliases,from,until,wording,uses,act,cites\n" + U1,
    "{circle}": """[[relations]]
name  = "volta"
label = "Volta"
kind  = "results"
rules = ["media"]
key   = "G1"
cites = "art. 1º"

[[steps]]
name    = "produzido\"""",
    "{extra}": """[outra]
label   = "Outra"
cites   = "art. 9º"
text    = "O texto."
why     = "O motivo."
adopted = "esta"
decider = "Conselho"

[redacao-antiga]""",
    "{choice}": 'adopted = "estender"\nothers = ["não estender"]\nchanges = ["dias"]',
    "{calendar}": 'calendar = "XX"\ncites    = "art. 2º"',
    "{unread}": """[solto]
label  = "Solto"
unit   = "ponto"
places = 0
values = [{ from = 2020-01-01, value = "1", cites = "art. 1º" }]

[abono]""",
    "{dead}": """[[steps]]
name    = "sobra"
label   = "Sobra"
formula = "produzido"
unit    = "ponto"
places  = 2
cites   = "art. 1º"

[[steps]]
name    = "nota\"""",
    "{scale}": 'cites   = "art. 1º"\nscale = { low = "0", cites = "Anexo", sum_of = "pesos", high = ',
    "{stranger}": 'cites   = "art. 1º"\nscale = { low = "0", high = "4", cites = "Anexo", sum_of = "itens" }',
}
