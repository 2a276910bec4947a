"""Who is told about procedure guidelines, in the reader's language. Nobody is told of their own act."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue.guidelines import pages, queries
from samspil.dialogue.guidelines.models import Guideline
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Person
from samspil.organisation.viewer import day_in


def of_change(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Owner and lead hear that a guideline was agreed, or that notice was given."""
    found = queries.guideline(row.thing)
    if found is None or found.initiative is None:
        return
    one = found.initiative
    for person in {one.owner_id: one.owner, one.lead_id: one.lead}.values():
        if person.subject != row.actor:
            with language_of(person):
                yield _tell(person, found, row)


def _tell(person: Person, found: Guideline, row: JournalRow) -> Tell:
    today = day_in(found.organisation, datetime.fromisoformat(row.instant))
    return Tell(
        person=person,
        kind="guideline",
        thing=found.ref,
        subject=_("When and where “%(title)s” is discussed") % {"title": found.initiative},
        body=pages.status_of(found, today),
        url=reverse("dialogue:guideline", args=[found.organisation.slug, found.ref]),
        period=str(row.sequence),
    )
