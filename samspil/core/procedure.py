"""Agreed procedures: when to discuss, what holds on a day, how long notice is, and what became of promises.

A procedure promises discussions: in which committee and by which day. Dates are plain days; nothing here
knows who wrote them down. In words, with worked examples: docs/calculations/procedure.md.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import Enum

from samspil.core.working_days import working_days_before

# --- when to discuss ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ComingMeeting:
    """A planned meeting of the right committee. `request_by`: the last day to ask for an item."""

    ref: str
    on: date
    request_by: date


@dataclass(frozen=True)
class Slot:
    """By which day to discuss; `meeting` is the planned one, "" where another has to be found."""

    by: date
    meeting: str = ""
    request_by: date | None = None


def slot_before(
    step: date, meetings: Iterable[ComingMeeting], today: date, holidays: Set[date]
) -> Slot | None:
    """When to discuss what a step on that day binds: at the last planned meeting before it that can still be
    reached; without one by the last working day before it. None when that day has passed as well."""
    before = [one for one in _reachable(meetings, today) if one.on < step]
    if before:
        return _at(max(before, key=_day))
    by = working_days_before(step, 1, holidays)
    return Slot(by) if by >= today else None


def next_slot(meetings: Iterable[ComingMeeting], today: date) -> Slot | None:
    """The next planned meeting that can still be reached, for what no step binds yet."""
    reachable = _reachable(meetings, today)
    return _at(min(reachable, key=_day)) if reachable else None


def _reachable(meetings: Iterable[ComingMeeting], today: date) -> list[ComingMeeting]:
    return [one for one in meetings if today <= one.request_by and today <= one.on]


def _day(meeting: ComingMeeting) -> tuple[date, str]:
    return meeting.on, meeting.ref


def _at(meeting: ComingMeeting) -> Slot:
    return Slot(meeting.on, meeting.ref, meeting.request_by)


# --- what holds, and for how long ---------------------------------------------------------------------------


def holding(since: Sequence[date | None], on: date, ends_on: date | None) -> int | None:
    """Which version holds on a day, as its place in the sequence; None when none does.

    `since`: from which day each version holds, None for a draft. A newer version takes the place of an older
    one from its day on; of two from one day the later in the sequence holds. `ends_on` is the last day on
    which anything holds, after notice.
    """
    if ends_on is not None and on > ends_on:
        return None
    begun = [(day, place) for place, day in enumerate(since) if day is not None and day <= on]
    return max(begun)[1] if begun else None


# --- what was promised and what was held --------------------------------------------------------------------


class Kept(Enum):
    """How a promised discussion stands."""

    AHEAD = "ahead"
    NO_DAY = "no_day"
    HELD = "held"
    HELD_LATER = "held_later"
    HELD_ELSEWHERE = "held_elsewhere"
    NOT_HELD = "not_held"

    @property
    def departs(self) -> bool:
        """Whether what happened is something else than what was promised."""
        return self in (Kept.HELD_LATER, Kept.HELD_ELSEWHERE, Kept.NOT_HELD)


@dataclass(frozen=True)
class Talk:
    """A discussion that was held and counts as one. `committee`: a key that says where."""

    committee: int
    on: date


@dataclass(frozen=True)
class Standing:
    """How a promise stands, and the discussion that shows it."""

    kept: Kept
    talk: Talk | None = None


def standing(committee: int | None, by: date | None, talks: Iterable[Talk], today: date) -> Standing:
    """How the promise to discuss in a committee (None: in any) by a day (None: no day given) stands today.

    The day itself still counts. What was discussed somewhere else says so only once the day has passed:
    until then the promised discussion can still be held.
    """
    known = sorted(talks, key=lambda talk: talk.on)
    there = next((talk for talk in known if committee in (None, talk.committee)), None)
    if there:
        late = by is not None and there.on > by
        return Standing(Kept.HELD_LATER if late else Kept.HELD, there)
    if by is None:
        return Standing(Kept.NO_DAY)
    if today <= by:
        return Standing(Kept.AHEAD)
    return Standing(Kept.HELD_ELSEWHERE, known[0]) if known else Standing(Kept.NOT_HELD)
