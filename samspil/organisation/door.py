"""The door to every page of an organisation.

Nobody signed in: the same redirect, whatever the address. A stranger to the organisation: 404, and so for a
guest wherever they are not admitted. Somebody inside without the right: 403 and a sentence. Only then does
the view run, inside the organisation's scope.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from samspil.kit.forms import typed_in
from samspil.kit.permission import Permissions
from samspil.kit.refusal import NotAllowed
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, person_of, viewer_of

TYPED = "typed_before_sign_in"
MOST_TYPED = 60_000  # characters; strangers do not get to fill the database
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


class Request(HttpRequest):
    """A request that has come through the door."""

    viewer: Viewer
    organisation: Organisation
    at: datetime


def who(request: Request) -> dict[str, Any]:
    """By whom and when, as every action wants to know."""
    return {"by": request.viewer, "at": request.at}


class View(Protocol):
    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse: ...


def door(
    permissions: Permissions,
    action: str,
    *,
    find: Callable[[str], Any] | None = None,
    methods: tuple[str, ...] = ("GET",),
    waits: bool = True,
) -> Callable[[View], View]:
    """Guard a view. `find(ref)` fetches the thing in the address; what it does not find is a 404.

    `waits`: what somebody sends whose sign-in has ended waits for them in the database. Not so where it tells
    what somebody answered.
    """

    answered = (*methods, "HEAD") if "GET" in methods else methods

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, organisation: str, **address: str) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request, waits=waits)
            if request.method not in answered:
                return HttpResponseNotAllowed(methods)
            _enter(request, organisation)
            zone = ZoneInfo(request.organisation.zone)
            with scope(request.organisation), timezone.override(zone):
                thing = _found(find, address)
                _check_room(permissions.room, request.organisation)
                _check_permission(permissions, action, request.viewer, thing)
                return view(request, *([thing] if find else []), **address)

        guarded.door = (permissions, f"{permissions.room}.{action}", methods, find)  # type: ignore[attr-defined]
        return guarded

    return guard


def to_sign_in(request: HttpRequest, *, waits: bool = True) -> HttpResponse:
    """The one answer to somebody who is not signed in. What they typed waits for them."""
    if request.method == "POST" and waits:
        typed = typed_in(request.POST, but=NEVER_KEPT)
        if sum(len("".join(value)) for value in typed.values()) <= MOST_TYPED:
            request.session[TYPED] = {request.path: typed}
    target = request.get_full_path() if request.method != "POST" else request.path
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': target})}")


def typed_before_sign_in(request: HttpRequest) -> dict[str, Any]:
    """What a person had typed into this page's form when the sign-in had ended; given out once."""
    waiting = request.session.get(TYPED, {})
    if request.path not in waiting:
        return {}
    del request.session[TYPED]
    return dict(waiting[request.path])


def _enter(request: Any, slug: str) -> None:
    person = person_of(request.user.pk, slug)
    if person is None:
        raise Http404
    request.organisation = person.organisation
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(request.user.language or person.organisation.language)
        request.LANGUAGE_CODE = translation.get_language()
    with scope(person.organisation):
        request.viewer = viewer_of(person, request.at)


def _found(find: Callable[[str], Any] | None, address: dict[str, str]) -> Any:
    if find is None:
        return None
    thing = find(address.pop("ref"))
    if thing is None:
        raise Http404
    return thing


def _check_permission(permissions: Permissions, action: str, viewer: Viewer, thing: Any) -> None:
    """What a guest may not open is not there for them; everybody else reads the sentence on the door."""
    if thing is not None and viewer.is_guest and not permissions.allows(action, viewer, thing):
        raise Http404
    permissions.require(action, viewer, thing)


def _check_room(room: str, organisation: Organisation) -> None:
    if room in organisation.rooms_off:
        raise NotAllowed(
            _("This part of Samspil is switched off in your organisation. Ask an administrator.")
        )
