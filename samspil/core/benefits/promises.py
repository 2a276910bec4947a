"""Promised against realised: each benefit, each line of the case, and the organisation's way of estimating.

A forecast said that the outcome would lie between P10 and P90. Of ten such forecasts eight should hold it.
Where fewer do, the organisation is too sure of itself; where the outcomes lie on one side, it hopes too much.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from samspil.core.benefits.intervals import Interval, of_share

EXPECTED = Decimal(80)  # per cent of the outcomes that belong between P10 and P90
FEW = 5  # forecasts below which nothing is said of the organisation


class Place(StrEnum):
    """Where the outcome lies, seen from what was hoped for."""

    WORSE = "worse"
    INSIDE = "inside"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was promised at the gate and what came: P10 and P90 as they were then, the likely target, the
    starting point and the outcome. `more`: whether a larger figure is the better one."""

    p10: Decimal
    p90: Decimal
    likely: Decimal
    outcome: Decimal
    more: bool
    baseline: Decimal | None = None

    @property
    def place(self) -> Place:
        if self.p10 <= self.outcome <= self.p90:
            return Place.INSIDE
        return Place.BETTER if (self.outcome > self.p90) is self.more else Place.WORSE

    @property
    def share(self) -> Decimal | None:
        """Of the promised change, in per cent."""
        if self.baseline is None or self.baseline == self.likely:
            return None
        return (self.outcome - self.baseline) / (self.likely - self.baseline) * 100


@dataclass(frozen=True, slots=True)
class Calibration:
    """How forecasts held. `held` is the share inside in per cent with its interval; `typical` the median
    share of what was promised. `verdict`: too_few, fits, too_sure, too_unsure; `leaning`: worse, better or
    none."""

    n: int
    inside: int
    worse: int
    better: int
    held: Decimal | None
    interval: Interval | None
    typical: Decimal | None
    verdict: str
    leaning: str


def calibration(forecasts: Iterable[Forecast]) -> Calibration:
    """All forecasts that have an outcome, counted alike."""
    found = list(forecasts)
    places = [one.place for one in found]
    inside, worse, better = (places.count(place) for place in (Place.INSIDE, Place.WORSE, Place.BETTER))
    if not found:
        return Calibration(0, 0, 0, 0, None, None, None, "too_few", "")
    held = (Decimal(inside) / len(found) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    interval = of_share(held, len(found))
    shares = sorted(share for one in found if (share := one.share) is not None)
    return Calibration(
        len(found),
        inside,
        worse,
        better,
        held,
        interval,
        _median(shares),
        _verdict(len(found), interval),
        _leaning(len(found), worse, better),
    )


def _verdict(n: int, interval: Interval) -> str:
    if n < FEW:
        return "too_few"
    if interval.high < EXPECTED:
        return "too_sure"
    return "too_unsure" if interval.low > EXPECTED else "fits"


def _leaning(n: int, worse: int, better: int) -> str:
    """Said only where three times as many lie on one side as on the other, and at least three."""
    if n < FEW:
        return ""
    if worse >= 3 and worse >= 3 * better:
        return "worse"
    return "better" if better >= 3 and better >= 3 * worse else ""


def _median(values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    half = len(values) // 2
    middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
    return middle.quantize(Decimal("0.1"), ROUND_HALF_UP)


def realised_amount(at_full_effect: Decimal, share: Decimal | None) -> Decimal | None:
    """What a line of the case comes to a year when this share (in per cent) of its promise was kept: the
    case's own price on what was measured."""
    if share is None:
        return None
    return (at_full_effect * share / 100).quantize(Decimal(1), ROUND_HALF_UP)
