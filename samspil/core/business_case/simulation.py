"""What the case may become: many draws of all uncertain figures, in bounded memory, the same on every way.

Draws are told by their number alone (`points`), lines are added in the order of their ids, element by
element. So block size, number of workers and the order in which lines were written change no bit of a
result. In words: docs/calculations/business_case.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import isqrt

import numpy as np
import numpy.typing as npt
from scipy import special

from . import flows
from .case import Case, Kind, Payback, Risk
from .estimates import Estimate
from .flows import Flow
from .mean_case import discount_factors
from .points import SHARED, Points, chunks
from .quantiles import Quantile, quantile_of

METHOD = "samspil-business-case-1"
DRAWS = 65_536
SHOWN = (0.05, 0.1, 0.5, 0.9, 0.95)
LOOKED_INTO = 65_536  # draws that the years' bands and the sensitivity are computed from

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A flow made ready for arithmetic; where years are independent there is one for each year."""

    line: str
    is_cost: bool
    own: tuple[tuple[str, str], ...]
    shared: tuple[tuple[str, str], ...]
    weight: float
    by_year: tuple[float, ...]


@dataclass(frozen=True)
class Model:
    """A case made ready: pieces in order, and for each figure an inverse distribution and its points.

    `own` and `shared` of a piece pair a figure's key with the key of its column; they differ where each year
    has a column of its own.
    """

    pieces: tuple[Piece, ...]
    quantiles: Mapping[str, Quantile]
    risks: tuple["PricedRisk", ...]
    correlation: float
    points: Points

    def figure(self, pair: tuple[str, str], start: int, count: int, moves_with_costs: bool = False) -> Floats:
        """The values of one uncertain figure in some draws of one chunk."""
        key, column = pair
        u = self.points.read(column, start, count)
        if moves_with_costs and self.correlation:
            together = special.ndtri(self.points.read(SHARED, start, count))
            alone = special.ndtri(u)
            u = special.ndtr(np.sqrt(self.correlation) * together + np.sqrt(1 - self.correlation) * alone)
        return self.quantiles[key](u)

    def own_value(self, piece: Piece, start: int, count: int) -> Floats:
        """The product of the figures that are the piece's own; ones where it has none."""
        found = np.ones(count)
        for pair in piece.own:
            found *= self.figure(pair, start, count, moves_with_costs=piece.is_cost)
        return found

    def values(self, start: int, count: int) -> Iterator[tuple[Piece, Floats]]:
        """Each piece with the product of all its uncertain figures."""
        drivers: dict[tuple[str, str], Floats] = {}
        for piece in self.pieces:
            found = self.own_value(piece, start, count)
            for pair in piece.shared:
                if pair not in drivers:
                    drivers[pair] = self.figure(pair, start, count)
                found *= drivers[pair]
            yield piece, found

    def risk_cost(self, risk: "PricedRisk", start: int, count: int) -> Floats:
        """What a risk costs, nothing where it does not occur. One column tells both: whether and how much."""
        u = self.points.read(risk_column(risk.id), start, count)
        found = np.zeros(count)
        if risk.probability:
            occurs = u > 1 - risk.probability
            within = (u[occurs] - (1 - risk.probability)) / risk.probability
            found[occurs] = risk.quantile(within)
        return found


@dataclass(frozen=True, slots=True)
class PricedRisk:
    id: str
    probability: float
    quantile: Quantile
    factor: float


@dataclass(frozen=True)
class Simulation:
    """The draws of one case. `npv` and `costs` are discounted, `risk_cost` is not, `risk_npv` is."""

    model: Model
    seed: int
    npv: Floats
    costs: Floats
    risk_cost: Floats
    risk_npv: Floats
    cumulated: npt.NDArray[np.float32] = field(repr=False)

    @property
    def draws(self) -> int:
        return len(self.npv)

    @cached_property
    def with_risks(self) -> Floats:
        return self.npv - self.risk_npv


def simulate(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int,
    workers: int = 1,
    block: int = 65_536,
    among: Iterable[str] = (),
) -> Simulation:
    """Draw all uncertain figures together, `draws` times.

    `among`: columns of other cases that are to be compared with this one, so that what they share is drawn
    alike.
    """
    model = model_of(case, seed, draws, among)
    looked_into = min(draws, LOOKED_INTO)
    npv, costs, risk_cost, risk_npv = np.zeros((4, draws))
    cumulated = np.zeros((looked_into, case.years), dtype=np.float32)
    found = Simulation(model, seed, npv, costs, risk_cost, risk_npv, cumulated)
    blocks = [(at, min(at + block, draws)) for at in range(0, draws, block)]
    if workers == 1:
        for start, stop in blocks:
            _fill(found, start, stop)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda one: _fill(found, *one), blocks))
    return found


def _fill(found: Simulation, start: int, stop: int) -> None:
    for at, count in chunks(start, stop):
        here = slice(at, at + count)
        years = found.cumulated[here]
        net = np.zeros((found.cumulated.shape[1], count)) if len(years) else None
        for piece, value in found.model.values(at, count):
            present = piece.weight * value
            found.npv[here] += present
            if piece.is_cost:
                found.costs[here] -= present
            if net is not None:
                for year, share in enumerate(piece.by_year):
                    if share:
                        net[year] += share * value
        if net is not None:
            years[:] = np.cumsum(net, axis=0).T[: len(years)]
        for risk in found.model.risks:
            cost = found.model.risk_cost(risk, at, count)
            found.risk_cost[here] += cost
            found.risk_npv[here] += risk.factor * cost


# --- a case made ready -------------------------------------------------------------------------------------


def model_of(case: Case, seed: int, draws: int, among: Iterable[str] = ()) -> Model:
    factors = [float(one) for one in discount_factors(case)]
    discounted = case.payback is Payback.DISCOUNTED
    pieces = tuple(
        piece
        for flow in flows.counted(case)
        for piece in (
            _split(flow, factors, discounted) if case.years_independent else _whole(flow, factors, discounted)
        )
    )
    columns = {*columns_of(case), *among}
    return Model(
        pieces=pieces,
        quantiles={key: quantile_of(one) for key, one in flows.uncertain(case).items()},
        risks=tuple(_priced(one, case, factors) for one in case.open_risks),
        correlation=float(case.cost_correlation),
        points=Points(sorted(columns), seed, draws),
    )


def columns_of(case: Case) -> tuple[str, ...]:
    """The columns that a case draws from. In order risks are the last: closing one moves no line's points."""
    keys = flows.uncertain(case)
    years = range(case.years) if case.years_independent else (None,)
    risks = [risk_column(one.id) for one in case.open_risks]
    return (*(_column(key, year) for key in keys for year in years), *risks)


def risk_column(name: str) -> str:
    return f"risk/{name}"


def _column(key: str, year: int | None) -> str:
    return key if year is None else f"{key}@{year}"


def _whole(flow: Flow, factors: Sequence[float], discounted: bool) -> Iterator[Piece]:
    yield _piece(flow, [float(flow.known * share) for share in flow.shares], factors, discounted, None)


def _split(flow: Flow, factors: Sequence[float], discounted: bool) -> Iterator[Piece]:
    for year, share in enumerate(flow.shares):
        if share:
            only = [float(flow.known * share) if one == year else 0.0 for one in range(len(factors))]
            yield _piece(flow, only, factors, discounted, year)


def _piece(
    flow: Flow, amounts: list[float], factors: Sequence[float], discounted: bool, year: int | None
) -> Piece:
    worth = [amount * factor for amount, factor in zip(amounts, factors, strict=True)]
    return Piece(
        line=flow.line.id,
        is_cost=flow.line.kind is Kind.COST,
        own=tuple((key, _column(key, year)) for key in flow.own),
        shared=tuple((key, _column(key, year)) for key in flow.shared),
        weight=sum(worth),
        by_year=tuple(worth if discounted else amounts),
    )


def _priced(risk: Risk, case: Case, factors: Sequence[float]) -> PricedRisk:
    value = risk.consequence
    known = float(value.value) if not isinstance(value, Estimate) else 0.0
    quantile = quantile_of(value) if isinstance(value, Estimate) else lambda u: np.full_like(u, known)
    year = risk.year if risk.year is not None else case.first_year
    return PricedRisk(risk.id, float(risk.probability), quantile, factors[year - case.first_year])


# --- what the draws say ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Distribution:
    p5: float
    p10: float
    p50: float
    p90: float
    p95: float
    mean: float
    deviation: float
    p_positive: float


def distribution(values: Floats) -> Distribution:
    """Quantiles between neighbouring draws; `p_positive` is the share of draws above zero."""
    p5, p10, p50, p90, p95 = map(float, np.quantile(values, SHOWN))
    mean, deviation = float(values.mean()), float(values.std())
    return Distribution(p5, p10, p50, p90, p95, mean, deviation, float((values > 0).mean()))


def money(amount: float) -> float:
    """What was drawn is told in hundredths; that is far more than is known of it."""
    return round(amount, 2) + 0.0


def as_values(one: Distribution) -> dict[str, float]:
    points = {name: money(value) for name, value in asdict(one).items()}
    return points | {"p_positive": round(one.p_positive, 4)}


def histogram(values: Floats) -> tuple[tuple[float, float, int], ...]:
    """The draws in equally wide bars, as (from, to, draws): enough bars to see the shape."""
    bars = max(10, min(40, isqrt(len(values)) // 4))
    counts, edges = np.histogram(values, bins=bars)
    return tuple(
        (float(left), float(right), int(count))
        for left, right, count in zip(edges, edges[1:], counts, strict=False)
    )


@dataclass(frozen=True, slots=True)
class YearBand:
    """What has come together by the end of a year; `paid_back`: the share of draws paid back by then."""

    p5: float
    p10: float
    p50: float
    p90: float
    p95: float
    paid_back: float


def bands(found: Simulation) -> tuple[YearBand, ...]:
    shown = np.quantile(found.cumulated, SHOWN, axis=0).T
    back = np.logical_or.accumulate(found.cumulated >= 0, axis=1).mean(axis=0)
    return tuple(_band(year, float(share)) for year, share in zip(shown, back, strict=True))


def _band(year: Floats, paid_back: float) -> YearBand:
    p5, p10, p50, p90, p95 = map(float, year)
    return YearBand(p5, p10, p50, p90, p95, paid_back)
