"""Key figures that hold from a day: discount rates in bands, hourly costs, price indices, per country.

They come from content with a source; none stands in code. A case keeps the set of the day it was decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Discounting(StrEnum):
    """When in the year its amounts fall: the first year counts in full, or is discounted once."""

    START_OF_YEAR = "start_of_year"
    END_OF_YEAR = "end_of_year"


@dataclass(frozen=True, slots=True)
class Band:
    """A yearly rate for the years from, up to and with; `to_year` None for all that follow."""

    from_year: int
    to_year: int | None
    rate: Decimal
    verified: bool = True

    def holds(self, year: int) -> bool:
        return self.from_year <= year and (self.to_year is None or year <= self.to_year)


@dataclass(frozen=True, slots=True)
class DiscountRates:
    bands: tuple[Band, ...]
    source: str = ""

    def factors(self, years: int, discounting: Discounting) -> tuple[Fraction, ...]:
        """What a krone of each year is worth at the start. Every year is discounted by the rate of its own
        band, on top of the years before it; so a later krone is never worth more than an earlier one."""
        first = 0 if discounting is Discounting.START_OF_YEAR else 1
        worth, found = Fraction(1), []
        for year in range(first + years):
            worth /= 1 + Fraction(self.at(year).rate) if year else 1
            found.append(worth)
        return tuple(found[first:])

    def at(self, year: int) -> Band:
        for band in self.bands:
            if band.holds(year):
                return band
        raise LookupError(year)

    def reaches(self, year: int) -> bool:
        return all(any(band.holds(one) for band in self.bands) for one in range(1, year + 1))


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A dated set. `since` None: it is not known from when it holds, so it holds where no dated one does."""

    country: str
    since: date | None
    rates: DiscountRates
    hourly_costs: Mapping[str, Decimal] = field(default_factory=dict)
    price_index: Mapping[int, Decimal] = field(default_factory=dict)
    source: str = ""


def holding_on(sets: Iterable[KeyFigures], country: str, day: date) -> KeyFigures | None:
    """The set of a country that holds on a day: the newest that had begun."""
    begun = [one for one in sets if one.country == country and (one.since is None or one.since <= day)]
    return max(begun, key=_begun) if begun else None


def newer_than(sets: Iterable[KeyFigures], used: KeyFigures) -> KeyFigures | None:
    """A set of the same country that has come since: an offer, never taken by itself."""
    return max(
        (one for one in sets if one.country == used.country and _begun(one) > _begun(used)),
        key=_begun,
        default=None,
    )


def _begun(one: KeyFigures) -> date:
    return one.since or date.min


def from_content(table: Mapping[str, Any]) -> KeyFigures:
    """A set as it stands in a content file; rates and amounts are text there, so that nothing rounds them."""
    bands = tuple(
        Band(
            int(one["from_year"]),
            one.get("to_year"),
            Decimal(one["rate"]),
            bool(one.get("verified", True)),
        )
        for one in table["discount_rates"]
    )
    return KeyFigures(
        country=table["country"],
        since=_day(table.get("from")),
        rates=DiscountRates(bands, table["source"]),
        hourly_costs={name: Decimal(cost) for name, cost in table.get("hourly_costs", {}).items()},
        price_index={int(year): Decimal(index) for year, index in table.get("price_index", {}).items()},
        source=table["source"],
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
