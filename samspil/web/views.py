"""The pages that belong to no single room."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from samspil.kit import house
from samspil.kit.forms import typed_in
from samspil.kit.models import Heartbeat
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, to_sign_in
from samspil.organisation.models import Membership
from samspil.organisation.words import WHAT_ERASURE_DOES
from samspil.web import home as home_page
from samspil.web.permissions import PERMISSIONS
from samspil.web.table import permission_table

WORKER_IS_LATE = timedelta(minutes=5)
BACKUP_IS_LATE = timedelta(days=2)
CHAIN_CHECK_IS_LATE = timedelta(days=2)
logger = logging.getLogger("samspil.request")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first page. Somebody with one membership goes straight to their organisation."""
    if not request.user.is_authenticated:
        return render(request, "web/front.html")
    rows = Membership.everywhere.filter(account_id=request.user.pk, person__left_on__isnull=True)
    slugs = list(rows.values_list("organisation__slug", "organisation__name"))
    if len(slugs) == 1:
        return redirect("home", slugs[0][0])
    return render(request, "web/choose_organisation.html", {"organisations": slugs})


@door(PERMISSIONS, "see_home")
def home(request: Request) -> HttpResponse:
    """What waits for me, what comes up, what happened."""
    return render(request, "web/home.html", home_page.day_of(request.viewer, request.at))


@door(PERMISSIONS, "see_permissions")
def permissions(request: Request) -> HttpResponse:
    """Who may do what, room by room, as it is enforced."""
    crumbs = [{"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])}]
    context = {"rooms": permission_table(), "breadcrumbs": [*crumbs, {"title": _("Who may do what")}]}
    return render(request, "web/permissions.html", context)


@door(PERMISSIONS, "save_draft", methods=("POST",))
def save_draft(request: Request) -> HttpResponse:
    """Keep what somebody is typing. `form` in the query names the form it belongs to."""
    typed = typed_in(request.POST, but=("csrfmiddlewaretoken",))
    drafts.keep(request.viewer, request.GET.get("form", ""), typed, request.at)
    return HttpResponse(status=204)


def elsewhere(request: HttpRequest, **_address: str) -> HttpResponse:
    """An address below an organisation that no room knows: strangers are sent to sign in all the same."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return not_found(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw: written down with where it happened, and answered with the request's number."""
    logger.error("a fault that nobody foresaw", exc_info=True)
    return render(request, "web/fault.html", status=500)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language somebody chose, and go back to where they were."""
    from django.utils.http import url_has_allowed_host_and_scheme

    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 60 * 60,
            secure=settings.PRODUCTION,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    entries = [entry for room in house.rooms() for entry in room.personal_data]
    data = [(entry, WHAT_ERASURE_DOES[entry.on_erasure]) for entry in entries]
    return render(request, "web/privacy.html", {"personal_data": data})


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    return render(request, "web/security.html")


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the house can be used: migrations, worker, last backup and last check of the chain."""
    checks = readiness(request.at)  # type: ignore[attr-defined]
    needed = ("migrations", "worker", "chain")
    fine = all(checks[name]["fine"] for name in needed)
    return JsonResponse({"ready": fine, "checks": checks}, status=200 if fine else 503)


def readiness(at: Any) -> dict[str, dict[str, Any]]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    late = {"worker": WORKER_IS_LATE, "backup": BACKUP_IS_LATE, "chain": CHAIN_CHECK_IS_LATE}
    return {
        "migrations": {"fine": not waiting, "word": f"{len(waiting)} waiting"},
        **{name: _beat(beats.get(name), at, limit) for name, limit in late.items()},
    }


def _beat(beat: Heartbeat | None, at: Any, limit: timedelta) -> dict[str, Any]:
    if beat is None:
        return {"fine": False, "word": "never"}
    fine = beat.fine and at - beat.at <= limit
    return {"fine": fine, "word": beat.word, "at": beat.at.isoformat()}
