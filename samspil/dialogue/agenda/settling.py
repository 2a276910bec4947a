"""The agenda as it stands, who has said yes to exactly this one, and what came onto it after it was sent."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samspil.core.annual_wheel import Deadlines, deadlines
from samspil.core.journal import canonical
from samspil.dialogue import queries, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.models import AgendaConsent, AgendaEntry, Annex, SentAgenda
from samspil.dialogue.models import Item, Meeting
from samspil.dialogue.regime import Procedure, Regime
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Seat
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """An item on an agenda. `added`: it came onto it after the agenda was sent."""

    number: int
    item: Item
    entry: AgendaEntry | None
    annexes: tuple[Annex, ...]
    added: bool = False

    @property
    def late(self) -> bool:
        return self.entry is not None and self.entry.late

    @property
    def minutes(self) -> int | None:
        return self.entry.minutes if self.entry else None

    @property
    def presenter(self) -> str:
        return self.entry.presenter if self.entry else ""

    @property
    def content(self) -> list[Any]:
        """What a yes is said to."""
        annexes = [[one.name, one.file.blob_id] for one in self.annexes]
        return [self.item.ref, self.item.title, self.item.purpose, self.minutes, self.presenter, annexes]


@dataclass(frozen=True)
class Settler:
    """A seat that the rules name for settling the agenda, who holds it, and the yes that was said for it."""

    kind: str
    title: str
    holders: tuple[Seat, ...]
    consent: AgendaConsent | None


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting with its deadlines. `taken_off`: items that were sent and are gone since."""

    lines: tuple[Line, ...]
    sha256: str
    settlers: tuple[Settler, ...]
    sent: SentAgenda | None
    taken_off: tuple[Item, ...]
    deadlines: Deadlines | None

    @property
    def settled(self) -> bool:
        return all(one.consent for one in self.settlers)

    @property
    def changed_since_sent(self) -> bool:
        return self.sent is not None and self.sent.sha256 != self.sha256

    @property
    def minutes(self) -> int:
        """How long the items with a time take together."""
        return sum(line.minutes or 0 for line in self.lines)

    def place_for(self, viewer: Viewer) -> Settler | None:
        """The seat for which this viewer may still say yes."""
        if viewer.person is None or self.sent:
            return None
        for one in self.settlers:
            if one.consent is None and any(seat.person_id == viewer.person.pk for seat in one.holders):
                return one
        return None


def agenda_of(meeting: Meeting, today: date) -> Agenda:
    """Everything about the agenda of a meeting; in as many questions as there are tables."""
    lines, sent = lines_of(meeting)
    regime = regimes.in_force(meeting.organisation, meeting.on)
    rules = regimes.procedure(meeting.committee, meeting.on, regime)
    sha256 = fingerprint(lines)
    return Agenda(
        lines=lines,
        sha256=sha256,
        settlers=_settlers(meeting, rules, regime, sha256, today),
        sent=sent,
        taken_off=_taken_off(sent, lines),
        deadlines=deadlines_of(meeting, rules),
    )


def lines_of(meeting: Meeting) -> tuple[tuple[Line, ...], SentAgenda | None]:
    items = list(queries.agenda(meeting))
    entries = {row.item_id: row for row in AgendaEntry.objects.filter(meeting=meeting)}
    sent = SentAgenda.objects.select_related("sent_by").filter(meeting=meeting).first()
    annexes = annexes_of(items)
    lines = tuple(
        Line(
            number,
            item,
            entries.get(item.pk),
            tuple(annexes.get(item.pk, ())),
            added=sent is not None and item.ref not in sent.items,
        )
        for number, item in enumerate(items, 1)
    )
    return lines, sent


def annexes_of(items: Iterable[Item]) -> Mapping[int, Sequence[Annex]]:
    """The annexes of many items at once."""
    found: dict[int, list[Annex]] = {}
    for row in Annex.objects.filter(item__in=list(items)).select_related("file", "added_by"):
        found.setdefault(row.item_id, []).append(row)
    return found


def fingerprint(lines: Iterable[Line]) -> str:
    """The hash of an agenda: its items in their order, with times, presenters, purposes and annexes."""
    return hashlib.sha256(canonical({"agenda": [line.content for line in lines]})).hexdigest()


def fingerprints(meetings: Sequence[Meeting]) -> Mapping[int, str]:
    """The hashes of the agendas of many meetings to come, by the meeting's key."""
    rows = Item.objects.filter(meeting__in=meetings, status=Item.Status.ON_AGENDA).select_related("thing")
    items = list(rows.order_by("requested_at", "pk"))
    entries = {(row.meeting_id, row.item_id): row for row in AgendaEntry.objects.filter(meeting__in=meetings)}
    annexes = annexes_of(items)
    found: dict[int, list[Line]] = {one.pk: [] for one in meetings}
    for item in items:
        entry = entries.get((item.meeting_id or 0, item.pk))
        found[item.meeting_id or 0].append(Line(0, item, entry, tuple(annexes.get(item.pk, ()))))
    return {pk: fingerprint(sorted(lines, key=_place)) for pk, lines in found.items()}


def _place(line: Line) -> tuple[bool, int]:
    return line.entry is None, line.entry.position if line.entry else 0


def deadlines_of(meeting: Meeting, rules: Procedure) -> Deadlines | None:
    """The last days before an ordinary meeting; another kind is called for its items and has none."""
    if meeting.kind != Meeting.Kind.ORDINARY:
        return None
    holidays = holidays_of(meeting.organisation.country, (meeting.on.year - 1, meeting.on.year))
    days = (rules.request_working_days, rules.chairs_working_days, rules.agenda_working_days)
    return deadlines(meeting.on, *days, holidays)


def settling_seats(viewer: Viewer, meeting: Meeting) -> list[str]:
    """The kinds of seats for which a viewer settles the agenda of a meeting."""
    mine = viewer.seats_in(meeting.committee_id)
    if not mine:
        return []
    regime = regimes.in_force(meeting.organisation, meeting.on)
    rules = regimes.procedure(meeting.committee, meeting.on, regime)
    return kinds_of(viewer, meeting, rules.agenda_by)


def kinds_of(viewer: Viewer, meeting: Meeting, named: Iterable[str]) -> list[str]:
    """Which of the named seats a viewer holds, or stands in for."""
    mine = viewer.seats_in(meeting.committee_id)
    return [kind for kind in named if any(signing.fits(seat, kind, None) for seat in mine)]


def _settlers(
    meeting: Meeting, rules: Procedure, regime: Regime, sha256: str, today: date
) -> tuple[Settler, ...]:
    seats = list(signing.seats_in([meeting.committee_id], today))
    rows = AgendaConsent.objects.filter(meeting=meeting, sha256=sha256).select_related("person")
    said = {row.as_kind: row for row in rows}
    return tuple(
        Settler(
            kind,
            str(regime.words.get(kind, kind)),
            tuple(seat for seat in seats if signing.fits(seat, kind, None)),
            said.get(kind),
        )
        for kind in rules.agenda_by
    )


def _taken_off(sent: SentAgenda | None, lines: Iterable[Line]) -> tuple[Item, ...]:
    if sent is None:
        return ()
    gone = set(sent.items) - {line.item.ref for line in lines}
    return tuple(Item.objects.filter(thing__ref__in=gone).select_related("thing")) if gone else ()
