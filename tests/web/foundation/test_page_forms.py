"""Forms: what is typed in the Brazilian way is understood, and what is wrong is said beside the field."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from apura_web.foundation.forms import DayField, LongTextField, PageForm, QuantityField, UploadField
from apura_web.foundation.presentation import Basis


class Sample(PageForm):
    name = forms.CharField(label="Nome", max_length=20)
    starts_on = DayField(label="Começa em", help_text="A data do ato.")
    value = QuantityField(label="Valor", places=2, required=False)
    reason = LongTextField(label="Motivo", max_length=10)
    kind = forms.ChoiceField(label="Tipo", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    file = UploadField(label="Arquivo", kinds=("pdf",), megabytes=1, required=False)

    bases: Mapping[str, Basis] = {"starts_on": Basis("art. 13", "O ato diz quando começa.")}


GOOD = {"name": "Saúde", "starts_on": "30/05/2014", "value": "1.234,50", "reason": "porque", "kind": "a"}


def sample(**changed: str) -> Sample:
    return Sample({**GOOD, **changed})


def drawn(form: forms.BaseForm) -> str:
    return Template('{% include "foundation/components/_form.html" with submit="Gravar" %}').render(
        Context({"form": form})
    )


def test_dates_and_numbers_are_understood_as_typed_here() -> None:
    form = sample()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_on"] == date(2014, 5, 30)
    assert form.cleaned_data["value"] == Fraction(123450, 100)


def test_a_number_left_empty_is_not_zero() -> None:
    empty, zero = sample(value=""), sample(value="0")
    assert empty.is_valid()
    assert zero.is_valid()
    assert empty.cleaned_data["value"] is None
    assert zero.cleaned_data["value"] == 0


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("starts_on", "31/02/2014", "Escreva a data como 30/05/2014."),
        ("value", "1.234", "“1.234” pode ser 1234 ou 1,234: escreva sem o ponto, ou com vírgula decimal."),
        ("value", "doze", "Escreva um número, como 1.234,56."),
        ("value", "dois", "Escreva um número, como 1.234,56."),
        ("value", "0,125", "Use no máximo 2 casas decimais."),
        ("name", "", "Preencha este campo."),
        ("kind", "", "Escolha uma opção."),
        ("reason", "x" * 11, "Use no máximo 10 caracteres; há 11."),
    ],
)
def test_what_is_wrong_is_said_in_words(field: str, typed: str, said: str) -> None:
    assert sample(**{field: typed}).errors[field] == [said]


def test_the_end_of_a_line_counts_as_one_character() -> None:
    form = sample(reason="12345\r\n789")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["reason"] == "12345\n789"


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("foto.jpg", 1, "O arquivo não é dos tipos aceitos: PDF."),
        ("ata.pdf", 1024 * 1024 + 1, "O arquivo passa de 1 MB."),
    ],
)
def test_a_file_of_another_kind_or_too_large_is_refused(name: str, size: int, said: str) -> None:
    form = Sample(GOOD, {"file": SimpleUploadedFile(name, b"x" * size)})
    assert form.errors["file"] == [said]


def test_a_file_says_what_it_may_be_before_it_is_chosen() -> None:
    assert Sample().fields["file"].help_text == "PDF; até 1 MB."


def test_each_field_has_its_label_its_need_in_words_its_hint_and_its_error_tied_to_it() -> None:
    html = drawn(sample(starts_on="ontem"))
    assert '<label for="id_starts_on">Começa em <span class="need">obrigatório</span></label>' in html
    assert 'aria-describedby="id_starts_on_helptext id_starts_on_error"' in html
    assert 'id="id_starts_on_helptext">A data do ato.' in html
    assert 'id="id_starts_on_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="need">opcional</span>' in html


def test_the_summary_leads_to_each_wrong_field() -> None:
    html = drawn(sample(name="", kind=""))
    assert '<a href="#id_name">Nome: Preencha este campo.</a>' in html
    assert '<a href="#id_kind_0">Tipo: Escolha uma opção.</a>' in html
    assert "Falta corrigir" not in drawn(sample())


def test_the_law_stands_beside_the_field_it_asks_for() -> None:
    html = drawn(sample())
    assert "Fundamento de Começa em: art. 13" in html
    assert "O ato diz quando começa." in html


def test_what_was_typed_comes_back_and_is_escaped() -> None:
    assert "&lt;b&gt;" in drawn(sample(name="<b>", starts_on=""))


def test_nothing_is_drawn_that_the_content_policy_forbids() -> None:
    html = drawn(sample(name=""))
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script" not in html


def test_a_number_known_is_shown_as_it_would_be_typed() -> None:
    assert 'value="1234,5"' in drawn(Sample(initial={"value": Fraction(12345, 10)}))


@pytest.mark.parametrize("number", [Fraction(1234), Fraction(12345, 10), Fraction(-1234567), Fraction(0)])
def test_a_number_shown_in_a_form_is_read_back_as_the_same_number(number: Fraction) -> None:
    field = Sample.base_fields["value"]
    assert field.clean(field.prepare_value(number)) == number
