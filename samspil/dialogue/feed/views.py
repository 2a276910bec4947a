"""The page of one's own calendar, the feed behind its secret address, and a meeting to put in a calendar."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspil.dialogue import queries
from samspil.dialogue.feed import actions, ics
from samspil.dialogue.feed.entries import entries_of, meeting_entry
from samspil.dialogue.feed.models import FeedAddress
from samspil.dialogue.feed.secrets import address_with
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative.notices import language_of
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.organisation.door import Request, door
from samspil.organisation.scope import scope
from samspil.organisation.viewer import viewer_of

PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@require_safe
def feed(request: Any, token: str) -> HttpResponse:
    """Whoever has the secret reads the calendar. A wrong one, a withdrawn one and none are all the same."""
    found = address_with(token)
    if found is None or "dialogue" in found.person.organisation.rooms_off:
        raise Http404
    organisation = found.person.organisation
    with scope(organisation), timezone.override(ZoneInfo(organisation.zone)), language_of(found.person):
        viewer = viewer_of(found.person, request.at)
        if not PERMISSIONS.allows("see_own_feed", viewer):
            raise Http404
        FeedAddress.objects.filter(pk=found.pk).exclude(read_on=viewer.today).update(read_on=viewer.today)
        file = ics.calendar(entries_of(viewer), f"Samspil – {organisation.name}", organisation, request.at)
    return HttpResponse(file, content_type=ics.CONTENT_TYPE, headers=PRIVATE)


@door(PERMISSIONS, "see_own_feed")
def own_feed(request: Request) -> HttpResponse:
    """Whether there is an address, since when, and when it was read last."""
    return _page(request)


@door(PERMISSIONS, "make_feed", methods=("POST",))
def make_feed(request: Request) -> HttpResponse:
    """Make an address and show it, this once."""
    token = actions.make_feed(by=request.viewer, at=request.at)
    response = _page(request, settings.BASE_URL + reverse("feed", args=[token]))
    response["Cache-Control"] = "no-store"
    return response


@door(PERMISSIONS, "withdraw_feed", methods=("POST",))
def withdraw_feed(request: Request) -> HttpResponse:
    actions.withdraw_feed(by=request.viewer, at=request.at)
    messages.success(request, _("The address is withdrawn. A calendar that still asks gets nothing."))
    return redirect(reverse("dialogue:own_feed", args=[request.organisation.slug]))


@door(PERMISSIONS, "see_meeting", find=queries.meeting)
def meeting_as_calendar(request: Request, found: Meeting) -> HttpResponse:
    """One meeting, to put in a calendar by hand."""
    entry = meeting_entry(found, request.viewer)
    file = ics.calendar([entry], found.committee.name, request.organisation, request.at)
    name = f"{slugify(found.committee.name, allow_unicode=True)}-{found.on.isoformat()}.ics"
    return download(Export(name, ics.CONTENT_TYPE, file))


def _page(request: Request, address: str = "") -> HttpResponse:
    slug = request.organisation.slug
    context = {
        "address": address,
        "kept": FeedAddress.objects.filter(person=request.viewer.person).first(),
        "breadcrumbs": [
            {"title": _("Start"), "url": reverse("home", args=[slug])},
            {"title": _("Your calendar")},
        ],
    }
    return render(request, "dialogue/feed/own.html", context)
