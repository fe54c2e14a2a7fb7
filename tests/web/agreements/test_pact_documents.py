"""The pact goes out as a Word document and comes back: what changes, what collides, what is wrong and where."""

import io
from typing import Any

import docx
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pact_files import confirmed, sent_back, url_of, values
from pages import text_of

from agreeing import agreed, in_force, write
from apura_web.agreements.files.word_layout import SECTION_CALLED
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.sections import SECTIONS
from cast import House
from visits import already_in

GOAL, METHOD = "Meta do fim do período", "Método de apuração"


def taken(client: Client, found: Agreement) -> Any:
    answer = client.get(reverse("agreement_document", args=[found.code]))
    assert answer["Content-Disposition"].endswith('.docx"')
    return docx.Document(io.BytesIO(answer.content))


def sent(client: Client, found: Agreement, document: Any) -> HttpResponse:
    out = io.BytesIO()
    document.save(out)
    return sent_back(client, found, "pacto.docx", out.getvalue())


def table_of(document: Any, key: str, label: str = "") -> Any:
    """Find the table of a part; of a section's blank one, by its label."""
    return next(
        each
        for each in document.tables
        if each.cell(0, 1).text == key and label in {"", each.cell(0, 0).text}
    )


def put(table: Any, label: str, text: str) -> None:
    row = next(each for each in table.rows if each.cells[0].text == label)
    row.cells[1].text = text


def problems(shown: HttpResponse) -> str:
    return "\n".join(f"{each.sheet}, {each.cell}: {each.message}" for each in shown.context["plan"].problems)


def test_sections_and_the_fields_of_each_are_told_apart_by_what_they_are_called() -> None:
    assert len(SECTION_CALLED) == len(SECTIONS)
    for each in SECTIONS.values():
        labels = [field.label.casefold() for field in each.fields]
        assert sorted(labels) == sorted(set(labels))


def test_a_document_that_nobody_touched_changes_nothing(carla: Client, found: Agreement) -> None:
    document = taken(carla, found)
    assert table_of(document, "item-1").cell(1, 2).text == "art. 12, § 1º"
    shown = sent(carla, found, document)
    assert shown.status_code == 200
    assert (shown.context["changes"], shown.context["collisions"], problems(shown)) == ([], [], "")
    assert "não muda mais nada" in text_of(shown)


def test_tables_changed_and_filled_in_are_shown_and_then_written(carla: Client, found: Agreement) -> None:
    document = taken(carla, found)
    put(table_of(document, "item-1"), GOAL, "1.450,5")
    put(table_of(document, "geral"), "Versão do modelo", "2")
    put(table_of(document, "sistematica"), "Texto da cláusula", "Reunião mensal.\nAta em dez dias.")
    added = table_of(document, "incluir", "Objeto de pactuação")
    put(added, "Nome", "Gestão")
    item = table_of(document, "incluir", "Item do objeto")
    for label, text in (
        ("Objeto de pactuação", "gestão"),
        ("Espécie", "Marco"),
        ("Nome", "Entregar o plano"),
    ):
        put(item, label, text)
    put(item, "Prazo do marco ou compromisso", "30/06/2025")

    shown = sent(carla, found, document)
    told = {(each.name, each.kind.value) for each in shown.context["changes"]}
    assert told == {
        ("Consultas feitas", "alterada"),
        ("Dados gerais", "alterada"),
        ("Sistemática de monitoramento e avaliação", told_kind(shown, "sistematica")),
        ("Gestão", "acrescentada"),
        ("Entregar o plano", "acrescentada"),
    }
    assert values(found, "item-1")["meta_final"] == "400"
    assert confirmed(carla, found, shown).status_code == 302
    assert values(found, "item-1")["meta_final"] == "1450.5"
    assert values(found, "sistematica") == {"texto": "Reunião mensal.\nAta em dez dias."}
    assert values(found, "item-5") == {
        "objeto": "objeto-3",
        "especie": "marco",
        "nome": "Entregar o plano",
        "prazo": "2025-06-30",
    }
    assert found.proposals.count() == 0


def told_kind(shown: HttpResponse, key: str) -> str:
    return next(each.kind.value for each in shown.context["changes"] if each.key == key)


def test_two_parts_are_added_from_copies_of_the_blank_table(carla: Client, found: Agreement) -> None:
    document = taken(carla, found)
    blank = table_of(document, "incluir", "Hipótese de revisão")
    copy = parse_xml(blank._tbl.xml)
    put(blank, "Hipótese", "Calamidade.")
    blank._tbl.addnext(copy)
    put(table_of(document, "incluir", "Hipótese de revisão"), "Hipótese", "Calamidade.")
    second = [each for each in document.tables if each.cell(0, 0).text == "Hipótese de revisão"][-1]
    put(second, "Hipótese", "Corte no orçamento.")
    assert confirmed(carla, found, sent(carla, found, document)).status_code == 302
    added = found.drafts.filter(section="revisao").order_by("id")
    assert [each.values["texto"] for each in added][-2:] == ["Calamidade.", "Corte no orçamento."]


def test_every_error_is_told_by_table_and_line_and_nothing_is_written(
    carla: Client, found: Agreement
) -> None:
    document = taken(carla, found)
    put(table_of(document, "geral"), "Fim da vigência", "31/02/2025")
    put(table_of(document, "item-1"), GOAL, "1.234")
    put(table_of(document, "item-2"), METHOD, "realizado / meta")
    put(table_of(document, "item-4"), "Espécie", "sonho")
    put(table_of(document, "item-4"), "Peso no objeto", "muito")
    table_of(document, "item-3").cell(1, 0).text = "Objetivo maior"

    shown = sent(carla, found, document)
    assert shown.status_code == 422
    said = problems(shown)
    assert "Tabela 1 (dados gerais), linha 3: Fim da vigência: Escreva a data" in said
    assert "(item do objeto item-1), linha 10: Meta do fim do período: “1.234” pode ser 1234 ou 1,234" in said
    assert "(item do objeto item-2), linha 15: Método de apuração:" in said
    assert "“sonho” não é uma das opções" in said
    assert "Escreva um número, como 1.234,56." in said
    assert "(item do objeto item-3), linha 2: “Objetivo maior” não é um campo desta parte" in said
    assert "Baixar a planilha com os erros" not in text_of(shown)
    assert confirmed(carla, found, shown).status_code == 422
    assert values(found, "item-1")["meta_final"] == "400"


def test_what_is_tracked_is_accepted_and_said_so(carla: Client, found: Agreement) -> None:
    document = taken(carla, found)
    row = next(each for each in table_of(document, "item-1").rows if each.cells[0].text == GOAL)
    who = 'w:id="1" w:author="Ana" w:date="2026-01-01T00:00:00Z"'
    old = row.cells[1].paragraphs[0]._p
    new = parse_xml(
        f"<w:p {nsdecls('w')}><w:del {who}><w:r><w:delText>400</w:delText></w:r></w:del>"
        f"<w:ins {who}><w:r><w:t>430</w:t></w:r></w:ins></w:p>"
    )
    old.getparent().replace(old, new)
    document.add_comment(row.cells[0].paragraphs[0].runs[0], text="por quê?", author="Ana")
    shown = sent(carla, found, document)
    told = text_of(shown)
    assert "foram lidas como se estivessem aceitas" in told
    assert "Os comentários do documento não foram lidos" in told
    assert confirmed(carla, found, shown).status_code == 302
    assert values(found, "item-1")["meta_final"] == "430"


def test_what_the_other_side_wrote_meanwhile_stays_unless_one_prefers_ones_own(
    carla: Client, house: House, found: Agreement
) -> None:
    document = taken(carla, found)
    put(table_of(document, "item-1"), GOAL, "500")
    write(house, found, "item-1", {"meta_final": "420"})
    shown = sent(carla, found, document)
    assert [each.key for each in shown.context["collisions"]] == ["item-1"]
    assert confirmed(carla, found, sent(carla, found, document), meu=["item-1"]).status_code == 302
    assert values(found, "item-1")["meta_final"] == "500"


def test_a_table_that_did_not_come_back_leaves_only_when_one_says_so(carla: Client, found: Agreement) -> None:
    document = taken(carla, found)
    gone = table_of(document, "item-4")._tbl
    gone.getparent().remove(gone)
    shown = sent(carla, found, document)
    assert [each.key for each in shown.context["plan"].missing] == ["item-4"]
    assert confirmed(carla, found, shown, retirar=["item-4"]).status_code == 302
    assert found.drafts.get(key="item-4").is_removed


def test_a_document_of_another_agreement_or_of_anybody_is_refused(
    carla: Client, house: House, found: Agreement
) -> None:
    other = taken(already_in(house, "Sara"), agreed(house, "EDU"))
    assert "o documento é do acordo nº" in problems(sent(carla, found, other)).replace("\n", " ")
    plain = docx.Document()
    assert "não é o documento baixado de um acordo" in problems(sent(carla, found, plain))
    emptied = taken(carla, found)
    for each in emptied.tables:
        each._tbl.getparent().remove(each._tbl)
    assert "não tem as tabelas do pacto" in problems(sent(carla, found, emptied))


def test_a_table_copied_or_named_otherwise_is_refused_with_what_to_do(
    carla: Client, found: Agreement
) -> None:
    document = taken(carla, found)
    table = table_of(document, "item-1")
    table._tbl.addnext(parse_xml(table._tbl.xml))
    table_of(document, "item-3").cell(0, 1).text = "item-77"
    said = problems(sent(carla, found, document))
    assert "para incluir, escreva “incluir” no lugar de “item-1”" in said
    assert "“item-77” não é parte deste acordo" in said


def test_a_document_says_whether_it_is_a_draft_or_a_copy_of_what_was_signed(
    house: House, carla: Client, found: Agreement
) -> None:
    draft, signed = taken(carla, found), in_force(house, year=2024)
    assert "Texto: minuta em negociação, documento preparatório" in draft.paragraphs[1].text
    copy = taken(carla, signed)
    assert "Texto: cópia do texto assinado, só para consulta" in copy.paragraphs[1].text
    assert "minuta" not in copy.sections[0].footer.paragraphs[0].text
    page = text_of(carla.get(url_of(signed)))
    assert "Baixe para consulta" in page
    assert "Mude e envie" not in page


def test_who_does_not_negotiate_it_takes_nothing_away(house: House, found: Agreement) -> None:
    for name in ("Davi", "Caio"):
        assert already_in(house, name).get(reverse("agreement_document", args=[found.code])).status_code in {
            403,
            404,
        }
