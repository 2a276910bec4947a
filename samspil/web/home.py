"""A person's first page: what waits for them, what comes up, what they take part in."""

from datetime import datetime
from typing import Any

from samspil.initiative import queries
from samspil.initiative.models import Initiative
from samspil.initiative.permissions import PERMISSIONS as HALL
from samspil.kit import house
from samspil.organisation.viewer import Viewer

MOST = 8


def day_of(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Rooms bring what waits and what comes up; the hall brings the initiatives a person has a part in."""
    rooms = list(house.rooms_on(viewer.organisation.rooms_off))
    waiting = [one for room in rooms if room.waiting for one in room.waiting(viewer, at)]
    coming = [entry for room in rooms if room.calendar for entry in room.calendar(viewer, at)]
    return {
        "waiting": sorted(waiting, key=lambda one: (one.due is None, one.due))[:MOST],
        "coming": sorted(coming, key=lambda entry: entry.on)[:MOST],
        "mine": _mine(viewer),
        "may_raise": HALL.allows("raise_need", viewer),
    }


def _mine(viewer: Viewer) -> list[Initiative]:
    running = queries.initiatives(viewer).exclude(phase__in=["closed", "stopped"])
    mine = running.filter(owner=viewer.person) | running.filter(lead=viewer.person)
    return list(mine[:MOST]) or list(running[:MOST])
