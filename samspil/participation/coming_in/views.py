"""The doormen of the ways in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from samspil.kit.refusal import Refused
from samspil.participation import doorway, entering, kinds, pace, queries
from samspil.participation.coming_in.forms import ComeIn, FindRound
from samspil.participation.doorway import ParticipantRequest, participants
from samspil.participation.models import Round
from samspil.participation.words import NOT_ASKED, UNKNOWN_CODE

BOTH = ("GET", "POST")


@require_http_methods(["GET", "HEAD", "POST"])
def find_round(request: HttpRequest) -> HttpResponse:
    """The short address of every poster and letter: type the code, whichever it is."""
    form = FindRound(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = _address_of(form.cleaned_data["code"])
        if found:
            return redirect(found)
        pace.note_wrong_code(request)
        form.add_error("code", str(UNKNOWN_CODE))
    return render(request, "participation/p/find_round.html", {"form": form})


@participants(methods=BOTH)
def welcome(request: ParticipantRequest) -> HttpResponse:
    """What is asked, why and on which promise; one button goes on from here."""
    if request.method == "POST":
        return _come_in(request, ComeIn(request.POST) if "ticket" in request.POST else None)
    return _welcome(request, ComeIn())


@participants(methods=BOTH)
def welcome_with(request: ParticipantRequest, ticket: str) -> HttpResponse:
    """The same from a personal link. Opening it, as scanners of mail do, uses nothing up."""
    form = ComeIn({"ticket": ticket})
    if request.method == "POST":
        return _come_in(request, form)
    if entering.by_code(request.round, ticket) is None:
        pace.note_wrong_code(request)
        form.add_error("ticket", str(UNKNOWN_CODE))
        return _welcome(request, form, status=404)
    return _welcome(request, ComeIn(), ticket=ticket)


@participants(methods=BOTH, closed=True)
def leave(request: ParticipantRequest) -> HttpResponse:
    """Forget on this device who took part, so that the next person begins afresh."""
    if request.method == "GET":
        return render(request, "participation/p/leave.html")
    response = redirect("p:welcome", request.round.code)
    doorway.forget(response, request)
    return response


@participants(methods=BOTH)
def kiosk(request: ParticipantRequest, key: str) -> HttpResponse:
    """Turn this device into one that many use, one after the other."""
    if not doorway.is_kiosk_key(request.round, key):
        raise Refused(UNKNOWN_CODE)
    if request.method == "GET":
        return render(request, "participation/p/kiosk.html")
    response = redirect("p:welcome", request.round.code)
    doorway.forget(response, request)
    doorway.make_kiosk(response, request)
    return response


def _welcome(request: ParticipantRequest, form: ComeIn, status: int = 200, ticket: str = "") -> HttpResponse:
    round_ = request.round
    asked_for_code = not (ticket or request.entrance or round_.by_link)
    begun = bool(request.entrance and not ticket and entering.participant_of(request.entrance))
    context: dict[str, Any] = {
        "form": form,
        "ticket": ticket,
        "smallest": round_.smallest_total,
        "asked": [str(one) for one in round_.asked.select_related("group", "unit", "committee")],
        "begin": kinds.begin(round_) if begun else "",
        "asks_for_code": asked_for_code,
        "sign_in": _sign_in(request),
        "not_asked": NOT_ASKED if asked_for_code and request.user.is_authenticated else "",
    }
    return render(request, "participation/p/welcome.html", context, status=status)


def _come_in(request: ParticipantRequest, form: ComeIn | None) -> HttpResponse:
    """One press of the button: by the code that was typed, by one's account, or by the open link."""
    round_ = request.round
    response = redirect(kinds.begin(round_))
    if form is not None:
        if form.is_valid() and entering.by_code(round_, form.cleaned_data["ticket"]):
            doorway.remember(response, request, doorway.CODE, form.cleaned_data["ticket"])
            return response
        if form.is_valid():
            pace.note_wrong_code(request)
            form.add_error("ticket", str(UNKNOWN_CODE))
        return _welcome(request, form)
    if request.entrance:
        return response
    if round_.by_link:
        pace.check_beginning(request)
        ticket = f"{doorway.new_browser()} {pace.marks_of_arrival(request)}"
        doorway.remember(response, request, doorway.BROWSER, ticket.strip())
        return response
    return _welcome(request, ComeIn({"ticket": ""}))


def _address_of(code: str) -> str:
    """Where a code leads: to a round by its own code, or by a personal one."""
    round_ = queries.round_by_code(code)
    if round_ and round_.state != Round.State.PLANNED:
        return reverse("p:welcome", args=[round_.code])
    round_ = queries.round_of_ticket(code)
    if round_ and round_.state != Round.State.PLANNED:
        return reverse("p:welcome_with", args=[round_.code, code])
    return ""


def _sign_in(request: ParticipantRequest) -> str:
    if request.user.is_authenticated:
        return ""
    return f"{settings.LOGIN_URL}?{urlencode({'next': reverse('p:welcome', args=[request.round.code])})}"
