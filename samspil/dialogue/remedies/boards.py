"""What requests tell the hall: their cards on the thread, and their words to search for."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue.confidential import closed_to
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import queries, tables
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.words import day
from samspil.initiative.models import Thing
from samspil.kit.room import Card
from samspil.organisation.viewer import Viewer


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    found = queries.rows().filter(thing__ref__in=list(refs))
    read = tables.AsRead()
    return {
        one.ref: Card(one.ref, "remedy", one.title, _url(viewer, one), _line(one, read))
        for one in found
        if PERMISSIONS.allows("read_remedy", viewer, one)
    }


def hidden(refs: Iterable[str], viewer: Viewer) -> set[str]:
    """Which requests a viewer may not know by name. A mail names none whose item is closed."""
    rows = queries.rows().filter(thing__ref__in=list(refs))
    if viewer.person is None:
        return set(rows.filter(item__in=closed_to(viewer)).values_list("thing__ref", flat=True))
    return {one.ref for one in rows if not PERMISSIONS.allows("read_remedy", viewer, one)}


def texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """The words of cases; who may not see one does not find it, for it has no card for them."""
    for one in queries.rows().filter(thing__in=things):
        answers = [step.answer for step in queries.steps_of(one)]
        words = [one.title, one.asked, one.committee.name, one.closed_because, *answers]
        yield one.ref, one.title, " ".join(words)


def _line(found: RemedyCase, read: tables.AsRead) -> str:
    closing = read.of(found.table, found.organisation).closing(found.closing)
    if closing and found.closed_on:
        return f"{found.committee.name} · {day(found.closed_on)} · {closing.title}"
    return f"{found.committee.name} · {day(found.raised_on)} · {_('open')}"


def _url(viewer: Viewer, found: RemedyCase) -> str:
    return reverse("dialogue:remedy", args=[viewer.organisation.slug, found.ref])
