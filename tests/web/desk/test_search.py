"""Search finds what one may see, by the words people type."""

from datetime import date

import pytest

from apura_web.orgs.services import structure
from apura_web.orgs.services.structure import UnitNames
from apura_web.search.index import search
from apura_web.search.words import fold, stem
from cast import NOON, TODAY, Cast

PAIRS = (
    "avaliação avaliações|execução execuções|órgão órgãos|gestão gestões|reunião reuniões|indicador indicadores"
    "|mês meses|legal legais|papel papéis|plano planos|meta metas|relatório relatórios|comissão comissões"
    "|fiscal fiscais|ordem ordens|secretária secretárias|superintendência superintendências|saúde saude|nível níveis"
    "|lei leis|país países|diretriz diretrizes|análise análises|bônus bônus"
)


@pytest.mark.parametrize("pair", PAIRS.split("|"))
def test_singular_and_plural_with_and_without_accent_come_to_one_form(pair: str) -> None:
    one, many = pair.split()
    assert stem(fold(one)) == stem(fold(many))


@pytest.mark.parametrize(
    ("one", "other"), [("meta", "método"), ("órgão", "organograma"), ("saúde", "saudade")]
)
def test_words_that_only_resemble_each_other_stay_apart(one: str, other: str) -> None:
    assert stem(fold(one)) != stem(fold(other))


def found(cast: Cast, text: str, who: str = "Davi") -> dict[str, list[str]]:
    results = search(text, cast.house.actor(who), TODAY)
    return {label: [hit.title for hit in hits] for label, hits in results}


@pytest.mark.parametrize("text", ["saude", "SAÚDE", "saú", "sau"])
def test_a_unit_is_found_without_accent_in_any_case_and_by_the_beginning_of_the_word(
    cast: Cast, text: str
) -> None:
    assert found(cast, text)["Unidades"] == ["SAU – Saúde"]


def test_every_word_must_be_there(cast: Cast) -> None:
    assert found(cast, "atencao basica")["Unidades"] == ["ATE – Atenção Básica"]
    assert found(cast, "atencao saude") == {}


def test_a_servant_finds_no_colleague_of_another_branch_and_the_registrar_does(cast: Cast) -> None:
    assert "Pessoas" not in found(cast, "elisa")
    assert found(cast, "elisa", who="Rita")["Pessoas"] == ["Elisa de Teste"]


def test_nothing_of_another_institution_is_ever_found(cast: Cast) -> None:
    basis = cast.twin.basis("9")
    names = UnitNames("Procuradoria", "PRO", "unidade")
    structure.create(cast.twin.units["GAB"], names=names, basis=basis, actor=cast.twin.system, at=NOON)
    assert found(cast, "procuradoria", who="Ada") == {}


def test_a_renamed_unit_is_found_by_its_new_name_only(cast: Cast) -> None:
    house = cast.house
    names = UnitNames("Ensino", "ENS", "unidade")
    structure.rename(
        house.units["EDU"], names=names, basis=house.basis("3", date(2026, 3, 1)), actor=house.system, at=NOON
    )
    assert found(cast, "ensino")["Unidades"] == ["ENS – Ensino"]
    assert "Unidades" not in found(cast, "educacao")
