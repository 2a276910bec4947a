"""Items that only some may read until a day that is set: who may, and the one filter for lists.

A closed item has a reason and a last day. It is readable to those who sit in its committee and to those who
run the initiative it is about or asked for it; to nobody by virtue of a role. On its day it opens by itself:
being closed is a question of the day and of nothing that has to be done.
"""

from datetime import date

from django.db.models import Q

from samspil.dialogue.models import Item
from samspil.organisation.viewer import Viewer


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


def _is_let_in(viewer: Viewer, item: Item) -> bool:
    if viewer.person is None:
        return False
    one = item.initiative
    people = {item.requested_by_id, *((one.lead_id, one.owner_id) if one else ())}
    return item.committee_id in viewer.committee_ids or viewer.person.pk in people
