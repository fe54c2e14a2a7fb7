"""A folder of facts computed at once: every digit of the scalar calculation, whole or nothing."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from bulk_facts import (
    NORM,
    ON,
    RECORDS,
    ROOT,
    Row,
    as_csv,
    as_parquet,
    made,
    people,
    record,
    reference,
    results,
    subject,
)
from pypdf import PdfReader

from apura.bulk import Asked, Limits, NotInBulk, RunFailed, explain_stored, run_in_bulk, simulate_run
from apura.cli.main import main
from apura.norms import BadInput, BadRequest, apply_norm
from apura.norms.scenario import Scenario

Writer = Callable[..., Path]


def folder_of(tmp_path: Path, subjects: list[Row], records: list[Row], write: Writer = as_parquet) -> Path:
    folder = tmp_path / "dados"
    write(folder, ROOT, subjects)
    write(folder, RECORDS, records)
    return folder


def problems(folder: Path, target: Path) -> str:
    with pytest.raises(BadInput) as refused:
        made(folder, target)
    assert not target.exists()
    return "\n".join(map(str, refused.value.problems))


@pytest.mark.parametrize("write", [as_parquet, as_csv])
def test_every_step_of_everybody_is_what_the_scalar_calculation_gives(tmp_path: Path, write: Writer) -> None:
    subjects, records = people(60)
    record_of_run = made(folder_of(tmp_path, subjects, records, write), tmp_path / "out")
    found = results(tmp_path / "out" / f"{ROOT}.parquet")
    assert len(found) == len(subjects)
    for own in subjects:
        for rule in (ROOT, "pontos_capacitacao"):
            expected = reference(rule, own, records)
            got = {name: found[own["chave"]][f"{rule}.{name}"] for name in expected}
            assert got == dict(expected), own
    (group,) = record_of_run["grupos"]
    assert (group["sujeitos"], group["registros"]) == (60, {"entregas": len(records)})
    assert json.loads((tmp_path / "out" / "execucao.json").read_text()) == record_of_run


def test_points_worked_by_hand(tmp_path: Path) -> None:
    # Annex: Defesa Prévia baixa 2,00; Deliberação média 1,50. 2 * 3 + 1,50 * 0,5 = 6,75; 3 days at 1,0; 4 hours at
    # 1 + 0,5 + 0,5 = 8: 6,75 + 3 + 8 = 17,75; capacitação 2 * 4 = 8
    records = [record("A1", 0, Fraction(3)), record("A1", 1, Fraction(1, 2))]
    made(folder_of(tmp_path, [subject("A1", 3, Fraction(4))], records), tmp_path / "out")
    found = results(tmp_path / "out" / f"{ROOT}.parquet")["A1"]
    assert found[f"{ROOT}.produtos"] == Fraction("6.75")
    assert found[f"{ROOT}.total"] == Fraction("17.75")
    assert found["pontos_capacitacao.instrutoria"] == 8


def test_scores_and_levels_with_what_an_institution_decided(tmp_path: Path) -> None:
    decided = tmp_path / "ficticia.toml"
    values = {
        "peso_da_produtividade": "0,5",
        "peso_da_qualidade": "0,3",
        "peso_da_capacitacao": "0,2",
        "casas_da_nota_final": "2",
        "media_da_superacao": "9",
        "media_do_atendimento": "7",
        "media_do_atendimento_parcial": "5",
    }
    blocks = [
        f'[[parametros]]\nnome = "{name}"\nvalor = "{value}"\ndesde = 2021-01-01\nato = "Ato fictício"\n'
        for name, value in values.items()
    ]
    decided.write_text('nome = "Ensaio"\nficticio = true\n' + "\n".join(blocks), encoding="utf-8")
    degrees = {"A1": ("9", "8", "10"), "A2": ("5,55", "7,01", "6"), "A3": ("1", "2", "3")}
    rows = [
        {"chave": key, "grau_de_produtividade": one, "grau_de_qualidade": two, "grau_de_capacitacao": three}
        for key, (one, two, three) in degrees.items()
    ]
    folder = tmp_path / "dados"
    as_csv(folder, "nota_final", rows)
    run = made(folder, tmp_path / "out", decided)
    found = results(tmp_path / "out" / "nota_final.parquet")
    # 0,5 * 9 + 0,3 * 8 + 0,2 * 10 = 8,9; 2,775 + 2,103 + 1,2 = 6,078 -> 6,08; 0,5 + 0,6 + 0,6 = 1,7
    scores = {key: (row["nota_final.nota"], row["nivel.nivel"]) for key, row in found.items()}
    assert scores == {
        "A1": (Fraction("8.9"), "A"),
        "A2": (Fraction("6.08"), "P"),
        "A3": (Fraction("1.7"), "N"),
    }
    assert run["instituicao"]["ficticio"]
    explained = explain_stored(tmp_path / "out", "A2")
    assert explained.differences == ()
    assert [outcome["regra"] for _document, outcome in explained.documents] == ["nota_final", "nivel"]


def test_what_was_computed_opens_for_one_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(folder_of(tmp_path, *people(12)), tmp_path / "out")
    assert main(["explicar", NORM, "--resultado", str(tmp_path / "out"), "--chave", "A007"]) == 0
    said = capsys.readouterr().out
    assert "Total de pontos de produtividade" in said
    assert said.count("SCI; 03/05/2021") == 3
    assert main(["explicar", NORM, "--resultado", str(tmp_path / "out"), "--chave", "X"]) == 2
    assert "“X” não está neste lote." in capsys.readouterr().err
    assert main(["explicar", NORM, "--resultado", str(tmp_path), "--chave", "A007"]) == 2
    assert "não é o resultado de um lote terminado" in capsys.readouterr().err
    assert main(["explicar", NORM, "--chave", "A007"]) == 2
    assert "Falta dizer de onde vem o cálculo." in capsys.readouterr().err


def test_a_result_that_was_changed_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(folder_of(tmp_path, *people(4)), tmp_path / "out")
    path = tmp_path / "out" / f"{ROOT}.parquet"
    rows = list(results(path).values())
    column = f"{ROOT}.total"
    rows[1] = {**rows[1], column: rows[1][column] + 1}
    types = {f'"{name}"': "DECIMAL(18,5)" for name, value in rows[0].items() if isinstance(value, Fraction)}
    quoted = [{f'"{name}"': value for name, value in row.items()} for row in rows]
    as_parquet(tmp_path / "out", ROOT, quoted, **types)
    assert main(["explicar", NORM, "--resultado", str(tmp_path / "out"), "--chave", "A001"]) == 1
    assert f"Não confere: {column}: o lote guardou" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"chave": "Z9"}, f"{RECORDS}.parquet linha 2: “chave”: “Z9” não está na lista de sujeitos"),
        ({"produto": "Sonho"}, "linha 2: “produto”: “Sonho” não é uma opção"),
        ({"complexidade": "máxima"}, "linha 2: “complexidade”: “máxima” não é uma opção"),
        (
            {"produto": "Capacitação (por hora de evento)", "complexidade": "alta"},
            "não tem valor para esta combinação",
        ),
        ({"sistema": "chefia imediata"}, "linha 2: este produto só conta se lançado nos sistemas"),
        (
            {"data": ON.replace(year=2020)},
            "linha 2: “data” está fora do período avaliado (2021) (“2020-12-31”)",
        ),
        ({"quantidade": Fraction(20000)}, "linha 2: “quantidade” é maior que o limite, 10.000 (“20000.00”)"),
        ({"quantidade": Fraction(-1)}, "linha 2: “quantidade” é menor que o limite, 0"),
        ({"quantidade": None}, "linha 2: “quantidade” está em branco"),
        ({"produto": None}, "linha 2: “produto” está em branco"),
        ({"chave": None}, "linha 2: “chave”: está em branco"),
    ],
)
def test_a_record_that_is_wrong_is_told_by_line_and_nothing_is_left(
    tmp_path: Path, change: Row, said: str
) -> None:
    records = [record("A1"), {**record("A1"), **change}, record("A1", 2)]
    told = problems(folder_of(tmp_path, [subject("A1")], records), tmp_path / "out")
    assert said in told


def test_every_file_is_told_of_at_once(tmp_path: Path) -> None:
    subjects = [subject("A1"), subject("A1", 500), subject("", 2)]
    told = problems(folder_of(tmp_path, subjects, [record("A1", quantity=None)]), tmp_path / "out")
    assert f"{ROOT}.parquet linha 2: “A1” já apareceu na linha 1" in told
    assert f"{ROOT}.parquet linha 3: “chave” está em branco" in told
    assert "linha 2: “dias_de_substituicao” é maior que o limite, 366" in told
    assert f"{RECORDS}.parquet linha 1: “quantidade” está em branco" in told


def test_the_hours_of_a_course_do_not_count_twice(tmp_path: Path) -> None:
    course = record(
        "A2", produto="Capacitação (por hora de evento)", complexidade="baixa", sistema="chefia imediata"
    )
    folder = folder_of(
        tmp_path, [subject("A1", 0, Fraction(2)), subject("A2", 0, Fraction(2))], [record("A1"), course]
    )
    assert f"{ROOT}.parquet A2: há horas-aula de instrutor e também produto" in problems(
        folder, tmp_path / "out"
    )


def test_too_many_records_of_somebody_are_refused(tmp_path: Path) -> None:
    many = [{**record("A1"), "registro": at} for at in range(5001)]
    folder = folder_of(tmp_path, [subject("A1"), subject("A2")], [*many, {**record("A2"), "registro": 1}])
    assert "A1: tem 5001 registros em “Produtos entregues”, que admite no máximo 5000" in problems(
        folder, tmp_path / "out"
    )


@pytest.mark.parametrize(
    ("types", "said"),
    [
        (
            {"quantidade": "DOUBLE"},
            "“quantidade” está em ponto flutuante, que não é exato: grave-a como DECIMAL",
        ),
        ({"quantidade": "DECIMAL(9,4)"}, ""),
        ({"quantidade": "BIGINT"}, ""),
    ],
)
def test_numbers_come_exact_or_do_not_come(tmp_path: Path, types: dict[str, str], said: str) -> None:
    folder = folder_of(tmp_path, [subject("A1")], [record("A1")])
    as_parquet(folder, RECORDS, [record("A1", quantity=3)], **types)
    if said:
        assert said in problems(folder, tmp_path / "out")
    else:
        made(folder, tmp_path / "out")
        # 3 * 2,00
        assert results(tmp_path / "out" / f"{ROOT}.parquet")["A1"][f"{ROOT}.produtos"] == 6


def test_decimals_beyond_what_the_norm_takes_are_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, [subject("A1")], [record("A1")])
    as_parquet(folder, RECORDS, [record("A1", quantity="1.001")], quantidade="DECIMAL(9,3)")
    assert "linha 1: “quantidade” tem mais de 2 casas decimais (“1.001”)" in problems(
        folder, tmp_path / "out"
    )


def test_columns_missing_or_of_nobody_are_told(tmp_path: Path) -> None:
    rows = [
        {name: value for name, value in record("A1").items() if name != "sistema"} | {"compexidade": "alta"}
    ]
    told = problems(folder_of(tmp_path, [subject("A1")], rows), tmp_path / "out")
    assert "falta a coluna “sistema”" in told
    assert "a coluna “compexidade” não é desta regra; talvez “complexidade”" in told


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, *people(30))
    path = folder / f"{RECORDS}.parquet"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(RunFailed, match="não pôde ser lido"):
        made(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    path.write_bytes(b"")
    assert "o arquivo está vazio" in problems(folder, tmp_path / "out")


def test_what_was_asked_wrong_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "vazia").mkdir()
    with pytest.raises(BadRequest, match=r"pontos_produtividade\.parquet"):
        made(tmp_path / "vazia", tmp_path / "out")
    as_parquet(tmp_path / "so", ROOT, [subject("A1")])
    with pytest.raises(BadRequest, match=r"Faltam os registros de “Produtos entregues”"):
        made(tmp_path / "so", tmp_path / "out")
    folder = folder_of(tmp_path, [subject("A1")], [record("A1")])
    (tmp_path / "out").mkdir()
    with pytest.raises(BadRequest, match="já existe"):
        made(folder, tmp_path / "out")


def test_a_rule_that_gathers_others_is_refused(tmp_path: Path) -> None:
    applied = apply_norm("almg-2554-2012", on=ON.replace(year=2015))
    names = [rule.name for rule in applied.norm.rules.values() if rule.subject.sheet]
    folder = tmp_path / "dados"
    for name in names:
        as_csv(folder, name, [{"chave": "GPL"}])
    with pytest.raises((NotInBulk, BadRequest)):
        run_in_bulk(applied, Asked(folder, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_an_engine_without_memory_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, *people(300))
    applied = apply_norm(NORM, on=ON)
    with pytest.raises(RunFailed, match="faltou memória") as refused:
        run_in_bulk(applied, Asked(folder, tmp_path / "out", Limits(memory="1MB", threads=1)))
    assert "--memoria" in refused.value.what_to_do
    assert not (tmp_path / "out").exists()


SLOW = """
import os, signal, sys
from apura.bulk import running
at = sys.argv.pop(1)
def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(running, at, die)
from apura.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("moment", ["ingest", "refuse_wrong", "write_results", "described_columns"])
def test_a_run_that_was_killed_leaves_no_result_and_is_taken_up_again(tmp_path: Path, moment: str) -> None:
    subjects, records = people(20)
    folder = folder_of(tmp_path, subjects, records)
    words = ["lote", NORM, "--dados", str(folder), "--em", "31/12/2021", "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", SLOW, moment, *words], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob("out.parcial/execucao.json"))
    assert main(words) == 0
    found = results(tmp_path / "out" / f"{ROOT}.parquet")
    assert found["A007"][f"{ROOT}.total"] == reference(ROOT, subjects[7], records)["total"]
    kept = json.loads((tmp_path / "out" / "execucao.json").read_text())["grupos"][0]["entradas_aproveitadas"]
    assert kept == (moment != "ingest")
    assert not (tmp_path / "out.parcial").exists()


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from apura.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_without_room_says_so_and_leaves_no_result(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, *people(4000))
    words = ["lote", NORM, "--dados", str(folder), "--em", "31/12/2021", "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", FULL, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "o disco está cheio" in done.stderr
    assert "Libere espaço e repita o comando" in done.stderr
    assert not (tmp_path / "out").exists()


def test_facts_that_changed_after_an_interruption_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, [subject("A1")], [record("A1")])
    with monkeypatch.context() as patched:
        patched.setattr("apura.bulk.running.write_results", _stopped)
        with pytest.raises(KeyboardInterrupt):
            made(folder, tmp_path / "out")
    as_parquet(folder, RECORDS, [record("A1", quantity=Fraction(5))])
    assert not made(folder, tmp_path / "out")["grupos"][0]["entradas_aproveitadas"]
    # 5 * 2,00
    assert results(tmp_path / "out" / f"{ROOT}.parquet")["A1"][f"{ROOT}.produtos"] == 10


def _stopped(*_given: Any) -> None:
    raise KeyboardInterrupt


def test_the_command_says_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, *people(20))
    words = ["lote", NORM, "--dados", str(folder), "--em", "31/12/2021", "--memoria", "256MB", "-o"]
    assert main([*words, str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "20 sujeitos, 55 registros" in said
    assert "pontos_produtividade.parquet: 5 passos de cada sujeito" in said
    assert main([*words, str(tmp_path / "json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["grupos"][0]["sujeitos"] == 20


def test_memory_is_asked_in_megabytes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lote", NORM, "--dados", "d", "--em", "31/12/2021", "-o", "o", "--memoria", "muita"])
    assert "não é uma quantidade de memória, como 512MB ou 2GB" in capsys.readouterr().err


def test_two_runs_are_compared_by_person_and_by_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subjects = [subject(f"A{at}", 1) for at in range(5)]
    records = [record(f"A{at}") for at in range(5)]
    (tmp_path / "um").mkdir()
    (tmp_path / "dois").mkdir()
    made(folder_of(tmp_path / "um", subjects, records), tmp_path / "a")
    # A1 gains a day at 1,0; A2 loses half a product of 2,00; A4 is gone
    changed = [
        {**each, "dias_de_substituicao": 2} if each["chave"] == "A1" else each for each in subjects[:4]
    ]
    fewer = [
        {**each, "quantidade": Fraction(1, 2)} if each["chave"] == "A2" else each for each in records[:4]
    ]
    made(folder_of(tmp_path / "dois", changed, fewer), tmp_path / "b")

    assert main(["comparar", str(tmp_path / "a"), str(tmp_path / "b"), "--json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)["grupos"]
    total = group["resultados"][0]
    assert {
        name: total[name] for name in ("iguais", "mudaram", "sobem", "descem", "soma", "menor", "maior")
    } == {
        "iguais": 2,
        "mudaram": 2,
        "sobem": 1,
        "descem": 1,
        "soma": "0",
        "menor": "-1",
        "maior": "1",
    }
    assert group["primeiro_passo"] == {"Pontos dos produtos": 1, "Pontos por substituição legal": 1}
    assert (group["so_em_a"], group["so_em_b"]) == (1, 0)
    assert [(each["chave"], each["a"], each["b"]) for each in group["maiores"]] == [
        ("A1", "3", "4"),
        ("A2", "3", "2"),
    ]
    # five threes before; a two, two threes and a four after: ten bands of 0,2 from 2 to 4, the last with its end
    bands = [
        (each["de"], each["ate"], each["a"], each["b"]) for each in group["faixas"] if each["a"] or each["b"]
    ]
    assert bands == [("2", "2.2", 0, 1), ("3", "3.2", 5, 2), ("3.8", "4", 0, 1)]
    assert len(group["faixas"]) == 10
    assert main(["comparar", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    said = capsys.readouterr().out
    assert "2 iguais, 2 mudaram" in said
    assert "de −1 a 1; soma 0" in said
    assert main(["comparar", str(tmp_path / "a"), str(tmp_path)]) == 2
    assert "não é o resultado de um lote terminado" in capsys.readouterr().err


def test_a_run_is_simulated_over_the_same_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subjects = [subject("A1", 2), subject("A2"), subject("A3", 10)]
    made(folder_of(tmp_path, subjects, [record(each["chave"]) for each in subjects]), tmp_path / "base")
    words = ["simular", NORM, "--resultado", str(tmp_path / "base"), "-o", str(tmp_path / "sim")]
    assert main([*words, "--parametro", "pontos_por_dia_de_substituicao=1,5"]) == 0
    said = capsys.readouterr().out
    assert "SIMULAÇÃO SEM VALOR OFICIAL" in said
    assert "1,0 ponto/dia → 1,5 ponto/dia" in said
    found = results(tmp_path / "sim" / f"{ROOT}.parquet")
    # 2,00 of the product, and days at 1,5 each
    assert {key: row[f"{ROOT}.total"] for key, row in found.items()} == {"A1": 5, "A2": 2, "A3": 17}
    assert results(tmp_path / "base" / f"{ROOT}.parquet")["A3"][f"{ROOT}.total"] == 12

    told = json.loads((tmp_path / "sim" / "simulacao" / "simulacao.json").read_text())
    assert told["execucao"]["simulacao"]
    (group,) = told["grupos"]
    assert [(each["chave"], each["diferenca"]) for each in group["maiores"]] == [("A3", "5"), ("A1", "1")]
    printed = PdfReader(tmp_path / "sim" / "simulacao" / "simulacao.pdf")
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "SIMULAÇÃO SEM VALOR OFICIAL" in text
    assert "Total de pontos de produtividade: de 3, mudam 2; 2 sobem e 0 descem." in text
    assert "A3 sobe 12 17 +5" in text

    assert main([*words, "--parametro", "pontos_por_dia_de_substituicao=1,5"]) == 2
    assert "já existe" in capsys.readouterr().err
    again = ["simular", NORM, "--resultado", str(tmp_path / "sim"), "-o", str(tmp_path / "dois")]
    assert main([*again, "--parametro", "pontos_por_dia_de_substituicao=2"]) == 2
    assert "Este lote é uma simulação" in capsys.readouterr().err
    assert main([*words[:-1], str(tmp_path / "tres"), "--parametro", "pontos=2"]) == 2
    assert "a norma não tem “pontos”" in capsys.readouterr().err
    assert not (tmp_path / "tres").exists()


def test_another_reading_is_simulated(tmp_path: Path) -> None:
    made(folder_of(tmp_path, [subject("A1", 0, Fraction(4))], [record("A1")]), tmp_path / "base")
    scenario = Scenario(readings={"art-12-a-c": "capacitação"})
    simulated = simulate_run(tmp_path / "base", tmp_path / "sim", scenario)
    found = results(tmp_path / "sim" / f"{ROOT}.parquet")["A1"]
    # 4 hours: 1 + 0,5 of productivity, 2 + 0,5 of training; and 2,00 of the product
    assert (found[f"{ROOT}.total"], found["pontos_capacitacao.instrutoria"]) == (8, 10)
    assert [(each.changed, each.total) for each in simulated.compared[0].results] == [(1, -2), (1, 2)]


def test_a_record_that_comes_twice_is_told_and_one_that_is_named_may_be_alike(tmp_path: Path) -> None:
    alike = [record("A1"), record("A1", 1), record("A1"), record("A2")]
    folder = folder_of(tmp_path, [subject("A1"), subject("A2")], alike)
    told = problems(folder, tmp_path / "out")
    assert told.startswith(
        f"{RECORDS}.parquet linha 3: é igual à linha 1: se são registros diferentes, dê um número"
    )
    assert len(told.splitlines()) == 1
    as_parquet(folder, RECORDS, [{**row, "registro": f"N{at}"} for at, row in enumerate(alike)])
    made(folder, tmp_path / "out")
    # 2,00 twice and 1,50
    assert results(tmp_path / "out" / f"{ROOT}.parquet")["A1"][f"{ROOT}.produtos"] == Fraction("5.5")
    as_parquet(folder, RECORDS, [{**row, "registro": "N1"} for row in alike])
    assert "linha 3: o registro “N1” já apareceu na linha 1" in problems(folder, tmp_path / "again")
    as_parquet(folder, RECORDS, [{**alike[0], "registro": "N1"}, {**alike[1], "registro": None}])
    assert "linha 2: “registro” está em branco" in problems(folder, tmp_path / "again")
