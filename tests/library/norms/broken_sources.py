"""The good pack where a part comes from elsewhere and does not: options, days, subjects, checks, formulas, choices."""

from broken_packs import BONUS, POINT, READINGS, TABLES, Broken

OPTIONS = 'options = ["parecer", "nota"]\ncites   = "Anexo"'
LAST_INPUT = '[[relations]]\nname     = "itens"'
FIRST_STEP = '[[steps]]\nname    = "produzido"'
LAST_FORMULA = "formula = 'max(0; se(perda > 0; produzido - perda; produzido + extra))'"
FOLLOWED = 'name = "grupo"\n\n[subject.keys]\nG1 = "Grupo Um"\n'
NUMBERS = 'value  = "peso"\nunit   = "ponto"'


def options_from(table: str, column: str, more: str = "") -> str:
    return f'options_from = {{ table = "{table}", column = "{column}"{more} }}\ncites = "Anexo"'


def spanning(start: str, counts: str = "days") -> str:
    return f"""[[inputs]]
name   = "decorrido"
label  = "Dias decorridos"
unit   = "dia"
places = 0
span   = {{ from = "{start}", until = "entrega_em", counts = "{counts}" }}
cites  = "art. 2º"

{LAST_INPUT}"""


def check_of(part: str, column: str, must: str) -> str:
    return f"""[[{part}]]
column  = "{column}"
must    = '{must}'
message = "não pode"
cites   = "art. 1º"

{FIRST_STEP}"""


def result_date(start: str, months: str) -> str:
    return f"""#end
[[dates]]
name   = "ate"
label  = "Até"
start  = "{start}"
months = "{months}"
cites  = "art. 1º"
"""


def told_when(condition: str) -> str:
    return f"""#end
[[warnings]]
when    = '{condition}'
message = "confira"
cites   = "art. 1º"
"""


def chosen(source: str, scope: str) -> str:
    return f'formula_from = "{source}"\nscope = ["{scope}"]'


def written_formula(scope: str) -> str:
    return f"""[[inputs]]
name  = "metodo"
label = "Método"
kind  = "formula"
cites = "art. 1º"

[[steps]]
name   = "grau"
label  = "Grau"
unit   = "ponto"
places = 2
cites  = "art. 1º"
{chosen("metodo", scope)}

{FIRST_STEP}"""


ELSEWHERE = [
    Broken(
        "a scope of nothing", POINT, FIRST_STEP, written_formula("meta"), "scope fala de “meta”, que não é"
    ),
    Broken(
        "a scope of a later step",
        POINT,
        FIRST_STEP,
        written_formula("nota"),
        "scope fala de “nota”, que não é",
    ),
    Broken(
        "a chosen step nothing reads", POINT, FIRST_STEP, written_formula("extra"), "nenhum passo seguinte lê"
    ),
    Broken(
        "options of no annex", POINT, OPTIONS, options_from("precos", "produto"), "toma as opções de “precos”"
    ),
    Broken("options of no column", POINT, OPTIONS, options_from("pesos", "nome"), "não tem a coluna “nome”"),
    Broken(
        "aliases of no column",
        POINT,
        OPTIONS,
        options_from("pesos", "produto", ', aliases = ["codigo"]'),
        "não tem a coluna “codigo”",
    ),
    Broken(
        "options twice",
        POINT,
        OPTIONS,
        'options = ["a"]\n' + options_from("pesos", "produto"),
        "(ou options_from)",
    ),
    Broken(
        "a number within the year",
        POINT,
        "places   = 3",
        'places = 3\nwithin = "year"',
        "só uma data fica dentro",
    ),
    Broken(
        "days from no date",
        POINT,
        LAST_INPUT,
        spanning("situacao"),
        "conta de “situacao”, que não é uma entrada",
    ),
    Broken(
        "days from nothing", POINT, LAST_INPUT, spanning("inicio"), "conta de “inicio”, que não é uma entrada"
    ),
    Broken("weeks counted", POINT, LAST_INPUT, spanning("entrega_em", "weeks"), "não está entre 'days'"),
    Broken(
        "also no step", POINT, 'result = "nota"', 'result = "nota"\nalso = ["x"]', "um passo que não existe"
    ),
    Broken("a date of no step", POINT, "#end", result_date("entrega_em", "meses"), "um passo que não existe"),
    Broken("a date from no date", POINT, "#end", result_date("situacao", "nota"), "conta de “situacao”"),
    Broken(
        "a subject of no rule",
        BONUS,
        FOLLOWED,
        'name = "grupo"\nof = "medias"\n',
        "segue “medias”, que não existe",
    ),
    Broken(
        "a follower with inputs",
        "rules/40_agente.toml",
        'sheet    = "Agentes"\nkey      = "Código"\noptional = true',
        'of = "ponto"',
        "quem segue não tem entradas próprias",
    ),
    Broken(
        "a check that is no condition",
        POINT,
        FIRST_STEP,
        check_of("relations.checks", "quantidade", "quantidade + 1"),
        "O resultado da fórmula não é o que foi declarado",
    ),
    Broken(
        "a check of a stranger",
        POINT,
        FIRST_STEP,
        check_of("relations.checks", "tamanho", 'altura = "curto"'),
        "Não existe o nome “altura”",
    ),
    Broken(
        "a check on no column",
        POINT,
        FIRST_STEP,
        check_of("relations.checks", "altura", "quantidade > 0"),
        "checks fala de “altura”, que não é coluna",
    ),
    Broken(
        "a check on no input",
        POINT,
        FIRST_STEP,
        check_of("checks", "quantidade", "conta(itens) > 0"),
        "checks fala de “quantidade”, que não é coluna",
    ),
    Broken(
        "a check with the law's number",
        POINT,
        FIRST_STEP,
        check_of("checks", "extra", "conta(itens) < 7"),
        "o número 7 está escrito na fórmula",
    ),
    Broken("a warning of a stranger", POINT, "#end", told_when("notas > 0"), "Não existe o nome “notas”"),
    Broken(
        "a warning that is no condition", POINT, "#end", told_when("nota"), "O resultado da fórmula não é"
    ),
    Broken(
        "neither adopted nor asked", READINGS, 'adopted = "dia corrido"\n', "", "ou se pede a escolha (asks)"
    ),
    Broken(
        "adopted and asked",
        READINGS,
        'adopted = "dia corrido"\n',
        'adopted = "dia corrido"\nasks = "Escolha."\n',
        "ou se pede a escolha (asks)",
    ),
    Broken(
        "formula from a code",
        POINT,
        LAST_FORMULA,
        chosen("situacao", "produzido"),
        "que não é entrada de fórmula",
    ),
    Broken(
        "formula from nothing",
        POINT,
        LAST_FORMULA,
        chosen("metodo", "produzido"),
        "que não é entrada de fórmula",
    ),
    Broken(
        "scope without formula_from",
        POINT,
        LAST_FORMULA,
        LAST_FORMULA + '\nscope = ["perda"]',
        "andam juntos; methods",
    ),
    Broken(
        "methods without scope",
        POINT,
        LAST_FORMULA,
        LAST_FORMULA + '\nmethods = "metodos-de-apuracao"',
        "andam juntos; methods",
    ),
    Broken("spread of codes", TABLES, NUMBERS, 'spread = ["peso"]', "(spread) são números, com unit"),
    Broken("spread and value", TABLES, NUMBERS, NUMBERS + '\nspread = ["peso"]', "ou keys e spread"),
    Broken(
        "spread over no column",
        TABLES,
        NUMBERS,
        'spread = ["alta"]\nunit = "ponto"',
        "não tem a coluna “alta”",
    ),
    Broken(
        "unit without keys",
        TABLES,
        'keys   = ["produto", "tamanho"]\n' + NUMBERS,
        'unit = "ponto"',
        "só o que se consulta por keys tem unit",
    ),
]
