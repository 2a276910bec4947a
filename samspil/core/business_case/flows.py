"""What each line brings: what is known of it, times what is uncertain, times the share of each year.

The mean case, the simulation and the spreadsheet all compute from these, so that they compute the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from .case import Case, Kind, Line, Scenario, Worth
from .estimates import Estimate, HourlyCost, Known, Quantity, mean_of


@dataclass(frozen=True, slots=True)
class Flow:
    """One line: `known` × its own uncertain figures × the shared ones × the share of the year.

    `own` and `shared` are keys into `uncertain(case)`. `known` bears the sign: what lowers the net is below
    0.
    """

    line: Line
    known: Fraction
    own: tuple[str, ...]
    shared: tuple[str, ...]
    shares: tuple[Fraction, ...]

    def amounts(self, figures: Mapping[str, Fraction]) -> tuple[Fraction, ...]:
        """Year by year, in money of the case's price year, when the uncertain figures are these."""
        full = self.known * prod(figures[key] for key in self.own + self.shared)
        return tuple(full * share for share in self.shares)


def counted(case: Case) -> tuple[Flow, ...]:
    """The flows that the net result is made of, in the order of the lines' ids."""
    return tuple(one for one in all_flows(case) if not one.line.waits_for_a_decision)


def all_flows(case: Case) -> tuple[Flow, ...]:
    """Also those of freed time on whose use nothing is decided yet. Qualitative lines have none."""
    lines = sorted((line for line in case.lines if line.worth is not Worth.QUALITATIVE), key=_id)
    drivers = {driver.id: driver.quantity for driver in case.drivers}
    return tuple(_flow(case, line, drivers) for line in lines)


def uncertain(case: Case) -> dict[str, Estimate]:
    """Every figure that is drawn, by its key, in the order of the keys: drivers' and lines' own."""
    found = {driver_key(driver.id): driver.quantity for driver in case.drivers}
    found |= {own_key(line, place): one for line in case.lines for place, one in enumerate(line.quantities)}
    drawn = {key for flow in counted(case) for key in flow.own + flow.shared}
    return {key: one for key, one in sorted(found.items()) if isinstance(one, Estimate) and key in drawn}


def means(case: Case) -> dict[str, Fraction]:
    """The mean of every uncertain figure, also of those that freed time rests on."""
    return {key: mean_of(one) for key, one in _estimates(case)}


def likely(case: Case) -> dict[str, Fraction]:
    """The likely value of every uncertain figure."""
    return {key: Fraction(one.middle) for key, one in _estimates(case)}


def _estimates(case: Case) -> Iterator[tuple[str, Estimate]]:
    for driver in case.drivers:
        if isinstance(driver.quantity, Estimate):
            yield driver_key(driver.id), driver.quantity
    for line in case.lines:
        for place, one in enumerate(line.quantities):
            if isinstance(one, Estimate):
                yield own_key(line, place), one


def driver_key(name: str) -> str:
    return f"driver/{name}"


def own_key(line: Line, place: int) -> str:
    return f"line/{line.id}/{place}"


def known_value(case: Case, quantity: Known | HourlyCost) -> Fraction:
    if isinstance(quantity, HourlyCost):
        return Fraction(case.figures.hourly_costs[quantity.name])
    return Fraction(quantity.value)


def price_level(case: Case, line: Line) -> Fraction:
    """What a krone of the line's price year is in the case's."""
    if line.price_year in (None, case.price_year):
        return Fraction(1)
    index = case.figures.price_index
    return Fraction(index[case.price_year]) / Fraction(index[line.price_year or case.price_year])


def sign(line: Line) -> int:
    """Costs count below zero; what would have been without the project counts the other way."""
    return (-1 if line.kind is Kind.COST else 1) * (-1 if line.scenario is Scenario.WITHOUT else 1)


def _flow(case: Case, line: Line, drivers: Mapping[str, Quantity]) -> Flow:
    own = {own_key(line, place): one for place, one in enumerate(line.quantities)}
    shared = {driver_key(name): drivers[name] for name in sorted(set(line.drivers))}
    known = [
        known_value(case, one) for one in [*own.values(), *shared.values()] if not isinstance(one, Estimate)
    ]
    return Flow(
        line=line,
        known=sign(line) * price_level(case, line) * prod(known, start=Fraction(1)),
        own=tuple(key for key, one in own.items() if isinstance(one, Estimate)),
        shared=tuple(key for key, one in shared.items() if isinstance(one, Estimate)),
        shares=tuple(Fraction(line.share_by_year.get(year, 0)) for year in case.all_years),
    )


def _id(line: Line) -> str:
    return line.id
