"""The addresses of agreements, those with words of their own before those with a code."""

from django.urls import path

from apura_web.agreements.web import (
    file_pages,
    negotiation_deeds,
    negotiation_pages,
    opening,
    pages,
    part_editor,
    score_urls,
    several_items,
    signing_deeds,
)

urlpatterns = [
    *score_urls.urlpatterns,
    path("acordos/", pages.agreements, name="agreements"),
    path("acordos/novo/", opening.open_agreement, name="agreement_open"),
    path("acordos/metodo/", part_editor.method_try, name="method_try"),
    path("acordos/<slug:code>/", pages.agreement, name="agreement"),
    path("acordos/<slug:code>/negociacao/", negotiation_pages.negotiation, name="agreement_negotiation"),
    path("acordos/<slug:code>/conferencia/", pages.conference, name="agreement_conference"),
    path("acordos/<slug:code>/historico/", pages.history, name="agreement_history"),
    path("acordos/<slug:code>/arquivos/", file_pages.files_page, name="agreement_files"),
    path("acordos/<slug:code>/arquivos/planilha/", file_pages.workbook, name="agreement_workbook"),
    path("acordos/<slug:code>/arquivos/documento/", file_pages.document, name="agreement_document"),
    path("acordos/<slug:code>/incluir/<slug:section>/", part_editor.new, name="part_new"),
    path("acordos/<slug:code>/incluir-varios/", several_items.several_items, name="parts_several"),
    path("acordos/<slug:code>/partes/<slug:key>/", part_editor.edit, name="part_edit"),
    path("acordos/<slug:code>/partes/<slug:key>/retirar/", part_editor.remove, name="part_remove"),
    path("acordos/<slug:code>/partes/<slug:key>/comentar/", negotiation_deeds.comment, name="part_comment"),
    path("acordos/<slug:code>/alinhamento/", negotiation_deeds.conclude, name="alignment_conclude"),
    path("acordos/<slug:code>/enviar/", negotiation_deeds.send, name="proposal_send"),
    path("acordos/<slug:code>/aceitar/", negotiation_deeds.accept, name="proposal_accept"),
    path("acordos/<slug:code>/reabrir/", negotiation_deeds.reopen, name="negotiation_reopen"),
    path("acordos/<slug:code>/arquivar/", negotiation_deeds.shelve, name="agreement_shelve"),
    path("acordos/<slug:code>/assinar/<slug:party_code>/", signing_deeds.sign, name="pact_sign"),
    path("acordos/<slug:code>/assinatura-em-papel/", signing_deeds.record, name="pact_record"),
]
