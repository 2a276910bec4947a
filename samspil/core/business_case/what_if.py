"""What if a figure were another? The same case with some of its figures multiplied; nothing is drawn."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from .case import Case, Driver, Line
from .estimates import Estimate, HourlyCost, Known, Quantity
from .key_figures import KeyFigures


def with_factors(case: Case, factors: Mapping[str, Decimal]) -> Case:
    """The case with the amounts of these lines and the values of these drivers multiplied."""
    return replace(
        case,
        lines=tuple(_line(one, factors.get(one.id), case.figures) for one in case.lines),
        drivers=tuple(_driver(one, factors.get(one.id), case.figures) for one in case.drivers),
    )


def _line(line: Line, factor: Decimal | None, figures: KeyFigures) -> Line:
    if factor is None or not line.quantities:
        return line
    first, *others = line.quantities
    return replace(line, quantities=(_times(first, factor, figures), *others))


def _driver(driver: Driver, factor: Decimal | None, figures: KeyFigures) -> Driver:
    return driver if factor is None else replace(driver, quantity=_times(driver.quantity, factor, figures))


def _times(one: Quantity, factor: Decimal, figures: KeyFigures) -> Quantity:
    match one:
        case Known():
            return replace(one, value=one.value * factor)
        case HourlyCost():
            return Known(figures.hourly_costs[one.name] * factor)
        case Estimate():
            likely = one.likely * factor if one.likely is not None else None
            return replace(one, low=one.low * factor, likely=likely, high=one.high * factor)
