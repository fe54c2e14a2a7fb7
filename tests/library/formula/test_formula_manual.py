"""The manual says what the language does: its formulas are read, its refusals are the true ones."""

import re
from pathlib import Path

import pytest

from apura.formula import FormulaError, Quantity, Scope, canonical, check, parse
from apura.formula.functions import FUNCTIONS

DOCS = Path(__file__).parents[3] / "docs"
MANUAL = (DOCS / "manual" / "linguagem-de-formulas.md").read_text(encoding="utf-8")
SCOPE = Scope({"nota": Quantity("ponto"), "dias": Quantity("dia")})


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)\n```", MANUAL, re.DOTALL)


@pytest.mark.parametrize("text", blocks("formula"))
def test_every_formula_of_the_manual_is_read(text: str) -> None:
    assert parse(canonical(parse(text))) == parse(text)


@pytest.mark.parametrize("block", blocks("recusa"))
def test_every_refusal_of_the_manual_is_word_for_word(block: str) -> None:
    text, message = block.split("\n", 1)
    with pytest.raises(FormulaError) as refused:
        check(parse(text), SCOPE)
    assert str(refused.value) == message


def test_every_function_is_in_the_manual() -> None:
    missing = [name for name in FUNCTIONS if f"`{name}(" not in MANUAL and f", `{name}(" not in MANUAL]
    assert not missing
