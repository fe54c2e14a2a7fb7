"""Writing a part of the pact: adding, changing, taking out; nobody overwrites unseen and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from apura_web.agreements.models import Agreement, PartDraft
from apura_web.agreements.pact.differences import differences
from apura_web.agreements.pact.methods import method_called
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import ALIGNMENT, SECTIONS
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.selectors.agreements import surroundings_of, working_text
from apura_web.agreements.selectors.reading import draft_of, names_in
from apura_web.agreements.services import drafting
from apura_web.agreements.services.drafting import PART_CHANGED, Place
from apura_web.agreements.web.agreement_tabs import crumbs_of
from apura_web.agreements.web.changes_told import told_changes
from apura_web.agreements.web.finding import check_side, find_agreement, find_section
from apura_web.agreements.web.method_check import check_method
from apura_web.agreements.web.part_form import FORMULA, METHOD, PartForm, Writing, initial_of
from apura_web.audit.actors import Role
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Confirmation, Crumb, Tone
from apura_web.foundation.refusals import Refused
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED, Deed, SeenForm, answer, typed_before

ACTION, CHECK, ANOTHER, FOLLOWING = "acao", "conferir", "outro", "seguinte"
REPEATED = ("objeto", "especie", "papel", "inciso", "metodo")
"""What the next part of the same section starts with."""
WRITERS = (Role.CENTRAL_ANALYST, Role.COORDINATOR, Role.HEAD)


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, code: str, section: str) -> HttpResponse:
    """Add a part to a section that may have several."""
    agreement, declared = find_agreement(request, code), find_section(section)
    if not declared.is_many:
        raise Http404
    check_side(request, agreement)
    return _edit(request, Place(agreement, declared.name), None)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Change a part, or write for the first time one that every pact has."""
    agreement = find_agreement(request, code)
    draft = _draft(agreement, key)
    check_side(request, agreement)
    return _edit(request, Place(agreement, draft.section if draft else key, key), draft)


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Take a part out of the text, after telling what goes with it."""
    agreement = find_agreement(request, code)
    draft = _draft(agreement, key)
    if draft is None or draft.is_removed or not draft.part.declared.is_many:
        raise Http404
    check_side(request, agreement)
    part, back = draft.part, reverse("part_edit", args=[agreement.code, key])
    form = SeenForm(request.POST or None, initial={"seen": draft.edition})
    deed = Deed(
        form=form,
        do=lambda: drafting.remove(
            Place(agreement, draft.section, key),
            seen=form.cleaned_data["seen"] or 0,
            actor=request.actor,
            at=request.at,
        ),
        done=f"“{part.name}” foi retirado do texto.",
        goes_to=lambda _row: agreement.get_absolute_url(),
        page={
            "title": f"Retirar {part.declared.label.lower()}: {part.name[:80]}",
            "lead": "A parte sai do texto que se negocia; as rodadas já enviadas a conservam.",
            "crumbs": crumbs_of(agreement, Crumb(part.name[:60], back), Crumb("Retirar")),
            "verb": "Retirar do texto",
            "cancel_url": back,
        },
        tell=lambda: _removing(agreement, part, back),
    )
    return answer(request, deed)


@signed_in
@require_POST
def method_try(request: ActorRequest) -> HttpResponse:
    """Check the method being chosen or written."""
    if not request.actor.has(*WRITERS):
        raise Http404
    data = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    return render(request, "agreements/_method_check.html", {"check": check_method(data)})


def _draft(agreement: Agreement, key: str) -> PartDraft | None:
    draft = draft_of(agreement, key)
    if draft is None and (key not in SECTIONS or SECTIONS[key].is_many):
        raise Http404
    return draft


def _edit(request: ActorRequest, place: Place, draft: PartDraft | None) -> HttpResponse:
    form = _form(request, place, draft)
    if request.method != "POST" or request.POST.get(ACTION) == CHECK:
        return _page(request, place, form, draft)
    if not form.is_valid():
        return _page(request, place, form, draft, status=REFUSED)
    writing = drafting.Writing(form.values, form.cleaned_data["edition"] or 0)
    try:
        row = drafting.write(place, writing, actor=request.actor, at=request.at)
    except Refused as refused:
        return _refused(request, place, form, refused)
    messages.success(request, f"“{row.part.name[:80]}” gravado.")
    if request.POST.get(ACTION) == ANOTHER:
        return redirect(_another(place, row.part))
    following = _following(place) if request.POST.get(ACTION) == FOLLOWING else None
    if following is not None:
        return redirect(reverse("part_edit", args=[place.agreement.code, following.name]))
    return redirect(f"{place.agreement.get_absolute_url()}#parte-{row.key}")


def _form(request: ActorRequest, place: Place, draft: PartDraft | None) -> PartForm:
    agreement, section = place.agreement, SECTIONS[place.section]
    text = working_text(agreement)
    known = surroundings_of(agreement, text, request.today)
    writing = Writing(request.actor, section, place.key, text, known)
    if request.method == "POST":
        return PartForm(request.POST, writing=writing)
    edition = draft.edition if draft else 0
    if draft is not None and not draft.is_removed:
        return PartForm(initial={**initial_of(section, draft.values), "edition": edition}, writing=writing)
    given = {name: value for name, value in typed_before(request).items() if isinstance(value, str)}
    return PartForm(initial={**given, "edition": edition}, writing=writing)


def _page(
    request: ActorRequest,
    place: Place,
    form: PartForm,
    draft: PartDraft | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    section: Section = SECTIONS[place.section]
    is_new = draft is None and section.is_many
    name = draft.part.name[:80] if draft else section.label
    title = f"Incluir {section.label.lower()}" if is_new else name if section.is_many else section.plural
    context = {
        "agreement": place.agreement,
        "form": form,
        "section": section,
        "title": title,
        "crumbs": crumbs_of(place.agreement, Crumb(title)),
        "draft": draft,
        "following": _following(place),
        "can_remove": draft is not None and section.is_many and not draft.is_removed,
        "back": f"{place.agreement.get_absolute_url()}#secao-{'objeto' if section.name == 'item' else section.name}",
        **more,
    }
    return render(request, "agreements/part_form.html", context, status=status)


def _refused(request: ActorRequest, place: Place, form: PartForm, refused: Refused) -> HttpResponse:
    """Show what was typed again; beside it, when somebody wrote first, what is written now."""
    form.add_error(None, str(refused.refusal))
    draft = draft_of(place.agreement, place.key)
    if refused.refusal.code != PART_CHANGED or draft is None:
        return _page(request, place, form, draft, status=refused.refusal.status)
    data = form.data.copy()  # type: ignore[attr-defined]
    data["edition"] = str(draft.edition)
    form.data = data
    typed = PactText((Part(place.key, place.section, form.values),))
    written = PactText(() if draft.is_removed else (draft.part,))
    names = names_in(request.institution.pk, working_text(place.agreement), written, typed)
    changes = [each for told in told_changes(differences(written, typed), names) for each in told.changes]
    return _page(request, place, form, draft, status=refused.refusal.status, conflict=draft, changes=changes)


def _following(place: Place) -> Section | None:
    """Give the next section that every pact has once; None after the last, or from one that has several parts."""
    if SECTIONS[place.section].is_many:
        return None
    ones = [each for each in SECTIONS.values() if not each.is_many]
    wanted = [each for each in ones if each is not ALIGNMENT or place.agreement.had_alignment]
    later = [each for each in wanted if ones.index(each) > ones.index(SECTIONS[place.section])]
    return later[0] if later else None


def _another(place: Place, part: Part) -> str:
    kept = {name: part.get(name) for name in REPEATED if part.get(name)}
    if METHOD in kept and method_called(kept[METHOD]) is None:
        kept[FORMULA] = kept.pop(METHOD)
    return f"{reverse('part_new', args=[place.agreement.code, place.section])}?{urlencode(kept)}"


def _removing(agreement: Agreement, part: Part, back: str) -> Confirmation:
    items = working_text(agreement).items_of(part.key)
    follows: Mapping[bool, tuple[str, ...]] = {
        True: (f"Ficam sem objeto {len(items)} item(ns): escolha outro objeto para eles, ou retire-os.",),
        False: (),
    }
    return Confirmation(
        question=f"Retirar “{part.name[:120]}” do texto?",
        what="A parte deixa de constar do texto em negociação.",
        whom=f"{agreement}, {agreement.unit}",
        verb="Retirar do texto",
        cancel_url=back,
        consequences=follows[bool(items)],
        undoing="Sim: enquanto se negocia, a parte pode ser escrita de novo.",
        tone=Tone.BAD,
    )
