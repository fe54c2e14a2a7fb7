"""Legal acts as people register, read and undo them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of

from apura_web.documents.models import Attachment, LegalAct
from apura_web.documents.services import legal_acts
from cast import NOON, Cast

NEW = {"kind": "portaria", "number": "20", "signed_on": "10/03/2026", "authority": "Secretário"}
PDF = b"%PDF-1.4 fake"


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    return enter(client, cast.house, "Rita")


def page(name: str, act: LegalAct) -> str:
    return reverse(name, args=[act.code])


def test_an_act_is_registered_corrected_and_published_and_its_page_tells_all(
    rita: Client, cast: Cast
) -> None:
    done = rita.post(reverse("legal_act_new"), {**NEW, "number": "20/2026", "summary": "Designa"})
    act = LegalAct.objects.get(number="20", institution=cast.house.institution)
    assert done["Location"] == act.get_absolute_url()
    rita.post(page("legal_act_correct", act), {**NEW, "number": "21", "reason": "número digitado errado"})
    rita.post(
        page("legal_act_publish", act),
        {"vehicle": "Diário Oficial", "published_on": "25/03/2026", "page": "7"},
    )
    told = text_of(rita.get(page("legal_act", act)))
    for words in (
        "Portaria nº 21/2026",
        "Correções do registro",
        "Número",
        "Diário Oficial",
        "quarta, 25/03/2026",
        "página 7",
    ):
        assert words in told, words
    assert "Portaria nº 21/2026" in text_of(rita.get(reverse("legal_acts") + "?q=21"))


def test_making_without_effect_tells_what_falls_before_it_falls(rita: Client, cast: Cast) -> None:
    typed = {**NEW, "relation": "torna_sem_efeito", "target": "Ofício nº 7/2024"}
    shown = text_of(rita.post(reverse("legal_act_new"), typed))
    assert "Tina de Teste deixa de ter sido designada: Controle externo" in shown
    assert LegalAct.objects.filter(number="20").count() == 0
    confirm(rita, reverse("legal_act_new"), typed)
    assert "tornado sem efeito" in text_of(rita.get(page("legal_act", cast.house.letter)))


def test_a_relation_without_a_target_and_a_target_without_a_relation_are_asked_for(
    rita: Client, cast: Cast
) -> None:
    assert "Diga qual ato" in errors_of(rita.post(reverse("legal_act_new"), {**NEW, "relation": "revoga"}))
    assert "Diga o que este ato faz" in errors_of(
        rita.post(reverse("legal_act_new"), {**NEW, "target": "1/2024"})
    )


def test_a_file_is_handed_over_as_a_download_of_the_type_its_bytes_show(rita: Client, cast: Cast) -> None:
    act = cast.house.founding
    upload = SimpleUploadedFile("íntegra.pdf", PDF, content_type="text/html")
    rita.post(page("legal_act_attach", act), {"title": "Íntegra", "file": upload})
    attached = Attachment.objects.get()
    url = reverse("legal_act_file", args=[act.code, attached.code])
    answer = rita.get(url)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert enter(Client(), cast.twin, "Ada").get(url).status_code == 404


def test_a_file_that_is_not_what_its_name_says_is_refused(rita: Client, cast: Cast) -> None:
    upload = SimpleUploadedFile("foto.png", b"MZ\x90\x00\xff\xfe", content_type="image/png")
    shown = rita.post(page("legal_act_attach", cast.house.founding), {"title": "Foto", "file": upload})
    assert "tipo do arquivo não é aceito" in errors_of(shown)
    assert not Attachment.objects.exists()


def test_who_corrects_a_record_after_another_is_told(rita: Client, cast: Cast) -> None:
    act = cast.house.act("30")
    url = page("legal_act_correct", act)
    seen = rita.get(url).context["form"]["seen"].value()
    legal_acts.correct(act, actor=cast.house.system, at=NOON, reason="outra pessoa", number="31")
    late = rita.post(url, {**NEW, "number": "32", "reason": "eu", "seen": seen})
    assert "corrigiu o registro do ato" in errors_of(late)


def test_a_servant_reads_acts_but_neither_registers_nor_learns_who_is_posted_by_them(
    client: Client, cast: Cast
) -> None:
    davi = enter(client, cast.house, "Davi")
    assert davi.get(reverse("legal_act_new")).status_code == 403
    told = text_of(davi.get(page("legal_act", cast.house.founding)))
    assert "Ana de Teste: Titular do órgão" in told
    assert "Elisa de Teste" not in told
    assert "Rita de Teste" not in told
    assert "registros de lotação, acesso ou afastamento" in told


def test_no_act_of_another_institution_is_seen_or_reached(client: Client, cast: Cast) -> None:
    rita = enter(client, cast.twin, "Rita")
    other = cast.house.act("77", summary="segredo do norte")
    for name in ("legal_act", "legal_act_correct", "legal_act_publish", "legal_act_attach"):
        assert rita.get(page(name, other)).status_code == 404, name
    assert "segredo do norte" not in text_of(rita.get(reverse("legal_acts")))
    shown = rita.post(reverse("legal_act_new"), {**NEW, "relation": "revoga", "target": "77/2026"})
    assert "Nada corresponde" in errors_of(shown)


def test_the_way_back_after_registering_never_leaves_the_site(rita: Client) -> None:
    done = rita.post(reverse("legal_act_new") + "?volta=https://example.org/", NEW)
    assert done["Location"].startswith("/atos/")
