"""The good pack with parts that contradict each other, and with formulas that cannot be computed."""

from broken_packs import (
    AGENT,
    ANNEX,
    BONUS,
    DEADLINES,
    MEAN,
    MEMBERS,
    NORM,
    PARAMETERS,
    POINT,
    READINGS,
    TABLES,
    TEAM,
    U2,
    Broken,
)

AGREEMENTS = [
    Broken(
        "reserved sheet", POINT, 'sheet    = "Produtos"', 'sheet = "instrucoes"', "toda planilha da Apura"
    ),
    Broken(
        "label twice",
        MEAN,
        'label  = "Média do grupo"',
        'label = "PONTOS da unidade"',
        "já há regra ou anexo",
    ),
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
