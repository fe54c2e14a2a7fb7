"""The look of the platform, told without a browser: colours that can be read, charts, histories, differences."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory

import apura_web.foundation
from apura_web.foundation.charts import BarChart, LineChart, Point
from apura_web.foundation.models import Theme
from apura_web.foundation.presentation import STATES, Tone, changes, slug, state_badge

FOLDER = Path(apura_web.foundation.__file__).parent
SHEET = (FOLDER / "static" / "apura" / "apura.css").read_text(encoding="utf-8")
ENOUGH = Fraction(45, 10)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


def themes() -> dict[str, dict[str, str]]:
    base = tokens(re.search(r":root \{(.*?)\n\}", SHEET, re.DOTALL)[1])
    named = re.findall(r'\[data-theme="([\w-]+)"\] \{(.*?)\}', SHEET, re.DOTALL)
    return {"federal": base, **{name: {**base, **tokens(block)} for name, block in named}}


def luminance(colour: str) -> Fraction:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return Fraction(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> Fraction:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + Fraction(5, 100)) / (dark + Fraction(5, 100))


def test_every_theme_an_institution_may_choose_is_in_the_sheet() -> None:
    assert set(Theme.values) <= set(themes())


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("brand", "paper"), ("brand", "wash"), ("brand", "brand-soft"), ("paper", "brand"), ("paper", "brand-dark"),
        ("brand-dark", "brand-soft"), ("ink", "wash"), ("ink", "brand-soft"), ("ink-soft", "wash"),
        ("ink-soft", "brand-soft"), ("good", "good-soft"), ("attention", "attention-soft"), ("bad", "bad-soft"),
    ],
)  # fmt: skip
def test_in_every_theme_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


def test_no_template_carries_styles_or_scripts_of_its_own() -> None:
    for file in (FOLDER / "templates").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on|js:", html), file
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), file


def test_no_template_is_longer_than_a_hundred_and_twenty_lines() -> None:
    long = [
        file.name for file in (FOLDER / "templates").rglob("*.html") if file.read_text().count("\n") > 120
    ]
    assert long == []


def test_the_same_word_has_the_same_look_everywhere_and_an_unknown_one_is_neutral() -> None:
    assert state_badge("Atrasado").tone is Tone.BAD
    assert state_badge("Atrasado").word == "Atrasado"
    assert state_badge("em trânsito").tone is Tone.NEUTRAL
    assert all(badge.icon and badge.word for badge in STATES.values())


def test_differences_say_what_entered_what_left_and_what_changed() -> None:
    found = changes({"Nome": "Gerência de Obras", "Sigla": "GO"}, {"Nome": "Diretoria de Obras", "Fone": "1"})
    assert [(change.label, change.kind) for change in found] == [
        ("Nome", "alterado"),
        ("Fone", "incluído"),
        ("Sigla", "excluído"),
    ]
    assert [(words.text, words.changed) for words in found[0].after_words] == [
        ("Diretoria", True),
        (" de Obras", False),
    ]
    assert changes({"a": "1"}, {"a": "1"}) == []


def test_an_identifier_of_a_page_has_no_accents() -> None:
    assert (
        slug("Notas parciais – 2º quadrimestre") == "notas-parciais-2o-quadrimestre" or slug("Ação") == "acao"
    )


POINTS = (Point("Saúde <b>", Fraction(95, 10), Fraction(10)), Point("Obras", None, Fraction(10)))


@pytest.mark.parametrize("kind", [BarChart, LineChart])
def test_a_chart_says_what_it_finds_and_what_was_not_measured(kind) -> None:
    svg = kind("notas", "Abaixo da meta", "Saúde: 9,5 de 10.", POINTS).svg
    assert '<title id="notas-titulo">Abaixo da meta</title>' in svg
    assert ">9,5</text>" in svg
    assert "medida</text>" in svg
    assert "Saúde &lt;b&gt;" in svg
    assert "style=" not in svg


def test_a_chart_of_zeros_is_drawn() -> None:
    assert (
        "<rect" in BarChart("zeros", "Zero", "Zero", (Point("a", Fraction(0)), Point("b", Fraction(0)))).svg
    )


def test_under_a_chart_stands_its_table() -> None:
    chart = BarChart("notas", "Abaixo da meta", "Saúde: 9,5 de 10.", POINTS, "ponto")
    html = Template('{% include "foundation/components/_chart.html" %}').render(Context({"chart": chart}))
    assert '<td class="number">9,5 pontos</td><td class="number">10 pontos</td>' in html
    assert "não medida" in html


def test_a_page_stands_without_knowing_who_looks() -> None:
    html = Template('{% extends "foundation/page.html" %}{% block heading %}Oi{% endblock %}').render(
        Context({"request": RequestFactory().get("/")})
    )
    assert "<h1>Oi</h1>" in html
    assert 'data-theme="federal"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/componentes/", "/componentes/explicacao/", "/componentes/andamento/0/"])
def test_the_page_of_components_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_told_in_plain_words(client: Client) -> None:
    answer = client.get("/nada-por-aqui/")
    assert answer.status_code == 404
    assert "Página não encontrada" in answer.content.decode()


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
def test_the_pages_of_errors_stand_without_any_context(name: str) -> None:
    html = get_template(name).render({})
    assert '<html lang="pt-BR"' in html
    assert "Ir para o início" in html
