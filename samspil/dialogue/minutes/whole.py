"""The minutes of a meeting, line by line: each item's text, hash and signatures; the hash of the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from samspil.core.minutes_hash import meeting_hash
from samspil.dialogue import queries, record, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import Closed, as_seen_by, may_read
from samspil.dialogue.minutes.models import Reservation
from samspil.dialogue.models import Item, Meeting, Minutes, Signature
from samspil.dialogue.regime import Regime
from samspil.organisation.models import JournalRow
from samspil.organisation.viewer import Viewer

VERBS = {signing.RELEASE: "dialogue.meeting_released", signing.APPROVE: "dialogue.meeting_approved"}


@dataclass(frozen=True)
class Line:
    """An item on the agenda and its newest text of this meeting. `shown`: what the viewer may know of it."""

    number: int
    item: Item
    shown: Item | Closed
    regime: Regime
    minutes: Minutes | None
    sheets: dict[str, signing.Sheet]
    approved_before: bool = False  # an earlier version was approved, and this one is not

    @property
    def kept(self) -> record.Record | None:
        """What was frozen, for those who may read it."""
        if self.minutes is None or isinstance(self.shown, Closed):
            return None
        return record.thaw(self.minutes.record, self.minutes.sha256)

    @property
    def status(self) -> str:
        """How far its text of this meeting is, also where the item has gone on to another one."""
        if self.minutes is None:
            return self.item.status
        if self.minutes.approved_on:
            return Item.Status.APPROVED
        return Item.Status.RELEASED if self.minutes.released_on else Item.Status.DISCUSSED

    @property
    def fits(self) -> bool:
        """Whether the stored record still gives the hash that was signed."""
        return self.minutes is None or record.fingerprint(self.minutes.record) == self.minutes.sha256

    def place(self, act: str, viewer: Viewer) -> signing.Signer | None:
        """Where the viewer can sign this text now."""
        if self.minutes is None:
            return None
        if act == signing.APPROVE and not self.sheets[signing.RELEASE].complete:
            return None
        return self.sheets[act].place_for(viewer)

    @property
    def unsigned(self) -> list[Reservation]:
        """What those said who have left it unsigned."""
        return left_unsigned(self.minutes, self.sheets) if self.minutes else []


@dataclass(frozen=True)
class Noted:
    """That somebody signed the whole meeting, as the journal remembers it."""

    row: JournalRow
    who: str
    releasing: bool
    sha256: str
    same: bool  # the minutes still have this hash


@dataclass(frozen=True)
class Whole:
    """All lines of a meeting."""

    meeting: Meeting
    lines: tuple[Line, ...] = field(default_factory=tuple)

    @property
    def sha256(self) -> str:
        return meeting_hash([one.minutes.sha256 for one in self.lines if one.minutes])

    @property
    def written(self) -> list[Line]:
        return [one for one in self.lines if one.minutes]

    @property
    def complete(self) -> bool:
        """Everything on the agenda has a text that is approved."""
        return bool(self.lines) and all(one.minutes and one.minutes.approved_on for one in self.lines)

    @property
    def holds_closed(self) -> bool:
        """Whether something in it is closed to others, though not to this reader."""
        return any(one.item.confidential_until and not isinstance(one.shown, Closed) for one in self.lines)

    def mine(self, act: str, viewer: Viewer) -> list[Line]:
        """What waits here for the viewer's signature."""
        return [one for one in self.lines if one.place(act, viewer)]


def whole(meeting: Meeting, viewer: Viewer) -> Whole:
    """The minutes of a meeting as a viewer may see them, in a number of questions that does not grow."""
    items = list(queries.agenda(meeting))
    versions = _versions(meeting)
    seats = list(signing.seats_in([meeting.committee_id], viewer.today))
    known = {one.pk: regimes.as_read(one, meeting.organisation) for one in {item.regime for item in items}}
    rules_known = regimes.rules_known()
    lines = []
    for number, (item, shown) in enumerate(zip(items, as_seen_by(viewer, items), strict=True), 1):
        regime, mine = known[item.regime_id], versions.get(item.pk, [])
        rules = regimes.procedures([meeting.committee], meeting.on, regime, rules_known)[meeting.committee_id]
        newest = mine[-1] if mine else None
        signed: Sequence[Signature] = list(newest.signatures.all()) if newest else []
        lines.append(
            Line(
                number,
                item,
                shown,
                regime,
                newest,
                {act: signing.sheet(act, rules, regime, seats, signed) for act in VERBS},
                bool(newest and not newest.approved_on and any(one.approved_on for one in mine)),
            )
        )
    return Whole(meeting, tuple(lines))


def left_unsigned(minutes: Minutes, sheets: dict[str, signing.Sheet]) -> list[Reservation]:
    """What those said who have not signed a text, as long as they have not."""
    open_places = {
        (str(act), one.kind, one.union.pk if one.union else None)
        for act, sheet in sheets.items()
        for one in sheet.missing
    }
    said = minutes.reservations.all()
    return [one for one in said if (one.act, one.as_kind, one.union_id) in open_places]


def may_read_minutes(line: Line, viewer: Viewer) -> bool:
    """A text is the committee's and its writer's until it is released; a closed one is for those let in."""
    if line.minutes is None or not may_read(viewer, line.item):
        return False
    mine = viewer.person is not None and line.minutes.written_by_id == viewer.person.pk
    return line.minutes.released_on is not None or mine or bool(viewer.seats_in(line.item.committee_id))


def noted(found: Whole) -> list[Noted]:
    """Every time somebody signed the whole, the latest first, and whether the minutes are still the same."""
    rows = JournalRow.objects.filter(thing=found.meeting.ref, verb__in=VERBS.values())
    return list(_noted(rows.select_related("words__person").order_by("-sequence"), found.sha256))


def _noted(rows: Iterable[JournalRow], now: str) -> Iterable[Noted]:
    for row in rows:
        words = getattr(row, "words", None)
        sha256 = str(words.facts.get("sha256", "")) if words else ""
        who = str(words.person or "") if words else ""
        yield Noted(row, who, row.verb == VERBS[signing.RELEASE], sha256, sha256 == now)


def _versions(meeting: Meeting) -> dict[int, list[Minutes]]:
    """Every version of this meeting, item by item, the newest last."""
    signed = Prefetch("signatures", Signature.objects.select_related("person", "union", "at_meeting"))
    left = Prefetch("reservations", Reservation.objects.select_related("person", "union"))
    rows = Minutes.objects.filter(meeting=meeting).select_related("written_by", "file", "meeting")
    found: dict[int, list[Minutes]] = {}
    for row in rows.prefetch_related(signed, left).order_by("number"):
        found.setdefault(row.item_id, []).append(row)
    return found
