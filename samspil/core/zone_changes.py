"""When the clocks of a zone are put forward or back, found from the zone itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Offset:
    """What a zone's clocks show: hours from UTC, the short name, whether it is summer time."""

    from_utc: timedelta
    name: str
    summer: bool


@dataclass(frozen=True)
class Change:
    """At `on_the_clock`, as the clocks still show it, they are put from one offset to another."""

    on_the_clock: datetime
    before: Offset
    after: Offset


def offset_at(zone: tzinfo, instant: datetime) -> Offset:
    """What the zone's clocks show at an instant (aware)."""
    here = instant.astimezone(zone)
    return Offset(here.utcoffset() or timedelta(0), here.tzname() or "", bool(here.dst()))


def changes(zone: tzinfo, first: date, last: date) -> Iterator[Change]:
    """Every change from the beginning of `first` to the end of `last` in UTC, to the minute, in order."""
    start = datetime.combine(first, time(), UTC)
    while start.date() <= last:
        end = start + DAY
        if offset_at(zone, start) != offset_at(zone, end):
            at = _moment(zone, start, end)
            before, after = offset_at(zone, at - MINUTE), offset_at(zone, at)
            yield Change((at + before.from_utc).replace(tzinfo=None), before, after)
        start = end


def _moment(zone: tzinfo, start: datetime, end: datetime) -> datetime:
    """The first minute after `start` that shows what `end` shows."""
    aim, low, high = offset_at(zone, end), 0, round((end - start) / MINUTE)
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, start + middle * MINUTE) == aim:
            high = middle
        else:
            low = middle
    return start + high * MINUTE
