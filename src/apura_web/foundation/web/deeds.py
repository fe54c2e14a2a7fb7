"""A legal act in two steps: a form, then a page that tells what will happen; works without scripts.

The first time, the act is rehearsed and undone, so that a refusal comes before the confirmation, with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apura_web.foundation.forms import PageForm
from apura_web.foundation.presentation import Confirmation
from apura_web.foundation.refusals import Refused, refusals_as_errors
from apura_web.foundation.rehearsal import rehearsal

CONFIRMED, NEW_ACT = "confirmado", "novo_ato"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", CONFIRMED, NEW_ACT, "seen"})
REFUSED = 422


class SeenForm(PageForm):
    """A form about a record that others may be editing: it carries the last entry of the trail its reader saw."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Deed:
    """An act, as a page asks for it.

    Attributes:
        form: bound when something was posted.
        do: does the act with what the form holds, and gives its result.
        done: what is said afterwards.
        goes_to: where the person is taken, given the result.
        page: what the templates show: ``title``, ``lead``, ``crumbs``, ``verb``, ``cancel_url``.
        tell: what the confirmation says; None when the act needs none.
        latest: the number of the last entry about the record, so that who came second may insist after reading.
    """

    form: forms.Form
    do: Callable[[], Any]
    done: str
    goes_to: Callable[[Any], str]
    page: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[], Confirmation] | None = None
    latest: Callable[[], int] | None = None


def answer(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Answer a step of an act: the form, the confirmation, or where to go when it is done."""
    form = deed.form
    if request.method != "POST":
        return _form_page(request, deed)
    if NEW_ACT in request.POST:
        return redirect(way_through_the_new_act(request))
    if form.is_valid():
        with refusals_as_errors(form):
            if deed.tell is None or CONFIRMED in request.POST:
                result = deed.do()
                messages.success(request, deed.done)
                return redirect(deed.goes_to(result))
            with rehearsal():
                deed.do()
            return _confirmation_page(request, deed, deed.tell())
    _let_who_read_insist(deed)
    return _form_page(request, deed, status=REFUSED)


def answer_at_once(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Answer an act in which there is nothing to type: its page is the confirmation itself.

    Nothing is rehearsed before it is shown; ``tell`` raises ``Refused`` when the act is known to be refused, and the
    page says why instead of asking.
    """
    if request.method != "POST" and deed.tell is not None:
        try:
            return _confirmation_page(request, deed, deed.tell())
        except Refused as refused:
            return render(request, "foundation/deed_refused.html", {**deed.page, "refusal": refused.refusal})
    return answer(request, deed)


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """Give what the address brings for the fields of a form: a way back, or a link that fills some of them."""
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in request.GET.lists()
        if values and name not in NOT_KEPT
    }


def _form_page(request: HttpRequest, deed: Deed, status: int = 200) -> HttpResponse:
    context = {**deed.page, "form": deed.form, "has_act": "legal_act" in deed.form.fields}
    context["submit"] = "Continuar" if deed.tell else deed.page.get("verb", "Gravar")
    return render(request, "foundation/deed_form.html", context, status=status)


def _confirmation_page(request: HttpRequest, deed: Deed, confirmation: Confirmation) -> HttpResponse:
    for each in deed.form.fields.values():
        each.widget = each.hidden_widget()
    deed.form.fields[CONFIRMED] = forms.CharField(initial="sim", widget=_Confirmed())
    return render(
        request,
        "foundation/deed_confirmation.html",
        {**deed.page, "form": deed.form, "confirmation": confirmation},
    )


class _Confirmed(forms.HiddenInput):
    def format_value(self, value: Any) -> str:
        return str(value or "sim")


def _let_who_read_insist(deed: Deed) -> None:
    if deed.latest is None or not deed.form.has_error("__all__", "audit.changed_meanwhile"):
        return
    data = deed.form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = str(deed.latest())
    deed.form.data = data


def way_through_the_new_act(request: HttpRequest) -> str:
    """Give the address where a legal act is registered, which brings back here what was typed."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and name != "legal_act"
        for value in values
        if value
    ]
    back = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return f"{reverse('legal_act_new')}?{urlencode({'volta': back})}"
