"""Who administers an institution dresses its pages, in a real browser, which complains of nothing."""

from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import FilePayload, Page
from rig import WIDTHS, Visit, faults

from apura_web.foundation import blobs
from apura_web.orgs.services import identity
from apura_web.orgs.services.identity import Identity
from cast import NOON, Cast

DRAWN = """() => {
  const canvas = document.createElement('canvas')
  canvas.width = 90
  canvas.height = 110
  canvas.getContext('2d').fillRect(10, 10, 70, 90)
  return new Promise(done => canvas.toBlob(async blob => done([...new Uint8Array(await blob.arrayBuffer())])))
}"""


def drawn(page: Page) -> bytes:
    """A picture as a browser writes it."""
    return bytes(page.evaluate(DRAWN))


def is_seen(page: Page, place: str) -> bool:
    return bool(
        page.locator(f"{place} img.arms").evaluate("each => each.complete && each.naturalWidth === 90")
    )


def test_arms_sent_are_seen_before_and_after_they_are_confirmed(cast: Cast, visit: Visit) -> None:
    visit.sign_in(cast.house.people["Ada"].login)
    page = visit.open("/identidade/")
    picture: FilePayload = {"name": "brasao.png", "mimeType": "image/png", "buffer": drawn(page)}
    page.get_by_role("link", name="Alterar identidade visual").click()
    page.get_by_text("Minas Gerais").click()
    page.locator("#id_arms").set_input_files(picture)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("heading", name="Alterar a identidade visual?").wait_for()
    assert is_seen(page, ".sample")
    assert faults(page) == []
    page.get_by_role("button", name="Alterar identidade visual").click()
    page.get_by_text("Identidade visual alterada.").wait_for()
    page.set_viewport_size({"width": WIDTHS["larga"], "height": 900})
    assert is_seen(page, ".site-header")
    assert page.locator(".site-header .monogram").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".site-header img.arms").is_visible()
    page.emulate_media(media="screen")
    assert faults(page) == []


def test_on_a_phone_the_name_has_the_room_and_the_arms_give_way(cast: Cast, visit: Visit) -> None:
    visit.sign_in(cast.house.people["Ada"].login)
    page = visit.open("/identidade/")
    blob = blobs.prepare(SimpleUploadedFile("a.png", drawn(page)), cast.house.institution)
    worn = Identity(cast.house.institution.theme, blob)
    identity.change(cast.house.institution, identity=worn, actor=cast.house.actor("Ada"), at=NOON)
    page = visit.open("/unidades/", WIDTHS["estreita"])
    assert page.locator(".site-header img.arms").is_hidden()
    assert page.locator(".site-header").get_by_text(cast.house.institution.name, exact=True).is_visible()
    page.set_viewport_size({"width": WIDTHS["media"], "height": 900})
    assert page.locator(".site-header img.arms").is_visible()
