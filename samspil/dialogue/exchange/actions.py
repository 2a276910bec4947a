"""Taking in what came of a meeting's items in another agenda system: all of it or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.journal import canonical
from samspil.dialogue import asks, keeping, queries, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.actions import record_outcome, write_minutes
from samspil.dialogue.exchange.outcomes import Fault, Read, Result, Row, check
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.lists.actions import ShownAnew
from samspil.organisation.models import File, Union
from samspil.organisation.viewer import Viewer


def look(rows: Sequence[Row], meeting: Meeting, by: Viewer) -> Read:
    """What would come of taking these lines in."""
    unions = _unions(meeting, by)
    items = [one for one in queries.agenda(meeting) if one.meeting_id == meeting.pk]
    table_of = keeping.tables_of(items, meeting)
    tables = {one.pk: one for one in table_of.values()}
    results: list[Result] = []
    faults: list[Fault] = []
    for table in tables.values():
        regime = asks.choosable(regimes.read(table), meeting.committee)
        mine = [one for one in items if table_of[one.pk].pk == table.pk]
        others = {one.ref for one in items} - {one.ref for one in mine}
        found = check([row for row in rows if row.item not in others], meeting, mine, regime, unions)
        results += found.results
        faults += [one for one in found.faults if one not in faults]
    if not tables:
        faults = [Fault(row.line, str(_("Nothing stands on this agenda."))) for row in rows]
    return Read(tuple(results), tuple(sorted(faults, key=lambda one: one.line)))


def standing(meeting: Meeting) -> str:
    """The fingerprint of what is recorded and written at a meeting now."""
    rows = []
    for item in queries.agenda(meeting):
        recorded = [one.version for one in item.outcomes.all() if one.meeting_id == meeting.pk]
        written = [one.number for one in item.minutes.all() if one.meeting_id == meeting.pk]
        rows.append([item.ref, max(recorded, default=0), max(written, default=0)])
    return hashlib.sha256(canonical({"standing": sorted(rows)})).hexdigest()


@transaction.atomic
def take_in_outcomes(
    *,
    meeting: Meeting,
    rows: Sequence[Row],
    files: Mapping[str, File] | None = None,
    seen: str | None = None,
    by: Viewer,
    at: datetime,
) -> list[Item]:
    """Record the outcome and write the text of every item in the lines. `files`: name -> the file brought.

    `seen` is what stood there when the lines were looked at; None where nobody looked.
    """
    PERMISSIONS.require("take_in_outcomes", by, meeting)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)  # one table at a time
    if seen is not None and seen != standing(meeting):
        raise ShownAnew
    if meeting.on > by.today:
        raise Refused(_("The meeting has not been held yet. Record what came of it afterwards."))
    found, brought = look(rows, meeting, by), files or {}
    missing = [one for one in found.results if one.file and one.file not in brought]
    faults = [*found.faults, *(Fault(one.line, _missing(one.file)) for one in missing)]
    if faults:
        raise Refused("\n".join(str(one) for one in faults), "table")
    if not found.results:
        raise Refused(_("There is no outcome in the file. Fill in the table and choose it again."), "table")
    unions = {one.ref: one for one in _unions(meeting, by)}
    for one in found.results:
        _take_in(one, unions, brought.get(one.file), by, at)
    facts: dict[str, Any] = {
        "committee": meeting.committee.name,
        "on": meeting.on.isoformat(),
        "items": len(found.results),
    }
    journal.append("dialogue.outcomes_taken_in", thing=meeting.ref, facts=facts, by=by, at=at)
    return [one.item for one in found.results]


def _take_in(one: Result, unions: Mapping[str, Union], file: File | None, by: Viewer, at: datetime) -> None:
    outcomes = [NewOutcome(key, unions.get(union)) for key, union in one.outcomes]
    try:
        version = queries.recorded_version(one.item)
        item = record_outcome(item=one.item, outcomes=outcomes, positions=None, version=version, by=by, at=at)
        if one.text or file:
            newest = queries.newest_minutes(item)
            number = newest.number if newest else 0
            write_minutes(item=item, text=one.text, version=number, file=file, by=by, at=at)
    except Refused as refusal:
        raise Refused(str(Fault(one.line, str(refusal.sentence))), "table") from refusal


def _missing(name: str) -> str:
    return str(_("The file “%(name)s” is named but was not brought along.")) % {"name": name[:80]}


def _unions(meeting: Meeting, by: Viewer) -> list[Union]:
    return signing.unions_of(signing.seats_in([meeting.committee_id], by.today))
