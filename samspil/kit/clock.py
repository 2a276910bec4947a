"""The one clock of the house: web, worker and command line read the time here and nowhere else.

In demo and tests the clock can be moved, and every process sees the move because it is stored in the
database. In production it cannot.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection


def now() -> datetime:
    """The present instant in UTC, moved by the stored shift in demo and tests."""
    return datetime.now(UTC) + _shift()  # noqa: TID251 - this is the clock


def move_to(instant: datetime) -> None:
    """Let the house believe it is `instant` from now on. Refused in production."""
    from samspil.kit.models import ClockShift

    if settings.SAMSPIL_MODE == "production":
        raise RuntimeError("The clock of a production house cannot be moved.")
    shift = instant - datetime.now(UTC)  # noqa: TID251 - this is the clock
    ClockShift.objects.update_or_create(pk=1, defaults={"seconds": shift.total_seconds()})


def move_back() -> None:
    """Let the house live in the present again."""
    from samspil.kit.models import ClockShift

    ClockShift.objects.all().delete()


def _shift() -> timedelta:
    """Asked by hand: every request asks, and the question costs more than its answer."""
    if settings.SAMSPIL_MODE == "production":
        return timedelta(0)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seconds FROM kit_clockshift WHERE id = 1")
            row = cursor.fetchone()
    except DatabaseError:  # before the first migration
        row = None
    return timedelta(seconds=row[0] if row else 0)
