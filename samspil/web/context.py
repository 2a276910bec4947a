"""What every page knows: who is looking, where they are, the menu and the links of the footer."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject

from samspil.kit import house
from samspil.kit.room import MenuEntry, Room
from samspil.organisation.viewer import Viewer
from samspil.web.permissions import PERMISSIONS


def page(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    return {
        "mode": settings.SAMSPIL_MODE,
        "languages": settings.LANGUAGES,
        "language_action": reverse("language"),
        "request_id": getattr(request, "id", ""),
        "accessibility_url": reverse("accessibility"),
        "privacy_url": reverse("privacy"),
        "security_url": reverse("security"),
        **(_account(request)),
        **(_inside(viewer) if viewer else {}),
    }


def _account(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"sign_in_url": reverse("account_login")}
    return {
        "account_name": str(user),
        "account_url": reverse("mfa_index"),
        "sign_out_url": reverse("account_logout"),
    }


def _inside(viewer: Viewer) -> dict[str, Any]:
    organisation = viewer.organisation
    return {
        "viewer": viewer,
        "organisation": organisation,
        "account_name": str(viewer.person),
        "home_url": reverse("home", args=[organisation.slug]),
        "menu": SimpleLazyObject(lambda: menu(viewer)),  # a panel that is drawn by itself asks for none
        "about": SimpleLazyObject(lambda: about(viewer)),
        "permissions_url": _permissions_url(viewer),
        "today": viewer.today,
    }


def menu(viewer: Viewer) -> list[dict[str, Any]]:
    """The entries of the main menu that this viewer may open."""
    return _links(viewer, lambda room: room.menu)


def about(viewer: Viewer) -> list[dict[str, Any]]:
    """The pages about the organisation as a whole that this viewer may open."""
    return _links(viewer, lambda room: room.about)


def _permissions_url(viewer: Viewer) -> str:
    may = PERMISSIONS.allows("see_permissions", viewer)
    return reverse("permissions", args=[viewer.organisation.slug]) if may else ""


def _links(viewer: Viewer, entries_of: Callable[[Room], Sequence[MenuEntry]]) -> list[dict[str, Any]]:
    entries = [
        entry
        for room in house.rooms_on(viewer.organisation.rooms_off)
        for entry in entries_of(room)
        if room.permissions[entry.action].allows(viewer)
    ]
    return [
        {
            "title": _title(entry, viewer),
            "url": reverse(entry.url_name, args=[viewer.organisation.slug]),
        }
        for entry in sorted(entries, key=lambda entry: entry.order)
    ]


def _title(entry: MenuEntry, viewer: Viewer) -> "str | Promise":
    """The word of the organisation; the page that tells of a fault has a menu even without the database."""
    if entry.named is None:
        return entry.title
    try:
        return entry.named(viewer)
    except (DatabaseError, InterfaceError):
        return entry.title
