"""Was it heard in time, and can it still be? Facts for the decision clock, for many initiatives at once.

An initiative is heard in a phase when every line of affected units has been heard (see `right_level`). The
clock judges each line; the line that fares worst speaks for the initiative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from samspil.core import decision_clock as clock
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, Meeting, Minutes, Outcome
from samspil.dialogue.regime import Regime
from samspil.dialogue.remedies.waits import UnionWait, Waits, open_calls
from samspil.dialogue.right_level import Line, lines_of
from samspil.initiative.models import Initiative
from samspil.initiative.queries import clock_steps, steps
from samspil.organisation.models import Content, ProcedureRules, Seat

BEST_FIRST = clock.BEST_FIRST
SEVERITIES = tuple(clock.Severity)


@dataclass(frozen=True)
class Held:
    """An item's discussion, before its level has been compared with a line."""

    item: Item
    discussion: clock.Discussion


@dataclass(frozen=True)
class Back:
    """What the clock says of one line, and the discussion it rests on."""

    line: Line
    verdict: clock.Verdict
    held: Held | None = None

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The higher, the worse; without a binding step it matters whether it was discussed and approved."""
        found = self.verdict.discussion
        approved = found is not None and found.minutes_approved_on is not None
        return BEST_FIRST.index(self.verdict.kind), found is None, not approved


@dataclass(frozen=True)
class Ahead:
    """What the clock says for one line, ahead and back, and the agenda on which the item already stands."""

    line: Line
    ahead: clock.Ahead
    meeting: Meeting | None = None
    placed: Item | None = None
    verdict: clock.Verdict | None = None


class Facts:
    """Everything the clock needs to know about some initiatives; read once.

    `asked` holds every item there ever was about an initiative, the oldest first; `items` those that stand.
    `dates` are meetings' dates to reckon with instead of those that hold.
    """

    def __init__(self, initiatives: Sequence[Initiative], dates: Mapping[int, date] | None = None) -> None:
        self.initiatives = initiatives
        self.dates = dates or {}
        self.lines = lines_of(initiatives)
        self.steps = steps(initiatives)
        self.asked: dict[int, list[Item]] = {one.pk: [] for one in initiatives}
        for item in _items(initiatives):
            self.asked[item.initiative_id].append(item)  # type: ignore[index]
        self.items = {key: [one for one in asked if _stands(one)] for key, asked in self.asked.items()}
        self.tables = _tables(self.asked.values())
        flat = [item for group in self.asked.values() for item in group]
        self.waits = Waits(flat, self.tables, date.max)
        self.seats = _union_seats(self.items.values())

    @cached_property
    def rules(self) -> list[ProcedureRules]:
        return regimes.rules_known()

    def held(self, initiative: Initiative, phase: str) -> list[Held]:
        """The discussions of an initiative in a phase."""
        return [
            Held(item, discussion)
            for item in self.items[initiative.pk]
            if item.phase == phase
            for discussion in self._discussions(item)
        ]

    def back(
        self, initiative: Initiative, phase: str, only: Sequence[clock.BindingStep] | None = None
    ) -> Back | None:
        """How the line that fares worst was heard; None when the right committee is not known.
        `only`: the steps to compare with, where it is not about all of the phase."""
        known = clock_steps(self.steps[initiative.pk], phase) if only is None else only
        held = self.held(initiative, phase)
        backs = [_back(line, known, held) for line in self.lines[initiative.pk]]
        return max(backs, key=lambda back: back.rank, default=None)

    def ahead(
        self, initiative: Initiative, meetings: Sequence[Meeting], today: date, extraordinary: bool
    ) -> tuple[Ahead, ...]:
        """For each line, whether the initiative can still be heard in its present phase; the latest first."""
        phase = initiative.phase
        known = clock_steps(self.steps[initiative.pk], phase)
        held = self.held(initiative, phase)
        items = [one for one in self.items[initiative.pk] if one.phase == phase]
        found = [
            _ahead(line, known, held, items, meetings, today, extraordinary)
            for line in self.lines[initiative.pk]
        ]
        return tuple(sorted(found, key=lambda one: -SEVERITIES.index(one.ahead.severity)))

    def waits_for(self, item: Item) -> str:
        """The seats whose approval the rules ask for, in the regime's own words."""
        regime = self.tables[item.regime_id]
        day = item.meeting.on if item.meeting else item.requested_at.date()
        rules = regimes.procedures([item.committee], day, regime, self.rules)[item.committee_id]
        return regimes.names(regime, rules.approve)

    def _discussions(self, item: Item) -> list[clock.Discussion]:
        regime = self.tables[item.regime_id]
        waits = self.waits.of(item, item.outcomes.all())
        if regime.per_union:
            seats = self.seats.get(item.committee_id, ())
            return [_waiting(one, waits) for one in _per_union(item, regime, seats, self.dates)]
        found = [(one, _discussion(item, regime, one, self.dates)) for one in item.outcomes.all()]
        return [_waiting(made, [w for w in waits if w.outcome.pk == one.pk]) for one, made in found]


def coming_meetings(today: date) -> list[Meeting]:
    """The meetings that have not been held yet, in the whole organisation."""
    rows = Meeting.objects.filter(on__gte=today, cancelled_at=None).exclude(kind=Meeting.Kind.ELSEWHERE)
    return list(rows.select_related("committee"))


def _back(line: Line, known: Sequence[clock.BindingStep], held: Sequence[Held]) -> Back:
    by_ref = {(one.discussion.ref, one.discussion.met_on): one for one in held}
    discussions = _for_line(line, held)
    verdict = clock.look_back(known, discussions)
    found = verdict.discussion
    if verdict.kind == clock.VerdictKind.NO_BINDING_STEP_KNOWN:
        heard = [one for one in discussions if one.level_ok and one.counts]
        found = min(heard, key=lambda one: (one.minutes_approved_on is None, one.met_on), default=None)
        verdict = replace(verdict, discussion=found)
    return Back(line, verdict, by_ref[found.ref, found.met_on] if found else None)


def _ahead(
    line: Line,
    known: Sequence[clock.BindingStep],
    held: Sequence[Held],
    items: Sequence[Item],
    meetings: Sequence[Meeting],
    today: date,
    extraordinary: bool,
) -> Ahead:
    right = [one for one in meetings if line.right and one.committee_id == line.right.pk]
    mine = right or [one for one in meetings if one.committee_id in line.heard_in]
    coming = [
        clock.ComingMeeting(one.ref, one.committee.name, one.on, one.request_by or one.on) for one in mine
    ]
    discussions = _for_line(line, held)
    ahead = clock.look_ahead(known, discussions, coming, today, extraordinary)
    meeting = next((one for one in mine if ahead.meeting and one.ref == ahead.meeting.ref), None)
    placed = _placed(items, line, ahead, today)
    return Ahead(line, ahead, meeting, placed, clock.look_back(known, discussions))


def _placed(items: Iterable[Item], line: Line, ahead: clock.Ahead, today: date) -> Item | None:
    """The item that already stands on the agenda of a meeting at the right level before the step."""
    on_agenda = [
        one
        for one in items
        if one.status == Item.Status.ON_AGENDA and one.meeting and one.committee_id in line.heard_in
        if one.meeting.on >= today and one.meeting.cancelled_at is None
        if ahead.step is None or one.meeting.on < ahead.step.on
    ]
    return min(on_agenda, key=lambda one: one.meeting.on, default=None)  # type: ignore[union-attr]


def _for_line(line: Line, held: Iterable[Held]) -> list[clock.Discussion]:
    return [replace(one.discussion, level_ok=one.item.committee_id in line.heard_in) for one in held]


def _discussion(item: Item, regime: Regime, outcome: Outcome, dates: Mapping[int, date]) -> clock.Discussion:
    known = regime.outcome(outcome.key)
    return clock.Discussion(
        ref=item.ref,
        committee=item.committee.name,
        level_ok=False,
        met_on=dates.get(outcome.meeting_id, outcome.meeting.on),
        minutes_approved_on=_approved_on(item, outcome.meeting_id),
        counts=bool(known and known.counts),
        order=outcome.order or None,  # type: ignore[arg-type]
    )


def _per_union(
    item: Item, regime: Regime, seats: Iterable[Seat], dates: Mapping[int, date]
) -> list[clock.Discussion]:
    """Concluded when it is concluded with every union: on the last day, approved when the last one is."""
    newest = {outcome.union_id: outcome for outcome in item.outcomes.all()}
    if not newest:
        return []
    parts = [_discussion(item, regime, outcome, dates) for outcome in newest.values()]
    last = max(parts, key=lambda part: part.met_on)
    approved = [part.minutes_approved_on for part in parts]
    orders = {part.order for part in parts if part.met_on == last.met_on}
    unions = {seat.union_id for seat in seats if holds_on(seat, last.met_on)}
    all_concluded = unions <= set(newest) and all(part.counts for part in parts)
    return [
        replace(
            last,
            counts=all_concluded,
            minutes_approved_on=None if None in approved else max(one for one in approved if one),
            order="after" if "after" in orders else (None if None in orders else "before"),
        )
    ]


def _waiting(discussion: clock.Discussion, waits: Iterable[UnionWait]) -> clock.Discussion:
    """A discussion with what the unions' disagreement means for the day of the decision: while a central
    negotiation goes on it is not concluded, and before the days for calling have passed the step waits."""
    known = list(waits)
    days = [one.wait.decide_from for one in known if one.wait.decide_from and one.wait.call_by]
    return replace(
        discussion,
        counts=discussion.counts and not open_calls(known),
        decide_from=max(days, default=None),
    )


def _approved_on(item: Item, meeting_id: int) -> date | None:
    versions = [one for one in item.minutes.all() if one.meeting_id == meeting_id]
    return versions[-1].approved_on if versions else None


def _stands(item: Item) -> bool:
    return item.status != Item.Status.WITHDRAWN


def _items(initiatives: Sequence[Initiative]) -> "Iterable[Item]":
    outcomes = Outcome.objects.select_related("meeting", "union").order_by("meeting__on", "recorded_at")
    return (
        Item.objects.filter(initiative__in=initiatives)
        .select_related("thing", "committee", "meeting", "organisation", "initiative")
        .prefetch_related(
            Prefetch("outcomes", outcomes),
            Prefetch("minutes", Minutes.objects.defer("text", "record").order_by("number")),
        )
        .order_by("requested_at", "pk")
    )


def _tables(items: Iterable[Iterable[Item]]) -> Mapping[int, Regime]:
    wanted = {item.regime_id for group in items for item in group}
    return {row.pk: regimes.read(row) for row in Content.objects.filter(pk__in=wanted)} if wanted else {}


def _union_seats(items: Iterable[Iterable[Item]]) -> Mapping[int, Sequence[Seat]]:
    """The seats of unions, committee by committee."""
    committees = {item.committee_id for group in items for item in group}
    found: dict[int, list[Seat]] = {}
    rows = Seat.objects.filter(committee__in=committees, side=Seat.Side.STAFF, union__isnull=False)
    for seat in rows if committees else ():
        found.setdefault(seat.committee_id, []).append(seat)
    return found


def holds_on(seat: Seat, on: date) -> bool:
    """Whether the mandate of a seat covers a day."""
    return seat.since <= on and (seat.until is None or seat.until >= on)
