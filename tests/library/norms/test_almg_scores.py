"""The scores of the ALMG norm, worked by hand, with their steps, citations and readings."""

from datetime import date

import pytest

from apura.norms import NormWithoutEffect, Outcome, apply_norm, calculate, explain, load_norm, run
from builders import ALMG, ALMG_BODIES, END_OF_2015, decided, exact, facts, house, undelivered

END_OF_2014 = date(2014, 12, 31)
PARTIAL_ON_MONDAY = facts(entrega_parcial=date(2014, 8, 18), entrega_anual=date(2015, 2, 13))


@pytest.mark.parametrize(("days", "loss"), [(0, "0.00"), (3, "0.60"), (5, "1.00"), (9, "1.00")])
def test_late_report_loses_a_fifth_of_a_point_a_day_up_to_one(days: int, loss: str) -> None:
    outcome = calculate(
        "almg-2554-2012", "nota_orgao", facts(dias_de_atraso_parcial=days), on=date(2015, 12, 31)
    )

    assert outcome.step("perda_parcial").value == exact(loss)
    assert outcome.step("perda_parcial").citation == "art. 13, caput"


def test_before_it_takes_effect_there_is_no_answer_rather_than_zero() -> None:
    with pytest.raises(NormWithoutEffect) as refused:
        calculate("almg-2554-2012", "nota_orgao", facts(), on=date(2012, 12, 31))
    assert refused.value.takes_effect_on == date(2013, 1, 1)


def test_after_the_day_of_its_revocation_it_gives_no_answer_and_says_its_last_day_is_an_interpretation() -> (
    None
):
    with pytest.raises(NormWithoutEffect, match="último dia foi 23/04/2017") as refused:
        calculate(ALMG, "nota_orgao", facts(), on=date(2017, 4, 24))
    assert refused.value.last_day == date(2017, 4, 23)
    assert "Toma-se a data do ato" in refused.value.reason


def test_the_worked_case_gives_eight_and_a_half_step_by_step() -> None:
    outcome = calculate(
        ALMG,
        "nota_orgao",
        facts(
            conformidade_do_relatorio_parcial="80",
            dias_de_atraso_anual=2,
            conformidade_da_apresentacao_anual="50",
        ),
        on=END_OF_2015,
    )

    assert {made.name: (made.shown, made.citation) for made in explain(outcome).steps} == {
        "perda_parcial": ("0.00", "art. 13, caput"),
        "tempestividade_parcial": ("1.00", "art. 13, caput; Anexo II"),
        "conteudo_parcial": ("2.40", "art. 13, parágrafo único; Anexo II"),
        "apresentacao_parcial": ("1.00", "art. 13, parágrafo único; Anexo II"),
        "perda_anual": ("0.40", "art. 13, caput"),
        "tempestividade_anual": ("0.60", "art. 13, caput; Anexo II"),
        "conteudo_anual": ("3.00", "art. 13, parágrafo único; Anexo II"),
        "apresentacao_anual": ("0.50", "art. 13, parágrafo único; Anexo II"),
        "nota": ("8.50", "art. 2º; Anexo II"),
    }
    assert outcome.number == exact("8.50")


@pytest.mark.parametrize(
    ("name", "reading", "loss", "left"),
    [
        ("art-13-dia", "dia corrido", "0.80", "0.20"),
        ("calendario", "MG", "0.60", "0.40"),
        ("art-13-dia", "dia útil", "0.20", "0.80"),
    ],
)
def test_a_report_due_thursday_and_delivered_monday_loses_by_the_reading_of_day_and_calendar(
    name: str, reading: str, loss: str, left: str
) -> None:
    outcome = calculate(
        ALMG, "nota_orgao", PARTIAL_ON_MONDAY, on=END_OF_2014, institution=decided(name, reading)
    )

    assert outcome.step("perda_parcial").value == exact(loss)
    assert outcome.step("tempestividade_parcial").value == exact(left)


def test_a_report_never_delivered_keeps_only_its_presentation() -> None:
    outcome = calculate(ALMG, "nota_orgao", undelivered_annual(), on=END_OF_2015)

    assert outcome.number == exact("4.60")
    assert outcome.step("tempestividade_anual").value == exact("0")
    assert outcome.step("conteudo_anual").value == exact("0")
    assert readings_of(outcome)["relatorio-nao-entregue"] == "zero na tempestividade e no conteúdo"


def test_by_the_other_reading_the_presentation_of_a_report_never_delivered_gives_nothing() -> None:
    reading = decided("apresentacao-sem-relatorio", "zero sem o relatório")

    outcome = calculate(ALMG, "nota_orgao", undelivered_annual(), on=END_OF_2015, institution=reading)

    assert outcome.number == exact("4.10")


def undelivered_annual() -> dict[str, object]:
    return facts(
        conformidade_do_relatorio_parcial="70",
        **undelivered("anual", conformidade_da_apresentacao_anual="50"),
    )


def readings_of(outcome: Outcome) -> dict[str, str]:
    return {reading.name: reading.reading for reading in explain(outcome).readings}


def notes(*scores: str) -> list[dict[str, str]]:
    return [{"chave": unit, "nota": score} for unit, score in zip(("GSA", "GGP", "GPE"), scores, strict=True)]


def test_a_mean_is_exact_and_only_shown_with_two_decimals() -> None:
    outcome = calculate(
        ALMG, "nota_diretoria", {"chave": "DRH", "gerencias": notes("8.5", "7.75", "8.75")}, on=END_OF_2015
    )

    assert outcome.number == exact("25/3")
    assert (explain(outcome).steps[-1].shown, explain(outcome).steps[-1].exact) == ("8.33", "25/3")


def test_by_the_other_reading_a_mean_is_rounded_to_two_decimals_at_each_level() -> None:
    reading = decided("art-12-media", "duas casas em cada nível")

    outcome = calculate(
        ALMG,
        "nota_diretoria",
        {"chave": "DRH", "gerencias": notes("8.5", "7.75", "8.75")},
        on=END_OF_2015,
        institution=reading,
    )

    assert outcome.number == exact("8.33")
    (rounding,) = explain(outcome).steps[-1].roundings
    assert (rounding.before, rounding.after, rounding.places) == (exact("25/3"), exact("8.33"), 2)


def test_the_whole_house_is_scored_each_directorate_by_the_bodies_under_it() -> None:
    late = {"GSA": {"dias_de_atraso_parcial": 3}, "PGD": {"conformidade_do_relatorio_anual": "90"}}

    result = run(
        apply_norm(ALMG, on=END_OF_2015),
        house(late, heads={"T-1": "SGM", "T-2": "DGE", "T-3": "Procon"}),
    )

    scores = {(outcome.rule.name, outcome.key): outcome.number for outcome in result.outcomes}
    assert len(scores) == 22 + 8 + 1 + 2 + 1 + 3
    assert scores["nota_orgao", "GSA"] == exact("9.40")
    assert scores["nota_diretoria", "DRH"] == exact("9.8")
    assert scores["nota_procuradoria", "PGA"] == exact("9.85")
    assert scores["nota_secretaria", "SGM"] == scores["nota_diretoria", "DPL"] == exact("10")
    assert scores["nota_diretoria_geral", "DGE"] == (8 * 10 + exact("9.8") + exact("9.85")) / 10
    assert scores["nota_titular", "T-2"] == scores["nota_diretoria_geral", "DGE"]
    assert result.pending == ()


@pytest.mark.parametrize(
    ("year", "relied_on"),
    [(2013, "redacao-anterior-a-2015"), (2014, "redacao-anterior-a-2015"), (2016, "apuracao-de-2016")],
)
def test_years_without_a_known_wording_show_the_interpretation_in_every_explanation(
    year: int, relied_on: str
) -> None:
    result = run(apply_norm(ALMG, on=date(year, 12, 31)), house())

    assert result.outcomes
    for outcome in result.outcomes:
        assert relied_on in readings_of(outcome), outcome
        assert all(made.formula.wording.wording == "interpretation" for made in explain(outcome).steps)


def test_the_appraisal_of_2015_rests_on_known_wordings_only() -> None:
    for outcome in run(apply_norm(ALMG, on=END_OF_2015), house()).outcomes:
        assert {made.formula.wording.wording for made in explain(outcome).steps} == {"known"}
        assert not {"redacao-anterior-a-2015", "apuracao-de-2016"} & set(readings_of(outcome))


def test_in_2014_the_secretariats_are_pending_with_their_heads_and_the_rest_stands() -> None:
    result = run(apply_norm(ALMG, on=END_OF_2014), house(heads={"T-1": "SGM", "T-2": "DPL"}))

    assert [(one.rule, one.key, one.cites) for one in result.pending] == [
        ("nota_secretaria", None, "art. 12, III"),
        ("nota_titular", "T-1", "art. 12, parágrafo único"),
    ]
    assert "28/12/2015" in result.pending[0].reason
    assert "depende de SGM" in result.pending[1].reason
    assert all(one.what_to_do for one in result.pending)
    given = {(outcome.rule.name, outcome.key) for outcome in result.outcomes}
    assert {("nota_diretoria_geral", "DGE"), ("nota_titular", "T-2"), ("nota_diretoria", "DPL")} <= given


def test_from_28_december_2015_the_secretariats_have_a_known_wording() -> None:
    rule = load_norm(ALMG).rule("nota_secretaria")

    assert apply_norm(ALMG, on=date(2015, 12, 28)).wording(rule).act == "Deliberação nº 2.639, de 28/12/2015"


def test_the_annexes_have_the_counts_of_the_text() -> None:
    rows = load_norm(ALMG).annexes["matriz_de_indicadores"].rows

    assert len({row["diretoria"] for row in rows}) == 10
    assert len({row["orgao"] for row in rows}) == len(ALMG_BODIES) == 22
    assert len({(row["orgao"], row["processo"]) for row in rows}) == 49
    assert len(rows) == 65
    assert sum(load_norm(ALMG).lookups["pontuacao_maxima"].values()) == 10


@pytest.mark.parametrize(
    ("group", "units"),
    [
        ("DGA", "Gpol"),
        ("DPL", "GPL GCO GCT GTP GDI GPI"),
        ("DCI", "GID GRPC"),
        ("DTV", "GTV GRD"),
        ("DRH", "GSA GGP GPE"),
        ("DIF", "GSL GMP"),
        ("DFI", "GFC"),
        ("DPC", "GTI GPN"),
    ],
)
def test_each_directorate_has_the_bodies_of_annex_i(group: str, units: str) -> None:
    members = apply_norm(ALMG, on=END_OF_2015).members("orgaos", group)

    assert [member.unit for member in members] == units.split()


def test_the_composition_of_the_norm_is_that_of_the_matrix_of_indicators() -> None:
    norm = load_norm(ALMG)
    matrix = {(row["diretoria"], row["orgao"]) for row in norm.annexes["matriz_de_indicadores"].rows}

    assert {(member.group, member.unit) for member in norm.members["orgaos"]} == matrix


def test_the_directorate_general_is_the_mean_of_ten() -> None:
    members = apply_norm(ALMG, on=END_OF_2015).members("diretoria_geral", "DGE")

    assert sorted(member.unit for member in members) == sorted(
        ["DGA", "DPL", "DCI", "DTV", "DRH", "DIF", "DFI", "DPC", "PGA", "ELE"]
    )
