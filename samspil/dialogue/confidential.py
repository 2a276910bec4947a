"""Items that only some may read until a day that is set: who may, and the one filter for lists.

A closed item has a reason and a last day. It is readable to those who sit in its committee and to those who
run the initiative it is about or asked for it; to nobody by virtue of a role. On its day it opens by itself:
being closed is a question of the day and of nothing that has to be done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samspil.dialogue import words
from samspil.dialogue.models import ActionPoint, Item
from samspil.organisation.viewer import Viewer

WHILE_CLOSED = ("confidential_until", "confidential_because")  # what a copy of an item takes over


def is_confidential(item: Item, on: date) -> bool:
    """Whether an item is closed to others on a day; it opens on the day that was set."""
    return item.confidential_until is not None and on < item.confidential_until


def may_read(viewer: Viewer, item: Item) -> bool:
    """Whether a viewer may know of an item's content."""
    return not is_confidential(item, viewer.today) or _is_let_in(viewer, item)


def readable(viewer: Viewer) -> Q:
    """The filter for lists of items: what is open, and what this viewer is let in to."""
    open_to_all = Q(confidential_until=None) | Q(confidential_until__lte=viewer.today)
    if viewer.person is None:
        return open_to_all
    mine = (
        Q(requested_by=viewer.person) | Q(initiative__lead=viewer.person) | Q(initiative__owner=viewer.person)
    )
    return open_to_all | Q(committee__in=viewer.committee_ids) | mine


@dataclass(frozen=True)
class Closed:
    """What somebody who is not let in learns of a closed item: that it is there, and when it opens."""

    until: date
    initiative: None = None
    closed: ClassVar[bool] = True

    @property
    def title(self) -> str:
        return _("Closed item, opens on %(day)s") % {"day": words.day(self.until)}


def as_seen_by(viewer: Viewer, items: Iterable[Item]) -> list[Item | Closed]:
    """Items in their order, with what a viewer may not read standing there as closed."""
    return [one if may_read(viewer, one) else _closed(one) for one in items]


def closed_to(viewer: Viewer) -> QuerySet[Item]:
    """The items that a viewer may not know by name; a viewer without a person is let in to nothing."""
    return Item.objects.filter(confidential_until__gt=viewer.today).exclude(readable(viewer))


def hidden_items(refs: Iterable[str], viewer: Viewer) -> set[str]:
    """Which of these items, and of the actions agreed about them, a viewer may not know by name."""
    asked, closed = list(refs), closed_to(viewer)
    points = ActionPoint.objects.filter(ref__in=asked, item__in=closed)
    items = closed.filter(thing__ref__in=asked)
    return {*items.values_list("thing__ref", flat=True), *points.values_list("ref", flat=True)}


def anybody(viewer: Viewer) -> Viewer:
    """The same day and house, seen by somebody who holds no seat and runs nothing."""
    return replace(viewer, person=None, roles=(), seats=())


def _closed(item: Item) -> Closed:
    assert item.confidential_until is not None  # noqa: S101 - only a closed item is hidden
    return Closed(item.confidential_until)


def _is_let_in(viewer: Viewer, item: Item) -> bool:
    if viewer.person is None:
        return False
    one = item.initiative
    people = {item.requested_by_id, *((one.lead_id, one.owner_id) if one else ())}
    return item.committee_id in viewer.committee_ids or viewer.person.pk in people
