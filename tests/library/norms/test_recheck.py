"""A result document checked from itself alone: what holds, what was tampered with, what only an old edition said."""

import copy
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apura.norms import (
    BadInput,
    Origin,
    RawFacts,
    RawRow,
    Verdict,
    apply_norm,
    document,
    load_folder,
    load_norm,
    recheck,
    refused_document,
    run,
    verify,
)
from apura.norms.errors import Problem
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, house, undelivered

Document = dict[str, Any]
CHANGES = {
    "GPL": {"conformidade_do_relatorio_parcial": "80", "entrega_anual": date(2016, 2, 17)},
    "GCO": undelivered("anual", conformidade_da_apresentacao_anual="50"),
    "GGP": {"conformidade_do_relatorio_parcial": "82.5"},
}


def made(**how: Any) -> Document:
    result = run(
        apply_norm(ALMG, on=END_OF_2015, **how), house(CHANGES, heads={"T-1": "Procon", "GCO": "DPL"})
    )
    document_made: Document = json.loads(json.dumps(document(result), ensure_ascii=False))
    return document_made


WHOLE = made()


def outcome(of: Document, key: str) -> Document:
    return next(one for one in of["resultados"] if one["chave"] == key)


def test_what_was_computed_here_holds() -> None:
    checked = recheck(WHOLE)

    assert (checked.verdict, checked.findings) == (Verdict.HOLDS, ())
    assert (checked.outcomes, checked.steps) == (36, sum(len(one["passos"]) for one in WHOLE["resultados"]))


@pytest.mark.parametrize(
    "how",
    [
        {"institution": decided("calendario", "MG")},
        {"institution": decided("art-12-media", "duas casas em cada nível")},
        {"institution": decided("art-13-dia", "dia útil", act=None), "simulation": True},
    ],
)
def test_what_was_computed_under_another_reading_holds(how: dict[str, Any]) -> None:
    assert recheck(made(**how)).verdict is Verdict.HOLDS


def test_what_was_simulated_where_the_norm_refuses_holds_as_a_simulation() -> None:
    applied = apply_norm(ALMG, on=date(2012, 12, 31), simulation=True)
    simulated = json.loads(json.dumps(document(run(applied, house()))))

    assert recheck(simulated).verdict is Verdict.HOLDS
    simulated["simulacao"]["motivos"].pop()
    assert recheck(simulated).verdict is Verdict.BROKEN
    simulated["simulacao"] = None
    assert recheck(simulated).verdict is Verdict.BROKEN


def test_what_a_fictitious_house_decided_cannot_pass_for_real() -> None:
    passed_off = made(institution=decided("calendario", "MG")) | {"ficticio": False}

    assert "instituição é fictícia" in str(recheck(passed_off).findings[0])


def set_in(*path: Any) -> Callable[[Document], None]:
    """Put the last of ``path`` where the others lead."""
    *way, last, value = path

    def tamper(whole: Document) -> None:
        place: Any = whole
        for step in way:
            place = outcome(whole, step) if place is whole and step in KEYS else place[step]
        assert place[last] != value
        place[last] = value

    return tamper


KEYS = {one["chave"] for one in WHOLE["resultados"]}
STEP = ("GPL", "passos")
NOTE = -1


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (set_in(*STEP, NOTE, "valor", "9.50"), "o documento diz “9.50”; a conferência dá “9.00”"),
        (set_in(*STEP, NOTE, "exato", "9.50"), "exato"),
        (set_in(*STEP, NOTE, "exato", "9,00"), "“9,00”"),
        (set_in("GPL", "valores", "nota", "9.50"), "valores"),
        (set_in("GPL", "fatos", "entradas", "conformidade_do_relatorio_parcial", "100"), "exato"),
        (set_in("GPL", "fatos", "entradas", "entrega_anual", "2016-02-15"), "a data dá 0"),
        (set_in("GPL", "fatos", "entradas", "situacao_parcial", "no prazo"), "GPL"),
        (set_in("GPL", "fatos", "consultas", 0, "valor", "2"), "GPL"),
        (set_in(*STEP, 0, "formula", "min(perda_maxima; perda_por_dia)"), "com_valores"),
        (set_in(*STEP, 0, "formula", "1 +"), "nenhum"),
        (set_in(*STEP, 0, "formula", 'min("a"; 1)'), "não serve para estes valores"),
        (set_in(*STEP, 0, "formula", "media(perda_maxima)"), "não serve para estes valores"),
        (set_in(*STEP, 0, "formula", "segredo"), "não guarda “segredo”"),
        (
            set_in(*STEP, 0, "formula", "min(perda_por_dia * dias_de_atraso_parcial; perda_maxima)"),
            "com_valores",
        ),
        (set_in(*STEP, 0, "com_valores", "mín(1; 1)"), "com_valores"),
        (set_in(*STEP, 4, "parametros", 1, "valor", "0.10"), "Perda por atraso do relatório anual, exato"),
        (set_in(*STEP, 4, "parametros", 1, "valor", "0,20"), "nenhum"),
        (set_in(*STEP, 4, "parametros", 1, "desde", "2014-01-01"), "parametros, 2, desde"),
        (set_in(*STEP, 4, "parametros", 1, "fundamento", "art. 14"), "parametros, 2, fundamento"),
        (set_in(*STEP, NOTE, "fundamento", "art. 99"), "fundamento"),
        (set_in(*STEP, NOTE, "rotulo", "Nota paga"), "Nota paga"),
        (set_in(*STEP, NOTE, "unidade", "%"), "unidade"),
        (set_in(*STEP, NOTE, "casas", 1), "“9.0”"),
        (set_in(*STEP, 4, "interpretacoes", 0, "adotada", "dia útil"), "adotada"),
        (set_in(*STEP, 4, "interpretacoes", 0, "ato", "Ata nº 9"), "ato"),
        (set_in(*STEP, 4, "interpretacoes", []), "interpretacoes"),
        (set_in(*STEP, NOTE, "redacao", "situacao", "por interpretação"), "redacao"),
        (set_in("GPL", "fatos", "prazos", 0, "vencimento", "2016-02-17"), "prazos, 1, vencimento"),
        (set_in("GPL", "fatos", "prazos", 0, "motivo", "porque sim"), "prazos, 1, motivo"),
        (set_in("GPL", "fatos", "prazos", []), "prazos"),
        (set_in("DRH", "fatos", "relacoes", "gerencias", 0, "nota", "9"), "GSA, nota"),
        (set_in("DRH", "fatos", "relacoes", "gerencias", 0, "nome", "Outra"), "GSA, nome"),
        (set_in("DRH", "fatos", "relacoes", "gerencias", 0, "identidade", "GTI"), "GTI"),
        (set_in("DRH", "nome", "Outra diretoria"), "nome"),
        (set_in("regras", 0, "fundamento", "art. 99"), "regras, 1, fundamento"),
        (set_in("regras", 0, "maximo", "100.00"), "regras, 1, maximo"),
        (set_in("rotulos", "nota_orgao", "nota", "Prêmio"), "rotulos, nota_orgao, nota"),
        (set_in("titulo", "Outra norma"), "titulo"),
        (set_in("edicao", "9"), "edicao"),
        (set_in("em", "2014-12-31"), "GPL"),
        (set_in("GPL", "regra", "nota_titular"), "nota_titular"),
        (set_in("GPL", "regra", "inventada"), "nenhuma regra com este nome"),
        (set_in("GPL", "chave", "GCO"), "um só"),
        (set_in("GPL", "chave", "GPX"), "GPX"),
    ],
)
def test_a_document_changed_in_one_place_is_broken_and_the_place_is_told(
    tamper: Callable[[Document], None], said: str
) -> None:
    tampered = copy.deepcopy(WHOLE)
    tamper(tampered)

    checked = recheck(tampered)

    assert checked.verdict is Verdict.BROKEN
    assert said in "\n".join(map(str, checked.findings))


def drop_a_step(whole: Document) -> None:
    removed = outcome(whole, "GPL")["passos"].pop(0)
    del outcome(whole, "GPL")["valores"][removed["nome"]]


def swap_two_bodies(whole: Document) -> None:
    one, other = outcome(whole, "GPL"), outcome(whole, "GCO")
    one["chave"], other["chave"] = other["chave"], one["chave"]


def swap_facts(whole: Document) -> None:
    one, other = outcome(whole, "GPL"), outcome(whole, "GSA")
    one["fatos"], other["fatos"] = other["fatos"], one["fatos"]


def leave_a_unit_out_of_the_mean(whole: Document) -> None:
    """A mean of ten over ten is still ten without one of them: only the composition can tell."""
    outcome(whole, "DIF")["fatos"]["relacoes"]["gerencias"].pop()
    outcome(whole, "DIF")["passos"][0]["com_valores"] = "exata(média(10))"


def raise_a_step_and_all_that_follow(whole: Document) -> None:
    for step in outcome(whole, "GPL")["passos"]:
        if step["nome"] in ("conteudo_parcial", "nota"):
            step["valor"] = step["exato"] = outcome(whole, "GPL")["valores"][step["nome"]] = "9.60"


def invent_a_decision(whole: Document) -> None:
    whole["instituicao"] = {
        "nome": "Casa",
        "ficticio": False,
        "escolhas": [
            {
                "nome": "perda_por_dia",
                "rotulo": "Perda",
                "tipo": "parâmetro",
                "valor": "0",
                "desde": "2013-01-01",
                "ato": "Ata",
                "data_do_ato": None,
            }
        ],
    }


@pytest.mark.parametrize(
    "tamper",
    [
        drop_a_step,
        swap_two_bodies,
        swap_facts,
        leave_a_unit_out_of_the_mean,
        raise_a_step_and_all_that_follow,
        invent_a_decision,
    ],
)
def test_a_document_rearranged_is_broken_with_a_sentence(tamper: Callable[[Document], None]) -> None:
    tampered = copy.deepcopy(WHOLE)
    tamper(tampered)

    checked = recheck(tampered)

    assert checked.verdict is Verdict.BROKEN
    assert all(str(finding) for finding in checked.findings)


def without(key: str) -> Document:
    return {name: value for name, value in WHOLE.items() if name != key}


def deep(levels: int) -> Any:
    nested: Any = "x"
    for _ in range(levels):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "esperava um objeto"),
        ([], "esperava um objeto"),
        ("texto", "esperava um objeto"),
        (3, "esperava um objeto"),
        ({}, "esquema: falta esta chave"),
        (
            WHOLE | {"esquema": "apura/resultado/2"},
            "esquema: “apura/resultado/2” não é um dos valores previstos",
        ),
        *((without(key), f"{key}: falta esta chave") for key in WHOLE),
        *(
            (WHOLE | {key: None}, f"{key}: ")
            for key in ("norma", "digest", "em", "regras", "resultados", "rotulos")
        ),
        (WHOLE | {"resultados": []}, "não traz nenhum resultado"),
        (WHOLE | {"extra": 1}, "extra: chave desconhecida"),
        (WHOLE | {"em": "31/12/2015"}, "em: “31/12/2015” não tem a forma esperada"),
        (WHOLE | {"digest": "sha256:0"}, "digest:"),
        (WHOLE | {"titulo": "x" * 30_000}, "titulo: o texto é longo demais"),
        (WHOLE | {"resultados": deep(500)}, "resultados.0"),
        (WHOLE | {"resultados": [{**outcome(WHOLE, "GPL"), "passos": []}]}, "a lista está vazia"),
        (
            WHOLE | {"resultados": [{**outcome(WHOLE, "GPL"), "chave": 8.5}]},
            "esperava texto entre aspas e li “8.5”",
        ),
    ],
)
def test_what_is_no_result_document_is_refused_saying_where(given: Any, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        recheck(given)
    assert said in str(refused.value)


@pytest.mark.parametrize("day", ["2015-02-30", "0000-01-01"])
def test_a_date_that_does_not_exist_breaks_the_document(day: str) -> None:
    assert recheck(WHOLE | {"em": day}).verdict is Verdict.BROKEN


def test_a_document_of_errors_only_has_the_published_shape_and_nothing_to_check() -> None:
    refused = refused_document(
        ALMG, END_OF_2015, problems=(Problem("está em branco", "Órgãos", "F7", "Anexo II"),)
    )

    with pytest.raises(BadInput, match="não traz nenhum resultado"):
        recheck(json.loads(json.dumps(refused)))
    assert refused["erros"][0]["celula"] == "F7"


def test_a_norm_not_installed_has_only_its_arithmetic_checked() -> None:
    assert recheck(WHOLE | {"norma": "outra-norma"}).verdict is Verdict.ONLY_ARITHMETIC


def test_an_edition_never_released_here_has_only_its_arithmetic_checked() -> None:
    assert recheck(WHOLE | {"digest": "sha256:" + "0" * 64}).verdict is Verdict.ONLY_ARITHMETIC


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of packs whose only norm had edition 1 released, kept, and is now in edition 2."""
    current = Path(shutil.copytree(GOOD_PACK, tmp_path / "norma-de-teste"))
    first = load_folder(current)
    shutil.copytree(GOOD_PACK, current / "editions" / "1")
    (current / "editions.toml").write_text(f'"1" = "{first.digest}"\n', encoding="utf-8")
    rewrite(current / "norm.toml", 'edition         = "1"', 'edition         = "2"')
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def made_by_the_first_edition() -> Document:
    rows = [
        RawRow(
            {"chave": unit, "situacao": "entregue", "entrega_em": date(2021, 3, 12), "extra": "0,125"},
            {},
            Origin("Unidades", line),
        )
        for line, unit in ((2, "U1"), (3, "U2"))
    ]
    item = RawRow({"chave": "U1", "produto": "parecer", "tamanho": "longo", "quantidade": "1,125"})
    raw = RawFacts({"ponto": rows}, {("ponto", "itens"): [item]})
    result = run(apply_norm(load_folder(GOOD_PACK), on=date(2021, 12, 31)), raw)
    whole: Document = json.loads(json.dumps(document(result)))
    return whole


def test_a_document_of_three_decimals_and_child_rows_holds() -> None:
    assert recheck(made_by_the_first_edition(), norm=load_folder(GOOD_PACK)).verdict is Verdict.HOLDS


def test_an_edition_that_says_the_same_in_other_words_leaves_the_old_document_standing(packs: Path) -> None:
    rewrite(
        packs / "norma-de-teste" / "rules" / "10_ponto.toml",
        '"Nota da unidade"',
        '"Pontos da unidade no ano"',
    )

    checked = recheck(made_by_the_first_edition(), norm=load_norm("norma-de-teste", packs=packs))

    assert checked.verdict is Verdict.HOLDS_OLD_EDITION
    assert checked.texts_changed > 0


def test_an_edition_that_gives_other_values_lists_them(packs: Path) -> None:
    rewrite(packs / "norma-de-teste" / "parameters.toml", 'value = "0.5"', 'value = "0.75"')

    checked = recheck(made_by_the_first_edition(), norm=load_norm("norma-de-teste", packs=packs))

    assert checked.verdict is Verdict.DIFFERS_NEW_EDITION
    assert "ponto de U1, Perda por atraso, exato: o documento diz “1.00”; a conferência dá “1.50”" in map(
        str, checked.findings
    )


def test_tampering_with_a_document_of_an_old_edition_is_seen_with_that_edition(packs: Path) -> None:
    tampered = made_by_the_first_edition()
    for one in tampered["resultados"]:
        if one["chave"] == "U1" and one["regra"] == "ponto":
            one["passos"][-1]["fundamento"] = "art. 99"

    checked = recheck(tampered, norm=load_norm("norma-de-teste", packs=packs))

    assert checked.verdict is Verdict.BROKEN


def test_a_pack_of_two_editions_holds_and_says_what_to_record(packs: Path) -> None:
    proved = verify(load_norm("norma-de-teste", packs=packs))

    assert proved.holds
    assert '"2" = "sha256:' in str(proved.notice)


def test_a_released_edition_that_changed_does_not_verify(packs: Path) -> None:
    folder = packs / "norma-de-teste"
    rewrite(folder / "norm.toml", 'edition         = "2"', 'edition         = "1"')
    rewrite(folder / "parameters.toml", 'value = "0.5"', 'value = "0.75"')

    assert "a edição 1 já foi publicada com outro conteúdo" in "".join(verify(load_folder(folder)).complaints)


def test_a_released_edition_that_was_not_kept_or_was_altered_does_not_verify(packs: Path) -> None:
    folder = packs / "norma-de-teste"
    rewrite(folder / "editions" / "1" / "parameters.toml", 'value = "0.5"', 'value = "0.75"')
    assert "não é a edição 1 como foi publicada" in "".join(verify(load_folder(folder)).complaints)
    shutil.rmtree(folder / "editions")
    assert "não está guardada em editions/1/" in "".join(verify(load_folder(folder)).complaints)
