"""The shape of the result document (``resultado.json``): what a program may count on finding, and nothing else.

The field names are the document's keys. The published JSON Schema is made from these models.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from apura.norms.errors import Problem
from apura.norms.texts import quoted

SCHEMA = "apura/resultado/1"
Text = Annotated[str, StringConstraints(max_length=20_000)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Places = Annotated[int, Field(ge=0, le=10)]
Kind = Literal["número", "opção", "lógico", "data", "texto", "chave"]


class Part(BaseModel):
    """Anything in a result document: only the keys declared, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Simulacao(Part):
    """Why the result has no official value."""

    aviso: Text
    motivos: list[Text]


class Origem(Part):
    """The file the facts came from."""

    arquivo: Text
    sha256: Hash
    linhas: int


class Escolha(Part):
    """What the institution decided: a reading or a parameter's value, from a day on, by an act."""

    nome: Text
    rotulo: Text
    tipo: Literal["interpretação", "parâmetro"]
    valor: Text
    desde: Day
    ato: Text | None
    data_do_ato: Day | None


class Instituicao(Part):
    """Whose decisions held."""

    nome: Text
    ficticio: bool
    escolhas: list[Escolha]


class Coluna(Part):
    """A column: an input of a rule, or what is read of a relation."""

    nome: Text
    rotulo: Text
    tipo: Kind
    unidade: Text | None
    casas: Places | None


class Relacao(Part):
    """Rows a rule reads besides its own; ``regras`` are those whose outcomes they are (none: child rows)."""

    nome: Text
    rotulo: Text
    regras: list[Text]
    colunas: list[Coluna]


class Regra(Part):
    """A rule that gave results or pendências; ``minimo`` and ``maximo`` are the scale the law gives its result."""

    regra: Text
    rotulo: Text
    sujeito: Text
    resultado: Text
    unidade: Text | None
    casas: Places
    minimo: Text | None
    maximo: Text | None
    fundamento: Text
    redacao: Text
    entradas: list[Coluna]
    relacoes: list[Relacao]


class Linha(BaseModel):
    """A row of a relation: whose it is, and the exact values read."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    identidade: Text
    nome: Text
    __pydantic_extra__: dict[str, Text]


class Consulta(Part):
    """A number looked up in an annex."""

    tabela: Text
    chaves: list[Text]
    valor: Text


class Prazo(Part):
    """How days were counted: the due date and why, the day it was met."""

    entrada: Text
    prazo: Text
    rotulo: Text
    vencimento: Day
    cumprido_em: Day
    dias: Text
    contagem: Literal["dia corrido", "dia útil"]
    calendario: Text
    motivo: Text


class Lugar(Part):
    """The row of the spreadsheet a subject was read from."""

    planilha: Text
    linha: int


class Fatos(Part):
    """Everything the result was computed from."""

    entradas: dict[str, Text]
    relacoes: dict[str, list[Linha]]
    consultas: list[Consulta]
    prazos: list[Prazo]
    origem: Lugar | None


class Redacao(Part):
    """The wording the step applies."""

    situacao: Literal["conhecida", "por interpretação"]
    ato: Text | None
    desde: Day


class Parametro(Part):
    """A number of the law, with its date and article."""

    nome: Text
    rotulo: Text
    valor: Text
    unidade: Text
    desde: Day
    fundamento: Text
    ato: Text | None


class Arredondamento(Part):
    """A rounding the formula made."""

    antes: Text
    depois: Text
    casas: Places


class Interpretacao(Part):
    """A reading relied on, the others on offer, and who decides."""

    nome: Text
    rotulo: Text
    texto: Text
    fundamento: Text
    adotada: Text
    alternativas: list[Text]
    decisor: Text
    ato: Text | None


class Passo(Part):
    """A step: formula, values, result, and everything it relied on."""

    nome: Text
    rotulo: Text
    formula: Text
    com_valores: Text
    valor: Text
    exato: Text
    unidade: Text | None
    casas: Places
    fundamento: Text
    redacao: Redacao
    parametros: list[Parametro]
    arredondamentos: list[Arredondamento]
    interpretacoes: list[Interpretacao]


class Data(Part):
    """A date that follows from the result."""

    nome: Text
    rotulo: Text
    data: Day
    fundamento: Text


class Aviso(Part):
    """What was computed but looks wrong."""

    mensagem: Text
    fundamento: Text


class Resultado(Part):
    """The outcome of one rule for one subject; the last step is the result."""

    regra: Text
    chave: Text
    nome: Text
    valores: dict[str, Text]
    datas: list[Data]
    avisos: list[Aviso]
    fatos: Fatos
    passos: Annotated[list[Passo], Field(min_length=1)]


class Pendencia(Part):
    """A result the norm does not give; ``chave`` is null when none of the rule's subjects has one."""

    regra: Text
    rotulo: Text
    chave: Text | None
    motivo: Text
    fundamento: Text | None
    o_que_fazer: Text


class Erro(Part):
    """Something wrong in the source, by sheet and cell."""

    planilha: Text | None
    celula: Text | None
    mensagem: Text
    fundamento: Text | None


class Documento(Part):
    """A result document."""

    esquema: Literal["apura/resultado/1"]
    norma: Text
    titulo: Text
    edicao: Text
    digest: Digest
    em: Day
    motor: Text
    simulacao: Simulacao | None
    ficticio: bool
    origem: Origem | None
    instituicao: Instituicao | None
    rotulos: dict[str, dict[str, Text]]
    regras: list[Regra]
    resultados: list[Resultado]
    pendencias: list[Pendencia]
    erros: list[Erro]


def problems_of(made: object) -> list[Problem]:
    """Say what is wrong with the shape of a result document; nothing when it is one."""
    try:
        Documento.model_validate(made)
    except ValidationError as error:
        return [_problem(found) for found in error.errors(include_url=False)]
    return []


def _problem(found: Any) -> Problem:
    place = ".".join(str(part) for part in found["loc"])
    messages = {
        "missing": "falta esta chave: o documento está incompleto",
        "extra_forbidden": "chave desconhecida: o documento foi alterado ou é de uma versão mais nova",
        "string_type": f"esperava texto entre aspas e li {quoted(found['input'])}",
        "string_pattern_mismatch": f"{quoted(found['input'])} não tem a forma esperada",
        "literal_error": f"{quoted(found['input'])} não é um dos valores previstos",
        "string_too_long": "o texto é longo demais",
        "too_short": "a lista está vazia",
        "model_type": "esperava um objeto { }",
        "dict_type": "esperava um objeto { }",
        "list_type": "esperava uma lista [ ]",
    }
    said = messages.get(found["type"], f"o valor {quoted(found['input'])} não serve aqui")
    return Problem(said, None, place or None)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the result document (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **Documento.model_json_schema(),
        "title": "Resultado da Apura",
    }
