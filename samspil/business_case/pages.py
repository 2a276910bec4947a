"""What the pages of a case share: the way back, and the tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.business_case.models import Case
from samspil.business_case.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.initiative.queries import ENDED
from samspil.organisation.door import Request

Crumb = dict[str, str]


def to(request: Request, page: str, ref: str, part: str = "") -> str:
    address = reverse(f"business_case:{page}", args=[request.organisation.slug, ref])
    return f"{address}#{part}" if part else address


def about(request: Request, case: Case, here: str, title: str = "") -> dict[str, Any]:
    """What every page of a case shows. `here`: the tab it stands under."""
    home = {"title": _("Business case")}
    last = [{"title": title}] if title else []
    if title:
        home["url"] = to(request, "case", case.ref)
    return {
        "case": case,
        "initiative": case.initiative,
        "tabs": tabs(request, case, here),
        "may_change": may_change(request, case),
        "breadcrumbs": [*way_to(request, case.initiative), home, *last],
    }


def may_change(request: Request, case: Case) -> bool:
    running = case.initiative.phase not in ENDED
    return running and PERMISSIONS.allows("change_case", request.viewer, case)


def tabs(request: Request, case: Case, here: str) -> list[dict[str, Any]]:
    """The pages of a case, in the order in which one works on it."""
    writing = [
        ("table", _("Lines")),
        ("shared", _("Shared figures and risks")),
        ("frame", _("Computed by")),
    ]
    named = [
        ("case", _("What it comes to")),
        ("pictures", _("Pictures and papers")),
        *(writing if may_change(request, case) else []),
        ("what_if", _("What if")),
        ("assumptions", _("What it assumes")),
        ("budget", _("Taken from budgets")),
        ("history", _("Versions and changes")),
    ]
    return [
        {"title": title, "url": to(request, page, case.ref), "current": page == here} for page, title in named
    ]


def way_to(request: Request, initiative: Initiative) -> list[Crumb]:
    slug = request.organisation.slug
    return [
        {"title": _("Initiatives"), "url": reverse("initiative:initiatives", args=[slug])},
        {"title": initiative.title, "url": reverse("initiative:initiative", args=[slug, initiative.ref])},
    ]
