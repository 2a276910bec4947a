"""The clock of remedies and negotiations: by when a step is owed, and which reminders have come due.

The day of the event itself is not counted. A month ends on the day with the same number; where the month has
no such day, on its last day (31 January and one month: 28 or 29 February). A last day on which nobody works
moves to the next day on which people do, unless the term says otherwise: a period of notice runs out on its
day, whatever day that is.
In words, with sources and choices: docs/calculations/remedy_clock.md.
"""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samspil.core.months import months_after
from samspil.core.working_days import is_working_day, working_days_after

ONE_DAY = timedelta(days=1)
FRIDAY = 4
MIDSUMMER_EVE = "midsummer_eve"


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    """How long somebody has. `moves`: a last day on which nobody works moves to the next working day."""

    number: int
    unit: Unit
    moves: bool = True


class Stand(StrEnum):
    """Where a union, or a samverkan group, stands with a matter that the employer wants to decide."""

    NOT_CONCLUDED = "not_concluded"
    AGREED = "agreed"
    AWAITING_SIGNATURE = "awaiting_signature"  # concluded in disagreement; the days have not begun
    MAY_BE_CALLED = "may_be_called"  # the days for calling central negotiation are running
    NOT_CALLED = "not_called"  # they have passed, and nobody called
    CALLED = "called"  # central negotiation goes on
    CENTRALLY_CONCLUDED = "centrally_concluded"


CONCLUDED = frozenset({Stand.AGREED, Stand.NOT_CALLED, Stand.CENTRALLY_CONCLUDED})


@dataclass(frozen=True, slots=True)
class Wait:
    """`call_by`: the last day to call for central negotiation. `decide_from`: the first day on which the
    decision may be taken; None while that is not known."""

    stand: Stand
    call_by: date | None = None
    decide_from: date | None = None


def last_day(start: date, term: Term, closed: Set[date]) -> date:
    """The last day of a term that an event on `start` sets going. `closed`: holidays and days like them.

    A term below zero is a `ValueError`.
    """
    if term.number < 0:
        raise ValueError("A term is counted forward, from the event that sets it going.")
    if term.unit == Unit.WORKING_DAYS:
        return working_days_after(start, term.number, closed)
    end = months_after(start, term.number) if term.unit == Unit.MONTHS else start + ONE_DAY * term.number
    return working_days_after(end, 0, closed) if term.moves else end


def closed_days(holidays: Set[date], also: Iterable[str], years: Iterable[int]) -> frozenset[date]:
    """Holidays, and days that are treated like them: "12-24", or `midsummer_eve`."""
    names = list(also)
    return frozenset(holidays) | {_day_named(name, year) for year in set(years) for name in names}


def midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June."""
    first = date(year, 6, 19)
    return first + ONE_DAY * ((FRIDAY - first.weekday()) % 7)


def come_due(
    opened: date, due: date, offsets: Collection[int], today: date, kept: Collection[int]
) -> tuple[int, ...]:
    """The reminders whose day has come and that are not kept yet, the earliest first.

    An offset is a number of days from `due`, below zero before it. One whose day lies before the step was
    opened, or on that very day, is none: who owes the step has just been told. When a worker missed days,
    several come due at once; the last of them is the one to tell, the others are kept as passed over.
    """
    return tuple(
        offset for offset in sorted(set(offsets) - set(kept)) if opened < due + ONE_DAY * offset <= today
    )


def wait_for(
    *,
    concluded: bool,
    agreed: bool,
    signed_on: date | None,
    term: Term,
    closed: Set[date],
    today: date,
    called_on: date | None = None,
    centrally_on: date | None = None,
) -> Wait:
    """When the decision may be taken, as far as one union (or one samverkan group) is concerned.

    `signed_on`: the day on which the minutes were signed for it; then the days for calling begin. A call that
    came after its last day binds nobody. `centrally_on`: the day the central negotiation was concluded.
    """
    if centrally_on is not None:
        return Wait(Stand.CENTRALLY_CONCLUDED, decide_from=centrally_on)
    if not concluded:
        return Wait(Stand.NOT_CONCLUDED)
    if agreed:
        return Wait(Stand.AGREED, decide_from=signed_on)
    if signed_on is None:
        return Wait(Stand.CALLED if called_on else Stand.AWAITING_SIGNATURE)
    call_by = last_day(signed_on, term, closed)
    if called_on is not None and called_on <= call_by:
        return Wait(Stand.CALLED, call_by)
    stand = Stand.MAY_BE_CALLED if today <= call_by else Stand.NOT_CALLED
    return Wait(stand, call_by, call_by + ONE_DAY)


def is_closed(day: date, closed: Set[date]) -> bool:
    """Whether a deadline on this day would move."""
    return not is_working_day(day, closed)


def _day_named(name: str, year: int) -> date:
    if name == MIDSUMMER_EVE:
        return midsummer_eve(year)
    month, day = name.split("-")
    return date(year, int(month), int(day))
