"""Including several indicators in an object of the pact at once: looked for, ticked, with weight and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apura_web.agreements.guards import stage_refusal
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.sections import ITEM, OBJECT
from apura_web.agreements.pact.text import Part
from apura_web.agreements.part_fields import Typist
from apura_web.agreements.selectors.agreements import working_text
from apura_web.agreements.selectors.choosing import (
    Candidate,
    Found,
    Looking,
    answering_units,
    candidates,
    evaluated,
    look_for,
    offered_to,
)
from apura_web.agreements.services import several
from apura_web.agreements.web.agreement_tabs import crumbs_of
from apura_web.agreements.web.finding import check_side, find_agreement
from apura_web.agreements.web.several_form import (
    LONGEST_TEXT,
    PICK,
    TARGET,
    WEIGHT,
    LookForm,
    RowForm,
    SeveralForm,
)
from apura_web.audit.acts import REGISTRY
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.refusals import Refused
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED

TITLE = "Incluir vários indicadores"
ACTION, SAVE, LOOK, EVERYTHING = "acao", "gravar", "procurar", "tudo"
PAGE, LONGEST_PAGE = "pagina", 5


@dataclass(frozen=True)
class Line:
    """An indicator of the list: a row one fills, or the item that it already is in the pact."""

    candidate: Candidate
    row: RowForm | None
    item: Part | None = None


@signed_in
@require_http_methods(["GET", "POST"])
def several_items(request: ActorRequest, code: str) -> HttpResponse:
    """Show the list, look in it keeping what was ticked and typed, and write the items."""
    agreement = find_agreement(request, code)
    check_side(request, agreement)
    closed = stage_refusal(agreement, "write")
    if request.method != "POST" and closed is not None:
        page = {"title": TITLE, "crumbs": crumbs_of(agreement, Crumb(TITLE)), "refusal": closed}
        page["cancel_url"] = agreement.get_absolute_url()
        return render(request, "foundation/deed_refused.html", page)
    choosing = Choosing(request, agreement)
    if request.method == "POST" and request.POST.get(ACTION) == SAVE:
        return _save(request, choosing)
    return choosing.page(choosing.form_shown)


def _save(request: ActorRequest, choosing: Choosing) -> HttpResponse:
    form, agreement = choosing.form_judged, choosing.agreement
    if not form.is_valid():
        return choosing.page(form, status=REFUSED)
    try:
        rows = several.include(agreement, form.items, actor=request.actor, at=request.at)
    except Refused as refused:
        again = Choosing(request, agreement)  # the text is no longer what it was
        again.form_judged.add_error(None, str(refused.refusal))
        return again.page(again.form_judged, status=refused.refusal.status)
    where = choosing.text.part(rows[0].part.get("objeto"))
    name = where.name[:80] if where else OBJECT.label
    count = "1 indicador incluído" if len(rows) == 1 else f"{len(rows)} indicadores incluídos"
    messages.success(request, f"{count} em “{name}”.")
    return redirect(f"{agreement.get_absolute_url()}#parte-{rows[0].part.get('objeto')}")


class Choosing:
    """The page, as one request asks for it; what was ticked and typed is kept from one look to the next."""

    def __init__(self, request: ActorRequest, agreement: Agreement) -> None:
        self.request, self.agreement = request, agreement
        self.text = working_text(agreement)
        self.typist = Typist(request.actor, self.text)
        self.data = request.POST if request.method == "POST" else request.GET
        self.items = {
            each.get("indicador"): each for each in self.text.of(ITEM.name) if each.get("indicador")
        }

    def asked(self, name: str) -> str:
        """Give what was typed or chosen, bounded."""
        return self.data.get(name, "").replace("\x00", "").strip()[:LONGEST_TEXT]

    # ── the list ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def looking(self) -> Looking:
        """What is looked for."""
        first = self.agreement.unit.path
        if self.asked(ACTION) == EVERYTHING:
            return Looking(first=first)
        page = self.asked(PAGE)
        number = int(page) if page.isascii() and page.isdigit() and len(page) < LONGEST_PAGE else 1
        paths = {each.code: each.path for each in self.units}
        branch = paths.get(self.asked("unidade"), "")
        return Looking(self.asked("q"), branch, first, 1 if self.asked(ACTION) == LOOK else number)

    @cached_property
    def units(self) -> list[Any]:
        """The units that answer for indicators."""
        return answering_units(self.request.actor)

    @cached_property
    def found(self) -> Found:
        """The indicators found."""
        return look_for(self.request.actor, self.looking)

    @cached_property
    def posted(self) -> list[str]:
        """The codes of the indicators whose rows were posted."""
        parts = [name.rpartition("-") for name in self.request.POST]
        return list(dict.fromkeys(code for code, _, field in parts if field in {PICK, WEIGHT, TARGET}))

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """Every indicator posted or found, by code, brought together."""
        wanted = [each for each in self.posted if each.isalnum() and each not in self.items]
        posted = list(offered_to(self.request.actor).filter(code__in=wanted).order_by("number", "id"))
        rows = {each.pk: each for each in (*posted, *self.found.indicators)}
        made = candidates(
            self.request.actor,
            rows.values(),
            agreement=self.agreement,
            whole=evaluated(self.agreement, self.text),
            today=self.request.today,
        )
        return {each.indicator.code: each for each in made}

    # ── the forms ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def kept(self) -> list[RowForm]:
        """The rows in which something was ticked or typed, judged."""
        codes = [each for each in self.candidates if each in self.posted and each not in self.items]
        return [row for row in map(self._judged, codes) if row.has_changed()]

    @cached_property
    def form_judged(self) -> SeveralForm:
        """What was posted, to be written."""
        return SeveralForm(self.request.POST, typist=self.typist, rows=self.kept)

    @cached_property
    def form_shown(self) -> SeveralForm:
        """What was typed so far, shown again without being judged."""
        objects = self.text.of(OBJECT.name)
        only = objects[0].key if len(objects) == 1 else ""
        initial = {"objeto": self.asked("objeto") or only, "metodo": self.asked("metodo")}
        return SeveralForm(initial=initial, typist=self.typist)

    def page(self, form: SeveralForm, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        rows = self.kept if form.is_bound else [self._row(each.candidate, each.typed) for each in self.kept]
        kept = {each.candidate.indicator.code for each in rows}
        others = [each.code for each in self.found.indicators if each.code not in kept]
        look = LookForm(initial={"q": self.looking.text, "unidade": self._unit()}, units=self.units)
        context: Mapping[str, Any] = {
            "agreement": self.agreement,
            "title": TITLE,
            "crumbs": crumbs_of(self.agreement, Crumb(TITLE)),
            "form": form,
            "look": look,
            "objects": self.text.of(OBJECT.name),
            "kept": [Line(each.candidate, each) for each in rows],
            "lines": self._lines(others),
            "found": self.found,
            "is_narrowed": bool(self.looking.text or self.looking.branch),
            "can_register": self.request.actor.has(*REGISTRY["indicators.indicator.register"].roles),
            "back": f"{self.agreement.get_absolute_url()}#secao-objeto",
        }
        return render(self.request, "agreements/several_items.html", context, status=status)

    def _lines(self, codes: Iterable[str]) -> Sequence[Line]:
        known = [self.candidates[each] for each in codes if each in self.candidates]
        lines = []
        for each in known:
            item = self.items.get(each.indicator.code)
            lines.append(Line(each, None if item else self._row(each), item))
        return lines

    def _judged(self, code: str) -> RowForm:
        return RowForm(self.request.POST, candidate=self.candidates[code], typist=self.typist)

    def _row(self, candidate: Candidate, typed: Mapping[str, Any] | None = None) -> RowForm:
        return RowForm(candidate=candidate, typist=self.typist, typed=typed)

    def _unit(self) -> str:
        return self.asked("unidade") if self.looking.branch else ""
