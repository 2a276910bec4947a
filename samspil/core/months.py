"""Counting in months of the calendar."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The day with the same number `months` later; in a month that is too short its last day."""
    if months < 0:
        raise ValueError("Months are counted forward.")
    first = first_day(number_of(day) + months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def first_days(day: date, count: int) -> tuple[date, ...]:
    """The first days of so many months, from the month in which `day` lies."""
    return tuple(first_day(number_of(day) + later) for later in range(count))


def number_of(day: date) -> int:
    """The months of the calendar in one row: the one of a day is one more than the one before it."""
    return day.year * 12 + day.month - 1


def first_day(number: int) -> date:
    """The first day of the month with this number."""
    return date(number // 12, number % 12 + 1, 1)
