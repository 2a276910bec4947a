"""What every page knows: who is looking, where they are, and the menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samspil.kit import house


def page(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "organisation": getattr(request, "organisation", None),
        "menu": _menu(viewer) if viewer else [],
        "mode": settings.SAMSPIL_MODE,
        "languages": settings.LANGUAGES,
        "request_id": getattr(request, "id", ""),
        "today": viewer.today if viewer else None,
    }


def _menu(viewer: Any) -> list[dict[str, Any]]:
    return [
        {"title": entry.title, "url": reverse(entry.url_name, args=[viewer.organisation.slug])}
        for room in house.rooms_on(viewer.organisation.rooms_off)
        for entry in room.menu
        if room.permissions[entry.action].allows(viewer)
    ]
