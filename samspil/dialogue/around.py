"""What stands around the items in the papers of a meeting: who was there, and what was laid before it.

The papers ask here and nowhere else. What nobody noted stays empty and is left out of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samspil.dialogue.attendance import counting
from samspil.dialogue.attendance.models import Attendance
from samspil.dialogue.models import Item, Meeting, Minutes


@dataclass(frozen=True)
class WhoCame:
    """Names as they are to stand in the minutes, and the sentence on the quorum."""

    present: Sequence[str] = ()
    substitutes: Sequence[str] = ()
    excused: Sequence[str] = ()
    absent: Sequence[str] = ()
    note: str = ""


def attendance(meeting: Meeting) -> WhoCame:
    """Who was there, as far as anybody noted it."""
    sheet = counting.sheet_of(meeting)
    if sheet is None:
        return WhoCame()
    rows = list(sheet.rows.all())
    return WhoCame(
        present=_people(rows, Attendance.Presence.PRESENT),
        substitutes=[
            f"{row.stood_in} ({row.seat.person})"
            for row in rows
            if row.presence == Attendance.Presence.SUBSTITUTE
        ],
        excused=_people(rows, Attendance.Presence.EXCUSED),
        absent=_people(rows, Attendance.Presence.ABSENT),
        note=sheet.note,
    )


def annexes(item: Item, minutes: Minutes | None = None) -> list[str]:
    """The names of the files that belong to an item: its annexes, and the file brought with its text."""
    brought = [minutes.file.name] if minutes and minutes.file else []
    return [*(one.name for one in item.annexes.all()), *brought]


def _people(rows: Iterable[Attendance], presence: str) -> list[str]:
    return [str(row.seat.person) for row in rows if row.presence == presence]
