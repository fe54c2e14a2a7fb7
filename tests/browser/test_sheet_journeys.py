"""Numbers that come by sheet and by file, in a browser: from the download to what was kept."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from hands import facts, press
from playwright.sync_api import Page
from rig import SCREENSHOTS, WIDTHS, Visit, faults

from addresses import add_more
from apura_web.foundation import jobs
from apura_web.indicators.models import DraftCell, Measurement
from cast import Cast, House
from measuring import CASES, answer_of, approved, collection, grid, measured_by, type_in

SHARE_OF_120 = (("no_prazo", 48), ("concluidos", 40))
VALUES = "indicador;unidade;período;variável;valor\n"


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE", "EDU")
    measured_by(cast.house, approved(cast.house, "IND-2", **{**CASES, "frequency": "mensal"}), "ATE")
    jobs.beat("vivo", timezone.now())
    return cast.house


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, narrow and wide."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for label in ("estreita", "larga"):
        page.set_viewport_size({"width": WIDTHS[label], "height": 900})
        page.screenshot(path=str(SCREENSHOTS / f"{name}-{label}.png"), full_page=True)


def downloaded(page: Page, folder: Path, link: str) -> openpyxl.Workbook:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    file = folder / "baixada.xlsx"
    waiting.value.save_as(file)
    return openpyxl.load_workbook(io.BytesIO(file.read_bytes()))


def send(page: Page, file: Path, button: str) -> None:
    page.locator("input[type=file]").set_input_files(file)
    press(page, button)


def test_the_sheet_goes_out_comes_back_and_fills_the_grid(visit: Visit, house: House, tmp_path: Path) -> None:
    answer = answer_of(house, collection(house), "ATE")
    type_in(answer, {"IND-1, 1º": "5"}, actor=house.actor("Mila"))
    visit.sign_in(house.people["Davi"].login)
    page = visit.open(answer.get_absolute_url())
    page.get_by_role("link", name="Planilha: baixar e enviar").click()
    assert faults(page) == []
    picture(page, "planilha")
    book = downloaded(page, tmp_path, "Baixar a grade em xlsx")
    type_in(answer, {"IND-1, 1º": "6"}, actor=house.actor("Mila"))
    sheet = book["Quadrimestral"]
    sheet["D4"], sheet["E4"], sheet["F4"] = 9, 10, "1.234"
    book.save(tmp_path / "errada.xlsx")
    sheet["F4"] = "n/i"
    book.save(tmp_path / "certa.xlsx")
    send(page, tmp_path / "errada.xlsx", "Ver o que mudaria")
    assert "pode ser 1234 ou 1,234" in facts(page)
    assert faults(page) == []
    picture(page, "planilha-com-erros")
    page.get_by_role("link", name="Enviar de novo").click()
    send(page, tmp_path / "certa.xlsx", "Ver o que mudaria")
    assert "Outra pessoa também mudou" in facts(page)
    assert faults(page) == []
    picture(page, "planilha-a-gravar")
    page.get_by_label("Gravar o meu: 9").check(force=True)
    press(page, "Gravar na grade")
    assert "3 células gravadas na grade." in facts(page)
    box = grid(answer).boxes[0]
    assert (
        DraftCell.objects.get(variable=box.variable.name, period_start=box.period.start, value=9).edition == 3
    )


def test_a_file_of_values_is_corrected_and_written(visit: Visit, house: House, tmp_path: Path) -> None:
    visit.sign_in(house.people["Sara"].login)
    page = visit.open("/cargas/")
    assert faults(page) == []
    page.get_by_role("link", name="Carregar em lote").click()
    assert faults(page) == []
    picture(page, "carga-nova")
    rows = "".join(f"IND-2;ATE;{month:02}/2025;concluidos;{month * 10}\n" for month in range(1, 13))
    (tmp_path / "valores.csv").write_text(
        VALUES + rows.replace(";50\n", ";1.234\n").replace("09/2025", "ontem")
    )
    page.get_by_label("De onde vêm").fill("Sistema antigo de protocolo, 2025")
    send(page, tmp_path / "valores.csv", "Ler o arquivo")
    assert "“ontem” não é um período" in facts(page)
    assert faults(page) == []
    picture(page, "carga-com-erros")
    press(page, "Descartar")
    page.get_by_role("link", name="Importar anos anteriores").click()
    assert faults(page) == []
    picture(page, "anos-anteriores")
    (tmp_path / "valores.csv").write_text(VALUES + rows.replace(";50\n", ";\n"))
    page.get_by_label("De onde vêm").fill("Sistema antigo de protocolo, 2025")
    send(page, tmp_path / "valores.csv", "Ler o arquivo")
    assert "Gravar 11 valores" in facts(page)
    assert faults(page) == []
    picture(page, "carga-a-gravar")
    press(page, "Gravar 11 valores")
    assert "Carga concluída." in facts(page)
    assert faults(page) == []
    picture(page, "carga-concluida")
    assert Measurement.objects.count() == 11


def test_a_strange_result_of_a_file_is_justified_before_it_is_written(
    visit: Visit, house: House, tmp_path: Path
) -> None:
    visit.sign_in(house.people["Sara"].login)
    page = visit.open("/cargas/lote/")
    rows = "".join(f"IND-1;ATE;1º quadrimestre de 2025;{name};{number}\n" for name, number in SHARE_OF_120)
    (tmp_path / "valores.csv").write_text(VALUES + rows)
    page.get_by_label("De onde vêm").fill("Sistema antigo de protocolo, 2025")
    send(page, tmp_path / "valores.csv", "Ler o arquivo")
    page.get_by_role("heading", name="A justificar: 1 resultado fora do esperado").wait_for()
    assert faults(page) == []
    picture(page, "carga-a-justificar")
    press(page, "Gravar 2 valores")
    page.get_by_text("Preencha este campo.").first.wait_for()
    assert faults(page) == []
    page.get_by_label("Por que estes resultados estão certos").fill("Mutirão, conferido no protocolo.")
    press(page, "Gravar 2 valores")
    page.get_by_text("Carga concluída.").wait_for()
    assert set(Measurement.objects.values_list("reason", flat=True)) == {"Mutirão, conferido no protocolo."}
