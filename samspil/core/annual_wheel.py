"""The days of a committee's year, the deadlines before a meeting, and which topic belongs to which meeting.

Days are `datetime.date`; weeks are ISO weeks (1–53); weekdays count from Monday = 0. A day that cannot be is
moved by whole weeks, so that a committee that meets on Tuesdays goes on meeting on Tuesdays.
Source: the rules of procedure of the committee, which name days and deadlines; nothing here is a legal rule.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from samspil.core.working_days import SATURDAY, is_working_day, working_days_before

LAST = -1
WEEK = timedelta(days=7)
FARTHEST = 26  # weeks a meeting may be moved before the person has to choose another day
Why = Literal["", "weekend", "holiday", "quiet_week", "taken"]


@dataclass(frozen=True)
class Rhythm:
    """The nth weekday of some months: `nth` is 1–4, or -1 for the last one in the month."""

    year: int
    months: tuple[int, ...]
    nth: int
    weekday: int


@dataclass(frozen=True)
class Planned:
    """A day that was wanted, the day it became, and why they differ; `on` is None when no day was found."""

    wanted: date
    on: date | None
    why: Why = ""

    @property
    def moved(self) -> bool:
        return self.on != self.wanted


@dataclass(frozen=True)
class Deadlines:
    """The last days before a meeting: to ask for an item, to settle the agenda, to send it."""

    request_by: date
    settle_by: date
    send_by: date


def days_of(rhythm: Rhythm) -> tuple[date, ...]:
    """The days of a rhythm, month by month. ValueError for a weekday or a week that does not exist."""
    if rhythm.nth not in (1, 2, 3, 4, LAST) or rhythm.weekday not in range(SATURDAY):
        raise ValueError(
            "Choose the first to the fourth week or the last one, and a day from Monday to Friday."
        )
    return tuple(_nth(rhythm.year, month, rhythm.nth, rhythm.weekday) for month in sorted(set(rhythm.months)))


def plan(
    wanted: Iterable[date], holidays: Set[date], quiet_weeks: Set[int], taken: Set[date] = frozenset()
) -> tuple[Planned, ...]:
    """Each wanted day in order of date, moved where it falls on a day off, in a quiet week or on a taken day.

    Days that can stay are kept first, so that a moved one never pushes them away. A moved day is the nearest
    one that is free in the same year, the later of two that are equally near.
    """
    days = sorted(set(wanted))
    why = {day: _why_not(day, holidays, quiet_weeks, taken) for day in days}
    used = {*taken, *(day for day in days if not why[day])}
    found = []
    for day in days:
        on = day if not why[day] else _another(day, holidays, quiet_weeks, used)
        if on:
            used.add(on)
        found.append(Planned(day, on, why[day]))
    return tuple(found)


def deadlines(on: date, request: int, settle: int, send: int, holidays: Set[date]) -> Deadlines:
    """The last days in working days before a meeting; each comes on or after the one before it.

    Rules that ask for the agenda to be settled before items may be asked for are read as the same day.
    """
    settle = min(settle, request)
    send = min(send, settle)
    return Deadlines(*(working_days_before(on, days, holidays) for days in (request, settle, send)))


def meeting_for(month: int, meetings: Sequence[date]) -> date | None:
    """The meeting that takes up a topic of a month: the first in it or after it, else the last before it."""
    later = [day for day in sorted(meetings) if day.month >= month]
    if later:
        return later[0]
    return max(meetings, default=None)


def is_quiet(day: date, quiet_weeks: Set[int]) -> bool:
    """Whether a day lies in one of the weeks without meetings."""
    return day.isocalendar().week in quiet_weeks


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    if nth != LAST:
        return day + (nth - 1) * WEEK
    while (day + WEEK).month == month:
        day += WEEK
    return day


def _why_not(day: date, holidays: Set[date], quiet_weeks: Set[int], taken: Set[date]) -> Why:
    if day.weekday() >= SATURDAY:
        return "weekend"
    if not is_working_day(day, holidays):
        return "holiday"
    if is_quiet(day, quiet_weeks):
        return "quiet_week"
    return "taken" if day in taken else ""


def _another(day: date, holidays: Set[date], quiet_weeks: Set[int], used: Set[date]) -> date | None:
    """The nearest free day: the same weekday of another week; from a weekend, counted from its Monday."""
    free = (
        one for one in _near(day) if one.year == day.year and not _why_not(one, holidays, quiet_weeks, used)
    )
    return next(free, None)


def _near(day: date) -> Iterator[date]:
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
        yield day
    for weeks in range(1, FARTHEST + 1):
        yield day + weeks * WEEK
        yield day - weeks * WEEK
