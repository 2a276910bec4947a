"""The way back: where a page lies, and where an action leads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.initiative.models import Initiative, Need
from samspil.organisation.door import Request, typed_before_sign_in

Crumbs = list[dict[str, Any]]


def url(request: Request, page: str, *arguments: str) -> str:
    return reverse(f"initiative:{page}", args=[request.organisation.slug, *arguments])


def to(request: Request, page: str, *arguments: str, part: str = "") -> HttpResponse:
    """Lead on to a page, or to a part of it."""
    return redirect(url(request, page, *arguments) + (f"#{part}" if part else ""))


def crumbs(request: Request, *items: tuple[Any, str]) -> Crumbs:
    start = {"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])}
    return [start, *({"title": title, "url": address} for title, address in items)]


def need_crumbs(request: Request, need: Need, *items: tuple[Any, str]) -> Crumbs:
    above = (_("Needs"), url(request, "needs"))
    return crumbs(request, above, (need.problem, url(request, "need", need.ref)), *items)


def initiative_crumbs(request: Request, initiative: Initiative, *items: tuple[Any, str]) -> Crumbs:
    above = (_("Initiatives"), url(request, "initiatives"))
    return crumbs(request, above, (initiative.title, url(request, "initiative", initiative.ref)), *items)


def initial(request: Request, **usual: Any) -> dict[str, Any]:
    """What a form starts with: what was typed before a sign-in ended, else the usual."""
    return usual | (typed_before_sign_in(request) if request.method == "GET" else {})


def sent(request: Request) -> Any:
    """What was sent, or None when the form is only being opened."""
    return request.POST if request.method == "POST" else None
