"""The addresses of scores."""

from django.urls import path

from apura_web.agreements.web import (
    adoption_pages,
    closing_pages,
    ending_deeds,
    paper_deeds,
    paper_documents,
    score_deeds,
    score_panel,
    score_views,
)

urlpatterns = [
    path("acordos/fechamentos/", closing_pages.closings, name="closings"),
    path("acordos/fechamentos/<slug:code>/", closing_pages.run, name="closing_run"),
    path("acordos/fechamentos/<slug:code>/andamento/", closing_pages.progress, name="closing_progress"),
    path("acordos/fechar/<slug:closing_key>/", closing_pages.close, name="closing_close"),
    path("acordos/interpretacoes/", adoption_pages.listed, name="adoptions"),
    path("acordos/interpretacoes/nova/", adoption_pages.adopt, name="adoption_new"),
    path("acordos/painel/", score_panel.panel, name="agreements_panel"),
    path("acordos/<slug:code>/notas/", score_views.scores, name="agreement_scores"),
    path("acordos/<slug:code>/acompanhamento/", score_views.monitoring, name="agreement_monitoring"),
    path("acordos/<slug:code>/notas/<slug:closing_key>/apurar/", score_deeds.compute, name="score_compute"),
    path(
        "acordos/<slug:code>/notas/<slug:closing_key>/apurar-de-novo/",
        score_deeds.recompute,
        name="score_recompute",
    ),
    path("acordos/<slug:code>/itens/<slug:item_key>/situacao/", score_deeds.read_item, name="item_read"),
    path("acordos/<slug:code>/interpretacoes/nova/", score_deeds.adopt, name="reading_adopt"),
    path("acordos/<slug:code>/ja-assinado/", paper_deeds.import_signed, name="pact_import"),
    path("acordos/<slug:code>/notas-sem-memoria/nova/", paper_deeds.import_score, name="score_import"),
    path("acordos/<slug:code>/sucessao/", paper_deeds.succeed, name="agreement_succeed"),
    path("acordos/<slug:code>/encerrar/", ending_deeds.close, name="agreement_close"),
    path("acordos/<slug:code>/documento/", paper_documents.signed, name="pact_document"),
    path(
        "acordos/<slug:code>/notas-sem-memoria/<slug:score_code>/documento/",
        paper_documents.past_score,
        name="past_score_document",
    ),
    path(
        "acordos/<slug:code>/registros/<slug:reading_code>/comprovacao/",
        paper_documents.item,
        name="item_document",
    ),
]
