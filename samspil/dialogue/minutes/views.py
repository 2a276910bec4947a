"""The doormen of a meeting's minutes: reading, signing all of it, verifying, the file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspil.dialogue import queries, signing
from samspil.dialogue.confidential import anybody
from samspil.dialogue.minutes import actions, document, pages
from samspil.dialogue.minutes.whole import Whole, whole
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.forms import answer
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation.door import Request, door

BOTH = ("GET", "POST")


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def minutes_of_meeting(request: Request, found: Meeting) -> HttpResponse:
    """Every item with its text, its hash and its signatures, as far as one may read."""
    return render(request, "dialogue/minutes/whole.html", pages.whole_page(found, request.viewer))


@door(PERMISSIONS, "release_meeting", find=queries.meeting, methods=BOTH)
def release_meeting(request: Request, found: Meeting) -> HttpResponse:
    """Read everything, then release it in one press."""
    return _sign(request, found, signing.RELEASE, actions.release_meeting)


@door(PERMISSIONS, "approve_meeting", find=queries.meeting, methods=BOTH)
def approve_meeting(request: Request, found: Meeting) -> HttpResponse:
    """Read everything, then approve it in one press."""
    return _sign(request, found, signing.APPROVE, actions.approve_meeting)


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def minutes_of_meeting_file(request: Request, found: Meeting, format: str) -> HttpResponse:
    """The minutes as a file, as far as one may read; `?open=1` leaves out what is closed to others."""
    if format not in ("pdf", "docx"):
        raise Http404
    viewer = anybody(request.viewer) if request.GET.get("open") else request.viewer
    language = document.language_of(found)
    with translation.override(language):
        made = document.minutes_of(whole(found, viewer), viewer, language)
    return download(write(made, format))  # type: ignore[arg-type]


def _sign(request: Request, found: Meeting, act: str, call: Callable[..., Any]) -> HttpResponse:
    read = whole(found, request.viewer)
    form = pages.SignForm(
        request.POST or None, lines=read.mine(act, request.viewer), later=_later(found, act, request)
    )
    if request.method == "POST":
        typed = form.chosen() if form.is_valid() else {}
        try:
            signed = answer(
                form,
                lambda: call(
                    meeting=found,
                    sha256=request.POST.get("sha256", ""),
                    by=request.viewer,
                    at=request.at,
                    **typed,
                ),
            )
        except ChangedMeanwhile as fault:
            signed = None
            form.add_error(None, str(fault.sentence))
        if signed:
            messages.success(request, _said(act))
            return redirect(_next(request, found, act))
    context = pages.sign_page(read, form, act, request.viewer)
    return render(request, "dialogue/minutes/sign.html", context)


def _later(found: Meeting, act: str, request: Request) -> list[Meeting]:
    return list(queries.later_meetings_held(found, request.viewer.today)) if act == signing.APPROVE else []


def _next(request: Request, found: Meeting, act: str) -> str:
    """Who releases last goes on to approving."""
    read: Whole = whole(found, request.viewer)
    more = act == signing.RELEASE and read.mine(signing.APPROVE, request.viewer)
    page = "approve_meeting" if more else "minutes_of_meeting"
    return reverse(f"dialogue:{page}", args=[request.organisation.slug, found.ref])


def _said(act: str) -> str:
    return _("You have approved the texts.") if act == signing.APPROVE else _("You have released the texts.")
