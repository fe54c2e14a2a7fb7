"""How an institution dresses its pages: who may choose, what is taken for arms, what is refused, and what is told."""

import hashlib
import re
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pages import enter, text_of

from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.foundation import blobs
from apura_web.foundation.models import Blob, Institution
from apura_web.foundation.refusals import Refused
from apura_web.orgs.services import identity
from apura_web.orgs.services.identity import Identity
from cast import NOON, Cast

PAGE = "/identidade/alterar/"
SRC = re.compile(r'<img class="arms" src="(/brasao/[^"]+)" alt="">')


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int = 64, height: int = 80, *, more: bytes = b"", colour: bytes = b"\x13\x51\xb4\xff"
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress((b"\x00" + colour * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(width: int = 64, height: int = 80) -> bytes:
    """The bones of a JPEG: what is read of one, and no more."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    segments = ((b"\xff\xe0", b"JFIF\x00\x01\x01" + bytes(7)), (b"\xff\xc0", frame), (b"\xff\xda", bytes(6)))
    said = b"".join(mark + struct.pack(">H", len(data) + 2) + data for mark, data in segments)
    return b"\xff\xd8" + said + bytes(40) + b"\xff\xd9"


def sent(content: bytes, name: str = "brasao.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(answer: HttpResponse) -> str:
    found = re.search(r'name="received" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def dress(client: Client, content: bytes, theme: str = "federal", name: str = "brasao.png") -> HttpResponse:
    """Send arms, read the confirmation, and confirm: the file goes only once."""
    shown = client.post(PAGE, {"theme": theme, "arms": sent(content, name)})
    assert shown.status_code == 200, text_of(shown)
    return client.post(PAGE, {"theme": theme, "received": received(shown), "confirmado": "sim"})


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    return enter(client, cast.house, "Ada")


def of(cast: Cast) -> Institution:
    return Institution.objects.get(pk=cast.house.institution.pk)


def test_arms_are_shown_before_they_are_kept_then_take_the_place_of_the_letter_on_every_page(
    cast: Cast, ada: Client
) -> None:
    assert '<span class="monogram"' in ada.get("/unidades/").content.decode()
    shown = ada.post(PAGE, {"theme": "goias", "arms": sent(png(), "Brasão do Norte.png")})
    page = shown.content.decode()
    assert "Confira antes de confirmar" in page
    assert 'src="data:image/png;base64,' in page
    assert "As cores passam de “Padrão federal” a “Estado de Goiás”." in page
    assert "O brasão enviado toma o lugar da letra “N”." in page
    assert of(cast).arms is None
    assert 'data-theme="federal"' in page.split("<head>")[0], (
        "the page around is still of the colours of today"
    )

    done = ada.post(PAGE, {"theme": "goias", "received": received(shown), "confirmado": "sim"})
    assert (done.status_code, done["Location"]) == (302, "/identidade/")
    for name in ("Ada", "Davi"):
        page = enter(ada, cast.house, name).get("/unidades/").content.decode()
        assert SRC.search(page)
        assert 'data-theme="goias"' in page
        assert "monogram" not in page
    assert "monogram" in enter(ada, cast.twin, "Ada").get("/unidades/").content.decode()


def test_the_picture_is_for_anybody_and_is_never_anything_else(cast: Cast, ada: Client) -> None:
    for content, kind, name in ((png(), "image/png", "a.html.png"), (jpeg(), "image/jpeg", "a.png")):
        dress(ada, content, name=name)
        address = of(cast).arms_url
        answer = Client().get(address)
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
        assert "immutable" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert Client().get(address.replace("/norte/", "/sul/")).status_code == 404
        assert Client().post(address).status_code == 405


def test_no_other_file_of_the_institution_is_reached_by_the_address_of_arms(cast: Cast, ada: Client) -> None:
    dress(ada, png())
    old = of(cast).arms_url
    dress(ada, png(colour=b"\xa3\x17\x1f\xff"))
    secret = blobs.prepare(sent(b"%PDF-1.7 reservado", "r.pdf"), cast.house.institution)
    secret.save()
    assert Client().get(old).status_code == 404, "arms that are worn no more are not handed over"
    assert Client().get(f"/brasao/norte/{secret.sha256}/").status_code == 404


def test_arms_are_taken_off_and_the_letter_comes_back(cast: Cast, ada: Client) -> None:
    dress(ada, png())
    assert "Retirar o brasão" in text_of(ada.get(PAGE))
    asked = {"theme": "federal", "removes_arms": "on"}
    assert "O brasão sai, e no lugar dele volta a letra “N”." in text_of(ada.post(PAGE, asked))
    ada.post(PAGE, {**asked, "confirmado": "sim"})
    assert of(cast).arms is None
    assert '<span class="monogram"' in ada.get("/unidades/").content.decode()
    assert "Retirar o brasão" not in text_of(ada.get(PAGE))


def test_the_history_tells_it_in_words_and_the_trail_holds(cast: Cast, ada: Client) -> None:
    dress(ada, png(), theme="minas", name="brasao-novo.png")
    told = text_of(ada.get("/identidade/"))
    assert "Alterou a identidade visual: cores Minas Gerais, com brasão" in told
    assert "Padrão federal → Minas Gerais" in told
    assert "brasao-novo.png" in told
    entry = TrailEntry.objects.filter(institution=cast.house.institution).latest("seq")
    assert (entry.act, entry.actor) == ("orgs.identity.change", cast.house.people["Ada"].code)
    assert TrailEntry.objects.filter(act="orgs.identity.change").count() == 1
    assert verify(of(cast)).is_whole


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WRONG = {
    "an svg that says it is a png": (SVG, "não é uma imagem PNG ou JPEG"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "não é uma imagem PNG ou JPEG"),
    "a pdf": (b"%PDF-1.7", "não é uma imagem PNG ou JPEG"),
    "a gif": (b"GIF89a" + bytes(40), "não é uma imagem PNG ou JPEG"),
    "half a png": (png()[:120], "incompleta ou corrompida"),
    "only the beginning": (b"\x89PNG\r\n\x1a\n", "incompleta ou corrompida"),
    "a png with a bit changed": (png().replace(b"IDAT", b"IDAT\x01", 1), "incompleta ou corrompida"),
    "a png with something after it": (png() + SVG, "incompleta ou corrompida"),
    "a png that moves": (png(more=chunk(b"acTL", bytes(8))), "incompleta ou corrompida"),
    "a png of fewer pixels than it says": (
        png().replace(*(chunk(b"IHDR", struct.pack(">IIBBBBB", 64, h, 8, 6, 0, 0, 0)) for h in (80, 90))),
        "incompleta ou corrompida",
    ),
    "half a jpeg": (jpeg()[:-30], "incompleta ou corrompida"),
    "a jpeg of nothing": (b"\xff\xd8\xff" + bytes(60), "incompleta ou corrompida"),
    "a jpeg without a frame": (
        b"\xff\xd8\xff\xda\x00\x08" + bytes(30) + b"\xff\xd9",
        "incompleta ou corrompida",
    ),
    "a speck": (png(16, 16), "16 × 16 pixels. Envie uma com lados de 48 a 2.000"),
    "a wall": (png(2001, 100), "2.001 × 100 pixels"),
    "a ribbon": (png(600, 60), "um lado pode ter até 4 vezes o outro"),
    "nothing": (b"", "vazio"),
    "too much": (png(more=chunk(b"tEXt", bytes(513 * 1024))), "O arquivo passa de 512 KB."),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_cannot_be_arms_is_refused_with_why_and_nothing_changes(
    cast: Cast, ada: Client, what: str
) -> None:
    content, why = WRONG[what]
    entries = TrailEntry.objects.count()
    answer = ada.post(PAGE, {"theme": "goias", "arms": sent(content)})
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert (of(cast).theme, of(cast).arms) == ("federal", None)
    assert (TrailEntry.objects.count(), Blob.objects.filter(media_type__startswith="image/").count()) == (
        entries,
        0,
    )


def test_a_picture_larger_than_it_says_is_not_opened_beyond_that(cast: Cast, ada: Client) -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 6, 0, 0, 0))
    bomb = chunk(b"IDAT", zlib.compress(bytes(64 * 1024 * 1024), 9))
    content = b"\x89PNG\r\n\x1a\n" + head + bomb + chunk(b"IEND", b"")
    answer = ada.post(PAGE, {"theme": "goias", "arms": sent(content)})
    assert "incompleta ou corrompida" in text_of(answer)


def test_an_interlaced_picture_and_one_of_few_colours_are_taken(cast: Cast, ada: Client) -> None:
    start, end = b"\x89PNG\r\n\x1a\n", chunk(b"IEND", b"")
    few = chunk(b"IHDR", struct.pack(">IIBBBBB", 50, 50, 1, 3, 0, 0, 0)) + chunk(b"PLTE", bytes(6))
    lines = chunk(b"IDAT", zlib.compress((b"\x00" + bytes(7)) * 50))
    assert dress(ada, start + few + lines + end).status_code == 302
    laced = chunk(b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 0, 0, 0, 1))
    passes = chunk(b"IDAT", zlib.compress(bytes(48 * 48 + 90)))
    assert dress(ada, start + laced + passes + end).status_code == 302


def test_what_was_sent_before_the_confirmation_is_kept_while_something_else_is_put_right(
    cast: Cast, ada: Client
) -> None:
    answer = ada.post(PAGE, {"arms": sent(png())})
    assert answer.status_code == 422
    assert "Já recebido: brasao.png" in text_of(answer)
    shown = ada.post(PAGE, {"theme": "federal", "received": received(answer)})
    assert "O brasão enviado toma o lugar" in text_of(shown)


@pytest.mark.parametrize("token", ["x", "eyJkaWdlc3QiOiJhIn0:1abc:def"])
def test_a_file_that_was_not_sent_by_the_form_is_never_taken_for_arms(
    cast: Cast, ada: Client, token: str
) -> None:
    answer = ada.post(PAGE, {"theme": "goias", "received": token, "confirmado": "sim"})
    assert "Escolha o arquivo de novo" in text_of(answer)
    assert of(cast).theme == "federal"


def test_what_another_house_sent_is_not_taken_here(cast: Cast, ada: Client) -> None:
    token = received(ada.post(PAGE, {"theme": "goias", "arms": sent(png())}))
    answer = enter(ada, cast.twin, "Ada").post(PAGE, {"theme": "goias", "received": token})
    assert "Escolha o arquivo de novo" in text_of(answer)


def test_sending_arms_and_taking_them_off_at_once_is_asked_about(cast: Cast, ada: Client) -> None:
    dress(ada, png())
    both = {"theme": "federal", "removes_arms": "on", "arms": sent(png(70, 70))}
    assert "as duas coisas não cabem juntas" in text_of(ada.post(PAGE, both))


def test_changing_nothing_is_refused_and_leaves_no_entry(cast: Cast, ada: Client) -> None:
    dress(ada, png())
    entries = TrailEntry.objects.count()
    for asked in ({"theme": "federal"}, {"theme": "federal", "arms": sent(png())}):
        answer = ada.post(PAGE, asked)
        assert (answer.status_code, "já é esta" in text_of(answer)) == (422, True)
    assert TrailEntry.objects.count() == entries


def test_who_came_second_is_told_what_changed_and_may_insist(cast: Cast, ada: Client) -> None:
    seen = ada.get(PAGE).context["form"]["seen"].value()
    dress(ada, png())
    answer = ada.post(PAGE, {"theme": "goias", "seen": seen})
    assert "alterou a identidade visual" in text_of(answer)
    again = answer.context["form"]["seen"].value()
    assert "Confira antes de confirmar" in text_of(ada.post(PAGE, {"theme": "goias", "seen": again}))


def test_a_service_takes_no_document_for_arms_and_no_file_of_the_twin(cast: Cast) -> None:
    actor = cast.house.actor("Ada")
    paper = blobs.prepare(sent(b"%PDF-1.7 a", "a.pdf"), cast.house.institution)
    with pytest.raises(Refused) as refused:
        identity.change(of(cast), identity=Identity("goias", paper), actor=actor, at=NOON)
    assert refused.value.refusal.code == "orgs.arms_not_a_picture"
    theirs = blobs.prepare(sent(png()), cast.twin.institution)
    theirs.save()
    with pytest.raises(Exception, match="de outra instituição"):
        identity.change(of(cast), identity=Identity("goias", theirs), actor=actor, at=NOON)


def test_bytes_gone_from_storage_are_said_to_be_missing(cast: Cast, ada: Client) -> None:
    content = png(99, 99)
    token = received(ada.post(PAGE, {"theme": "goias", "arms": sent(content)}))
    default_storage.delete(f"norte/{hashlib.sha256(content).hexdigest()}")
    assert "Escolha o arquivo de novo" in text_of(ada.post(PAGE, {"theme": "goias", "received": token}))
