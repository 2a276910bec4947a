"""What the doormen of this room share."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.forms import Form
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue import words
from samspil.dialogue.models import Meeting
from samspil.kit.forms import answer
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation.door import Request
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

BOTH = ("GET", "POST")
Crumb = dict[str, str]
Kept = TypeVar("Kept")
AnyForm = TypeVar("AnyForm", bound=Form)
Saved = tuple[Kept | None, AnyForm, str]


def to(page: str, request: Request, ref: str) -> str:
    return reverse(f"dialogue:{page}", args=[request.organisation.slug, ref])


def kept_or_both(
    form: AnyForm, keep: Callable[[], Kept], again: Callable[[], AnyForm]
) -> Saved[Kept, AnyForm]:
    """What was kept, the form to show and the text of whoever was quicker: then the form comes `again`."""
    try:
        return answer(form, keep), form, ""
    except ChangedMeanwhile as fault:
        form = again()
        form.add_error(None, str(fault.sentence))
        return None, form, fault.theirs


def about_committee(found: Committee, viewer: Viewer, title: str = "") -> dict[str, Any]:
    """What every page about a committee shows: its words, and the way back."""
    regime = regimes.in_force(viewer.organisation, viewer.today)
    last = [{"title": title}] if title else []
    return {
        "committee": found,
        "words": regime.words,
        "regime": regime,
        "rules": regimes.procedure(found, viewer.today, regime),
        "breadcrumbs": [*trail(viewer, regime.words, found), *last],
    }


def about_meeting(found: Meeting, viewer: Viewer, title: str = "") -> dict[str, Any]:
    """What every page about a meeting shows: its words, its rules, and the way back."""
    regime = regimes.in_force(viewer.organisation, found.on)
    here: Crumb = {"title": words.day(found.on)}
    if title:
        here["url"] = reverse("dialogue:meeting", args=[viewer.organisation.slug, found.ref])
    last = [{"title": title}] if title else []
    return {
        "meeting": found,
        "committee": found.committee,
        "words": regime.words,
        "regime": regime,
        "rules": regimes.procedure(found.committee, found.on, regime),
        "breadcrumbs": [*trail(viewer, regime.words, found.committee), here, *last],
    }


def home(viewer: Viewer) -> Crumb:
    return {"title": _("Start"), "url": reverse("home", args=[viewer.organisation.slug])}


def trail(viewer: Viewer, named: Mapping[str, Any], found: Committee | None = None) -> list[Crumb]:
    """The way to the committees, as the words of the regime name them, or to one of them."""
    slug = viewer.organisation.slug
    above = {"title": capfirst(str(named["committees"])), "url": reverse("dialogue:committees", args=[slug])}
    if found is None:
        return [home(viewer), above]
    here = {"title": found.name, "url": reverse("dialogue:committee", args=[slug, found.ref])}
    return [home(viewer), above, here]
