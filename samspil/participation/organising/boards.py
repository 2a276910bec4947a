"""What this room tells the hall: cards, search texts, the calendar and what waits for whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.initiative.models import Thing
from samspil.kit.room import CalendarEntry, Card, Waiting
from samspil.organisation.viewer import Viewer
from samspil.participation import entering, queries
from samspil.participation.levels import LEVELS
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import waiting as keys
from samspil.participation.words import STATES


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = queries.rounds().filter(thing__ref__in=list(refs))
    return {
        row.ref: Card(row.ref, "round", row.title, _page(row), _line(row))
        for row in rows
        if PERMISSIONS.allows("see_round", viewer, row)
    }


def texts(things: Sequence[Thing]) -> Iterator[tuple[str, str, str]]:
    """The words of rounds for the search index."""
    for row in queries.rounds().filter(thing__in=things):
        yield row.ref, row.title, f"{row.purpose} {row.came_of_it}"


def calendar(viewer: Viewer, _at: datetime) -> Iterator[CalendarEntry]:
    """The last day of the rounds somebody is asked in, or has planned."""
    if viewer.person is None:
        return
    running = queries.rounds().filter(state=Round.State.OPEN, closes_on__gte=viewer.today)
    mine = running.filter(electors__person=viewer.person) | running.filter(planned_by=viewer.person)
    for row in mine.distinct().order_by("closes_on"):
        asked = row.planned_by_id != viewer.person.pk
        yield CalendarEntry(
            row.closes_on, row.title, _welcome(row) if asked else _page(row), _("last day to answer")
        )


def waiting(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """You are asked and have not begun, or a secret round needs your key or can be opened by you."""
    if viewer.person is None:
        return
    for row in entering.not_begun(viewer.person):
        yield Waiting(row.title, _welcome(row), _("You are asked"), row.closes_on)
    yield from keys.for_holders(viewer)
    yield from keys.for_deputies(viewer)
    yield from keys.for_organisers(viewer)


def _line(row: Round) -> str:
    return f"{LEVELS[row.level].name} · {STATES[row.state]}"


def _page(row: Round) -> str:
    return reverse("participation:round", args=[row.organisation.slug, row.ref])


def _welcome(row: Round) -> str:
    return reverse("p:welcome", args=[row.code])
