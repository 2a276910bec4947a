"""The door of participants: no account, no e-mail, one address a round.

A view behind it gets `request.round`, `request.entrance` (None: they have to come in by a link, a code or an
account first) and `request.at`, inside the round's organisation. What is not there is a 404 for everybody.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation

from samspil.kit.refs import new_ref
from samspil.organisation.scope import scope
from samspil.participation import entering, queries
from samspil.participation.entering import Entrance
from samspil.participation.models import Round

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}
CODE, BROWSER = "code", "browser"  # the two kinds of ticket in the cookie


class ParticipantRequest(HttpRequest):
    """A request that has come through the participants' door."""

    round: Round
    entrance: Entrance | None
    at: datetime


def participants(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Guard a view whose address begins with the code of a round."""
    answered = (*methods, "HEAD") if "GET" in methods else methods

    def guard(view: Callable[..., HttpResponse]) -> Any:
        @wraps(view)
        def guarded(request: Any, code: str, **address: str) -> HttpResponse:
            if request.method not in answered:
                return HttpResponseNotAllowed(methods)
            round_ = queries.round_by_code(code)
            if round_ is None or round_.state == Round.State.PLANNED or _switched_off(round_):
                raise Http404
            _speak(request, round_)
            zone = ZoneInfo(round_.organisation.zone)
            with scope(round_.organisation), timezone.override(zone):
                request.round, request.entrance = round_, _entrance(request, round_)
                response = view(request, **address)
            for name, value in PRIVATE.items():
                response.setdefault(name, value)
            return response

        guarded.for_participants = methods  # type: ignore[attr-defined]
        return guarded

    return guard


def cookie_of(round_: Round) -> str:
    return f"round_{round_.code}"


def remember(response: HttpResponse, request: Any, kind: str, ticket: str) -> None:
    """Keep a ticket for as long as the round lasts, for this round's own pages."""
    response.set_signed_cookie(
        cookie_of(request.round),
        f"{kind} {ticket}",
        path=f"/p/{request.round.code}/",
        secure=not settings.DEBUG and request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def new_browser() -> str:
    return new_ref() + new_ref()


def _entrance(request: Any, round_: Round) -> Entrance | None:
    if round_.state != Round.State.OPEN:
        return None
    kept = request.get_signed_cookie(cookie_of(round_), default="")
    kind, _space, ticket = kept.partition(" ")
    if kind == CODE:
        return entering.by_code(round_, ticket)
    return entering.by_account(round_, request.user) or (
        entering.by_link(round_, ticket) if kind == BROWSER else None
    )


def _speak(request: Any, round_: Round) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(round_.language)
        request.LANGUAGE_CODE = translation.get_language()


def _switched_off(round_: Round) -> bool:
    return "participation" in round_.organisation.rooms_off
