"""Demo mode: sign in as anyone of the cast with one click, and move the clock. Not there in production."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from samspil.kit import clock
from samspil.kit.gallery import gallery_context
from samspil.organisation.models import Membership, Organisation
from samspil.organisation.scope import every_organisation
from samspil.organisation.words import ROLES, SEATS
from samspil.participation.models import Round

BACKEND = "django.contrib.auth.backends.ModelBackend"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
CAST_SIZE = 14


def only_in_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_demo
@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody one can be, organisation by organisation."""
    towards = request.GET.get("next", "")
    with every_organisation():
        organisations = sorted(Organisation.objects.order_by("pk"), key=lambda one: not _leads(towards, one))
        houses = [(one, _people_of(one), _open_rounds(one)) for one in organisations]
    return render(request, "web/demo.html", {"houses": houses, "now": clock.now(), "towards": towards})


@only_in_demo
@require_POST
def become(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign in as this person, and go on to the page one wanted if it is one of theirs."""
    membership = get_object_or_404(
        Membership.everywhere.select_related("account", "organisation"),
        person__ref=ref,
        person__membership__isnull=False,
    )
    login(request, membership.account, backend=BACKEND)
    towards = request.POST.get("next", "")
    if _leads(towards, membership.organisation):
        return redirect(towards)
    return redirect("home", membership.organisation.slug)


@only_in_demo
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Let it be another day, to see what the house says then."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        clock.move_back()
    else:
        clock.move_to(datetime.combine(day, time(9), UTC))
    return redirect("demo")


@only_in_demo
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "kit/gallery.html", gallery_context())


def _leads(path: str, organisation: Organisation) -> bool:
    """Whether a path is a page of this organisation; another house's address never is."""
    here = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return here and path.startswith(reverse("home", args=[organisation.slug]))


def _open_rounds(organisation: Organisation) -> list[Round]:
    """Rounds that whoever has the link may answer."""
    return list(Round.objects.filter(organisation=organisation, state=Round.State.OPEN, by_link=True))


def _people_of(organisation: Organisation) -> list[dict[str, Any]]:
    rows = (
        Membership.everywhere.filter(organisation=organisation)
        .select_related("person__unit")
        .prefetch_related("person__roles", "person__seats__committee")
        .order_by("pk")[:CAST_SIZE]
    )
    return [{"person": row.person, "parts": _parts(row.person)} for row in rows]


def _parts(person: Any) -> list[str]:
    roles = [str(ROLES[role.kind]) for role in person.roles.all()]
    seats = [f"{SEATS[seat.kind]}, {seat.committee.name}" for seat in person.seats.all()[:2]]
    return [*roles, *seats]


urlpatterns = [
    path("", cast, name="demo"),
    path("gallery/", gallery, name="gallery"),
    path("become/<slug:ref>/", become, name="demo_become"),
    path("clock/", move_clock, name="demo_clock"),
]
