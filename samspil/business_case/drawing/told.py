"""What is told of a case: the case itself, what it comes to, and the words and figures for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from babel.numbers import format_decimal

from samspil.core.business_case import flows
from samspil.core.business_case.case import Case, Driver, Line, Risk
from samspil.core.business_case.estimates import Estimate, Quantity, mean_of
from samspil.core.business_case.exact import rounded, to_the_ore
from samspil.core.business_case.mean_case import MeanCase, mean_case
from samspil.kit.charts import day, locale_of


@dataclass(frozen=True)
class Told:
    """`data` is the result as JSON values (`Result.as_data`), empty where it is not computed yet; the mean
    case is exact and always there. `as_of`: the day of the result."""

    case: Case
    data: Mapping[str, Any]
    as_of: date
    language: str

    @cached_property
    def mean(self) -> MeanCase:
        return mean_case(self.case)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each line on paper and on the page, in the order of the table."""
        return {one.id: number for number, one in enumerate(self.case.lines, start=1)}

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        return {one.id: one for one in self.case.lines}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What lines, drivers and risks are called."""
        every: list[Line | Driver | Risk] = [*self.case.lines, *self.case.drivers, *self.case.risks]
        return {one.id: one.title or one.id for one in every}

    @property
    def is_drawn(self) -> bool:
        """Whether the draws have been made."""
        return bool(self.data)

    def name(self, id_: str) -> str:
        return self.names.get(id_, id_)

    @property
    def estimates(self) -> list[Estimate]:
        """Every range there is in lines and drivers."""
        figures = [one for line in self.case.lines for one in line.quantities]
        figures += [driver.quantity for driver in self.case.drivers]
        return [one for one in figures if isinstance(one, Estimate)]

    def quantity(self, line: Line) -> Fraction:
        """A line's quantity a year at full effect, on average: with its drivers, before its price."""
        shared = {one.id: one.quantity for one in self.case.drivers}
        figures = [line.quantities[0], *(shared[name] for name in sorted(set(line.drivers)))]
        return prod(map(self._mean, figures), start=Fraction(1))

    def _mean(self, one: Quantity) -> Fraction:
        return mean_of(one) if isinstance(one, Estimate) else flows.known_value(self.case, one)

    # --- figures in the reader's language ------------------------------------------------------------------

    def ore(self, amount: Fraction | Decimal | str) -> str:
        """Money to the øre."""
        exact = to_the_ore(amount) if isinstance(amount, Fraction) else Decimal(amount)
        return self._written(exact, "#,##0.00")

    def whole(self, amount: Fraction | float) -> str:
        """Money in whole kroner."""
        return self._written(Decimal(whole(amount)), "#,##0")

    def exact(self, number: Fraction | Decimal, places: int = 6) -> str:
        """A figure with as many decimals as it has, at most so many."""
        shown = rounded(Fraction(number), places)
        return self._written(shown, "#,##0." + "#" * places)

    def nine_digits(self, number: Fraction) -> str:
        """A figure to be multiplied with others: so exact that products come out to the øre."""
        before = len(str(abs(int(number)))) if abs(number) >= 1 else 0
        return self.exact(number, max(9 - before, 2))

    def fixed(self, number: Fraction, places: int) -> str:
        return self._written(rounded(number, places), "#,##0." + "0" * places)

    def percent(self, share: float) -> str:
        return self._written(Decimal(str(round(share * 100, 1))), "0.#") + "\u00a0%"

    def day(self, on: date) -> str:
        return day(on, self.language)

    def _written(self, number: Decimal, pattern: str) -> str:
        return str(format_decimal(number, pattern, locale=locale_of(self.language)))


def whole(amount: Fraction | float) -> int:
    """In whole kroner, half away from zero."""
    return int(rounded(Fraction(amount), 0))
