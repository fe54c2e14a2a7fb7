"""The pact goes out as a workbook and comes back: what changes, what collides, what is wrong and in which cell."""

import io
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pact_files import confirmed, sent_back, url_of, values
from pages import text_of

from agreeing import agreed, indicator_of_item, write
from apura_web.agreements.models import Agreement
from cast import House
from visits import already_in

ITEMS, OBJECTS, ONES = "Itens dos objetos", "Objetos de pactuação", "Cláusulas"


def taken(client: Client, found: Agreement) -> Workbook:
    answer = client.get(url_of(found) + "planilha/")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def sent(client: Client, found: Agreement, book: Workbook) -> HttpResponse:
    out = io.BytesIO()
    book.save(out)
    return sent_back(client, found, "pacto.xlsx", out.getvalue())


def back(client: Client, found: Agreement, change: Callable[[Workbook], None]) -> HttpResponse:
    book = taken(client, found)
    change(book)
    return sent(client, found, book)


def row_of(book: Workbook, sheet: str, key: str) -> int:
    return next(row[0].row for row in book[sheet].iter_rows(min_row=3) if row[0].value == key)


def column_of(book: Workbook, sheet: str, name: str) -> int:
    return next(cell.column for cell in book[sheet][1] if cell.value == name)


def put(book: Workbook, sheet: str, place: tuple[int | str, str], value: Any) -> None:
    line = row_of(book, sheet, place[0]) if isinstance(place[0], str) else place[0]
    book[sheet].cell(line, column_of(book, sheet, place[1])).value = value


def problems(shown: HttpResponse) -> list[str]:
    return [f"{each.sheet} {each.cell}: {each.message}" for each in shown.context["plan"].problems]


def test_a_workbook_that_nobody_touched_changes_nothing(carla: Client, found: Agreement) -> None:
    shown = back(carla, found, lambda _book: None)
    assert shown.status_code == 200
    assert (shown.context["changes"], shown.context["collisions"], problems(shown)) == ([], [], [])
    assert "não muda mais nada" in text_of(shown)


def test_cells_changed_and_rows_added_are_shown_and_then_written(carla: Client, found: Agreement) -> None:
    def change(book: Workbook) -> None:
        put(book, ITEMS, ("item-1", "meta_final"), 450.5)
        book[ONES].cell(row_of(book, ONES, "geral.modelo_versao"), 4).value = "2"
        book[OBJECTS].cell(5, 2).value = "Gestão"
        book[OBJECTS].cell(5, 3).value = 10
        put(book, ITEMS, (7, "objeto"), "Gestão")
        put(book, ITEMS, (7, "especie"), "Marco")
        put(book, ITEMS, (7, "nome"), "Entregar o plano")
        put(book, ITEMS, (7, "prazo"), "30/06/2025")
        put(book, ITEMS, (7, "metodo"), "arred(realizado / meta; 4)")

    shown = back(carla, found, change)
    told = {(each.name, each.kind.value) for each in shown.context["changes"]}
    assert told == {
        ("Consultas feitas", "alterada"),
        ("Dados gerais", "alterada"),
        ("Gestão", "acrescentada"),
        ("Entregar o plano", "acrescentada"),
    }
    assert values(found, "item-1")["meta_final"] == "400"
    assert confirmed(carla, found, shown).status_code == 302
    assert values(found, "item-1")["meta_final"] == "450.5"
    assert values(found, "geral")["modelo_versao"] == "2"
    assert values(found, "objeto-3") == {"nome": "Gestão", "peso": "10"}
    assert values(found, "item-5") == {
        "objeto": "objeto-3",
        "especie": "marco",
        "nome": "Entregar o plano",
        "prazo": "2025-06-30",
        "metodo": "arred(realizado / meta; 4)",
    }
    assert found.proposals.count() == 0


def test_what_a_row_leaves_blank_comes_from_the_card_of_its_indicator(
    carla: Client, house: House, found: Agreement
) -> None:
    indicator = indicator_of_item(house, "SAU", "item-2")

    def change(book: Workbook) -> None:
        put(book, ITEMS, (7, "indicador"), indicator.number)
        put(book, ITEMS, (7, "peso"), 5)
        put(book, ITEMS, ("item-1", "polaridade"), None)

    shown = back(carla, found, change)
    assert confirmed(carla, found, shown).status_code == 302
    card = indicator.versions.get()
    assert values(found, "item-5") == {
        "indicador": indicator.code,
        "especie": "indicador",
        "nome": card.name,
        "polaridade": "maior é melhor",
        "acumulacao": "cumulativo",
        "peso": "5",
    }
    assert "polaridade" not in values(found, "item-1")


def test_every_error_is_told_by_cell_and_nothing_is_written(carla: Client, found: Agreement) -> None:
    def change(book: Workbook) -> None:
        put(book, ITEMS, ("item-1", "meta_final"), "1.234")
        put(book, ITEMS, ("item-2", "metodo"), "realizado / meta")
        put(book, ITEMS, ("item-3", "prazo"), "31/02/2025")
        put(book, ITEMS, ("item-4", "peso"), "muito")
        put(book, ITEMS, ("item-4", "objeto"), "Nenhum")
        put(book, ITEMS, ("item-4", "especie"), "sonho")
        put(book, ITEMS, ("item-4", "indicador"), "NADA-9")

    shown = back(carla, found, change)
    assert shown.status_code == 422
    said = "\n".join(problems(shown))
    assert f"{ITEMS} J3: Meta do fim do período: “1.234” pode ser 1234 ou 1,234" in said
    assert "não diz como arredonda" in said
    assert "Escreva a data como 30/05/2014." in said
    assert "Escreva um número, como 1.234,56." in said
    assert "Não há objeto de pactuação chamado “Nenhum”" in said
    assert "“sonho” não é uma das opções" in said
    assert "Nada corresponde a “NADA-9”" in said
    assert len(problems(shown)) == 7
    assert confirmed(carla, found, shown).status_code == 422
    assert values(found, "item-1")["meta_final"] == "400"
    marked = carla.post(url_of(found), {"bilhete": shown.context["ticket"], "acao": "anotar"})
    assert marked["Content-Disposition"].endswith('"pacto-com-erros.xlsx"')


def test_what_the_other_side_wrote_meanwhile_stays_unless_one_prefers_ones_own(
    carla: Client, house: House, found: Agreement
) -> None:
    book = taken(carla, found)
    put(book, ITEMS, ("item-1", "meta_final"), 500)
    put(book, ITEMS, ("item-1", "clausula"), "cláusula 4.2")
    write(house, found, "item-1", {"meta_final": "420"})
    shown = sent(carla, found, book)
    assert [each.key for each in shown.context["collisions"]] == ["item-1"]
    assert confirmed(carla, found, shown).status_code == 302
    assert values(found, "item-1")["meta_final"] == "420"
    assert values(found, "item-1")["clausula"] == "cláusula 4.2"
    again = sent(carla, found, book)
    assert confirmed(carla, found, again, meu=["item-1"]).status_code == 302
    assert values(found, "item-1")["meta_final"] == "500"


def test_a_row_that_did_not_come_back_leaves_only_when_one_says_so(carla: Client, found: Agreement) -> None:
    def change(book: Workbook) -> None:
        book[ITEMS].delete_rows(row_of(book, ITEMS, "item-4"))

    shown = back(carla, found, change)
    assert [each.key for each in shown.context["plan"].missing] == ["item-4"]
    assert confirmed(carla, found, shown).status_code == 302
    assert not found.drafts.get(key="item-4").is_removed
    again = back(carla, found, change)
    assert confirmed(carla, found, again, retirar=["item-4"]).status_code == 302
    assert found.drafts.get(key="item-4").is_removed


def test_a_list_made_before_the_text_changed_is_shown_again_instead_of_written(
    carla: Client, house: House, found: Agreement
) -> None:
    shown = back(carla, found, lambda book: put(book, ITEMS, ("item-1", "meta_final"), 500))
    write(house, found, "item-2", {"meta_final": "90"})
    answer = confirmed(carla, found, shown)
    assert answer.status_code == 422
    assert "O texto mudou desde que esta lista foi feita." in text_of(answer)
    assert values(found, "item-1")["meta_final"] == "400"


def test_the_workbook_of_another_agreement_and_a_file_of_anybody_are_refused(
    carla: Client, house: House, found: Agreement
) -> None:
    other = agreed(house, "EDU")
    book = taken(already_in(house, "Sara"), other)
    assert "a planilha é do acordo nº" in "\n".join(problems(sent(carla, found, book)))
    plain = Workbook()
    assert "não é a planilha baixada de um acordo" in "\n".join(problems(sent(carla, found, plain)))


def test_a_row_copied_whole_is_refused_with_the_line_it_repeats(carla: Client, found: Agreement) -> None:
    def change(book: Workbook) -> None:
        for cell in book[ITEMS][3]:
            book[ITEMS].cell(8, cell.column).value = cell.value

    assert "a linha repete a linha 3" in "\n".join(problems(back(carla, found, change)))
