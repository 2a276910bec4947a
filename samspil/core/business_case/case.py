"""A business case as it is written: lines, shared drivers, risks, and the conventions it is computed by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .estimates import Estimate, HourlyCost, Known, Quantity, mean_of
from .key_figures import Discounting, DiscountRates, KeyFigures


class Kind(StrEnum):
    COST = "cost"
    BENEFIT = "benefit"


class Worth(StrEnum):
    """The class of a line: money in a budget, hours or means put to another use, or no amount at all."""

    CASHABLE = "cashable"
    REALLOCATION = "reallocation"
    QUALITATIVE = "qualitative"


class Scenario(StrEnum):
    """0: as it goes on without the project. 1: with it. Or already the difference between them."""

    WITHOUT = "without"
    WITH = "with"
    DIFFERENCE = "difference"


class Corner(StrEnum):
    """From whose side a line is looked at. A citizen's is service and legal certainty."""

    CITIZEN = "citizen"
    EMPLOYEE = "employee"
    ORGANISATION = "organisation"
    ECONOMY = "economy"


class Payback(StrEnum):
    UNDISCOUNTED = "undiscounted"
    DISCOUNTED = "discounted"


@dataclass(frozen=True, slots=True)
class Hours:
    """Whose hours, spent on what: two benefits that name the same ones count them twice."""

    whose: str
    task: str


@dataclass(frozen=True, slots=True)
class FreedTime:
    """What was decided about the hours a line frees."""

    on: date
    use: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A cost or a benefit: an amount at full effect, or a quantity and a price, and the share of each year.

    `payer` bears a cost and `beneficiary` has a benefit; `drivers` multiply. A qualitative line has no
    figures.
    """

    id: str
    kind: Kind
    worth: Worth
    share_by_year: Mapping[int, Decimal] = field(default_factory=dict)
    quantities: tuple[Quantity, ...] = ()
    drivers: tuple[str, ...] = ()
    scenario: Scenario = Scenario.DIFFERENCE
    title: str = ""
    payer: str = ""
    beneficiary: str = ""
    unit: str = ""
    price_year: int | None = None
    owner: str = ""
    hours: Hours | None = None
    freed_time: FreedTime | None = None
    corner: Corner | None = None

    @property
    def stakeholder(self) -> str:
        """Whose account it stands on."""
        return self.payer if self.kind is Kind.COST else self.beneficiary

    @property
    def waits_for_a_decision(self) -> bool:
        """Freed time is no money until somebody has decided what it is used for."""
        return self.kind is Kind.BENEFIT and self.worth is Worth.REALLOCATION and self.freed_time is None


@dataclass(frozen=True, slots=True)
class Driver:
    """A figure that several lines rest on, drawn once for all of them: a wage, an uptake, a volume."""

    id: str
    quantity: Quantity
    title: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """What may occur. `probability` that it does, `consequence` when it does; a closed one costs nothing."""

    id: str
    probability: Decimal
    consequence: Known | Estimate
    title: str = ""
    year: int | None = None
    lines: tuple[str, ...] = ()
    owner: str = ""
    closed: bool = False

    @property
    def expected_cost(self) -> Fraction:
        """Probability times mean consequence."""
        value = self.consequence
        mean = mean_of(value) if isinstance(value, Estimate) else Fraction(value.value)
        return Fraction(self.probability) * mean


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a result follows from, but for the seed and the number of draws.

    `figures` are those that held on the day of the decision; on another day where `key_figures_on` says so.
    The case's own stand before them; `own_source` is where its hourly costs and price index come from.
    """

    title: str
    currency: str
    first_year: int
    years: int
    price_year: int
    decided_on: date
    lines: tuple[Line, ...]
    figures: KeyFigures
    country: str = ""
    key_figures_on: date | None = None
    own_rates: DiscountRates | None = None
    own_hourly_costs: Mapping[str, Decimal] = field(default_factory=dict)
    own_price_index: Mapping[int, Decimal] = field(default_factory=dict)
    own_source: str = ""
    discounting: Discounting = Discounting.START_OF_YEAR
    payback: Payback = Payback.UNDISCOUNTED
    drivers: tuple[Driver, ...] = ()
    risks: tuple[Risk, ...] = ()
    cost_correlation: Decimal = Decimal(0)
    years_independent: bool = False
    coverage: Decimal = Decimal("0.8")

    def source_of(self, quantity: Quantity) -> str:
        """Where a figure comes from: as it says itself, or as the set says that it stands in."""
        if isinstance(quantity, HourlyCost):
            return self.own_source if quantity.name in self.own_hourly_costs else self.figures.source
        return quantity.source

    @property
    def all_years(self) -> range:
        return range(self.first_year, self.first_year + self.years)

    @property
    def open_risks(self) -> tuple[Risk, ...]:
        return tuple(sorted((one for one in self.risks if not one.closed), key=lambda one: one.id))
