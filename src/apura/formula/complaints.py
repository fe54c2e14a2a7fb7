"""From Lark's error to ours: what was read, what was expected, and a hint for what people usually type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from apura.formula.errors import FormulaSyntaxError, Place
from apura.formula.names import fold

_OPENING = {"(": ")", "[": "]"}
_OPERAND = "um número, um nome, um texto entre aspas, uma função ou “(”"
_CODES = re.compile(r'"[^"\x00-\x1f\x7f]*"')
_END = "o fim da fórmula"


@dataclass(frozen=True, slots=True)
class Situation:
    """What stands around the place where reading stopped."""

    text: str
    start: int
    read: str
    wants_operand: bool
    openings: tuple[int, ...]

    @property
    def before(self) -> str:
        """The text before, without the blanks that touch the place."""
        return self.text[: self.start].rstrip()

    @property
    def following(self) -> str:
        """The text from what was read on."""
        return self.text[self.start :]

    @property
    def bracket(self) -> str:
        """The innermost bracket still open, or nothing."""
        return self.text[self.openings[-1]] if self.openings else ""

    @property
    def in_arguments(self) -> bool:
        """Whether the innermost open bracket holds arguments."""
        if self.bracket == "(":
            return _last_word(self.text[: self.openings[-1]].rstrip()) != ""
        return self.bracket == "["

    def expected(self) -> str:
        """Say in Portuguese what could stand here."""
        if self.wants_operand:
            return _OPERAND
        if not self.bracket:
            return f"um operador ou {_END}"
        closing = f"“{_OPENING[self.bracket]}”"
        return f"um operador, “;” ou {closing}" if self.in_arguments else f"um operador ou {closing}"


def _last_word(text: str) -> str:
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:]


def complaint(text: str, error: UnexpectedInput) -> FormulaSyntaxError:
    """Return our error for one of Lark's."""
    start, read, expected = _stopped(text, error)
    situation = Situation(text, start, read, "NAME" in expected, _still_open(text[:start]))
    lines = text[:start].split("\n")
    place = Place(len(lines), len(lines[-1]) + 1, text)
    if not text.strip(" \t\r\n="):
        return FormulaSyntaxError("A fórmula está vazia.", at=place, expected=_OPERAND)
    only_name = expected == {"NAME"}
    return FormulaSyntaxError(
        at=place,
        read=_shown(read),
        expected="o nome da coluna" if only_name else situation.expected(),
        hint=_hint(situation),
    )


def _stopped(text: str, error: UnexpectedInput) -> tuple[int, str, set[str]]:
    if isinstance(error, UnexpectedToken):
        token: Token = error.token
        if token.type == "$END":
            return len(text), "", set(error.expected)
        return token.start_pos or 0, str(token), set(error.expected)
    if isinstance(error, UnexpectedCharacters):
        start = error.pos_in_stream or 0
        return start, text[start], set(error.allowed or ())
    return len(text), "", set(getattr(error, "expected", ()))


def _still_open(text: str) -> tuple[int, ...]:
    waiting: list[int] = []
    for at, char in enumerate(_CODES.sub(lambda code: "_" * len(code[0]), text)):
        if char in _OPENING:
            waiting.append(at)
        elif char in _OPENING.values() and waiting:
            waiting.pop()
    return tuple(waiting)


def _shown(read: str) -> str:
    if not read:
        return _END
    if not read.isprintable():
        return f"um sinal que não se vê (U+{ord(read[0]):04X})"
    if read in "“”":
        return f"«{read}»"
    return f"“{read if len(read) <= 40 else read[:39] + '…'}”"  # noqa: PLR2004 - enough to recognise it


def _starts(*signs: str) -> Callable[[Situation], bool]:
    return lambda here: here.read != "" and here.following.startswith(signs)


def _is(read: str) -> Callable[[Situation], bool]:
    return lambda here: here.read == read


def _after(*signs: str) -> Callable[[Situation], bool]:
    return lambda here: here.before.endswith(signs)


def _both(*tests: Callable[[Situation], bool]) -> Callable[[Situation], bool]:
    return lambda here: all(test(here) for test in tests)


def _wants_operand(here: Situation) -> bool:
    return here.wants_operand


def _wants_operator(here: Situation) -> bool:
    return not here.wants_operand


def _word(*words: str) -> Callable[[Situation], bool]:
    return lambda here: fold(here.read) in words


def _after_word(*words: str) -> Callable[[Situation], bool]:
    return lambda here: fold(_last_word(here.before)) in words


def _after_digit(here: Situation) -> bool:
    return _last_word(here.before)[:1].isdigit()


def _reads(pattern: str) -> Callable[[Situation], bool]:
    compiled = re.compile(pattern)
    return lambda here: compiled.match(here.following) is not None


def _ended(here: Situation) -> bool:
    return here.read == ""


def _open(here: Situation) -> bool:
    return bool(here.openings)


def _closed(here: Situation) -> bool:
    return not here.openings


def _in_arguments(here: Situation) -> bool:
    return here.in_arguments


_JOIN = "Para juntar condições, use e(a; b) ou ou(a; b)."
_BRANCH = "Escreva se(condição; então; senão)."
_EQUAL = "Para comparar, use um só sinal de igual: a = b."
_DIFFERENT = "Para “diferente de”, use <>: a <> b."
_ORDER = "Escreva >= (maior ou igual) ou <= (menor ou igual), nessa ordem."
_POWER = "Não há potência: multiplique, como em a * a."
_QUOTES = 'Use aspas retas nos textos: "S".'
_TIMES = "Para multiplicar, use *."
_COMPARE = ("=", "<", ">", "≤", "≥", "≠")

_HINTS: tuple[tuple[Callable[[Situation], bool], str], ...] = (
    (_both(_starts(","), _reads(r",[0-9]"), _wants_operand), "Escreva o zero antes da vírgula: 0,5."),
    (
        _both(_starts(","), _in_arguments),
        "Separe os argumentos com ponto e vírgula: f(a; b). A vírgula é das casas decimais.",
    ),
    (_starts(","), "A vírgula é só das casas decimais, entre algarismos: 1,5."),
    (_starts("%"), "Não há sinal de por cento: escreva 10% como 0,1 ou como 10 / 100."),
    (_starts("^"), _POWER),
    (_both(_starts("*"), _after("*")), _POWER),
    (_both(_starts("=", "<", ">"), _after("="), _wants_operand, _starts("=")), _EQUAL),
    (_both(_starts("<", ">"), _after("="), _wants_operand), _ORDER),
    (_both(_starts("<"), _after(">"), _wants_operand), _DIFFERENT),
    (_starts("!="), _DIFFERENT),
    (_starts("!"), "Para negar, use nao(condição)."),
    (_starts("~"), "Para negar, use nao(condição)."),
    (_both(_starts("=="), _wants_operator), _EQUAL),
    (_both(_starts(*_COMPARE), _wants_operator), "Para comparar duas vezes, use e(a > b; b > c)."),
    (_starts("“", "”", "‘", "’", "«", "»", "'", "`", "´"), _QUOTES),
    (_is('"'), "Feche as aspas na mesma linha; o texto não pode ter aspas dentro."),
    (_starts("&", "|"), _JOIN + " Textos não se juntam."),
    (_starts("–", "—", "‐", "‑"), "Use o sinal de menos do teclado: a - b."),
    (_starts("·", "•", "∙", "⋅"), _TIMES),
    (_starts(":"), "Para dividir, use /; para separar argumentos, use ponto e vírgula."),
    (_starts("$"), "Escreva só o valor, sem a moeda: 1234,56."),
    (
        _both(_starts("("), _after_word("se", "cont", "soma", "media"), _wants_operator),
        "As funções não têm ponto no nome: há conta(itens; filtro) e soma(itens.nota; filtro).",
    ),
    (_both(_starts(")", "]"), _closed), "Este fechamento não tem abertura: tire-o, ou abra antes."),
    (_both(_starts(")", "]"), _wants_operand), "Falta um valor antes deste fechamento."),
    (_starts(")", "]"), "Aberturas e fechamentos não combinam: ( fecha com ), [ fecha com ]."),
    (_starts("{", "}"), "Use parênteses: ( )."),
    (_starts("["), "Os colchetes só vêm depois do nome de uma tabela: tabela[chave; chave]."),
    (
        _both(_starts(";"), _wants_operator),
        "O ponto e vírgula só separa argumentos de uma função: min(a; b).",
    ),
    (_both(_starts(";"), _wants_operand), "Falta um valor antes deste ponto e vírgula."),
    (_both(_starts("+"), _wants_operand), "O sinal + só vem entre dois valores: a + b."),
    (_both(_starts("."), _reads(r"\.[0-9]"), _wants_operand), "Escreva o número com zero e vírgula: 0,5."),
    (_both(_starts("."), _after_digit), "O ponto não termina um número: escreva 1 ou 1,0."),
    (_starts("."), "O ponto só vem entre a relação e a coluna: itens.nota."),
    (_both(_word("e", "ou", "and", "or"), _wants_operator), _JOIN),
    (_both(_word("entao", "senao", "then", "else"), _wants_operator), _BRANCH),
    (_both(_after_word("nao", "not"), _wants_operator), "Para negar, use nao(condição)."),
    (_both(_after_word("se", "if"), _wants_operator), _BRANCH),
    (_both(_word("x"), _wants_operator), _TIMES),
    (_both(_starts("("), _wants_operator), "Para multiplicar, use *: 2 * (a + b)."),
    (_both(_reads(r"[0-9]"), _after_digit, _wants_operator), "Escreva o número sem espaços: 1000."),
    (
        _both(_reads(r"\w"), _after_digit, _wants_operator),
        "Falta um operador: 2 * dias. Um nome não começa com algarismo.",
    ),
    (
        _both(_reads(r"\w"), _wants_operator),
        "Nomes não têm espaços: use _, como em nota_parcial; ou falta um operador entre os dois.",
    ),
    (_both(_reads(r'"'), _wants_operator), 'Falta um operador: itens.estado = "S".'),
    (_both(_ended, _open), "Falta fechar o que foi aberto {opening}."),
    (_ended, "Falta um valor no fim da fórmula."),
)
"""What people type, in the order of trial: the first test that holds gives the hint."""


def _hint(here: Situation) -> str:
    found = next((hint for test, hint in _HINTS if test(here)), "")
    if "{opening}" not in found:
        return found
    lines = here.text[: here.openings[-1]].split("\n")
    return found.format(opening=f"com “{here.bracket}” na linha {len(lines)}, coluna {len(lines[-1]) + 1}")
