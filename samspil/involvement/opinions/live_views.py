"""The doormen of a round that is held in a meeting: the facilitator's page and the big screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.involvement.opinions import live, pages, queries
from samspil.involvement.opinions.live import Moment
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.exports.qr import svg_of
from samspil.organisation.door import Request, door
from samspil.participation import queries as rounds
from samspil.participation.models import Round

BOTH = ("GET", "POST")
BY_THEMSELVES = "free"


@door(PERMISSIONS, "lead_live_meeting", find=rounds.round_with, methods=BOTH)
def lead(request: Request, found: Round) -> HttpResponse:
    """Choose what is shown, one statement at a time."""
    if request.method == "POST":
        chosen = request.POST.get("number", "")
        number = int(chosen) if chosen.isdecimal() else None
        live.show_statement(round_=found, number=number, by=request.viewer, at=request.at)
        return redirect("involvement:lead_live", found.organisation.slug, found.ref)
    asked = queries.statements_of(found).filter(state=RoundStatement.State.ACCEPTED)
    context = pages.about(found, request.viewer, _("Live in a meeting"))
    context |= {
        "statements": list(asked),
        "moment": live.moment_of(found),
        "held_back": live.held_back(found),
        "first": found.smallest_total + live.held_back(found),
        "address": _address(request, found),
    }
    return render(request, "involvement/opinions/live.html", context)


@door(PERMISSIONS, "lead_live_meeting", find=rounds.round_with, methods=("POST",))
def end(request: Request, found: Round) -> HttpResponse:
    live.end_live_meeting(round_=found, by=request.viewer, at=request.at)
    messages.success(request, _("The meeting is over. The round goes on until its last day."))
    return redirect("participation:round", found.organisation.slug, found.ref)


@door(PERMISSIONS, "lead_live_meeting", find=rounds.round_with)
def screen(request: Request, found: Round) -> HttpResponse:
    """The big screen: the way in, the statement, and the answers when enough have come."""
    return render(request, "involvement/opinions/screen.html", _on_screen(request, found))


@door(PERMISSIONS, "lead_live_meeting", find=rounds.round_with)
def screen_now(request: Request, found: Round) -> HttpResponse:
    """The part that changes; nothing as long as it is what the screen shows already."""
    moment = live.moment_of(found)
    mark = f'"{moment.mark if moment else 0}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    response = render(request, "involvement/opinions/_screen.html", _on_screen(request, found))
    response["ETag"] = mark
    return response


def _on_screen(request: Request, found: Round) -> dict[str, Any]:
    moment = live.moment_of(found)
    address = _address(request, found)
    return {
        "round": found,
        "moment": moment,
        "mark": moment.mark if moment else "0",
        "first": found.smallest_total + live.held_back(found),
        "bars": _bars(moment),
        "address": address.partition("//")[2].rstrip("/"),
        "qr": svg_of(address),
    }


def _bars(moment: Moment | None) -> list[tuple[str, str, int, int]]:
    """Each answer with its word, its count and its share in percent."""
    if moment is None or moment.counts is None:
        return []
    whole = sum(moment.counts)
    named = (("agree", _("Agree")), ("pass", _("Pass")), ("disagree", _("Disagree")))
    return [
        (key, word, count, round(100 * count / whole))
        for (key, word), count in zip(named, moment.counts, strict=True)
    ]


def _address(request: Request, found: Round) -> str:
    return request.build_absolute_uri(reverse("p:welcome", args=[found.code]))
