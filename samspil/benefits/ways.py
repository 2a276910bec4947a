"""What the doormen of this room share: addresses, the way back, and a form that leads to one action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.benefits.models import Benefit
from samspil.benefits.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.kit.forms import answer
from samspil.organisation.door import Request
from samspil.organisation.viewer import Viewer

BOTH = ("GET", "POST")
AnyForm = TypeVar("AnyForm", bound=Form)
Crumbs = list[dict[str, Any]]


def url(viewer: Viewer, page: str, *arguments: str) -> str:
    return reverse(f"benefits:{page}", args=[viewer.organisation.slug, *arguments])


def crumbs(viewer: Viewer, initiative: Initiative, *items: tuple[Any, str]) -> Crumbs:
    slug = viewer.organisation.slug
    return [
        {"title": _("Start"), "url": reverse("home", args=[slug])},
        {"title": initiative.title, "url": reverse("initiative:initiative", args=[slug, initiative.ref])},
        {"title": _("Benefits"), "url": url(viewer, "register", initiative.ref)},
        *({"title": title, "url": address} for title, address in items),
    ]


def about_benefit(viewer: Viewer, found: Benefit, title: str = "") -> dict[str, Any]:
    """What every page about a benefit shows."""
    here = (found.title, url(viewer, "benefit", found.ref))
    last = [(title, "")] if title else []
    return {
        "benefit": found,
        "initiative": found.initiative,
        "title": title or found.title,
        "back": here[1],
        "breadcrumbs": crumbs(viewer, found.initiative, here, *last),
    }


def about_initiative(viewer: Viewer, initiative: Initiative, title: str = "") -> dict[str, Any]:
    last = [(title, "")] if title else []
    return {
        "initiative": initiative,
        "title": title,
        "back": url(viewer, "register", initiative.ref),
        "breadcrumbs": crumbs(viewer, initiative, *last),
    }


def may(viewer: Viewer, thing: Any, *actions: str) -> dict[str, bool]:
    return {action: PERMISSIONS.allows(action, viewer, thing) for action in actions}


def one_form(
    request: Request,
    form: AnyForm,
    act: Callable[[AnyForm], object],
    context: dict[str, Any],
    *,
    done: str,
    template: str = "benefits/form.html",
    leads_to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent call one action and lead back to where it was opened."""
    if request.method == "POST":
        made = answer(form, lambda: act(form) or True)
        if made:
            messages.success(request, done)
            return redirect(leads_to(made) if leads_to else context["back"])
    return render(request, template, context | {"form": form})


def sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
