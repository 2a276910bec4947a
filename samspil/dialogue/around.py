"""What stands around the items in the papers of a meeting: who was there, and what was laid before it.

The papers ask here and nowhere else. What nobody noted stays empty and is left out of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue.attendance import counting
from samspil.dialogue.attendance.models import Attendance
from samspil.dialogue.models import Item, Meeting, Minutes
from samspil.dialogue.regime import Regime
from samspil.organisation.models import Seat


@dataclass(frozen=True)
class WhoCame:
    """Lines as they are to stand in the minutes, one for each side, and the sentence on the quorum."""

    present: Sequence[str] = ()
    substitutes: Sequence[str] = ()
    excused: Sequence[str] = ()
    absent: Sequence[str] = ()
    note: str = ""


def attendance(meeting: Meeting, regime: Regime) -> WhoCame:
    """Who was there, as far as anybody noted it."""
    sheet = counting.sheet_of(meeting)
    if sheet is None:
        return WhoCame()
    rows = list(sheet.rows.all())
    return WhoCame(
        present=_people(rows, Attendance.Presence.PRESENT, regime),
        substitutes=[
            _("%(who)s for %(absent)s") % {"who": row.stood_in, "absent": row.seat.person}
            for row in rows
            if row.presence == Attendance.Presence.SUBSTITUTE
        ],
        excused=_people(rows, Attendance.Presence.EXCUSED, regime),
        absent=_people(rows, Attendance.Presence.ABSENT, regime),
        note=sheet.note,
    )


def annexes(item: Item, minutes: Minutes | None = None) -> list[str]:
    """The names of the files that belong to an item: its annexes, and the file brought with its text."""
    brought = [minutes.file.name] if minutes and minutes.file else []
    return [*(one.name for one in item.annexes.all()), *brought]


def _people(rows: Iterable[Attendance], presence: str, regime: Regime) -> list[str]:
    """“Staff side: Tove (vice-chair, union), Emil (union)”, a line for each side, the secretary last."""
    here = [row.seat for row in rows if row.presence == presence]
    order = [kind.value for kind in Seat.Kind]
    here.sort(key=lambda seat: (order.index(seat.kind), str(seat.person)))
    lines = []
    for side, title in regime.sides.items():
        people = [_named(one, regime) for one in here if one.side == side and not _takes_notes(one)]
        if people:
            lines.append(f"{capfirst(title)}: {', '.join(people)}")
    secretary = capfirst(str(regime.words.get("secretary", "")))
    return [*lines, *(f"{secretary}: {one.person}" for one in here if _takes_notes(one))]


def _takes_notes(seat: Seat) -> bool:
    return seat.kind == Seat.Kind.SECRETARY


def _named(seat: Seat, regime: Regime) -> str:
    """A name with what the person is in the committee, and for whom."""
    role = "" if seat.kind == Seat.Kind.MEMBER else str(regime.words.get(seat.kind, ""))
    known = ", ".join(part for part in (role, seat.union.name if seat.union else "") if part)
    return f"{seat.person} ({known})" if known else str(seat.person)
