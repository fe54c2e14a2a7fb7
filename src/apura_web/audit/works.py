"""An act over one record, as its page does it: the door, the form, the confirmation, what others changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.presentation import Confirmation, Crumb
from apura_web.foundation.web.deeds import Deed, SeenForm, answer


@dataclass(frozen=True)
class Work:
    """An act over a record.

    Attributes:
        act: its name.
        record: what it is done over; its page is where one comes from and goes back to.
        form: what is typed.
        do: does it, given ``actor``, ``at`` and ``seen``.
        done: what is said afterwards.
        lead: a line under the title.
        tell: what the confirmation says; None when the act needs none.
        goes_to: where one is taken, given the result; None is the record's page.
        shown: what else the page shows.
    """

    act: str
    record: Any
    form: SeenForm
    do: Callable[..., Any]
    done: str
    lead: str = ""
    tell: Callable[[], Confirmation] | None = None
    goes_to: Callable[[Any], str] | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)


def work_page(
    request: ActorRequest,
    work: Work,
    *,
    called: str,
    crumbs: Sequence[Crumb],
    answering: Callable[[HttpRequest, Deed], HttpResponse] = answer,
) -> HttpResponse:
    """Answer a step of an act over a record.

    Args:
        request: of somebody signed in.
        work: the act.
        called: the record's name, after the verb in the title.
        crumbs: the way to the record; the verb is added.
        answering: ``answer``, or ``answer_at_once`` when there is nothing to type.

    Raises:
        PermissionDenied: they may not do it.
        Http404: the record is not of their institution.
    """
    check_power(request, work.act, work.record)
    title, url = REGISTRY[work.act].title, work.record.get_absolute_url()
    deed = Deed(
        form=work.form,
        do=lambda: work.do(actor=request.actor, at=request.at, seen=work.form.cleaned_data["seen"]),
        done=work.done,
        goes_to=work.goes_to or (lambda _result: url),
        page={
            "title": f"{title}: {called}",
            "lead": work.lead,
            "crumbs": (*crumbs, Crumb(title)),
            "verb": title,
            "cancel_url": url,
            **work.shown,
        },
        tell=work.tell,
        latest=lambda: last_seen(work.record, request.institution.pk),
    )
    return answering(request, deed)
