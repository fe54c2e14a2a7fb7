"""From a spreadsheet to an explained score: what the command prints, writes and answers."""

import json
from datetime import date
from pathlib import Path

import pytest
from command_line import EXAMPLE, EXAMPLES, NORM, Terminal
from openpyxl import load_workbook
from pypdf import PdfReader

from apura.norms import RawFacts, RawRow, load_norm
from apura.sheets import write_filled

# Worked by hand from the example's facts: Anexo II and art. 13 (bodies), art. 12 (means).
BODIES = {
    "GPL": "8.50",  # 1 + 2,4 + 1 + (1 − 2 × 0,20) + 3 + 0,5
    "GCO": "4.60",  # 1 + 2,1 + 1 + 0 + 0 + 0,5: anual não entregue
    "GTP": "9.20",  # (1 − 3 × 0,20) + 3 + 0,9 + 1 + 3 + 0,9
    "Gpol": "5.50",  # 0 + 1,8 + 0,8 + 0 + 2,1 + 0,8: dez e sete dias, perda limitada a 1
    "GID": "10.00",
}


def calculated(terminal: Terminal, folder: Path, *more: str) -> dict[str, object]:
    answer = terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", folder, *more)
    assert answer.status == 0, answer.complained
    made: dict[str, object] = json.loads((folder / "resultado.json").read_text(encoding="utf-8"))
    return made


def notes(made: dict[str, object]) -> dict[str, str]:
    outcomes = made["resultados"]
    assert isinstance(outcomes, list)
    return {outcome["chave"]: outcome["valores"]["nota"] for outcome in outcomes}


def test_the_example_gives_the_scores_worked_by_hand(terminal: Terminal, tmp_path: Path) -> None:
    made = calculated(terminal, tmp_path / "saida")

    found = notes(made)
    assert {key: found[key] for key in BODIES} == BODIES
    assert len(found) == 22 + 8 + 1 + 2 + 1 + 4


def test_a_mean_that_never_ends_is_kept_exact_and_shown_rounded(terminal: Terminal, tmp_path: Path) -> None:
    # DPL: 8,5 + 4,6 + 9,475 + 9,2 + 8,725 + 9,85 = 50,35; ÷ 6 = 1007/120
    made = calculated(terminal, tmp_path / "saida")

    outcomes = made["resultados"]
    assert isinstance(outcomes, list)
    dpl = next(outcome for outcome in outcomes if outcome["chave"] == "DPL")
    assert (dpl["passos"][-1]["valor"], dpl["passos"][-1]["exato"]) == ("8.39", "1007/120")


def test_three_files_are_written_and_a_table_is_printed(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "com espaço" / "saída"

    answer = terminal.type("calcular", NORM, EXAMPLE, "--em", "2015-12-31", "-o", folder)

    assert answer.status == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "memoria.pdf",
        "resultado.json",
        "resultado.xlsx",
    ]
    assert (folder / "memoria.pdf").read_bytes().startswith(b"%PDF-")
    assert load_workbook(folder / "resultado.xlsx").sheetnames[0] == "Nota do órgão"
    assert "VALORES FICTÍCIOS" in answer.printed
    assert "GCO" in answer.printed
    assert "1007/120" in answer.printed


def test_with_json_only_json_is_printed(terminal: Terminal) -> None:
    answer = terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "--json")

    made = json.loads(answer.printed)
    assert made["norma"] == NORM
    assert made["erros"] == []
    assert notes(made)["GPL"] == "8.50"


def test_without_attachments_the_pdf_carries_none(terminal: Terminal, tmp_path: Path) -> None:
    calculated(terminal, tmp_path / "com")
    calculated(terminal, tmp_path / "sem", "--sem-anexos")

    assert b"/EmbeddedFiles" in (tmp_path / "com" / "memoria.pdf").read_bytes()
    assert b"/EmbeddedFiles" not in (tmp_path / "sem" / "memoria.pdf").read_bytes()


def test_the_readings_relied_on_are_on_screen(terminal: Terminal, tmp_path: Path) -> None:
    words = (EXAMPLES / "go-acordo-2014.xlsx", "--em", "31/12/2014", "-o", tmp_path / "saida")

    answer = terminal.type("calcular", "go-8170-2014", *words)

    assert answer.status == 0
    assert "Atos antes da vigência: aplicar ao exercício de 2014 inteiro (art. 39)" in answer.printed
    assert "Proporção temporal: por meses (art. 12, § 1º)" in answer.printed


def test_levels_are_pending_until_the_institution_gives_what_no_text_at_hand_fixes(
    terminal: Terminal,
) -> None:
    # 0,4 × 6 + 0,4 × 7 + 0,2 × 5 = 6,20, entre 5 e 7: nível P; 0,4 × 10 + 0,4 × 7 + 0,2 × 9 = 8,60: nível A
    words = ("calcular", "cge-mt-81-2019", EXAMPLES / "cge-mt-2021.xlsx", "--em", "31/12/2021", "--json")

    pending = json.loads(terminal.type(*words).printed)
    given = json.loads(
        terminal.type(*words, "--instituicao", EXAMPLES / "cge-mt-parametros-ficticios.toml").printed
    )

    assert {refused["regra"] for refused in pending["pendencias"]} >= {"nota_final", "nivel"}
    levels = {o["chave"]: o["valores"]["nivel"] for o in given["resultados"] if o["regra"] == "nivel"}
    scores = {o["chave"]: o["valores"]["nota"] for o in given["resultados"] if o["regra"] == "nota_final"}
    assert (scores["1000"], levels["1000"]) == ("6.20", "P")
    assert (scores["1004"], levels["1004"]) == ("8.60", "A")
    assert given["ficticio"] is True


def test_each_subject_may_have_a_memoria_of_its_own(terminal: Terminal, tmp_path: Path) -> None:
    calculated(terminal, tmp_path / "saida", "--individuais", "--regra", "nota_orgao")

    alone = sorted(path.name for path in (tmp_path / "saida" / "memorias").iterdir())
    assert len(alone) == 22
    assert "Procon_Assembleia.pdf" in alone
    text = "".join(
        page.extract_text() for page in PdfReader(tmp_path / "saida" / "memorias" / "GPL.pdf").pages
    )
    assert "GPL" in text
    assert "Gerência-Geral de Apoio às Comissões" not in text


def test_in_2014_the_secretariats_are_pending_and_the_rest_stands(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2014", "-o", tmp_path / "saida")

    assert answer.status == 0
    assert "nota_secretaria" in answer.printed
    assert "28/12/2015" in answer.printed
    assert "O que fazer" in answer.printed
    assert "Nota da Diretoria-Geral" in answer.printed


def test_before_2013_the_norm_refuses_everything_and_nothing_is_written(
    terminal: Terminal, tmp_path: Path
) -> None:
    answer = terminal.type("calcular", NORM, EXAMPLE, "--em", "31/12/2012", "-o", tmp_path / "saida")

    assert answer.status == 1
    assert "01/01/2013" in answer.printed
    assert list(tmp_path.iterdir()) == []


def test_asking_for_one_refused_rule_exits_with_one(terminal: Terminal, tmp_path: Path) -> None:
    words = ("calcular", NORM, EXAMPLE, "--em", "31/12/2014", "--regra", "nota_secretaria")

    answer = terminal.type(*words, "-o", tmp_path / "saida")
    as_json = terminal.type(*words, "--json")

    assert (answer.status, as_json.status) == (1, 1)
    assert "art. 12, III" in answer.complained
    assert json.loads(as_json.printed)["pendencias"][0]["fundamento"] == "art. 12, III"


def test_a_decision_of_the_institution_changes_the_reading_and_is_shown(
    terminal: Terminal, tmp_path: Path
) -> None:
    # GTP entregou na segunda, 17/08/2015; venceu na sexta, 14/08: um dia útil, 1 × 0,20
    decided = tmp_path / "casa.toml"
    decided.write_text(
        'nome = "Assembleia"\n[[parametros]]\nnome = "art-13-dia"\nvalor = "dia útil"\ndesde = 2015-01-01\n'
        'ato = "Ata nº 3/2015"\ndata_do_ato = 2015-02-10\n',
        encoding="utf-8",
    )

    made = calculated(terminal, tmp_path / "saida", "--instituicao", str(decided))

    outcomes = made["resultados"]
    assert isinstance(outcomes, list)
    gtp = next(outcome for outcome in outcomes if outcome["chave"] == "GTP")
    assert gtp["valores"]["perda_parcial"] == "0.20"
    reading = gtp["passos"][0]["interpretacoes"][0]
    assert (reading["adotada"], reading["ato"]) == ("dia útil", "Ata nº 3/2015")


def test_a_decision_without_an_act_is_refused_unless_it_is_a_simulation(
    terminal: Terminal, tmp_path: Path
) -> None:
    decided = tmp_path / "casa.toml"
    decided.write_text(
        '[[parametros]]\nnome = "art-13-dia"\nvalor = "dia útil"\ndesde = 2015-01-01\n', encoding="utf-8"
    )
    words = (
        "calcular",
        NORM,
        EXAMPLE,
        "--em",
        "31/12/2015",
        "--instituicao",
        decided,
        "-o",
        tmp_path / "saida",
    )

    refused = terminal.type(*words)
    simulated = terminal.type(*words, "--simulacao")

    assert refused.status == 2
    assert "falta o ato" in refused.complained
    assert simulated.status == 0
    assert "SIMULAÇÃO SEM VALOR OFICIAL" in simulated.printed


def test_every_wrong_cell_is_listed_and_nothing_is_written(terminal: Terminal, tmp_path: Path) -> None:
    workbook = load_workbook(EXAMPLE)
    sheet = workbook["Órgãos"]
    sheet["A3"], sheet["C4"], sheet["E5"] = "GPLL", "talvez", "1.000"
    workbook.save(tmp_path / "errada.xlsx")

    answer = terminal.type(
        *("calcular", NORM, tmp_path / "errada.xlsx", "--em", "31/12/2015", "-o", tmp_path / "saida"),
        *("--anotar", tmp_path / "anotada.xlsx"),
    )

    assert answer.status == 2
    assert all(place in answer.complained for place in ("Órgãos A3", "Órgãos C4", "Órgãos E5"))
    assert "talvez “GPL”" in answer.complained
    assert not (tmp_path / "saida").exists()
    assert load_workbook(tmp_path / "anotada.xlsx")["Órgãos"]["C4"].comment is not None


def test_the_errors_are_in_the_json_too(terminal: Terminal, tmp_path: Path) -> None:
    workbook = load_workbook(EXAMPLE)
    workbook["Órgãos"]["C4"] = "talvez"
    workbook.save(tmp_path / "errada.xlsx")

    answer = terminal.type("calcular", NORM, tmp_path / "errada.xlsx", "--em", "31/12/2015", "--json")

    errors = json.loads(answer.printed)["erros"]
    assert answer.status == 2
    assert [(error["planilha"], error["celula"]) for error in errors] == [("Órgãos", "C4")]
    assert "entregue; não entregue; no prazo" in errors[0]["mensagem"]


def test_a_unit_missing_from_a_mean_is_named(terminal: Terminal, tmp_path: Path) -> None:
    row = {
        "chave": "GPL",
        "situacao_parcial": "entregue",
        "entrega_parcial": date(2015, 8, 14),
        "conformidade_do_relatorio_parcial": "100",
        "conformidade_da_apresentacao_parcial": "100",
        "situacao_anual": "não entregue",
        "conformidade_da_apresentacao_anual": "0",
    }
    write_filled(load_norm(NORM), RawFacts({"nota_orgao": [RawRow(row)]}), tmp_path / "um.xlsx")
    words = ("calcular", NORM, tmp_path / "um.xlsx", "--em", "31/12/2015", "-o", tmp_path / "saida")

    whole = terminal.type(*words)
    alone = terminal.type(*words, "--regra", "nota_orgao")

    assert whole.status == 2
    assert "falta GCO" in whole.complained
    assert "art. 12" in whole.complained
    assert alone.status == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("calcular", "nada", EXAMPLE, "--em", "31/12/2015", "-o", "x"), "Não existe norma “nada”"),
        (("calcular", NORM, "nao-ha.xlsx", "--em", "31/12/2015", "-o", "x"), "o arquivo não existe"),
        (
            ("calcular", NORM, EXAMPLE, "--em", "31/02/2015", "-o", "x"),
            "“31/02/2015” não existe no calendário",
        ),
        (("calcular", NORM, EXAMPLE, "--em", "ontem", "-o", "x"), "“ontem” não é uma data"),
        (("calcular", NORM, EXAMPLE, "--em", "31/12/2015"), "-o PASTA"),
        (
            ("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", "x", "--regra", "nota"),
            "não tem regra “nota”",
        ),
        (("calcular", NORM, EXAMPLE, "--em", "31/12/2015", "-o", "x", "--grande"), "desconhecido: --grande"),
        (("calcular", NORM, "--em", "31/12/2015"), "falta informar: ARQUIVO"),
        (
            ("explicar", NORM, EXAMPLE, "--em", "31/12/2015", "--chave", "XYZ"),
            "“XYZ” não está entre os resultados",
        ),
        (("somar",), "“somar” não existe; use um destes"),
        ((), "falta informar: COMANDO"),
    ],
)
def test_a_wrong_request_says_what_is_wrong_and_exits_with_two(
    terminal: Terminal, words: tuple[str | Path, ...], sentence: str
) -> None:
    answer = terminal.type(*words)

    assert answer.status == 2
    assert sentence in answer.complained


def test_a_csv_is_read_when_the_rule_is_told(terminal: Terminal, tmp_path: Path) -> None:
    table = tmp_path / "orgaos.csv"
    table.write_bytes(
        (
            "Sigla;Situação do relatório parcial;Data de entrega do relatório parcial;"
            "Conformidade do conteúdo do relatório parcial (%);Conformidade da apresentação de janeiro a junho;"
            "Situação do relatório anual;Data de entrega do relatório anual;"
            "Conformidade do conteúdo do relatório anual;Conformidade da apresentação do ano\r\n"
            "GPL;entregue;14/08/2015;80;100;entregue;17/02/2016;100 %;50\r\n"
        ).encode("latin-1")
    )
    words = ("calcular", NORM, table, "--em", "31/12/2015")

    untold = terminal.type(*words, "--json")
    told = terminal.type(*words, "--json", "--regra", "nota_orgao")

    assert untold.status == 2
    assert "--regra" in untold.complained
    assert notes(json.loads(told.printed)) == {"GPL": "8.50"}
