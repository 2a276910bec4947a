"""Both sides of the main committee hear when the words of the questions change."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue.wording import queries
from samspil.dialogue.wording.models import WordingVersion
from samspil.dialogue.wording.permissions import MAIN, SPEAKING
from samspil.initiative.notices import language_of
from samspil.initiative.words import PHASES
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Person, Seat
from samspil.organisation.viewer import current


def of_published(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """What changed and why, and that either side can go back."""
    found = queries.version(row.thing)
    if found is None:
        return
    for person in _both_sides(row):
        with language_of(person):
            subject = _("The questions have new words: %(phase)s") % {"phase": _phase(found)}
            body = _(
                "From now on new items get these questions. Items that have theirs keep the words they were"
                " given.\n\n%(note)s\n\nOpen the page below to see what has changed. Either side can change"
                " the words again, or go back to the house's text."
            ) % {"note": found.note}
            yield _tell(person, "wording_published", found, subject, body)


def of_ended(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """That the house's text holds again, and why."""
    found = queries.version(row.thing)
    if found is None:
        return
    for person in _both_sides(row):
        with language_of(person):
            subject = _("The house's questions hold again: %(phase)s") % {"phase": _phase(found)}
            body = _("New items get the house's questions again. The reason given:\n\n%(reason)s") % {
                "reason": found.ended_because
            }
            yield _tell(person, "wording_ended", found, subject, body)


def _both_sides(row: JournalRow) -> list[Person]:
    """Those who run the main committee, but not who did it."""
    seats = Seat.objects.filter(committee__level=MAIN, kind__in=SPEAKING).select_related("person")
    people = {seat.person for seat in current(seats, date.fromisoformat(row.instant[:10]))}
    return sorted((one for one in people if one.subject != row.actor), key=lambda one: one.pk)


def _phase(found: WordingVersion) -> str:
    return str(PHASES[found.key.partition(".")[2]])


def _tell(person: Person, kind: str, found: WordingVersion, subject: str, body: str) -> Tell:
    url = reverse("dialogue:wording_version", args=[found.organisation.slug, found.ref])
    return Tell(person, kind, found.ref, subject, body, url, "once")
