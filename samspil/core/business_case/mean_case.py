"""The case that a person can recompute: every uncertain figure at its mean, exact, rounded once.

In words, with worked examples: docs/calculations/business_case.md. Amounts are exact fractions in the price
year's money; whoever shows one rounds it half up, once (`exact.to_the_ore`). So shown parts may differ from a
shown total by an øre.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from . import flows
from .case import Case, Kind, Line, Payback, Scenario, Worth
from .flows import Flow


@dataclass(frozen=True, slots=True)
class Year:
    """One year: what is paid and gained, and what has come together so far."""

    year: int
    costs: Fraction
    benefits: Fraction
    factor: Fraction
    cumulated: Fraction
    cumulated_discounted: Fraction

    @property
    def net(self) -> Fraction:
        return self.benefits - self.costs


@dataclass(frozen=True, slots=True)
class PaidBack:
    """The first year by whose end the cumulated net is not below zero; None where that year never comes.

    `lasting`: it does not fall below zero again afterwards.
    """

    variant: Payback
    year: int | None
    years: int | None
    lasting: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One stakeholder: what it pays, what it gains; `npv` is its net, discounted."""

    name: str
    costs: Fraction
    benefits: Fraction
    npv: Fraction
    net_by_year: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class LineResult:
    """One line at its mean: over all years, and discounted. Costs are below zero."""

    line: Line
    at_full_effect: Fraction
    total: Fraction
    present_value: Fraction


@dataclass(frozen=True, slots=True)
class MeanCase:
    npv: Fraction
    npv_cashable: Fraction
    npv_of_likely: Fraction
    without: Fraction
    with_project: Fraction
    years: tuple[Year, ...]
    payback: PaidBack
    accounts: tuple[Account, ...]
    lines: tuple[LineResult, ...]
    waiting: tuple[LineResult, ...]


def mean_case(case: Case) -> MeanCase:
    """The result when every uncertain figure is at its mean.

    `waiting` holds freed time on whose use nothing is decided: valued, and in no sum.
    """
    figures, factors = flows.means(case), discount_factors(case)
    lines = [_line(one, figures, factors) for one in flows.counted(case)]
    waiting = [_line(one, figures, factors) for one in flows.all_flows(case) if one.line.waits_for_a_decision]
    years = _years(case, figures, factors)
    scenarios = {one: _sum(x for x in lines if x.line.scenario is one) for one in Scenario}
    return MeanCase(
        npv=_sum(lines),
        npv_cashable=_sum(one for one in lines if one.line.worth is Worth.CASHABLE),
        npv_of_likely=_npv(case, flows.likely(case), factors),
        without=-scenarios[Scenario.WITHOUT],
        with_project=scenarios[Scenario.WITH] + scenarios[Scenario.DIFFERENCE],
        years=years,
        payback=paid_back(years, case.payback),
        accounts=_accounts(case, figures, factors),
        lines=tuple(lines),
        waiting=tuple(waiting),
    )


def discount_factors(case: Case) -> tuple[Fraction, ...]:
    return (case.own_rates or case.figures.rates).factors(case.years, case.discounting)


def paid_back(years: Sequence[Year], variant: Payback) -> PaidBack:
    discounted = variant is Payback.DISCOUNTED
    so_far = [one.cumulated_discounted if discounted else one.cumulated for one in years]
    place = next((place for place, sum_ in enumerate(so_far) if sum_ >= 0), None)
    if place is None:
        return PaidBack(variant, None, None, lasting=False)
    return PaidBack(variant, years[place].year, place + 1, lasting=min(so_far[place:]) >= 0)


def discounted(amounts: Iterable[Fraction], factors: Iterable[Fraction]) -> Fraction:
    return sum((amount * factor for amount, factor in zip(amounts, factors, strict=True)), Fraction(0))


def _npv(case: Case, figures: Mapping[str, Fraction], factors: Sequence[Fraction]) -> Fraction:
    return sum((discounted(one.amounts(figures), factors) for one in flows.counted(case)), Fraction(0))


def _line(flow: Flow, figures: Mapping[str, Fraction], factors: Sequence[Fraction]) -> LineResult:
    amounts = flow.amounts(figures)
    full = flow.known
    for key in flow.own + flow.shared:
        full *= figures[key]
    return LineResult(flow.line, full, sum(amounts, Fraction(0)), discounted(amounts, factors))


def _years(case: Case, figures: Mapping[str, Fraction], factors: Sequence[Fraction]) -> tuple[Year, ...]:
    costs, benefits = (_by_year(case, figures, kind) for kind in (Kind.COST, Kind.BENEFIT))
    net = [one + other for one, other in zip(costs, benefits, strict=True)]
    so_far = accumulate(net)
    discounted_so_far = accumulate(one * factor for one, factor in zip(net, factors, strict=True))
    rows = zip(case.all_years, costs, benefits, factors, so_far, discounted_so_far, strict=True)
    return tuple(Year(year, -cost, gain, *rest) for year, cost, gain, *rest in rows)


def _by_year(case: Case, figures: Mapping[str, Fraction], kind: Kind) -> list[Fraction]:
    return _added(case, (one.amounts(figures) for one in flows.counted(case) if one.line.kind is kind))


def _added(case: Case, rows: Iterable[Sequence[Fraction]]) -> list[Fraction]:
    sums = [Fraction(0)] * case.years
    for row in rows:
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    return sums


def _accounts(
    case: Case, figures: Mapping[str, Fraction], factors: Sequence[Fraction]
) -> tuple[Account, ...]:
    counted = flows.counted(case)
    names = sorted({one.line.stakeholder for one in counted})
    return tuple(
        _account(case, name, [one for one in counted if one.line.stakeholder == name], figures, factors)
        for name in names
    )


def _account(
    case: Case,
    name: str,
    own: Sequence[Flow],
    figures: Mapping[str, Fraction],
    factors: Sequence[Fraction],
) -> Account:
    costs = _added(case, (one.amounts(figures) for one in own if one.line.kind is Kind.COST))
    benefits = _added(case, (one.amounts(figures) for one in own if one.line.kind is Kind.BENEFIT))
    net = [one + other for one, other in zip(costs, benefits, strict=True)]
    return Account(
        name, -sum(costs, Fraction(0)), sum(benefits, Fraction(0)), discounted(net, factors), tuple(net)
    )


def _sum(lines: Iterable[LineResult]) -> Fraction:
    return sum((one.present_value for one in lines), Fraction(0))
