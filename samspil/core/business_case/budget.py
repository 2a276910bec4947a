"""What has already been taken from budgets, held against what the case brings to them in money.

Only cashable lines count: freed time is in nobody's budget. In words, with a worked example:
docs/calculations/contesting.md. Amounts are exact, in money of the case's price year.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from . import flows
from .case import Case, Worth
from .estimates import Estimate
from .flows import Flow

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from a unit's budget for a year, in prices of `price_year` (None: the case's)."""

    unit: str
    year: int
    amount: Decimal
    price_year: int | None = None


class Verdict(StrEnum):
    """Whether the case carries what was taken."""

    NOTHING_TAKEN = "nothing_taken"
    COVERED = "covered"  # also when each figure comes out at the end of its range that is worst
    EXPECTED = "expected"  # when figures come out as expected, but not at worst
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Held:
    """One unit in one year. `expected`, `at_worst` and `at_best`: its cashable benefits less its costs."""

    unit: str
    year: int
    taken: Fraction
    expected: Fraction
    at_worst: Fraction
    at_best: Fraction

    @property
    def missing(self) -> Fraction:
        """How much more was taken than the case is expected to bring."""
        return max(self.taken - max(self.expected, Fraction(0)), Fraction(0))

    @property
    def verdict(self) -> Verdict:
        if not self.taken:
            return Verdict.NOTHING_TAKEN
        if self.missing:
            return Verdict.UNCOVERED
        return Verdict.COVERED if self.taken <= self.at_worst else Verdict.EXPECTED


def held_against(case: Case, taken: Iterable[Taken]) -> tuple[Held, ...]:
    """Every unit and year in which something was taken or the case brings money; by unit, then by year.

    A unit is known by its name in any case of letters, and called as what was taken calls it.
    """
    means, ranges, rows = flows.means(case), flows.uncertain(case), list(taken)
    names = {_key(one.unit): one.unit for one in rows}
    sums: dict[tuple[str, int], list[Fraction]] = {}
    for flow in _cashable(case):
        unit = names.setdefault(_key(flow.line.stakeholder), flow.line.stakeholder)
        brought = (flow.amounts(means), *_ends(flow, ranges))
        for year, *amounts in zip(case.all_years, *brought, strict=True):
            if any(amounts):
                _add(sums, (unit, year), (Fraction(0), *amounts))
    for one in rows:
        place = (names[_key(one.unit)], one.year)
        _add(sums, place, (in_prices_of_the_case(case, one), *[Fraction(0)] * 3))
    found = [Held(unit, year, *amounts) for (unit, year), amounts in sums.items()]
    return tuple(sorted(found, key=lambda one: (_key(one.unit), one.year)))


def by_year(held: Iterable[Held]) -> tuple[Held, ...]:
    """All units together, year by year."""
    sums: dict[int, list[Fraction]] = {}
    for one in held:
        _add(sums, one.year, (one.taken, one.expected, one.at_worst, one.at_best))
    return tuple(Held("", year, *sums[year]) for year in sorted(sums))


def in_prices_of_the_case(case: Case, taken: Taken) -> Fraction:
    """The amount brought over by the price index; `LookupError` where the case has none for its year."""
    if taken.price_year in (None, case.price_year):
        return Fraction(taken.amount)
    index = case.figures.price_index
    if any(index.get(year, Decimal(0)) <= 0 for year in (taken.price_year or 0, case.price_year)):
        raise LookupError(taken.price_year)
    return Fraction(taken.amount) * Fraction(index[case.price_year]) / Fraction(index[taken.price_year or 0])


def _cashable(case: Case) -> list[Flow]:
    return [one for one in flows.counted(case) if one.line.worth is Worth.CASHABLE]


def _ends(flow: Flow, ranges: Mapping[str, Estimate]) -> tuple[list[Fraction], list[Fraction]]:
    """Year by year what the flow brings with each figure at the end of its range that is worst for the net,
    then at the one that is best: which it is changes with the sign of what it is multiplied by."""
    least = most = flow.known
    for key in flow.own + flow.shared:
        reach = (Fraction(ranges[key].low), Fraction(ranges[key].high))
        products = [one * other for one in (least, most) for other in reach]
        least, most = min(products), max(products)
    years = [sorted((least * share, most * share)) for share in flow.shares]
    return [worst for worst, _best in years], [best for _worst, best in years]


def _add(sums: dict[Key, list[Fraction]], key: Key, amounts: Iterable[Fraction]) -> None:
    before = sums.get(key, [Fraction(0)] * 4)
    sums[key] = [one + other for one, other in zip(before, amounts, strict=True)]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
