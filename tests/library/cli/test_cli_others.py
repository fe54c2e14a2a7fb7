"""The other commands: explaining, rechecking, norms, templates, deadlines, formulas, proof."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import EXAMPLE, EXAMPLES, NORM, Terminal
from openpyxl import load_workbook


def test_an_explanation_opens_every_number(terminal: Terminal) -> None:
    answer = terminal.type("explicar", NORM, EXAMPLE, "--em", "31/12/2015", "--chave", "gpl")

    assert answer.status == 0
    for part in (
        "8,50",
        "mín(Perda máxima por relatório atrasado; Perda por dia de atraso × Dias de atraso do relatório anual)",
        "mín(1; 0,2 × 2)",
        "Perda por dia de atraso = 0,20 ponto por dia desde 01/01/2013 (art. 13, caput)",
        "dia corrido",
        "segunda, 15/02/2016",
        "[art. 2º; Anexo II]",
    ):
        assert part in answer.printed


def test_what_was_informed_is_shown_as_it_is_written_in_brazil(terminal: Terminal) -> None:
    answer = terminal.type(
        "explicar", "cge-mt-81-2019", EXAMPLES / "cge-mt-2021.xlsx", "--em", "31/12/2021", "--chave", "1005"
    )

    assert "Relatório Estatístico de Ouvidoria; alta; 3; SCI; 17/03/2021" in answer.printed


def test_a_norm_without_deadlines_says_so(terminal: Terminal) -> None:
    answer = terminal.type("prazo", "cge-mt-81-2019", "--ano", "2021")

    assert answer.status == 2
    assert "não fixa prazos" in answer.complained


def test_a_subject_of_a_refused_rule_is_told_why(terminal: Terminal) -> None:
    answer = terminal.type("explicar", NORM, EXAMPLE, "--em", "31/12/2014", "--chave", "SGM")

    assert answer.status == 1
    assert "28/12/2015" in answer.printed


def test_a_place_where_nothing_can_be_written_is_said_in_portuguese(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "arquivo").touch()

    nowhere = terminal.type("modelo", NORM, "-o", tmp_path / "nenhuma" / "m.xlsx")
    taken = terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", tmp_path / "arquivo")
    empty = terminal.type(
        "calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", "x", "--instituicao", tmp_path / "arquivo"
    )

    assert (nowhere.status, taken.status, empty.status) == (2, 2, 2)
    assert "não existe; confira o nome e a pasta" in nowhere.complained
    assert "já existe um arquivo com este nome" in taken.complained
    assert "não traz decisão nenhuma" in empty.complained


def recorded(terminal: Terminal, folder: Path) -> Path:
    assert terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", folder).status == 0
    return folder / "resultado.json"


def test_a_result_is_rechecked_from_its_json_alone(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.type("conferir", recorded(terminal, tmp_path / "saida"))

    assert answer.status == 0
    assert answer.printed.startswith("confere: 38 resultado(s)")


def test_a_changed_digit_is_found_and_named(terminal: Terminal, tmp_path: Path) -> None:
    path = recorded(terminal, tmp_path / "saida")
    made = json.loads(path.read_text(encoding="utf-8"))
    gpl = next(outcome for outcome in made["resultados"] if outcome["chave"] == "GPL")
    gpl["valores"]["nota"] = gpl["passos"][-1]["valor"] = gpl["passos"][-1]["exato"] = "9.50"
    path.write_text(json.dumps(made), encoding="utf-8")

    answer = terminal.type("conferir", path)

    assert answer.status == 1
    assert "quebrado" in answer.printed
    assert "GPL" in answer.printed
    assert "8.50" in answer.printed


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"esquema": "outro"}', '{"esquema": "apura/resultado/1"}']
)
def test_what_is_not_a_result_is_refused(terminal: Terminal, tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text, encoding="utf-8")

    answer = terminal.type("conferir", tmp_path / "r.json")

    assert answer.status == 2
    assert "r.json" in answer.complained or "resultado" in answer.complained


def test_the_norms_are_listed_with_their_days(terminal: Terminal) -> None:
    answer = terminal.type("normas")

    assert answer.status == 0
    assert NORM in answer.printed
    assert "01/01/2013" in answer.printed
    assert "23/04/2017" in answer.printed


def test_a_norm_says_what_it_knows_and_does_not_know_on_a_date(terminal: Terminal) -> None:
    answer = terminal.type("norma", NORM, "--em", "31/12/2014")

    assert answer.status == 0
    assert "Perda por dia de atraso = 0,20 ponto/dia, desde 01/01/2013 [art. 13, caput]" in answer.printed
    assert "redacao-anterior-a-2015" in answer.printed
    assert "Sem resultado nesta data" in answer.printed
    assert "pendente" in answer.printed


def test_a_norm_outside_its_days_answers_with_one(terminal: Terminal) -> None:
    answer = terminal.type("norma", NORM, "--em", "31/12/2012")

    assert answer.status == 1
    assert "01/01/2013" in answer.complained


def test_the_blank_workbook_carries_the_identity_of_its_norm(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.type("modelo", NORM, "-o", tmp_path / "modelo.xlsx")

    book = load_workbook(tmp_path / "modelo.xlsx")
    assert answer.status == 0
    assert book.sheetnames[:2] == ["Instruções", "Órgãos"]
    assert book["_apura"].sheet_state == "veryHidden"
    assert book["_apura"]["B1"].value == NORM


def test_a_blank_workbook_gives_no_score(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("modelo", NORM, "-o", tmp_path / "modelo.xlsx")

    answer = terminal.type(
        "calcular", NORM, tmp_path / "modelo.xlsx", "--em", "31/12/2015", "-o", tmp_path / "saida"
    )

    assert answer.status == 2
    assert "nenhuma linha preenchida" in answer.complained


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("relatorio_anual", "--ano", "2014"), "sexta, 13/02/2015"),
        (("relatorio_anual", "--ano", "2015"), "segunda, 15/02/2016"),
        (("relatorio_parcial", "--ano", "2016"), "sexta, 12/08/2016"),
        (("relatorio_parcial", "--ano", "2016", "--calendario", "MG"), "segunda, 15/08/2016"),
        (("pedido_de_reconsideracao", "--inicio", "14/04/2014"), "quarta, 23/04/2014"),
        (
            ("pedido_de_reconsideracao", "--inicio", "14/04/2014", "--sem-expediente", "17/04/2014"),
            "quinta, 24/04/2014",
        ),
    ],
)
def test_a_deadline_of_the_norm_falls_where_it_was_worked_by_hand(
    terminal: Terminal, words: tuple[str, ...], due: str
) -> None:
    answer = terminal.type("prazo", NORM, *words)

    assert answer.status == 0
    assert answer.printed.splitlines()[0].endswith(due)


def test_a_deadline_counted_from_a_date_says_why(terminal: Terminal) -> None:
    # 31/08/2014 é domingo; mais 30 dias corridos: terça, 30/09/2014
    answer = terminal.type("prazo", "--inicio", "31/08/2014", "--dias", "30", "--calendario", "GO")

    assert answer.status == 0
    assert answer.printed.splitlines()[0].endswith("terça, 30/09/2014")
    assert "excluído da contagem" in answer.printed


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--dias", "30"), 2, "Falta informar: --inicio, --calendario"),
        ((NORM,), 2, "Falta dizer qual prazo"),
        ((NORM, "relatorio_anual"), 2, "um dos dois"),
        ((NORM, "entrega", "--ano", "2015"), 2, "não tem prazo “entrega”"),
        ((NORM, "relatorio_anual", "--ano", "2015", "--calendario", "XX"), 2, "XX"),
        ((NORM, "relatorio_anual", "--ano", "2012"), 1, "01/01/2013"),
        ((NORM, "relatorio_anual", "--inicio", "14/04/2014"), 2, "--ano"),
        ((NORM, "pedido_de_reconsideracao", "--ano", "2014"), 2, "--inicio"),
        ((NORM, "relatorio_anual", "--ano", "2015", "--dias", "3"), 2, "Retire --dias"),
        (("--inicio", "31/08/2014", "--dias", "0", "--calendario", "GO"), 2, "ao menos 1 dia"),
        (("--inicio", "31/08/2014", "--dias", "muitos", "--calendario", "GO"), 2, "não é um número inteiro"),
    ],
)
def test_a_deadline_asked_wrongly_says_how_to_ask(
    terminal: Terminal, words: tuple[str, ...], status: int, sentence: str
) -> None:
    answer = terminal.type("prazo", *words)

    assert answer.status == status
    assert sentence in answer.complained


def test_a_formula_is_read_explained_and_computed(terminal: Terminal) -> None:
    answer = terminal.type("formula", "arred(100 * entregues / total; 2)", "entregues=7", "total=9")

    assert answer.status == 0
    assert "arred(100 × 7 ÷ 9; 2)" in answer.printed
    assert "Resultado: 77,78" in answer.printed


def test_a_formula_runs_over_a_relation_typed_as_lists(terminal: Terminal) -> None:
    # (3 × 9,5 + 2 × 8) ÷ 5 = 44,5 ÷ 5 = 8,9
    answer = terminal.type(
        "formula",
        "arred(soma(itens.peso * itens.nota) / soma(itens.peso); 2)",
        "itens.peso=3;2",
        "itens.nota=9,5;8",
    )

    assert answer.status == 0
    assert "Resultado: 8,9" in answer.printed


def test_a_formula_without_values_says_which_it_needs(terminal: Terminal) -> None:
    answer = terminal.type("formula", "arred(a / b; 2)")

    assert answer.status == 0
    assert "informe: a=… b=…" in answer.printed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("f(a,b)",), "Separe os argumentos com ponto e vírgula"),
        (("a > b > c",), "e(a > b; b > c)"),
        (("a == b",), "="),
        (("10%",), "por cento"),
        (("1.000 + a",), "1000"),
        (("a / b", "a=1", "b=3"), "arred"),
        (("arred(a / b; 2)", "a=1", "b=0"), "Divisão por zero"),
        (("arred(a / b; 2)", "a=1"), "Falta o valor de: b"),
        (("a", "a"), "não é nome=valor"),
        (("a", "a=1", "a=2"), "duas vezes"),
        (("a", "a=1.000"), "1000"),
    ],
)
def test_a_wrong_formula_says_where_and_what_to_do(
    terminal: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    answer = terminal.type("formula", *words)

    assert answer.status == 2
    assert sentence in answer.complained


def test_the_shipped_norms_prove_themselves(terminal: Terminal) -> None:
    answer = terminal.type("verificar")

    assert answer.status == 0
    assert "24 de 24 conferem" in answer.printed
    assert "2 pendentes" in answer.printed


def test_every_command_has_help_in_portuguese(terminal: Terminal) -> None:
    for command in (
        "normas",
        "norma",
        "modelo",
        "calcular",
        "explicar",
        "conferir",
        "prazo",
        "formula",
        "verificar",
    ):
        answer = terminal.type(command, "--ajuda")

        assert answer.status == 0
        assert answer.printed.startswith(f"uso: apura {command}")
        assert "options" not in answer.printed


def test_a_reader_that_leaves_early_gets_no_complaint() -> None:
    command = [sys.executable, "-c", "from apura.cli import main; raise SystemExit(main())", "norma", NORM]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)
    assert reader.stdout is not None
    reader.stdout.close()
    _out, complained = reader.communicate()

    assert (reader.returncode, complained) == (0, b"")
