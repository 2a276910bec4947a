"""The door of participants: no account, no e-mail, one address a round.

A view behind it gets `request.round`, `request.entrance` (None: they have to come in by a link, a code or an
account first), `request.kiosk` (many use this device, one after the other) and `request.at`, inside the
round's organisation. What is not there is a 404 for everybody; a closed round answers that it has closed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import wraps
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from samspil.kit.refs import new_ref
from samspil.organisation.scope import scope
from samspil.organisation.viewer import day_in
from samspil.participation import entering, kinds, queries
from samspil.participation.entering import Entrance
from samspil.participation.models import Participant, Round

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}
CODE, BROWSER = "code", "browser"  # the two kinds of ticket in the cookie
GONE = 410


class ParticipantRequest(HttpRequest):
    """A request that has come through the participants' door."""

    round: Round
    entrance: Entrance | None
    kiosk: bool
    receipt: str
    at: datetime


def participants(
    *, methods: tuple[str, ...] = ("GET",), closed: bool = False, often: bool = False
) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Guard a view whose address begins with the code of a round. `closed`: it answers after close too.

    `often`: a whole hall asks, so what is known of an open round may be a moment old; the action looks again
    before it keeps anything.
    """
    answered = (*methods, "HEAD") if "GET" in methods else methods

    def guard(view: Callable[..., HttpResponse]) -> Any:
        @wraps(view)
        def guarded(request: Any, code: str, **address: str) -> HttpResponse:
            if request.method not in answered:
                return HttpResponseNotAllowed(methods)
            round_ = _of_a_moment_ago(code) if often else queries.round_by_code(code)
            if round_ is None or round_.state == Round.State.PLANNED or _switched_off(round_):
                raise Http404
            _speak(request, round_)
            zone = ZoneInfo(round_.organisation.zone)
            with scope(round_.organisation), timezone.override(zone):
                request.round, request.kiosk = round_, _is_kiosk(request, round_)
                request.entrance = _entrance(request, round_)
                request.receipt = kept_receipt(request)
                ended = not _is_open(round_, request.at) and not closed
                response = _closed(request) if ended else view(request, **address)
            for name, value in PRIVATE.items():
                response.setdefault(name, value)
            return response

        guarded.for_participants, guarded.after_close = methods, closed  # type: ignore[attr-defined]
        return guarded

    return guard


MOMENT = 1.0  # seconds
MOST_ROUNDS = 200
_seen: dict[str, tuple[float, Round]] = {}


def _of_a_moment_ago(code: str) -> Round | None:
    """The round as this process saw it within the last second, if it was open."""
    until, known = _seen.get(code, (0.0, None))
    if known and monotonic() < until:
        return known
    found = queries.round_by_code(code)
    if found and found.state == Round.State.OPEN:
        if len(_seen) > MOST_ROUNDS:
            _seen.clear()
        _seen[code] = (monotonic() + MOMENT, found)
    return found


def cookie_of(round_: Round) -> str:
    return f"round_{round_.code}"


def remember(response: HttpResponse, request: Any, kind: str, ticket: str) -> None:
    """Keep a ticket for as long as the round lasts, for this round's own pages; a kiosk forgets it sooner."""
    _keep(response, request, cookie_of(request.round), f"{kind} {ticket}", lasting=not request.kiosk)


def forget(response: HttpResponse, request: Any) -> None:
    """Nothing on this device says any more who took part; a kiosk stays one."""
    for name in (cookie_of(request.round), receipt_cookie_of(request.round)):
        response.delete_cookie(name, path=_path(request.round), samesite="Lax")


def make_kiosk(response: HttpResponse, request: Any) -> None:
    _keep(response, request, _kiosk_cookie_of(request.round), "kiosk", lasting=True)


def kiosk_key(round_: Round) -> str:
    """What stands in the address that turns a device into a kiosk; organisers hand it out."""
    return Signer(salt="samspil.participation.kiosk").signature(round_.ref)


def is_kiosk_key(round_: Round, key: str) -> bool:
    return constant_time_compare(kiosk_key(round_), key)


def receipt_cookie_of(round_: Round) -> str:
    return f"receipt_{round_.code}"


def keep_receipt(response: HttpResponse, request: Any, code: str) -> None:
    """Let this device show the receipt again; its holder writes it down or scans it from there."""
    _keep(response, request, receipt_cookie_of(request.round), code, lasting=not request.kiosk)


def kept_receipt(request: Any) -> str:
    return str(request.get_signed_cookie(receipt_cookie_of(request.round), default=""))


def new_browser() -> str:
    return new_ref() + new_ref()


def _keep(response: HttpResponse, request: Any, name: str, value: str, *, lasting: bool) -> None:
    round_ = request.round
    last = datetime.combine(round_.closes_on + timedelta(days=1), time(), ZoneInfo(round_.organisation.zone))
    response.set_signed_cookie(
        name,
        value,
        max_age=max(last - request.at, timedelta(hours=1)) if lasting else None,
        path=_path(round_),
        secure=not settings.DEBUG and request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _path(round_: Round) -> str:
    return f"/p/{round_.code}/"


def _kiosk_cookie_of(round_: Round) -> str:
    return f"kiosk_{round_.code}"


def _is_kiosk(request: Any, round_: Round) -> bool:
    return bool(request.get_signed_cookie(_kiosk_cookie_of(round_), default=""))


def _entrance(request: Any, round_: Round) -> Entrance | None:
    if not _is_open(round_, request.at):
        return None
    kept = request.get_signed_cookie(cookie_of(round_), default="")
    kind, _space, rest = kept.partition(" ")
    ticket, _space, marks = rest.partition(" ")
    if kind == CODE:
        found = entering.by_code(round_, ticket)
    else:
        by_account = None if request.kiosk else entering.by_account(round_, request.user)
        found = by_account or (entering.by_link(round_, ticket, marks) if kind == BROWSER else None)
    return replace(found, channel=Participant.Channel.KIOSK) if found and request.kiosk else found


def _is_open(round_: Round, at: datetime) -> bool:
    """Its last day ends it, even where nobody has closed it yet because the worker rests."""
    return round_.state == Round.State.OPEN and day_in(round_.organisation, at) <= round_.closes_on


def _closed(request: Any) -> HttpResponse:
    """What is sent too late is not taken, and the page says so."""
    status = 200 if request.method in ("GET", "HEAD") else GONE
    context = {"shown": kinds.shown(request.round)}
    return render(request, "participation/p/closed.html", context, status=status)


def _speak(request: Any, round_: Round) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(round_.language)
        request.LANGUAGE_CODE = translation.get_language()


def _switched_off(round_: Round) -> bool:
    return "participation" in round_.organisation.rooms_off
