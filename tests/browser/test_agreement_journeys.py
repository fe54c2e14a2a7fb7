"""An agreement in a real browser: a method checked while it is written, a score made by the keyboard alone."""

from datetime import date

from hands import facts, walk_to
from rig import WIDTHS, Visit, faults

from addresses import add_more
from agreeing import agreed, in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Score
from apura_web.indicators.periods import Period
from cast import Cast
from ledgers import put

FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))


def scorable(cast: Cast) -> Agreement:
    """Three quarters of each target by April, and five sevenths of the last: 52/7."""
    add_more(cast.house)
    agreement = in_force(cast.house, year=2014)
    for key, value in {"item-1": "100", "item-2": "20", "item-3": "3", "item-4": "5"}.items():
        put(cast.house, indicator_of_item(cast.house, "SAU", key), ("SAU", FIRST), {"concluidos": value})
    return agreement


def test_a_quadrimestre_is_closed_by_the_keyboard_alone(visit: Visit, cast: Cast) -> None:
    agreement = scorable(cast)
    visit.sign_in(cast.house.people["Sara"].login)
    page = visit.open(f"/acordos/{agreement.code}/notas/")
    walk_to(page, "Apurar nota")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Apurar nota").wait_for()
    page.get_by_text("A nota é 7,43").wait_for()  # nothing is typed, so the page asks at once
    assert faults(page) == []
    assert not Score.objects.exists()
    walk_to(page, "Registrar nota")
    page.keyboard.press("Enter")
    page.get_by_text("Feito de novo da folha de fatos, dá o mesmo.").wait_for()
    assert Score.objects.get().value == "52/7"
    walk_to(page, "7,50")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Passo a passo").wait_for()
    assert faults(page) == []


def test_a_method_is_checked_while_it_is_written(visit: Visit, cast: Cast) -> None:
    add_more(cast.house)
    agreement = agreed(cast.house)
    visit.sign_in(cast.house.people["Carla"].login)
    page = visit.open(f"/acordos/{agreement.code}/partes/item-1/")
    page.get_by_label("Fórmula da cláusula").fill("realizado / meta")
    page.get_by_text("não diz como arredonda").first.wait_for()
    page.get_by_label("Fórmula da cláusula").fill("max(0; min(1; exata(realizado / meta)))")
    page.get_by_text("O método está em ordem").wait_for()
    assert "120 % da meta" in facts(page)
    page.evaluate("scrollTo(0, 0)")  # the header would lie over what is just under it
    assert faults(page) == []
    page.get_by_role("button", name="Gravar", exact=True).click()
    page.get_by_role("heading", level=1, name="Acordo de Resultados").wait_for()
    assert agreement.drafts.get(key="item-1").values["metodo"].startswith("max(0;")


def test_scores_are_read_without_scripts_and_on_a_phone(visit: Visit, cast: Cast) -> None:
    agreement = scorable(cast)
    visit.sign_in(cast.house.people["Davi"].login)
    page = visit.open(
        f"/acordos/{agreement.code}/acompanhamento/", WIDTHS["estreita"], java_script_enabled=False
    )
    assert page.get_by_role("link", name="100").first.is_visible()
    page.get_by_role("link", name="Notas").click()
    page.get_by_text("pode ser apurada").first.wait_for()
    assert page.get_by_role("link", name="Apurar nota").count() == 0
