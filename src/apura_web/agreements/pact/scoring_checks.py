"""The conference of what gives the score: objects, items, weights, targets and methods.

Norm: Decreto GO nº 8.170/2014, art. 12; recorded readings of what it leaves to the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from apura.formula import FormulaError, brazilian
from apura_web.agreements.pact.lacks import Lack, lack, unfilled, whole
from apura_web.agreements.pact.methods import grade, needs_baseline, read_method
from apura_web.agreements.pact.sections import (
    CUMULATIVE,
    END_OF_PERIOD,
    GENERAL,
    INDICATOR_ITEM,
    ITEM,
    MEAN,
    OBJECT,
    SCORING,
)
from apura_web.agreements.pact.text import PactText, Part

ALWAYS = ("escala", "proporcao", "nao_apurado", "arredondamento", "ultimo_quadrimestre", "valor_usado")
PARTIALS = ("meta_1", "meta_2", "meta_3")
CARD_WORDS = {"soma": CUMULATIVE, "media": MEAN, "razao_de_somas": MEAN, "ultimo": END_OF_PERIOD}
"""How the accumulation of a card is called in an agreement; a rate may be either."""


def found_in(pact: PactText, measured_by: Mapping[str, str]) -> Iterator[Lack]:
    """List what is missing for the score to be computed.

    Args:
        pact: the text.
        measured_by: how the card of each indicator accumulates, by code of the indicator.
    """
    yield from _rules(pact)
    yield from _objects(pact)
    for item in pact.of(ITEM.name):
        yield from _item(item, pact, measured_by)


def _rules(pact: PactText) -> Iterator[Lack]:
    part = pact.one(SCORING.name)
    yield from unfilled(part, *ALWAYS)
    least, scale = part.number("minima"), part.number("escala")
    if least is not None and not part.get("minima_operador"):
        yield lack(part, "minima_operador", "Há nota mínima, e falta dizer como se compara com ela.")
    if least is not None and scale is not None and least > scale:
        yield lack(part, "minima", "A nota mínima passa da nota máxima.")
    if scale is not None and scale <= 0:
        yield lack(part, "escala", "A nota máxima tem de ser maior que zero.")


def _objects(pact: PactText) -> Iterator[Lack]:
    objects = pact.of(OBJECT.name)
    if not objects:
        yield lack(whole(OBJECT), "", "O acordo não tem objeto de pactuação.")
        return
    for each in objects:
        yield from unfilled(each, "nome", "peso")
    yield from _weights(objects, pact, "dos objetos")
    for each in objects:
        items = pact.items_of(each.key)
        if not items:
            yield lack(each, "", f"O objeto “{each.name}” não tem indicador, marco nem compromisso.")
        else:
            yield from _weights(items, pact, f"dos itens de “{each.name}”")


def _weights(parts: Sequence[Part], pact: PactText, whose: str) -> Iterator[Lack]:
    weights = [each.number("peso") for each in parts]
    known = [each for each in weights if each is not None]
    if len(known) < len(weights):
        return
    total: Fraction = sum(known, Fraction())
    agreed = pact.one(SCORING.name).number("soma_dos_pesos")
    if any(each < 0 for each in known):
        yield lack(parts[0], "peso", f"Um dos pesos {whose} é negativo.")
    elif total == 0:
        yield lack(parts[0], "peso", f"Os pesos {whose} somam zero: não há média a fazer.")
    elif agreed is not None and total != agreed:
        said = f"Os pesos {whose} somam {brazilian(total, None)}, e o acordo diz que somam {brazilian(agreed, None)}."
        yield lack(parts[0], "peso", said)


def _item(item: Part, pact: PactText, measured_by: Mapping[str, str]) -> Iterator[Lack]:
    yield from unfilled(item, "objeto", "especie", "nome", "peso", "acumulacao", "meta_final", "metodo")
    if item.get("objeto") and pact.part(item.get("objeto")) is None:
        yield lack(item, "objeto", "O objeto deste item foi retirado do acordo.")
    if item.get("especie") == INDICATOR_ITEM:
        yield from _indicator(item, measured_by)
    elif item.get("especie"):
        yield from _milestone(item, pact)
    if item.get("metodo"):
        yield from _method(item)


def _indicator(item: Part, measured_by: Mapping[str, str]) -> Iterator[Lack]:
    yield from unfilled(item, "indicador", "polaridade")
    how = CARD_WORDS.get(measured_by.get(item.get("indicador"), ""), "")
    if how and item.get("acumulacao") and how != item.get("acumulacao"):
        said = f"A ficha do indicador acumula como “{how}”, e o acordo diz “{item.get('acumulacao')}”."
        yield lack(item, "acumulacao", said, is_mandatory=False)
    partials = [each for each in PARTIALS if item.get(each)]
    if partials and len(partials) < len(PARTIALS) - 1:
        said = "Há meta parcial de um quadrimestre só; nos outros vale a proporcionalidade temporal."
        yield lack(item, partials[0], said, is_mandatory=False)


def _milestone(item: Part, pact: PactText) -> Iterator[Lack]:
    yield from unfilled(item, "prazo")
    general = pact.one(GENERAL.name)
    due, starts, last = item.day("prazo"), general.day("vigencia_inicio"), general.day("periodo_fim")
    if due and starts and due < starts:
        yield lack(item, "prazo", "O prazo é anterior ao início da vigência.")
    if due and last and due > last:
        yield lack(item, "prazo", "O prazo é posterior ao fim do período avaliatório.")


def _method(item: Part) -> Iterator[Lack]:
    text = item.get("metodo")
    try:
        read_method(text)
    except FormulaError as error:
        yield lack(
            item, "metodo", f"O método não é um da lista nem uma fórmula que se possa calcular: {error}"
        )
        return
    baseline, target = item.number("linha_de_base"), item.number("meta_final")
    if baseline is None and needs_baseline(text):
        yield lack(item, "linha_de_base", "O método usa a linha de base, e ela está em branco.")
    elif target is not None:
        graded = grade(text, target=target, actual=target, baseline=baseline)
        if graded.value is None:
            said = f"Com esta meta o método não dá resultado ({graded.why_not}); escolha outro ou escreva a fórmula."
            yield lack(item, "metodo", said)
