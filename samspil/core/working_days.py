"""Counting in working days: Monday to Friday without the holidays that are handed in.

"Twelve working days before the meeting" does not count the day of the meeting itself.
"""

from collections.abc import Set
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_days_before(day: date, days: int, holidays: Set[date]) -> date:
    """The working day that lies `days` working days before `day`; with 0, `day` or the one before it."""
    return _walked(day, days, -ONE_DAY, holidays)


def working_days_after(day: date, days: int, holidays: Set[date]) -> date:
    """The working day that lies `days` working days after `day`; with 0, `day` or the one after it."""
    return _walked(day, days, ONE_DAY, holidays)


def working_days_between(start: date, end: date, holidays: Set[date]) -> int:
    """How many working days come after `start`, up to and with `end`; below zero when `end` lies before."""
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def _walked(day: date, days: int, step: timedelta, holidays: Set[date]) -> date:
    if days < 0:
        raise ValueError(
            "Count working days forward with working_days_after, backward with working_days_before."
        )
    for _ in range(days):
        day = _next_working_day(day + step, step, holidays)
    return _next_working_day(day, step, holidays)


def _next_working_day(day: date, step: timedelta, holidays: Set[date]) -> date:
    while not is_working_day(day, holidays):
        day += step
    return day
