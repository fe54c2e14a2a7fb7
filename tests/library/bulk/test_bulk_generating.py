"""Fictitious facts: the same for the same seed, within what the norm declares, and accepted by the reference."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from apura.bulk.generating import Generated, Trial, generate
from apura.cli import main
from apura.norms import (
    BadRequest,
    NormWithoutEffect,
    RawFacts,
    RawRow,
    apply_norm,
    calculate,
    check_facts,
    load_norm,
)

NORM, ON = "cge-mt-81-2019", date(2021, 12, 31)
RULE, RECORDS = "pontos_produtividade", "pontos_produtividade.entregas"
TRAINING = "Capacitação (por hora de evento)"
FEW = Trial(people=300, records=6_000, seed=7, on=ON)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a file, in an order that does not depend on how it was written."""
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(folder / f"{name}.parquet")])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in sorted(found.fetchall(), key=repr)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(NORM, tmp_path_factory.mktemp("bulk") / "dados", FEW)


@pytest.fixture(scope="module")
def subjects(made: Generated) -> list[dict[str, Any]]:
    return rows(made.folder, RULE)


@pytest.fixture(scope="module")
def records(made: Generated) -> list[dict[str, Any]]:
    return rows(made.folder, RECORDS)


def test_the_same_seed_gives_the_same_rows_and_another_gives_others(
    made: Generated, records: list[dict[str, Any]], tmp_path: Path
) -> None:
    again = generate(NORM, tmp_path / "de-novo", Trial(300, 6_000, 7, ON, (RULE,)))
    other = generate(NORM, tmp_path / "outra", Trial(300, 6_000, 8, ON, (RULE,)))

    assert rows(again.folder, RECORDS) == records
    assert rows(again.folder, RULE) == rows(made.folder, RULE)
    assert rows(other.folder, RECORDS) != records


def test_some_rows_stay_what_they_were_when_engines_change(made: Generated) -> None:
    """Written down once: a new version of the engine, or of this program, must not change what a seed gives."""
    first = rows(made.folder, "nota_final")[0]

    assert list(first.values()) == ["A0000001", Decimal("54.6888"), Decimal("34.0335"), Decimal("14.6810")]


def test_the_reference_accepts_every_fictitious_row_of_every_rule(made: Generated) -> None:
    applied = apply_norm(NORM, on=ON)
    own = {name: [RawRow(row) for row in rows(made.folder, name)] for name in names_of_rules(made)}
    records = [
        {name: value for name, value in row.items() if name != "registro"}
        for row in rows(made.folder, RECORDS)
    ]
    children = {(RULE, "entregas"): [RawRow(row) for row in records]}

    assert sorted(own) == ["fap_chefia", "nota_final", RULE, "trabalho_nao_presencial"]
    assert {len(each) for each in own.values()} == {300}
    assert check_facts(applied, RawFacts(own, children)) == ()


def names_of_rules(made: Generated) -> list[str]:
    return [name.removesuffix(".parquet") for name in made.rows if name.count(".") == 1]


def test_the_reference_gives_each_person_points_and_they_do_not_meet_a_limit(
    subjects: list[dict[str, Any]], records: list[dict[str, Any]]
) -> None:
    totals = []
    for subject in subjects:
        mine = [
            {name: value for name, value in row.items() if name not in {"chave", "registro"}}
            for row in records
            if row["chave"] == subject["chave"]
        ]
        totals.append(calculate(NORM, RULE, {**subject, "entregas": mine}, on=ON).number)

    assert len(totals) == 300
    assert len(set(totals)) > 290


def test_every_product_complexity_and_system_that_the_annex_admits_together_comes_out_and_no_other(
    records: list[dict[str, Any]],
) -> None:
    drawn = {(row["produto"], row["complexidade"], row["sistema"]) for row in records}

    assert (TRAINING, "baixa", "chefia imediata") in drawn
    assert (TRAINING, "média", "chefia imediata") not in drawn
    assert ("Relatório de Auditoria", "alta", "chefia imediata") not in drawn
    assert len(drawn) == 435


def test_who_has_lesson_hours_has_no_training_among_the_products(
    subjects: list[dict[str, Any]], records: list[dict[str, Any]]
) -> None:
    teachers = {row["chave"] for row in subjects if row["horas_aula"] > 0}
    trained = {row["chave"] for row in records if row["produto"] == TRAINING}

    assert 100 < len(teachers) < 200
    assert trained
    assert not teachers & trained


def test_quantities_are_mostly_from_one_to_five_and_keep_the_declared_places(
    records: list[dict[str, Any]],
) -> None:
    quantities = [row["quantidade"] for row in records]
    small = [each for each in quantities if each in {1, 2, 3, 4, 5}]

    assert all(0 <= each <= 10_000 and (Fraction(each) * 100).denominator == 1 for each in quantities)
    assert 0.7 < len(small) / len(quantities) < 0.8
    assert any(each != int(each) for each in quantities)


def test_days_fall_in_the_year_and_inputs_within_their_limits(
    subjects: list[dict[str, Any]], records: list[dict[str, Any]]
) -> None:
    assert {row["data"].year for row in records} == {2021}
    assert {row["data"].month for row in records} == set(range(1, 13))
    assert all(0 <= row["dias_de_substituicao"] <= 366 for row in subjects)
    assert all(0 <= row["horas_aula"] <= 2_000 for row in subjects)
    assert 100 < sum(row["dias_de_substituicao"] == 0 for row in subjects) < 200


def test_people_have_unlike_numbers_of_records_and_none_too_many(records: list[dict[str, Any]]) -> None:
    counts = Counter(row["chave"] for row in records)

    assert sum(counts.values()) == 6_000
    assert min(counts.values()) < 10
    assert 30 < max(counts.values()) <= 40


def test_where_the_rule_admits_few_rows_each_person_has_as_many(tmp_path: Path) -> None:
    trial = Trial(people=7, records=7 * 100, seed=1, on=ON, rules=("tabela_de_execucao",))
    made = generate("metodos-de-apuracao", tmp_path / "dados", trial)

    counts = Counter(row["chave"] for row in rows(made.folder, "tabela_de_execucao.tabela"))
    assert counts == {f"A000000{at}": 100 for at in range(1, 8)}


def test_a_number_never_becomes_binary(made: Generated) -> None:
    engine = duckdb.connect()
    types = {
        column[1]
        for name in made.rows
        for column in engine.execute(
            "DESCRIBE SELECT * FROM read_parquet(?)", [str(made.folder / name)]
        ).fetchall()
    }

    assert {kind.partition("(")[0] for kind in types} == {"VARCHAR", "DECIMAL", "DATE", "BIGINT"}


def test_a_notice_says_that_the_data_are_fictitious_how_many_and_of_which_seed(made: Generated) -> None:
    notice = (made.folder / "LEIA-ME.txt").read_text(encoding="utf-8")

    assert notice.startswith("DADOS FICTÍCIOS\n")
    assert "Pessoas:   300" in notice
    assert "Registros: 6.000" in notice
    assert "Semente:   7" in notice
    assert "avaliacao_considerada: “Dias em exercício no período” se conta de datas" in notice


def test_progress_ends_with_every_row_of_every_file(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    trial = Trial(50, 500, 1, ON, (RULE,))
    generate(NORM, tmp_path / "dados", trial, progress=lambda *words: told.append(words))

    assert (f"Gerando {RULE}.parquet", 50, 50) in told
    assert (f"Gerando {RECORDS}.parquet", 500, 500) in told
    assert all(0 <= done <= total for _stage, done, total in told)


@pytest.mark.parametrize(
    ("trial", "said", "todo"),
    [
        (Trial(0, 10, 1, ON), "Sem pessoas não há dados.", "--pessoas"),
        (Trial(1, -1, 1, ON), "podem ser negativos", "--registros"),
        (Trial(2**31, 1, 1, ON), "São pessoas ou registros demais.", "Peça menos de"),
        (Trial(1, 5_001, 1, ON), "tem no máximo 5000 registros por pessoa", "mais pessoas"),
        (Trial(1, 1, 1, ON, ("pontos",)), "não tem regra “pontos”", RULE),
        (Trial(1, 1, 1, ON, ("pactuacao",)), "“Meses do período pactuado” se conta de datas", "--regra"),
    ],
)
def test_what_cannot_be_made_up_is_refused_with_what_to_do_and_nothing_is_written(
    trial: Trial, said: str, todo: str, tmp_path: Path
) -> None:
    with pytest.raises(BadRequest) as refused:
        generate(NORM, tmp_path / "dados", trial)

    assert said in refused.value.reason
    assert todo in refused.value.what_to_do
    assert list(tmp_path.iterdir()) == []


def test_a_norm_of_units_that_it_lists_itself_has_no_fictitious_facts(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"os sujeitos .* são os da composição que a norma dá"):
        generate("almg-2554-2012", tmp_path / "dados", Trial(1, 1, 1, date(2015, 12, 31)))


def test_before_the_norm_takes_effect_nothing_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(NormWithoutEffect):
        generate(load_norm(NORM), tmp_path / "dados", Trial(1, 1, 1, date(2019, 12, 31)))


def typed(folder: Path, *words: str, norm: str = NORM) -> list[str]:
    size = ["--pessoas", "5", "--registros", "50", "--semente", "3"]
    return ["gerar-dados", norm, *size, "--em", "31/12/2021", "-o", str(folder), *words]


def test_the_command_says_what_it_wrote_and_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed(tmp_path / "dados")) == 0

    printed = capsys.readouterr().out
    assert "pontos_produtividade.entregas.parquet: 50 linhas" in printed
    assert "pactuacao: “Meses do período pactuado” se conta de datas" in printed


def test_the_command_with_a_rule_writes_those_it_reads(tmp_path: Path) -> None:
    assert main(typed(tmp_path / "dados", "--regra", "nivel")) == 0

    assert sorted(path.name for path in (tmp_path / "dados").iterdir()) == [
        "LEIA-ME.txt",
        "nota_final.parquet",
    ]


def test_a_folder_that_holds_something_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "meu.txt").write_text("importante", encoding="utf-8")

    assert main(typed(tmp_path)) == 2
    assert "já existe e não está vazia; nada foi gravado. Informe outra pasta" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["meu.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert main(typed(tmp_path)) == 0
    assert (tmp_path / f"{RECORDS}.parquet").is_file()


def test_a_norm_that_does_not_exist_is_told_with_those_that_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed(tmp_path / "dados", norm="cge-mt")) == 2

    complained = capsys.readouterr().err
    assert "Não existe norma “cge-mt”" in complained
    assert NORM in complained
    assert list(tmp_path.iterdir()) == []
