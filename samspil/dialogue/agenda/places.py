"""The place an item has on an agenda.

These are steps inside an action: they check no permission and write no journal.
"""

from django.db.models import Max

from samspil.dialogue.agenda.models import AgendaEntry
from samspil.dialogue.models import Item, Meeting
from samspil.organisation.viewer import day_in


def take(item: Item, meeting: Meeting, planned: bool = False) -> AgendaEntry:
    """The item gets the last place on the agenda, unless it has one, and leaves where it was not treated.

    It is late when it was asked for after the last day; what was `planned` for the year is not.
    """
    leave(item, but=meeting)
    last = AgendaEntry.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    entry, _new = AgendaEntry.objects.get_or_create(
        meeting=meeting,
        item=item,
        defaults={
            "organisation_id": item.organisation_id,
            "position": (last or 0) + 1,
            "late": not planned and _asked_late(item, meeting),
        },
    )
    return entry


def leave(item: Item, but: Meeting | None = None) -> None:
    """The item gives up its places at meetings that have not treated it."""
    rows = AgendaEntry.objects.filter(item=item).exclude(meeting__outcomes__item=item)
    rows.exclude(meeting=but).delete()


def _asked_late(item: Item, meeting: Meeting) -> bool:
    asked = day_in(item.organisation, item.requested_at)
    return meeting.request_by is not None and asked > meeting.request_by


def ordered(meeting: Meeting, items: list[Item]) -> list[AgendaEntry]:
    """The places of all items in their order, numbered from 1; those without one come last and get one."""
    entries = {row.item_id: row for row in AgendaEntry.objects.filter(meeting=meeting)}
    rows = [entries.get(item.pk) or take(item, meeting) for item in items]
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    return rows
