"""The conference of a pact and the differences between two texts, without pages; every expectation worked by hand."""

from collections.abc import Mapping
from datetime import date

import pytest

from agreeing import ITEM, ITEMS, WHOLE
from apura_web.agreements.pact.checklist import Surroundings, conference
from apura_web.agreements.pact.differences import Kind, differences
from apura_web.agreements.pact.sections import ITEM as ITEM_SECTION
from apura_web.agreements.pact.telling import Names, told
from apura_web.agreements.pact.text import PactText, Part, in_order, read_text

KNOWN = Surroundings(agreed_unit="saude", on=date(2026, 2, 1))
GENERAL = {
    "vigencia_inicio": "2026-01-01",
    "vigencia_fim": "2026-12-31",
    "periodo_inicio": "2026-01-01",
    "periodo_fim": "2026-12-31",
    "integral": "não",
    "modelo": "Modelo",
    "modelo_versao": "1",
}
PARTIES = {
    "parte-1": {"papel": "acordada", "nome": "Saúde", "unidade": "saude"},
    "parte-2": {"papel": "acordante", "nome": "SEGPLAN", "unidade": "segplan"},
    "parte-3": {"papel": "interveniente", "nome": "SEFAZ", "unidade": "sefaz"},
}
SEATS = {
    f"cadeira-{number}": {"representa": f"Cadeira {number}", "inciso": f"art. 20, {roman}"}
    for number, roman in enumerate(("I", "II", "III", "IV", "V"), start=1)
}


def pact(changes: Mapping[str, Mapping[str, str] | None] | None = None) -> PactText:
    """A pact with nothing to say of, but for the changes; None takes a part out."""
    items = {key: {**ITEM, **values, "indicador": key} for key, values in ITEMS.items()}
    parts: dict[str, dict[str, str]] = {"geral": GENERAL, **PARTIES, **WHOLE, **items, **SEATS}
    for key, values in (changes or {}).items():
        if values is None:
            del parts[key]
        else:
            parts[key] = {**parts.get(key, {}), **values}
    return in_order(
        Part(key, key.rsplit("-", 1)[0], {name: text for name, text in values.items() if text})
        for key, values in parts.items()
    )


def found(
    changes: Mapping[str, Mapping[str, str] | None], known: Surroundings = KNOWN
) -> list[tuple[str, str, bool]]:
    return [(each.part.key, each.field, each.is_mandatory) for each in conference(pact(changes), known)]


def test_a_pact_in_order_lacks_nothing() -> None:
    assert conference(pact(), KNOWN) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"geral": {"modelo": ""}}, ("geral", "modelo", True)),
        ({"geral": {"vigencia_fim": "2025-12-31"}}, ("geral", "vigencia_fim", True)),
        ({"geral": {"vigencia_fim": "2026-06-30"}}, ("geral", "periodo_fim", True)),
        ({"parte-2": None}, ("parte", "papel", True)),
        ({"parte-2": {"papel": "acordada", "unidade": "saude"}}, ("parte", "papel", True)),
        ({"parte-1": {"unidade": "educacao"}}, ("parte-1", "unidade", True)),
        ({"parte-3": None}, ("parte", "papel", False)),
        ({"apuracao": {"escala": ""}}, ("apuracao", "escala", True)),
        ({"apuracao": {"escala": "0", "minima": ""}}, ("apuracao", "escala", True)),
        ({"apuracao": {"minima": "11"}}, ("apuracao", "minima", True)),
        ({"apuracao": {"minima_operador": ""}}, ("apuracao", "minima_operador", True)),
        ({"apuracao": {"soma_dos_pesos": "100"}}, ("item-1", "peso", True)),  # 3 + 2 is not 100
        ({"objeto-1": {"peso": "-1"}}, ("objeto-1", "peso", True)),
        ({"objeto-1": {"peso": "0"}, "objeto-2": {"peso": "0"}}, ("objeto-1", "peso", True)),
        ({"objeto-3": {"nome": "Vazio", "peso": "1"}}, ("objeto-3", "", True)),
        ({"item-1": {"meta_final": ""}}, ("item-1", "meta_final", True)),
        ({"item-1": {"indicador": ""}}, ("item-1", "indicador", True)),
        ({"item-1": {"metodo": "realizado / meta"}}, ("item-1", "metodo", True)),
        ({"item-1": {"metodo": "Ganho sobre a linha de base"}}, ("item-1", "linha_de_base", True)),
        ({"item-1": {"meta_final": "0"}}, ("item-1", "metodo", True)),  # a ratio to zero
        ({"item-1": {"objeto": "objeto-9"}}, ("item-1", "objeto", True)),
        ({"item-1": {"meta_1": "100"}}, ("item-1", "meta_1", False)),
        ({"item-1": {"especie": "marco"}}, ("item-1", "prazo", True)),
        ({"item-1": {"especie": "marco", "prazo": "2025-12-31"}}, ("item-1", "prazo", True)),
        ({"item-1": {"especie": "marco", "prazo": "2027-01-01"}}, ("item-1", "prazo", True)),
        ({"sistematica": {"texto": ""}}, ("sistematica", "texto", True)),
        ({"revisao-1": None}, ("revisao", "texto", True)),
        ({"autonomia-1": {"nome": "Estagiários"}}, ("autonomia-1", "criterios", True)),
        ({"bonus": {"previsto": "sim"}}, ("bonus", "descontos", True)),
        ({"cadeira-5": None}, ("cadeira", "inciso", False)),
    ],
)
def test_each_lack_is_told_where_it_is_mended(
    changes: Mapping[str, Mapping[str, str] | None], expected: tuple[str, str, bool]
) -> None:
    assert expected in found(changes)


def test_weights_that_do_not_add_up_to_what_was_agreed_say_both_numbers() -> None:
    lacks = conference(pact({"apuracao": {"soma_dos_pesos": "100"}, "objeto-2": {"peso": "30"}}), KNOWN)
    said = [each.message for each in lacks if each.field == "peso"]
    assert said[0] == "Os pesos dos objetos somam 90, e o acordo diz que somam 100."
    assert said[1] == "Os pesos dos itens de “Atenção básica” somam 5, e o acordo diz que somam 100."


def test_what_lies_around_the_text_is_told_too() -> None:
    late = Surroundings("saude", date(2026, 4, 1), has_alignment=True, has_coordinator=False)
    assert found({}, late) == [
        ("alinhamento", "metas", True),
        ("alinhamento", "melhorias", True),
        ("geral", "periodo_inicio", False),  # art. 9º: until 31 March
        ("geral", "", False),  # art. 5º: no coordinator
    ]
    gone = Surroundings("saude", date(2026, 2, 1), units=frozenset({"saude", "segplan"}))
    assert found({}, gone) == [("parte-3", "unidade", True)]


def test_a_card_that_accumulates_otherwise_only_warns() -> None:
    known = Surroundings("saude", date(2026, 2, 1), measured_by={"item-1": "ultimo", "item-2": "soma"})
    assert found({}, known) == [("item-1", "acumulacao", False)]


def test_a_period_that_is_not_the_year_asks_for_a_clause_and_nothing_more() -> None:
    assert found({"geral": {"periodo_inicio": "2026-03-01"}}) == [("geral", "periodo_inicio", False)]


def test_each_lack_cites_its_article() -> None:
    lacks = conference(pact({"item-1": {"metodo": ""}, "bonus": {"previsto": ""}}), KNOWN)
    assert [each.cites for each in lacks] == [
        "Decreto GO nº 8.170/2014, art. 12, §§ 1º e 2º",
        "Decreto GO nº 8.170/2014, art. 32",
    ]


def test_differences_say_what_entered_what_left_and_what_changed() -> None:
    after = pact({"item-1": {"meta_final": "450"}, "item-4": None, "objeto-3": {"nome": "Gestão"}})
    changes = differences(pact(), after)
    assert [(each.part.key, each.kind) for each in changes] == [
        ("objeto-3", Kind.ADDED),
        ("item-1", Kind.CHANGED),
        ("item-4", Kind.REMOVED),
    ]
    target = changes[1].fields[0]
    assert (target.field.name, target.before, target.after) == ("meta_final", "400", "450")
    assert differences(pact(), pact()) == []


def test_a_text_that_was_frozen_reads_back_the_same_and_any_change_gives_another_digest() -> None:
    text = pact()
    assert read_text(text.written) == text
    assert read_text(text.written).sha256 == text.sha256
    assert pact({"item-1": {"meta_final": "400.5"}}).sha256 != text.sha256


@pytest.mark.parametrize(
    ("field", "kept", "said"),
    [
        ("meta_final", "1234.5", "1.234,5"),
        ("prazo", "2026-06-30", "30/06/2026"),
        ("objeto", "objeto-1", "Atenção básica"),
        ("objeto", "objeto-9", "parte retirada"),
        ("indicador", "abc", "IND-1 – Consultas"),
        ("metodo", "razão", "razão"),
        ("nome", "", ""),
    ],
)
def test_what_a_field_keeps_is_told_as_people_read_it(field: str, kept: str, said: str) -> None:
    names = Names(indicators={"abc": "IND-1 – Consultas"}, parts={"objeto-1": "Atenção básica"})
    assert told(ITEM_SECTION.field(field), kept, names) == said
