"""What the pages of the staff side's room show."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import confidential, queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.doorstep import trail
from samspil.dialogue.models import Item, ItemQuestion, Meeting
from samspil.dialogue.secrecy import STAFF, in_staff_room, released
from samspil.dialogue.staff_room import words
from samspil.dialogue.staff_room.models import StaffNote
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]


def room(found: Committee, viewer: Viewer) -> Context:
    """The room: its notes, and when the side meets before the committee does."""
    return {
        **_about(found, viewer),
        "notes": words.notes_in(found, viewer),
        "meetings": words.pre_meetings(found, viewer),
        "breadcrumbs": _trail(found, viewer),
    }


def form_page(found: Committee, viewer: Viewer, title: str, note: StaffNote | None = None) -> Context:
    return {
        **_about(found, viewer),
        "title": title,
        "back": _note_url(note, viewer) if note else _room_url(found, viewer),
        "breadcrumbs": [*_trail(found, viewer, linked=True), {"title": title}],
    }


def note(found: StaffNote, viewer: Viewer) -> Context:
    """A note with its versions, what colleagues say about it, and what can be done with it."""
    versions = words.versions(found, viewer)
    newest = versions[0]
    return {
        **_about(found.committee, viewer),
        "note": found,
        "newest": newest,
        "earlier": versions[1:],
        "comments": words.comments_on(found, viewer),
        "breadcrumbs": [*_trail(found.committee, viewer, linked=True), {"title": newest.title}],
    }


def release(found: StaffNote, viewer: Viewer, *, sure: bool) -> Context:
    """Exactly what becomes readable, asked twice."""
    return note(found, viewer) | {"asked_again": sure}


def questions_to_move_to(found: StaffNote) -> list[ItemQuestion]:
    """The questions of the item whose answers the staff side can still change."""
    item = found.item
    if item is None or item.status not in queries.OPEN or released(item, STAFF):
        return []
    rows = ItemQuestion.objects.filter(item=item).select_related("item__thing", "item__committee")
    return list(rows.order_by("position"))


def items_to_choose(found: Committee, viewer: Viewer, chosen: Item | None = None) -> list[Item]:
    """The items of the committee that are on their way, and the one that was chosen before."""
    rows = Item.objects.filter(committee=found, status__in=queries.OPEN).select_related("thing")
    items = list(rows.filter(confidential.readable(viewer)).order_by("meeting__on", "pk"))
    return items if chosen is None or chosen in items else [chosen, *items]


def on_the_items_page(item: Item, viewer: Viewer) -> Context:
    """What an item's page shows of the room: what was released, and for the side itself a way in."""
    return {
        "released_notes": words.released_about([item]).get(item.pk, []),
        "own_notes": words.notes_about(item, viewer),
        "staff_room_open": in_staff_room(viewer, item.committee_id),
    }


def pre_meeting(found: Meeting, viewer: Viewer) -> Context:
    title = str(_about(found.committee, viewer)["pre_meeting_word"])
    return form_page(found.committee, viewer, title) | {"meeting": found}


def _about(found: Committee, viewer: Viewer) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        "committee": found,
        "words": regime.words,
        "staff_side": regime.sides["staff"],
        "pre_meeting_word": capfirst(str(regime.words["pre_meeting"])),
    }


def _trail(found: Committee, viewer: Viewer, *, linked: bool = False) -> list[dict[str, str]]:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    here = {"title": _("The staff side's room")}
    if linked:
        here["url"] = _room_url(found, viewer)
    return [*trail(viewer, regime.words, found), here]


def _room_url(found: Committee, viewer: Viewer) -> str:
    return reverse("dialogue:staff_room", args=[viewer.organisation.slug, found.ref])


def _note_url(found: StaffNote, viewer: Viewer) -> str:
    return reverse("dialogue:staff_note", args=[viewer.organisation.slug, found.ref])
