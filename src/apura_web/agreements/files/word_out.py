"""Writing the text of an agreement as a Word document: a table for each part, and a blank one to add another."""

from __future__ import annotations

import json
from collections.abc import Mapping

from apura.word import Document
from apura_web.agreements.files import word_layout as layout
from apura_web.agreements.files.going import Going
from apura_web.agreements.pact.methods import methods
from apura_web.agreements.pact.schema import Field, FieldKind, Section
from apura_web.agreements.pact.sections import SECTIONS

WIDTHS = (50, 72, 48)
METHODS = "Métodos de apuração"
HOW = (
    "Escreva só na coluna do meio. As outras identificam o campo e citam o artigo.",
    "Para incluir uma parte, preencha a tabela com “incluir” no alto; para mais de uma, copie-a antes.",
    "Para retirar, apague a tabela inteira. Antes de gravar a página pergunta, parte por parte, se é para retirar.",
    "Números e datas: 1.234,56 e 30/05/2014. Em branco não é zero.",
    "Pode usar o controle de alterações: o que estiver nele é lido como aceito. Comentários não são lidos.",
    "Devolva na página do acordo, em “Levar e trazer o pacto”. Você vê tudo o que muda antes de gravar.",
)


def document_of(going: Going) -> bytes:
    """Make the document of the text of an agreement."""
    facts = [f"{term}: {text}" for term, text in going.facts]
    document = Document(str(going.agreement), ". ".join(facts), f"{going.agreement}: {going.standing}")
    document.heading("Como preencher e devolver")
    document.items(HOW)
    for section in SECTIONS.values():
        _write_section(document, section, going)
    document.heading(METHODS)
    document.note("O campo aceita um destes nomes, ou a fórmula da cláusula.")
    document.items([each.label for each in methods()])
    document.keep(_kept(going))
    return document.to_bytes()


def _write_section(document: Document, section: Section, going: Going) -> None:
    document.heading(section.plural)
    document.note(f"{section.about} ({section.cites})")
    drafts = [each for each in going.drafts if each.section == section.name]
    for draft in drafts:
        _write_part(document, section, draft.key, going.texts(draft))
    if section.is_many:
        _write_part(document, section, layout.NEW, {})
    elif not drafts:
        _write_part(document, section, section.name, {})


def _write_part(document: Document, section: Section, key: str, texts: Mapping[str, str]) -> None:
    rows = [(each.label, texts.get(each.name, ""), _hint(each)) for each in section.fields]
    document.table((section.label, key, "Artigo e opções"), rows, WIDTHS)


def _hint(declared: Field) -> str:
    """Say the article of a field, and the words one chooses among."""
    chosen = f"uma de: {'; '.join(declared.options)}" if declared.options else ""
    if declared.kind is FieldKind.METHOD:
        chosen = f"um dos {METHODS.lower()} do fim do documento, ou a fórmula"
    return "\n".join(each for each in (declared.cites, chosen) if each)


def _kept(going: Going) -> str:
    parts = {each.key: [each.edition, going.texts(each)] for each in going.drafts}
    agreement = going.agreement
    return json.dumps(
        {"acordo": agreement.code, "numero": agreement.number, "partes": parts}, ensure_ascii=False
    )
