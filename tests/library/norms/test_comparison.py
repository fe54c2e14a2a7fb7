"""Two results compared: who changed, by how much, at which step first, and why; each worked by hand."""

import copy
import json
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from apura.norms import BadInput, Norm, RawFacts, RawRow, apply_norm, document, load_folder, run
from apura.norms.comparison import Change, Comparison, SubjectComparison, compare, read_result
from apura.norms.comparison_document import comparison_document
from apura.norms.difference_reasons import Cause
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, house, undelivered

Document = dict[str, Any]
LATE = {
    "GTP": {"entrega_parcial": date(2015, 8, 17)},  # due on Friday 14: 3 days, of which 1 is a business day
    "Gpol": {
        "entrega_parcial": date(2015, 8, 24)
    },  # 10 days, of which 6 are: the loss is capped at 1 by both
}
BUSINESS_DAYS = decided("art-13-dia", "dia útil")


def made(facts: RawFacts, norm: str | Norm = ALMG, on: date = END_OF_2015, **how: Any) -> Document:
    rule = how.pop("rule", None)
    text = json.dumps(document(run(apply_norm(norm, on=on, **how), facts, rule=rule)), ensure_ascii=False)
    read: Document = json.loads(text)
    return read


def compared(before: Document, after: Document) -> Comparison:
    return compare(read_result(before, called="A.json"), read_result(after, called="B.json"))


def subject(found: Comparison, key: str) -> SubjectComparison:
    return next(one for rule in found.rules for one in rule.subjects if one.key == key)


@pytest.fixture(scope="module")
def readings() -> Comparison:
    return compared(made(house(LATE)), made(house(LATE), institution=BUSINESS_DAYS))


def test_a_result_compared_with_itself_has_no_difference() -> None:
    found = compared(made(house(LATE)), made(house(LATE)))

    assert not found.differs
    assert found.largest == ()
    assert found.count(Change.SAME) == 22 + 8 + 1 + 2 + 1


def test_another_reading_tells_the_first_step_that_differs_and_why(readings: Comparison) -> None:
    gtp = subject(readings, "GTP")

    assert (gtp.change, gtp.difference) == (Change.ROSE, Fraction("0.40"))  # 0,60 lost, then 0,20
    assert gtp.first is not None
    assert gtp.first.step.nome == "perda_parcial"
    assert [(one.cause, one.name, one.before, one.after) for one in gtp.first.reasons] == [
        (Cause.READING, "art-13-dia", "dia corrido", "dia útil"),
        (Cause.FACT, "dias_de_atraso_parcial", "3", "1"),
    ]
    assert [step.step.nome for step in gtp.steps] == ["perda_parcial", "tempestividade_parcial", "nota"]


def test_a_mean_changes_because_of_the_row_that_changed_exactly(readings: Comparison) -> None:
    dpl = subject(readings, "DPL")

    assert dpl.difference == Fraction("0.40") / 6  # six bodies in the directorate
    assert dpl.first is not None
    assert [(one.cause, one.label, one.before, one.after) for one in dpl.first.reasons] == [
        (Cause.ROW, "Nota do resultado setorial do órgão de GTP", "9.40", "9.80")
    ]


def test_a_loss_capped_in_both_is_the_same_result_computed_otherwise(readings: Comparison) -> None:
    gpol = subject(readings, "Gpol")

    assert (gpol.change, gpol.difference, gpol.steps) == (Change.SAME, 0, ())
    assert [step.step.nome for step in gpol.unfelt] == ["perda_parcial"]
    assert (gpol.unfelt[0].reasons[1].before, gpol.unfelt[0].reasons[1].after) == ("10", "6")


def test_the_largest_changes_come_first_and_all_are_counted(readings: Comparison) -> None:
    assert [one.key for _, one in readings.largest][:1] == ["GTP"]
    assert [one.size for _, one in readings.largest] == sorted(
        (one.size for _, one in readings.largest), reverse=True
    )
    assert (
        readings.count(Change.ROSE) == 1 + 1 + 2 + 1
    )  # GTP, DPL, the two secretariats, the general directorate
    assert readings.count(Change.FELL) == 0


def test_seen_from_the_other_side_every_difference_has_the_other_sign(readings: Comparison) -> None:
    back = compare(readings.after, readings.before)

    for rule in readings.rules:
        for one in rule.subjects:
            other = next(s for r in back.rules if r.rule == rule.rule for s in r.subjects if s.key == one.key)
            assert other.difference == -(one.difference or 0)
    assert back.count(Change.FELL) == readings.count(Change.ROSE)


def test_a_fact_that_changed_is_the_reason() -> None:
    before, after = house(), house({"GPL": {"conformidade_do_relatorio_parcial": "80"}})
    gpl = subject(compared(made(before), made(after)), "GPL")

    assert (gpl.change, gpl.difference) == (Change.FELL, Fraction("-0.60"))  # a fifth of three points
    assert gpl.first is not None
    assert (gpl.first.step.nome, gpl.first.reasons[0].cause) == ("conteudo_parcial", Cause.FACT)
    assert (gpl.first.reasons[0].before, gpl.first.reasons[0].after) == ("100", "80")


def test_a_step_needed_by_one_side_only_is_told_by_the_step_that_took_another_way() -> None:
    after = house({"GPL": undelivered("parcial")})
    gpl = subject(compared(made(house()), made(after)), "GPL")

    alone = gpl.steps[0]
    assert (alone.step.nome, alone.after) == ("perda_parcial", None)
    assert [(one.cause, one.name) for one in alone.reasons] == [(Cause.BRANCH, "tempestividade_parcial")]
    assert gpl.first is not None
    assert gpl.first.step.nome == "tempestividade_parcial"
    assert (gpl.first.reasons[0].name, gpl.first.reasons[0].after) == ("situacao_parcial", "não entregue")


def test_who_stands_in_one_result_only_is_listed_with_the_others_refusal() -> None:
    only_bodies = made(house(without=("GPL",)), rule="nota_orgao")
    found = compared(made(house(), rule="nota_orgao"), only_bodies)
    assert subject(found, "GPL").change is Change.ONLY_BEFORE
    assert found.count(Change.SAME) == 21

    found = compared(made(house(), on=date(2014, 12, 31)), made(house()))
    sgm = subject(found, "SGM")
    assert sgm.change is Change.ONLY_AFTER
    assert sgm.pending is not None
    assert "não é conhecida" in sgm.pending.motivo


def units(*days: date) -> RawFacts:
    rows = [
        RawRow({"chave": f"U{number}", "situacao": "entregue", "entrega_em": day})
        for number, day in enumerate(days, start=1)
    ]
    items = [
        RawRow({"chave": row.values["chave"], "produto": "parecer", "tamanho": "longo", "quantidade": 2})
        for row in rows
    ]
    return RawFacts({"ponto": rows}, {("ponto", "itens"): items})


def test_another_value_of_a_parameter_is_the_reason() -> None:
    norm = load_folder(GOOD_PACK)
    before = made(
        units(date(2020, 3, 12)), norm, date(2020, 12, 31), rule="ponto"
    )  # due on 10/03: 2 days × 0,25
    after = made(
        units(date(2021, 3, 12)), norm, date(2021, 12, 31), rule="ponto"
    )  # due on 10/03: 2 days × 0,5
    u1 = subject(compared(before, after), "U1")

    assert u1.difference == Fraction("-0.5")
    assert u1.first is not None
    assert [(one.cause, one.name, one.before, one.after) for one in u1.first.reasons][:1] == [
        (Cause.PARAMETER, "perda_por_dia", "0.25", "0.50")
    ]


def test_another_number_in_an_annex_is_the_reason(tmp_path: Path) -> None:
    edited = Path(shutil.copytree(GOOD_PACK, tmp_path / "pacote"))
    table = edited / "tables" / "pesos.csv"
    table.write_text(table.read_text().replace("parecer,longo,2.5", "parecer,longo,3"))
    facts = units(date(2021, 3, 12))
    sides = [
        made(facts, load_folder(folder), date(2021, 12, 31), rule="ponto") for folder in (GOOD_PACK, edited)
    ]
    u1 = subject(compared(*sides), "U1")

    assert u1.difference == 1  # two of them, half a point more each
    assert u1.first is not None
    assert [(one.cause, one.before, one.after) for one in u1.first.reasons] == [(Cause.TABLE, "2.5", "3")]


def test_the_distribution_counts_both_sides_in_the_same_bands(readings: Comparison) -> None:
    bands = readings.rules[0].bands  # 9,0 (Gpol) to 10; GTP goes from 9,4 to 9,8

    assert (bands[0].low, bands[-1].high) == (9, 10)
    assert sum(band.before for band in bands) == sum(band.after for band in bands) == 22
    moved = [(band.low, band.before, band.after) for band in bands if band.before != band.after]
    assert moved == [(Fraction("9.4"), 1, 0), (Fraction("9.8"), 0, 1)]


def test_the_document_holds_the_comparison_with_exact_numbers(readings: Comparison) -> None:
    said = comparison_document(readings)

    assert json.loads(json.dumps(said)) == said
    assert said["resumo"] == {
        "sobem": 5,
        "caem": 0,
        "mudam": 0,
        "iguais": 29,
        "so_em_a": 0,
        "so_em_b": 0,
    }
    dpl = next(one for one in said["regras"][1]["sujeitos"] if one["chave"] == "DPL")
    assert (dpl["diferenca"], dpl["primeiro_passo"]) == ("1/15", "nota")


def broken(change: Any) -> Document:
    document_broken = copy.deepcopy(made(house()))
    change(document_broken)
    return document_broken


@pytest.mark.parametrize(
    ("not_a_result", "said"),
    [
        ([], "não é um resultado da Apura"),
        ({"esquema": "outro"}, "não é um resultado da Apura"),
        (broken(lambda made: made.pop("regras")), "falta esta chave"),
        (
            broken(lambda made: made["resultados"][0]["passos"][0].update(exato="1.2.3")),
            "não é o valor exato",
        ),
        (
            broken(
                lambda made: made.update(
                    erros=[dict.fromkeys(("planilha", "celula", "fundamento")) | {"mensagem": "x"}]
                )
            ),
            "não foi feito",
        ),
        (broken(lambda made: [one.pop("nome") for one in made["resultados"]]), "e mais 29"),
    ],
)
def test_what_is_no_result_is_refused_by_name(not_a_result: object, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_result(not_a_result, called="A.json")

    assert said in str(refused.value)
    assert "A.json" in str(refused.value)


def test_results_of_different_norms_are_not_compared() -> None:
    other = made(units(date(2021, 3, 12)), load_folder(GOOD_PACK), date(2021, 12, 31), rule="ponto")

    with pytest.raises(BadInput, match="normas diferentes"):
        compared(made(house()), other)
