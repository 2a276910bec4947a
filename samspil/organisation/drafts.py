"""Drafts: what a person has typed but not sent. They survive a closed browser and an ended sign-in.

A page with a longer text opens its form with `begin` and says `sent` when the form was sent; that is all.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db import Error
from django.forms import Form
from django.urls import reverse

from samspil.kit.refusal import Refused
from samspil.organisation.door import Request, typed_before_sign_in
from samspil.organisation.models import Draft
from samspil.organisation.viewer import Viewer

LONGEST = 60_000
LONGEST_NAME = 200
MARKS = ("version", "seen")  # how a form says which text it was opened on
NOT_TYPED = (*MARKS, "because")  # what a page puts into its form by itself
AFRESH = "afresh"  # in the address of a page that opens its form without the draft
AnyForm = TypeVar("AnyForm", bound=Form)
Typed = Mapping[str, "str | list[str]"]


@dataclass(frozen=True)
class OfPage:
    """What a form shows about its draft. `stale`: something was changed after the draft was begun."""

    url: str
    saved_at: datetime | None
    stale: bool
    afresh: str


def begin(request: Request, make: Callable[..., AnyForm], **usual: Any) -> AnyForm:
    """The form of a page, `make(initial=…)`, with what its person typed before and did not send.

    A draft brings the version it was begun with, so a newer text is never overwritten: whoever saves it sees
    both texts, as if the other person had just been quicker.
    """
    name = name_of(request)
    row = _row(request.viewer, name) if _opens(request) else None
    typed: Mapping[str, Any] = row.fields if row else {}
    typed = {**typed, **(typed_before_sign_in(request) if request.method == "GET" else {})}
    form = make(initial={**usual, **typed})
    form.draft = OfPage(  # type: ignore[attr-defined]
        url=f"{reverse('save_draft', args=[request.organisation.slug])}?{urlencode({'form': name})}",
        saved_at=row.saved_at if row else None,
        stale=bool(row) and any(_differ(typed.get(mark), usual.get(mark)) for mark in MARKS),
        afresh=_afresh(request),
    )
    return form


def sent(request: Request) -> None:
    """The form of this page was sent. What was sent is saved by now, so a draft that stays is no reason to
    say that it was not."""
    with suppress(Error):
        forget(request.viewer, name_of(request))


def name_of(request: Request) -> str:
    """The page and what it was opened with, such as something to cite."""
    asked = request.GET.copy()
    asked.pop(AFRESH, None)
    return (f"{request.path}?{asked.urlencode()}" if asked else request.path)[:LONGEST_NAME]


def keep(viewer: Viewer, form: str, typed: Typed, at: datetime) -> None:
    """Keep what is typed in a form; typing on replaces it, an emptied form removes it."""
    if not form or len(form) > LONGEST_NAME or sum(len("".join(value)) for value in typed.values()) > LONGEST:
        raise Refused("This draft is too long to keep.")
    if not any("".join(value).strip() for name, value in typed.items() if name not in NOT_TYPED):
        forget(viewer, form)
        return
    Draft.objects.update_or_create(
        person=viewer.person,
        form=form,
        defaults={"organisation": viewer.organisation, "fields": dict(typed), "saved_at": at},
    )


def of(viewer: Viewer, form: str) -> dict[str, Any]:
    """What this person had typed in this form, if anything."""
    row = _row(viewer, form)
    return dict(row.fields) if row else {}


def forget(viewer: Viewer, form: str) -> None:
    """The form was sent."""
    Draft.objects.filter(person=viewer.person, form=form).delete()


def _row(viewer: Viewer, form: str) -> Draft | None:
    return Draft.objects.filter(person=viewer.person, form=form).first()


def _differ(one: Any, other: Any) -> bool:
    """A number that was sent has become a text."""
    return ("" if one is None else str(one)) != ("" if other is None else str(other))


def _opens(request: Request) -> bool:
    return request.method == "GET" and AFRESH not in request.GET


def _afresh(request: Request) -> str:
    asked = request.GET.copy()
    asked[AFRESH] = "yes"
    return f"{request.path}?{asked.urlencode()}"
