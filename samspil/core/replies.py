"""When to remind committees that have not replied.

Shapes: dates in, a date or None out. Unit: working days (see `working_days`). No errors are raised.
Source: the house's own; see `docs/calculations/replies.md`.
"""

from collections.abc import Set
from datetime import date

from samspil.core.working_days import working_days_after, working_days_between


def reminder_day(sent: date, due: date, holidays: Set[date]) -> date | None:
    """The working day that lies halfway between sending and deadline; None when there is none in between."""
    half = (working_days_between(sent, due, holidays) + 1) // 2
    if half < 1:
        return None
    day = working_days_after(sent, half, holidays)
    return day if sent < day < due else None
