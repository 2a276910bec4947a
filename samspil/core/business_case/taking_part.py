"""Hours of those who take part, and of those who stand in for them, as lines of a case.

An hour somebody stands in for costs what that person costs: it is paid. An hour nobody stands in for costs
what else would have been done in it: it is taken from the work. No hour is counted in both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .case import Kind, Worth
from .exact import plain


@dataclass(frozen=True, slots=True)
class TakingPart:
    """So many people, so many hours each, and how many of these somebody stands in for.

    `hour` and `cover_hour` are what an hour costs, as in the published format; `payer` bears both; `measure`
    is the word for hours.
    """

    title: str
    cover_title: str
    payer: str
    measure: str
    year: int
    people: int
    hours: Decimal
    covered: Decimal
    hour: Any
    cover_hour: Any
    source: str = ""

    @property
    def own_hours(self) -> Decimal:
        return self.people * (self.hours - self.covered)

    @property
    def cover_hours(self) -> Decimal:
        return self.people * self.covered


def lines_of(one: TakingPart) -> tuple[Mapping[str, Any], ...]:
    """One line for the hours taken from the work and one for those that are paid; what is none is no line."""
    found = (
        _line(one, one.title, Worth.REALLOCATION, one.own_hours, one.hour),
        _line(one, one.cover_title, Worth.CASHABLE, one.cover_hours, one.cover_hour),
    )
    return tuple(line for line in found if line)


def _line(one: TakingPart, title: str, worth: Worth, hours: Decimal, price: Any) -> Mapping[str, Any]:
    if not hours:
        return {}
    quantity: Any = plain(hours)
    return {
        "title": title,
        "kind": Kind.COST.value,
        "class": worth.value,
        "payer": one.payer,
        "unit": one.measure,
        "quantity": {"value": quantity, "source": one.source} if one.source else quantity,
        "price": price,
        "share_by_year": {str(one.year): "1"},
    }
