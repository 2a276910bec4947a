"""Erasing a person: what the rooms declare is done, the chain stays whole, the bytes go.

The list of erasures is also kept in a small file beside the database. It holds random ids only, and after a
restore it tells whom to erase again.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from samspil.kit import house
from samspil.kit.refs import new_ref
from samspil.organisation import journal, personal_data
from samspil.organisation.models import Erasure, Organisation, Person, Seat
from samspil.organisation.viewer import Viewer, operator_of

FILE = "erasures.jsonl"
logger = logging.getLogger("samspil.erasure")


@dataclass(frozen=True)
class Erased:
    """Whom the journal knew under which random id, and the numbers of the rows whose words are gone."""

    subject: str
    rows: tuple[int, ...]


def carry_out(person: Person, by: Viewer, at: datetime) -> Erased:
    """Forget a person in every room, from the top of the house down. Part of the caller's transaction."""
    note = Erasure.objects.create(
        organisation=by.organisation, subject=person.subject, erased_at=at, erased_by=by.subject
    )
    rows = journal.forget(person, note)
    for room in reversed(house.rooms()):
        for entry in room.personal_data:
            personal_data.erase(entry, person, at)
    transaction.on_commit(lambda: _write_down(by.organisation, note))
    transaction.on_commit(let_the_bytes_go)
    return Erased(note.subject, rows)


def leave_a_row_without_a_name(person: Person, at: datetime) -> None:
    """What is left of a person: a row that others point to. Its random ids are new, so nothing leads back."""
    Person.objects.filter(pk=person.pk).update(
        ref=new_ref(),
        subject=new_ref(),
        given_name="",
        family_name="",
        found_as="",
        email="",
        title="",
        guest_of="",
        key="",
        unit=None,
        left_on=person.left_on or at.date(),
        erased_at=at,
    )


def end_seats(person: Person, at: datetime) -> None:
    """Seats stay, because signatures name them; one that still holds ends now."""
    open_seats = Seat.objects.filter(person=person, until__isnull=True)
    open_seats.filter(since__lte=at.date()).update(until=at.date())
    open_seats.delete()


def replay(organisation: Organisation, at: datetime, also: Iterable[str] = ()) -> int:
    """After a restore: erase everybody again who had been erased; tells how many that were."""
    subjects = {*Erasure.objects.values_list("subject", flat=True), *also}
    by = operator_of(organisation, at)
    back = list(Person.objects.filter(subject__in=subjects, erased_at__isnull=True))
    for person in back:
        with transaction.atomic():
            erased = carry_out(person, by, at)
            facts = {"subject": erased.subject, "rows": list(erased.rows)}
            journal.append("organisation.person_erased", facts=facts, by=by, at=at)
    return len(back)


def written_down(organisation: Organisation, file: Path | None = None) -> Iterator[str]:
    """The random ids of everybody who was erased, from the file beside the database."""
    path = file or settings.VAR / FILE
    lines = path.read_text().splitlines() if path.exists() else []
    for line in lines:
        note = json.loads(line)
        if note["organisation"] == organisation.ref:
            yield note["subject"]


def let_the_bytes_go() -> bool:
    """SQLite overwrites what is deleted; the log that still holds the older pages is emptied here.

    Tells whether it is done; while others read, it is not.
    """
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # a page that was rebuilt may hold a copy of what stood on it
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
    except DatabaseError:
        busy = True
    if busy:
        logger.warning("the write-ahead log was in use and is emptied with the next daily round")
    return not busy


def _write_down(organisation: Organisation, note: Erasure) -> None:
    line = {
        "organisation": organisation.ref,
        "subject": note.subject,
        "erased_at": note.erased_at.isoformat(),
    }
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / FILE).open("a") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
