"""What the page of a meeting shows: its agenda, what is proposed for it, and what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from samspil.dialogue import pages, queries, words
from samspil.dialogue.agenda import settling
from samspil.dialogue.attendance import counting
from samspil.dialogue.attendance.models import Attendance, AttendanceSheet
from samspil.dialogue.confidential import may_read, readable
from samspil.dialogue.doorstep import about_meeting
from samspil.dialogue.follow_up import still_open
from samspil.dialogue.models import Meeting
from samspil.dialogue.moving.models import MeetingMove
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.wheel import year
from samspil.organisation.viewer import Viewer

ACTIONS = (
    "request_matter",
    "place_item",
    "arrange_agenda",
    "settle_agenda",
    "send_agenda",
    "record_outcome",
    "note_attendance",
    "move_meeting",
    "cancel_meeting",
    "carry_over",
    "place_topic",
    "correct_meeting_date",
)


@dataclass(frozen=True)
class Shown:
    """A line of the agenda as a viewer sees it; of a closed item only that there is one."""

    line: settling.Line
    readable: bool
    purpose: str
    status: str
    outcomes: list[str]


def meeting(found: Meeting, viewer: Viewer) -> dict[str, Any]:
    agenda = settling.agenda_of(found, viewer.today)
    context = about_meeting(found, viewer)
    may = {name: PERMISSIONS.allows(name, viewer, found) for name in ACTIONS}
    to_come = found.cancelled_at is None and found.on >= viewer.today
    held = found.cancelled_at is None and found.on <= viewer.today
    mine = agenda.place_for(viewer)
    sheet = counting.sheet_of(found)
    is_next = to_come and still_open.is_next(found, viewer.today)
    return context | {
        "kind": words.MEETING_KINDS[found.kind],
        "agenda": agenda,
        "lines": [_shown(line, found, viewer, context) for line in agenda.lines],
        "waiting": list(queries.waiting_for_a_meeting(found.committee).filter(readable(viewer)))
        if may["place_item"] and to_come
        else [],
        "proposed": year.proposed_for(found, viewer.today),
        "carried_over": still_open.carried_over(found.committee, viewer) if is_next else [],
        "promises": still_open.promises(found.committee, viewer) if is_next else [],
        "has_follow_up": still_open.has_follow_up(found) if is_next else False,
        "open": found.on >= viewer.today and found.cancelled_at is None,
        "held": held,
        "to_come": to_come,
        "request_open": bool(found.request_by and found.request_by >= viewer.today),
        "may": may,
        "mine": mine if to_come else None,
        "ready": to_come and agenda.settled and agenda.sent is None and bool(agenda.lines),
        "recorded": _is_recorded(agenda, found),
        "corrections": queries.corrections_of(found),
        "moves": list(MeetingMove.objects.filter(meeting=found).select_related("moved_by")),
        "sheet": sheet,
        "came": _came(sheet, context),
    }


def _shown(line: settling.Line, found: Meeting, viewer: Viewer, context: dict[str, Any]) -> Shown:
    return Shown(
        line,
        may_read(viewer, line.item),
        str(context["regime"].purposes.get(line.item.purpose, "")),
        str(words.STATUSES[line.item.status]),
        pages.outcomes_here(line.item, found),
    )


def _is_recorded(agenda: settling.Agenda, found: Meeting) -> bool:
    """Whether something came of every item at this meeting."""
    treated = [any(one.meeting_id == found.pk for one in line.item.outcomes.all()) for line in agenda.lines]
    return bool(treated) and all(treated)


def _came(sheet: AttendanceSheet | None, context: dict[str, Any]) -> list[tuple[str, list[str], list[str]]]:
    """Per side who came, each with whom they stood in for, and who did not."""
    if sheet is None:
        return []
    found = []
    for side, title in context["regime"].sides.items():
        rows = [row for row in sheet.rows.all() if row.seat.side == side]
        came = [_name(row) for row in rows if row.presence in counting.HERE]
        missing = [str(row.seat.person) for row in rows if row.presence not in counting.HERE]
        found.append((capfirst(title), came, missing))
    return found


def _name(row: Attendance) -> str:
    if row.stood_in:
        return f"{row.stood_in} ({row.seat.person})"
    return str(row.seat.person)
