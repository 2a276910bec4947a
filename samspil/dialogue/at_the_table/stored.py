"""What is stored about the items of a meeting; read once for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from samspil.dialogue import asks
from samspil.dialogue.models import ActionPoint, Item, Meeting, Minutes, Outcome, Position

Stored = dict[str, Any]


def stored_at(meeting: Meeting, items: Sequence[Item]) -> Mapping[str, Stored]:
    """For each item, by its ref, what its fields hold and the versions they were read on."""
    found: dict[int, Stored] = {
        one.pk: {"version": 0, "order": "", "text": "", "text_version": 0} for one in items
    }
    here = {"meeting": meeting, "item__in": items}
    for outcome in Outcome.objects.filter(**here).select_related("union"):
        so_far = found[outcome.item_id]
        so_far[f"outcome_{outcome.union.ref}" if outcome.union else "outcome"] = outcome.key
        so_far |= {asks.field_of(key, outcome.union): told for key, told in outcome.told.items()}
        so_far["version"] = max(so_far["version"], outcome.version)
        so_far["order"] = outcome.order
    for position in Position.objects.filter(**here).select_related("union"):
        found[position.item_id][asks.position_field(position.side, position.union)] = position.text
    for minutes in Minutes.objects.filter(**here).order_by("number"):
        found[minutes.item_id] |= {"text": minutes.text, "text_version": minutes.number}
    return {one.ref: found[one.pk] for one in items}


def points_of(items: Sequence[Item]) -> Mapping[int, list[ActionPoint]]:
    """The agreed actions of each item, by its key."""
    found: dict[int, list[ActionPoint]] = {one.pk: [] for one in items}
    for point in ActionPoint.objects.filter(item__in=items).select_related("owner").order_by("due", "pk"):
        found[point.item_id].append(point)
    return found
