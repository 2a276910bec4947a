"""Change load: how many initiatives are being put into use at a workplace in each of the coming months.

It counts; it estimates nothing. What has no date is counted as long as it is not known to have ended, and is
told apart, so that a reader sees what the figure rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samspil.core.months import first_days


@dataclass(frozen=True, slots=True)
class Span:
    """An initiative being put into use: from a day, to a day or nobody knows how long.

    `places`: the keys of the units it touches. `planned`: it has not begun; its beginning is a planned date.
    """

    initiative: int
    starts: date
    ends: date | None
    planned: bool
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cell:
    """What touches a unit in a month: the keys of initiatives going on, and of those planned to begin."""

    going_on: tuple[int, ...] = ()
    planned: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return len(self.going_on) + len(self.planned)


def load(
    spans: Iterable[Span], lines: Mapping[int, Sequence[int]], ahead: Sequence[date]
) -> dict[int, tuple[Cell, ...]]:
    """For each unit a cell a month. `lines`: a unit's key -> the keys of itself and all units above it.

    What touches a unit touches everything below it; what touches a workplace does not touch its neighbours.
    """
    known = list(spans)
    return {
        unit: tuple(_cell([span for span in known if span.places & set(line)], month) for month in ahead)
        for unit, line in lines.items()
    }


def last_day(month: date) -> date:
    """The last day of the month that begins on a day."""
    return first_days(month, 2)[1] - timedelta(days=1)


def _cell(spans: Sequence[Span], month: date) -> Cell:
    here = [one for one in spans if one.starts <= last_day(month) and not _over(one, month)]
    return Cell(
        tuple(one.initiative for one in here if not one.planned),
        tuple(one.initiative for one in here if one.planned),
    )


def _over(span: Span, month: date) -> bool:
    """Ended before the month, or before it began: then there is no day on which it is put into use."""
    return span.ends is not None and span.ends < max(month, span.starts)
