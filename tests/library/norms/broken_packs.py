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
        "unit, options ou kind",
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
        "vem de uma planilha (sheet) ou de",
    ),
    Broken("annex without unit", TABLES, 'unit   = "ponto"\n', "", "keys, value e unit andam juntos"),
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

AGREEMENTS = [
    Broken(
        "values overlap", PARAMETERS, "until = 2020-12-31", "until = 2021-01-31", "se sobrepõem em 01/01/2021"
    ),
    Broken(
        "hole between values",
        PARAMETERS,
        "until = 2020-12-31",
        "until = 2020-11-30",
        "falta dizer o que vale entre",
    ),
    Broken(
        "hole between wordings",
        TEAM,
        "until   = 2020-12-31",
        "until   = 2020-10-31",
        "falta dizer o que vale entre",
    ),
    Broken(
        "wordings start late",
        NORM,
        "from    = 2020-01-01",
        "from    = 2020-02-01",
        "não cobrem todos os dias",
    ),
    Broken(
        "wordings end early", NORM, "from = 2021-01-01", "from = 2021-01-01\nuntil = 2022-01-01", "não cobrem"
    ),
    Broken("a member twice", MEMBERS, U2, U2 + U2, "U2: está duas vezes em G1 no mesmo dia"),
    Broken(
        "two members of one name", MEMBERS, "Unidade Dois,,", "Unidade Dois,ú1,", "tem o mesmo nome que “U1”"
    ),
    Broken(
        "a circle of rules",
        POINT,
        '[[steps]]\nname    = "produzido"',
        "{circle}",
        "as regras se leem em círculo",
    ),
    Broken(
        "unknown rule",
        MEAN,
        'rules    = ["ponto"]',
        'rules    = ["pontos"]',
        "lê a regra “pontos”, que não existe",
    ),
    Broken(
        "unknown members",
        MEAN,
        'members  = "grupos"',
        'members  = "grupo"',
        "usa members/grupo.csv, que não existe",
    ),
    Broken("group nobody composes", MEAN, 'G1 = "Grupo Um"', 'G2 = "Grupo Dois"', "não diz quem compõe “G2”"),
    Broken(
        "subject of unknown members",
        POINT,
        'members = "grupos"',
        'members = "x"',
        "usa members/x.csv, que não existe",
    ),
    Broken(
        "unknown deadline",
        POINT,
        'deadline = "entrega", counting',
        'deadline = "entregas", counting',
        "“entregas”",
    ),
    Broken(
        "unknown deadline of a refusal",
        POINT,
        'deadline   = "entrega"',
        'deadline   = "x"',
        "usa o prazo “x”",
    ),
    Broken(
        "deadline that runs from a fact",
        POINT,
        'deadline   = "entrega"',
        'deadline   = "recurso"',
        "corre de um fato",
    ),
    Broken(
        "days of no date", POINT, 'date = "entrega_em"', 'date = "situacao"', "que não é uma entrada de data"
    ),
    Broken(
        "unknown key_from",
        AGENT,
        'key_from = "unidade"',
        'key_from = "orgao"',
        "key_from fala da entrada “orgao”",
    ),
    Broken("unknown by", TEAM, 'by    = "unidade"', 'by    = "orgao"', "by fala da entrada “orgao”"),
    Broken(
        "key nobody has",
        BONUS,
        'key    = "G1"',
        'key    = "G9"',
        "key fala de “G9”, que não é sujeito de media",
    ),
    Broken(
        "unknown interpretation",
        NORM,
        '["redacao-antiga"]',
        '["redacao-velha"]',
        "“redacao-velha” não existe",
    ),
    Broken(
        "unused interpretation", READINGS, "[redacao-antiga]", "{extra}", "nenhuma regra, prazo, parâmetro"
    ),
    Broken(
        "choice that chooses nothing",
        READINGS,
        'adopted = "estender"',
        "{choice}",
        "nenhum passo, contagem ou",
    ),
    Broken(
        "readings that differ",
        MEAN,
        '"duas casas" =',
        '"três casas" =',
        "a leitura “duas casas” de “casas-da-media”",
    ),
    Broken(
        "a reading too many",
        MEAN,
        '"exata"      =',
        '"x" = "exata(media(unidades.nota))"\n"exata"      =',
        "diferem",
    ),
    Broken(
        "way of counting unknown", READINGS, '["dia útil"]', '["dia santo"]', "a leitura “dia santo” de “dia”"
    ),
    Broken(
        "unknown calendar",
        DEADLINES,
        'calendar = "BR"\ncites    = "art. 2º"',
        "{calendar}",
        "não há calendário “XX”",
    ),
    Broken(
        "change of nothing",
        READINGS,
        'changes = ["dias"]',
        'changes = ["meses"]',
        "diz mudar “meses”, que não existe",
    ),
    Broken(
        "result not last",
        POINT,
        'result = "nota"',
        'result = "perda"',
        "o resultado é o último passo, “nota”",
    ),
    Broken("rule twice", MEAN, 'name   = "media"', 'name   = "ponto"', "já existe uma regra chamada “ponto”"),
    Broken(
        "name twice",
        POINT,
        'name    = "extra"'.replace("name    ", "name     "),
        'name     = "abono"',
        "mais de uma vez",
    ),
    Broken("reserved name", POINT, 'name     = "extra"', 'name     = "chave"', "este nome é reservado"),
    Broken("parameter nobody reads", PARAMETERS, "[abono]", "{unread}", "nenhuma fórmula lê este parâmetro"),
    Broken(
        "step nobody reads",
        POINT,
        '[[steps]]\nname    = "nota"',
        "{dead}",
        "nenhum passo seguinte lê este passo",
    ),
    Broken("annex key twice", ANNEX, "nota,longo,-", "nota,curto,-", "linha 5: chave repetida: nota, curto"),
    Broken("annex of words", ANNEX, "longo,2.5", "longo,dois", "linha 3: “dois” não é um número"),
    Broken("annex of too many places", ANNEX, "longo,2.5", "longo,2.55", "mais casas que as declaradas (1)"),
    Broken(
        "annex without the column",
        TABLES,
        'value  = "peso"',
        'value  = "pontos"',
        "não tem a coluna “pontos”",
    ),
    Broken("annex without the file", TABLES, 'file   = "pesos"', 'file   = "peso"', "nada lê este arquivo"),
    Broken(
        "scale that does not add up", POINT, 'cites   = "art. 1º"\n#end', '{scale}"9" }', "mas o anexo soma 4"
    ),
    Broken(
        "scale of no annex", POINT, 'cites   = "art. 1º"\n#end', "{stranger}", "sum_of fala do anexo “itens”"
    ),
    Broken("long sheet", POINT, '"Unidades"', '"Unidades administrativas da Casa"', "mais de 31 caracteres"),
    Broken("sheet with a bar", POINT, 'sheet    = "Produtos"', 'sheet = "Produtos/serviços"', "ou um destes"),
    Broken(
        "sheet twice",
        POINT,
        'sheet    = "Produtos"',
        'sheet = "unidades"',
        "já existe uma planilha com este nome",
    ),
    Broken("header twice", POINT, '"Pontos extras"', '"Situacao"', "teria duas colunas com este título"),
]

FORMULAS = [
    Broken("unknown name", POINT, "produzido - perda", "produzido - perdas", "Não existe o nome “perdas”"),
    Broken(
        "a number that should be a parameter", POINT, "max(0;", "max(3;", "o número 3 está escrito na fórmula"
    ),
    Broken("a number in a condition", POINT, "'situacao = \"entregue\"'", "'conta(itens) > 2'", "required"),
    Broken("syntax", POINT, "perda_por_dia * dias;", "perda_por_dia * * dias;", "Linha 1, coluna"),
    Broken(
        "option that does not exist", POINT, 'se(situacao = "entregue"', 'se(situacao = "feito"', "“feito”"
    ),
    Broken("units that do not match", POINT, "perda_por_dia * dias;", "dias;", "ponto"),
    Broken(
        "division that does not round", MEAN, "exata(media(unidades.nota))", "media(unidades.nota)", "arred"
    ),
    Broken("column outside an aggregate", MEAN, "exata(media(unidades.nota))", "unidades.nota", "unidades"),
    Broken("unknown column", MEAN, "exata(media(unidades.nota))", "exata(media(unidades.not))", "“nota”"),
    Broken("unknown annex", POINT, "pesos[itens.produto", "peso[itens.produto", "peso"),
    Broken(
        "keys of another annex", POINT, "pesos[itens.produto; itens.tamanho]", "pesos[itens.produto]", "chave"
    ),
    Broken(
        "later step", POINT, 'se(situacao = "entregue"; perda_por_dia', "se(nota > 0; perda_por_dia", "“nota”"
    ),
    Broken("wrong arity", BONUS, '"grupo.nota + abono"', '"arred(grupo.nota + abono)"', "arred"),
    Broken("truth for a number", BONUS, '"grupo.nota + abono"', '"grupo.nota > abono"', "total"),
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
