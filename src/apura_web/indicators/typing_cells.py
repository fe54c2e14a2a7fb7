"""What was typed in a cell: a number, a state, or something that is neither, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from apura.formula import FormulaError, brazilian, finite_places, fold, read_cell_number
from apura_web.indicators.formulas import Variable

LONGEST = 60
NOT_APPLICABLE_WORDS = frozenset({"n/a", "na", "n.a.", "nao se aplica"})
NOT_REPORTED_WORDS = frozenset({"n/i", "ni", "n.i.", "nao informado", "nao disponivel", "nd", "n/d"})
STATE_OF_WORD = {
    **dict.fromkeys(NOT_APPLICABLE_WORDS, "nao_se_aplica"),
    **dict.fromkeys(NOT_REPORTED_WORDS, "nao_informado"),
}
DASHES = frozenset({"-", "–", "—", "...", "…", "x"})
WORDS = "Escreva um número, “n/a” (não se aplica) ou “n/i” (não informado)."


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell holds.

    Attributes:
        state: ``apurado``, ``nao_se_aplica``, ``nao_informado``; empty when nothing was typed or it is wrong.
        problem: what is wrong, and what to do; empty when nothing is.
        doubt: what is strange and may be right, to be justified; empty when nothing is.
    """

    value: Fraction | None = None
    state: str = ""
    problem: str = ""
    doubt: str = ""


BLANK = Typed()


def read_typed(text: str, variable: Variable) -> Typed:
    """Read what was typed for a variable. Blank stays blank: it is neither zero nor “não informado”.

    Args:
        text: as typed or pasted.
        variable: with its unit, decimals and bounds.
    """
    written = text.strip()
    if not written:
        return BLANK
    word = fold(written)
    if word in STATE_OF_WORD:
        return Typed(state=STATE_OF_WORD[word])
    if written in DASHES:
        return Typed(
            problem=f"“{written}” não diz se é zero, se não se aplica ou se não foi informado. {WORDS}"
        )
    return _number(written, variable)


def _number(written: str, variable: Variable) -> Typed:
    digits = written.removeprefix("R$").strip() if variable.unit == "R$" else written
    digits = digits.removesuffix("%").strip() if variable.unit == "%" else digits
    try:
        value = read_cell_number(digits)
    except FormulaError:
        return Typed(problem=_unreadable(written))
    needed = finite_places(value)
    if needed is None or needed > variable.places:
        most = f"no máximo {variable.places} casas decimais" if variable.places else "um número inteiro"
        return Typed(
            problem=f"“{written}” não serve: “{variable.label}” é {most}. Não arredonde por conta própria."
        )
    outside = _outside(value, variable)
    if outside:
        return Typed(problem=outside)
    return Typed(value, "apurado", doubt=_doubt(value, written, variable))


def _unreadable(written: str) -> str:
    if written.count(".") == 1 and "," not in written:
        whole, _, part = written.partition(".")
        if whole.lstrip("-").isdigit() and part.isdigit():
            return f"“{written}” pode ser {whole}{part} ou {whole},{part}. Escreva sem o ponto, ou com vírgula decimal."
    return f"“{written}” não é um número. {WORDS}"


def _outside(value: Fraction, variable: Variable) -> str:
    if variable.low is not None and value < variable.low:
        return f"“{variable.label}” não pode ser menor que {brazilian(variable.low, None)}."
    if variable.high is not None and value > variable.high:
        return f"“{variable.label}” não pode ser maior que {brazilian(variable.high, None)}."
    return ""


def _doubt(value: Fraction, written: str, variable: Variable) -> str:
    if variable.unit == "%" and 0 < value < 1 and not written.endswith("%"):
        hundred = brazilian(value * 100, None)
        return f"{written} é menos de 1 %. Se quis dizer {hundred} %, escreva {hundred}; se é isso mesmo, justifique."
    return ""
