"""Noting who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.attendance import counting
from samspil.dialogue.attendance.models import Attendance, AttendanceSheet
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Person, Seat
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Came:
    """Whether a place was filled, and by whom where somebody stood in."""

    seat: Seat
    presence: str
    stood_in: Person | None = None


@transaction.atomic
def note_attendance(
    *, meeting: Meeting, came: Sequence[Came], note: str = "", version: int = 0, by: Viewer, at: datetime
) -> AttendanceSheet:
    """Note who came, who stood in, and the sentence about the quorum; left empty, it follows from the rules.

    `version` is how often it had been noted when they began, 0 for not yet.
    """
    PERMISSIONS.require("note_attendance", by, meeting)
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    kept.committee, kept.organisation = meeting.committee, meeting.organisation
    if not counting.on_its_day(kept, by.today):
        raise Refused(_("Who came is noted on the day of the meeting or later."))
    sheet = counting.sheet_of(kept)
    if (sheet.version if sheet else 0) != version:
        raise ChangedMeanwhile(
            _("Somebody changed this while you were writing. Both texts are below; nothing is lost."),
            theirs=sheet.note if sheet else "",
            yours=note,
        )
    places = {place.seat.pk: place for place in counting.places_at(kept)}
    for one in came:
        _check(one, places.get(one.seat.pk))
    stood_in = [one.stood_in.pk for one in came if one.stood_in]
    if len(stood_in) != len(set(stood_in)):
        raise Refused(_("Somebody stands in for one member only. Choose another substitute."))
    filled = {one.seat.pk: one.presence for one in came}
    words = note.strip() or counting.sentence(kept, counting.counts(places.values(), filled))
    sheet = sheet or AttendanceSheet(organisation=by.organisation, meeting=kept, version=0)
    sheet.note, sheet.noted_by, sheet.noted_at = words, by.person, at
    sheet.version += 1
    sheet.save()
    sheet.rows.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            organisation=by.organisation,
            sheet=sheet,
            seat=one.seat,
            presence=one.presence,
            stood_in=one.stood_in,
        )
        for one in came
    )
    facts = {"committee": kept.committee.name, "on": kept.on.isoformat()}
    journal.append("dialogue.attendance_noted", thing=kept.ref, facts=facts, by=by, at=at)
    return sheet


def _check(one: Came, place: counting.Place | None) -> None:
    if place is None or one.presence not in Attendance.Presence.values:
        raise Refused(_("Choose one of the answers for each member."))
    if (one.presence == Attendance.Presence.SUBSTITUTE) != (one.stood_in is not None):
        raise Refused(
            _("Choose who stood in for %(member)s, or another answer.") % {"member": place.seat.person}
        )
    if one.stood_in and one.stood_in not in place.substitutes:
        raise Refused(
            _("%(who)s is no substitute on this side. Choose one of those who are.") % {"who": one.stood_in}
        )
