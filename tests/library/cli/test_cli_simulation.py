"""What if, what differs, what changed: typed as a person would, and worked by hand."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import EXAMPLE, NORM, REPOSITORY, Answer, Terminal
from openpyxl import load_workbook
from pypdf import PdfReader

PACK = REPOSITORY / "src" / "apura" / "norms" / "packs" / NORM
BUSINESS_DAYS = "art-13-dia=dia útil"

# Due on Friday 14/08/2015; a day of delay costs 0,20, at most 1. Calendar days, then business days.
BY_HAND = {
    "GTP": ("9.20", "9.60"),  # Monday 17: 3 → 1
    "GSL": ("8.47", "8.87"),  # Tuesday 18: 4 → 2
    "Procon Assembleia": ("8.64", "9.04"),  # Wednesday 19: 5 → 3
    "Gpol": ("5.50", "5.50"),  # Monday 24: 10 → 6, capped; annual, Monday 22/02: 7 → 5, capped
    "GPL": ("8.50", "8.50"),  # annual, due on Monday 15/02/2016, on Wednesday 17: 2 → 2
    "GTI": ("9.14", "9.14"),  # annual, on Friday 19: 4 → 4
    "GRD": ("9.10", "9.10"),  # annual, on Tuesday 16: 1 → 1
}


def simulated(terminal: Terminal, *more: str | Path, on: str = "31/12/2015") -> Answer:
    return terminal.type("simular", NORM, EXAMPLE, "--em", on, *more)


def read(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / "simulacao.json").read_text(encoding="utf-8"))
    return made


def subjects(made: dict[str, Any], rule: int = 0) -> dict[str, Any]:
    return {one["chave"]: one for one in made["comparacao"]["regras"][rule]["sujeitos"]}


def test_counting_business_days_gives_what_was_worked_by_hand(terminal: Terminal, tmp_path: Path) -> None:
    answer = simulated(terminal, "--leitura", BUSINESS_DAYS, "-o", tmp_path / "s")

    assert answer.status == 0, answer.complained
    found = subjects(read(tmp_path / "s"))
    assert {key: (found[key]["a"]["valor"], found[key]["b"]["valor"]) for key in BY_HAND} == BY_HAND
    assert [one["rotulo"] for one in found["Gpol"]["sem_efeito"]] == [
        "Perda por atraso do relatório parcial",
        "Perda por atraso do relatório anual",
    ]
    assert "De 38 resultados: 12 sobem, 26 iguais, nenhum cai." in answer.printed
    assert "Gpol fica igual, embora a conta mude" in answer.printed


def test_the_files_are_marked_as_unofficial_on_every_page(terminal: Terminal, tmp_path: Path) -> None:
    answer = simulated(terminal, "--leitura", BUSINESS_DAYS, "-o", tmp_path / "s")

    assert answer.printed.startswith("SIMULAÇÃO SEM VALOR OFICIAL\nVALORES FICTÍCIOS\n")
    made = read(tmp_path / "s")
    assert made["aviso"] == "Simulação sem valor oficial"
    assert made["comparacao"]["a"]["simulacao"] is None
    assert made["comparacao"]["b"]["simulacao"]["motivos"] == ["art-13-dia: dia corrido → dia útil"]
    assert made["comparacao"]["a"]["digest"] != made["comparacao"]["b"]["digest"]
    pages = PdfReader(tmp_path / "s" / "simulacao.pdf").pages
    assert all("SIMULAÇÃO SEM VALOR OFICIAL" in page.extract_text() for page in pages)
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == [
        "simulacao.json",
        "simulacao.pdf",
        "simulacao.xlsx",
    ]


def test_the_workbook_has_a_row_for_each_result_with_its_difference(
    terminal: Terminal, tmp_path: Path
) -> None:
    simulated(terminal, "--leitura", BUSINESS_DAYS, "-o", tmp_path / "s")

    book = load_workbook(tmp_path / "s" / "simulacao.xlsx")
    rows = list(book["Base e cenário"].iter_rows(values_only=True))
    assert (rows[0][0], len(rows)) == ("SIMULAÇÃO SEM VALOR OFICIAL", 2 + 1 + 38)
    gtp = next(row for row in rows if row[1] == "GTP")
    assert [str(value) for value in gtp[3:7]] == ["sobe", "9.2", "9.6", "0.4"]
    assert gtp[9:12] == ("Perda por atraso do relatório parcial", "mín(1; 0,2 × 3)", "mín(1; 0,2 × 1)")
    dpl = next(row for row in rows if row[1] == "DPL")
    assert (str(dpl[6]), dpl[7]) == ("0.07", "1/15")
    assert book["O que se supôs"]["D4"].value == "dia corrido"


def test_a_value_the_text_fixes_may_be_simulated(terminal: Terminal, tmp_path: Path) -> None:
    answer = simulated(terminal, "--parametro", "perda_por_dia=0,10", "-o", tmp_path / "s")

    assert answer.status == 0
    assert subjects(read(tmp_path / "s"))["GTP"]["b"]["valor"] == "9.50"  # 3 × 0,10 lost instead of 0,60
    assert "vale: 0,20 ponto/dia" in answer.printed
    assert "simula-se: 0,10 ponto/dia" in answer.printed


def test_the_wording_of_another_date_lists_what_only_one_side_gives(
    terminal: Terminal, tmp_path: Path
) -> None:
    answer = simulated(terminal, "--redacao", "31/12/2015", "-o", tmp_path / "s", on="31/12/2014")

    assert answer.status == 0
    made = read(tmp_path / "s")
    assert {one["situacao"] for one in subjects(made).values()} == {
        "igual"
    }  # the deadlines stay those of 2014
    only = [
        one["chave"] for rule in made["comparacao"]["regras"] for one in rule["sujeitos"] if one["a"] is None
    ]
    assert only == ["SGM", "SGA", "T-03"]
    assert "Pendências só na base:" in answer.printed


def test_an_edited_pack_is_told_apart_by_what_it_says(terminal: Terminal, tmp_path: Path) -> None:
    pack = Path(shutil.copytree(PACK, tmp_path / "pacote"))
    parameters = pack / "parameters.toml"
    parameters.write_text(parameters.read_text().replace('value = "1", cites', 'value = "0.5", cites'))

    answer = simulated(terminal, "--pacote", pack, "-o", tmp_path / "s")

    assert answer.status == 0
    assert subjects(read(tmp_path / "s"))["Procon Assembleia"]["b"]["valor"] == "9.14"  # at most 0,5 lost
    assert "Perda máxima por relatório atrasado: 1 ponto (art. 13, caput) → 0,5 ponto" in answer.printed


def test_the_institutions_decision_holds_in_the_base(terminal: Terminal, tmp_path: Path) -> None:
    decisions = tmp_path / "casa.toml"
    decisions.write_text(
        'nome = "Casa"\n[[parametros]]\nnome = "art-13-dia"\nvalor = "dia útil"\n'
        'desde = 2015-01-01\nato = "Ata nº 3/2015"\n'
    )

    answer = simulated(
        terminal, "--leitura", "art-13-dia=dia corrido", "--instituicao", decisions, "-o", tmp_path / "s"
    )

    assert answer.status == 0
    gtp = subjects(read(tmp_path / "s"))["GTP"]
    assert (gtp["a"]["valor"], gtp["b"]["valor"]) == ("9.60", "9.20")
    assert "vale: dia útil, por Ata nº 3/2015" in answer.printed


def test_one_rule_refused_only_in_the_scenario_is_listed(terminal: Terminal, tmp_path: Path) -> None:
    answer = simulated(
        terminal, "--redacao", "31/12/2014", "--regra", "nota_secretaria", "-o", tmp_path / "s"
    )

    assert answer.status == 0
    assert "Pendências só no cenário:" in answer.printed
    assert "não é conhecida" in answer.printed


def test_a_base_the_norm_refuses_is_refused_as_it_would_be_computed(
    terminal: Terminal, tmp_path: Path
) -> None:
    answer = simulated(terminal, "--leitura", BUSINESS_DAYS, "-o", tmp_path / "s", on="31/12/2012")

    assert answer.status == 1
    assert "ainda não produz efeitos" in answer.printed
    assert not (tmp_path / "s").exists()


def test_with_json_only_json_is_printed(terminal: Terminal) -> None:
    answer = simulated(terminal, "--leitura", BUSINESS_DAYS, "--json")

    assert json.loads(answer.printed)["esquema"] == "apura/simulacao/1"
    refused = simulated(terminal, "--leitura", BUSINESS_DAYS, "--json", on="31/12/2012")
    assert (refused.status, json.loads(refused.printed)["resultados"]) == (1, [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Falta dizer o que supor"),
        (["--leitura", "art-13-dia"], "não tem a forma nome=valor"),
        (["--leitura", "art-13=dia útil"], "talvez “art-13-dia”"),
        (["--leitura", "art-13-dia=dias"], "há “dia corrido”; “dia útil”"),
        (["--parametro", "perda_por_dia=0,1", "--parametro", "perda_por_dia=0,3"], "mais de uma vez"),
        (["--parametro", "perda_por_dia=1.000"], "Se são milhares, escreva 1000"),
        (["--pacote", "/nada"], "a pasta “/nada” não existe"),
        (["--redacao", "30/02/2015"], "não existe no calendário"),
    ],
)
def test_what_cannot_be_supposed_is_told_and_nothing_is_written(
    terminal: Terminal, tmp_path: Path, words: list[str], said: str
) -> None:
    answer = simulated(terminal, *words, "-o", tmp_path / "s")

    assert answer.status == 2
    assert said in answer.complained
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_or_json_there_is_nowhere_to_write(terminal: Terminal) -> None:
    answer = simulated(terminal, "--leitura", BUSINESS_DAYS)

    assert (answer.status, "-o PASTA" in answer.complained) == (2, True)


def results(terminal: Terminal, folder: Path, on: str) -> Path:
    assert terminal.type("calcular", NORM, EXAMPLE, "--em", on, "-o", folder).status == 0
    return folder / "resultado.json"


def test_two_results_are_compared_and_differing_is_an_answer(terminal: Terminal, tmp_path: Path) -> None:
    before = results(terminal, tmp_path / "a", "31/12/2014")
    after = results(terminal, tmp_path / "b", "31/12/2015")

    answer = terminal.type("comparar", before, after)
    same = terminal.type("comparar", after, after)

    assert (answer.status, same.status) == (0, 0)
    assert "De A para B: 33 sobem, 3 só em B, 2 iguais" in answer.printed
    assert "ELE: Perda por atraso do relatório parcial, 1,00 → 0,00." in answer.printed
    assert "De A para B: 38 iguais" in same.printed
    made = json.loads(terminal.type("comparar", before, after, "--json").printed)
    assert (made["esquema"], made["resumo"]["sobem"]) == ("apura/comparacao/1", 33)


def test_what_is_no_result_is_refused_by_its_name(terminal: Terminal, tmp_path: Path) -> None:
    good = results(terminal, tmp_path / "a", "31/12/2015")
    broken = tmp_path / "quebrado.json"
    broken.write_text('{"esquema": ')

    for words, said in (
        ((good, broken), "quebrado.json: não é um JSON válido: linha 1"),
        ((good, tmp_path / "nada.json"), "o arquivo não existe"),
        ((good, EXAMPLE), "não é um JSON"),
        ((good,), "falta informar: B"),
    ):
        answer = terminal.type("comparar", *words)
        assert (answer.status, answer.printed) == (2, "")
        assert said in answer.complained


def test_what_changed_in_a_norm_between_two_dates(terminal: Terminal) -> None:
    answer = terminal.type("norma", NORM, "--entre", "31/12/2014", "31/12/2015")

    assert answer.status == 0
    assert "■ Redações" in answer.printed
    assert "por interpretação (redacao-anterior-a-2015)" in answer.printed
    assert "      depois: Deliberação nº 2.639, de 28/12/2015" in answer.printed
    swapped = terminal.type("norma", NORM, "--entre", "31/12/2015", "31/12/2014")
    assert swapped.printed == answer.printed


def test_a_norm_whose_agreements_write_their_own_formulas_tells_what_changed(terminal: Terminal) -> None:
    # Decreto nº 8.276/2014, com efeitos desde 14/11/2014, deu ao art. 36 o seu § 3º
    answer = terminal.type("norma", "go-8170-2014", "--entre", "01/09/2014", "01/12/2014")

    assert (answer.status, answer.complained) == (0, "")
    assert "depois: Decreto nº 8.276, de 17/11/2014" in answer.printed
    assert "■ Parâmetros" not in answer.printed


def test_when_nothing_changed_it_says_so(terminal: Terminal) -> None:
    answer = terminal.type("norma", NORM, "--entre", "29/12/2015", "31/12/2015")

    assert (answer.status, "Nada mudou" in answer.printed) == (0, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--entre", "31/12/2012", "31/12/2015"], 1, "ainda não produz efeitos"),
        (["--entre", "31/12/2015", "31/12/2017"], 1, "Informe em --entre uma data"),
        (["--entre", "31/12/2015", "31/12/2015"], 2, "As duas datas são a mesma"),
        (["--entre", "31/12/2015"], 2, "--entre: são 2 valores"),
        (["--em", "31/12/2015", "--entre", "31/12/2014", "31/12/2015"], 2, "não pode vir com"),
    ],
)
def test_dates_that_do_not_serve_are_told(
    terminal: Terminal, words: list[str], status: int, said: str
) -> None:
    answer = terminal.type("norma", NORM, *words)

    assert (answer.status, answer.printed) == (status, "")
    assert said in answer.complained
