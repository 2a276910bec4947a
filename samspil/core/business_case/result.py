"""The whole result of a case, and as JSON values."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import scipy

from .case import Case
from .exact import plain, rounded, to_the_ore
from .findings import FINDINGS, Finding, findings
from .key_figures import KeyFigures, newer_than
from .mean_case import Account, LineResult, MeanCase, Year, mean_case
from .reserve import CostReserve, RiskPool, cost_reserve, risk_pool
from .sensitivity import Influence, sensitivity
from .simulation import (
    DRAWS,
    METHOD,
    Distribution,
    Simulation,
    YearBand,
    as_values,
    bands,
    distribution,
    histogram,
    money,
    simulate,
)
from .traced import TracedDraw, traced_draws
from .writing import bands as rate_bands
from .writing import input_hash, sha256

SEED = 2026


@dataclass(frozen=True)
class Result:
    case: Case
    simulation: Simulation
    mean: MeanCase
    distribution: Distribution
    with_risks: Distribution
    costs: CostReserve
    risks: RiskPool
    sensitivity: tuple[Influence, ...]
    years: tuple[YearBand, ...]
    traced: tuple[TracedDraw, ...]
    findings: tuple[Finding, ...]
    bars: tuple[tuple[float, float, int], ...]

    def as_data(self) -> dict[str, Any]:
        """The result as JSON values. Money to the øre is text; what was drawn is a number."""
        figures = self._figures()
        hashed = {**figures, "draws_sha256": self.draws_hash(), "mean_case": _mean(self.mean)}
        return {
            "format": METHOD,
            "title": self.case.title,
            "currency": self.case.currency,
            "price_year": self.case.price_year,
            "conventions": conventions(self.case),
            "input_hash": input_hash(self.case),
            "result_hash": sha256(hashed),
            "seed": self.simulation.seed,
            "draws": self.simulation.draws,
            "made_with": {"method": METHOD, "numpy": np.__version__, "scipy": scipy.__version__},
            "mean_case": _mean(self.mean),
            **figures,
            "traced_draws": [_traced(one) for one in self.traced],
            "findings": [
                {"key": one.key, "places": list(one.places), "value": one.value, "sentence": sentence(one)}
                for one in self.findings
            ],
        }

    def draws_hash(self) -> str:
        """SHA-256 of every draw's net in whole kroner."""
        return hashlib.sha256((np.rint(self.simulation.npv) + 0.0).astype("<f8").tobytes()).hexdigest()

    def _figures(self) -> dict[str, Any]:
        return {
            "distribution": as_values(self.distribution),
            "distribution_with_risks": as_values(self.with_risks),
            "histogram": [{"from": money(a), "to": money(b), "draws": n} for a, b, n in self.bars],
            "by_year": [
                {"year": year, **_band(band)}
                for year, band in zip(self.case.all_years, self.years, strict=True)
            ],
            "sensitivity": [_influence(one) for one in self.sensitivity],
            "costs": {
                "p50": money(self.costs.p50),
                "coverage": self.costs.coverage,
                "covered": money(self.costs.covered),
                "reserve": money(self.costs.reserve),
            },
            "risk_pool": {
                "risks": self.risks.risks,
                "expected": f"{to_the_ore(self.risks.expected)}",
                "coverage": self.risks.coverage,
                "reserve": money(self.risks.reserve),
                "p50": money(self.risks.p50),
                "p95": money(self.risks.p95),
            },
        }


def compute(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    workers: int = 1,
    block: int = 65_536,
    sets: Iterable[KeyFigures] = (),
) -> Result:
    """Everything there is to say about a case. `sets`: the key figures there are, to tell of newer ones."""
    mean, found = mean_case(case), simulate(case, draws=draws, seed=seed, workers=workers, block=block)
    spread = distribution(found.costs)
    wide = (spread.p90 - spread.p10) / spread.p50 if spread.p50 > 0 else None
    return Result(
        case=case,
        simulation=found,
        mean=mean,
        distribution=distribution(found.npv),
        with_risks=distribution(found.with_risks),
        costs=cost_reserve(case, found),
        risks=risk_pool(case, found),
        sensitivity=sensitivity(found),
        years=bands(found),
        traced=traced_draws(case, found),
        findings=findings(case, mean, wide, newer_than(sets, case.figures)),
        bars=histogram(found.npv),
    )


def sentence(finding: Finding, say: Callable[[str], str] = str) -> str:
    """The finding in a person's language."""
    return say(FINDINGS[finding.key]).format(places=", ".join(finding.places), value=finding.value)


def conventions(case: Case) -> dict[str, Any]:
    """What has to be said beside every result, so that it can be recomputed."""
    rates = case.own_rates or case.figures.rates
    return {
        "discounting": case.discounting.value,
        "discount_rates": rate_bands(rates),
        "discount_rates_source": rates.source,
        "key_figures_since": case.figures.since.isoformat() if case.figures.since else "",
        "payback": case.payback.value,
        "rounding": "half away from zero, once, of the figure shown",
        "cost_correlation": plain(case.cost_correlation),
        "years_independent": case.years_independent,
    }


# --- as JSON values ----------------------------------------------------------------------------------------


def _mean(mean: MeanCase) -> dict[str, Any]:
    payback = mean.payback
    return {
        "npv": _ore(mean.npv),
        "npv_cashable": _ore(mean.npv_cashable),
        "npv_of_likely": _ore(mean.npv_of_likely),
        "scenarios": {"without": _ore(mean.without), "with": _ore(mean.with_project)},
        "payback": {
            "variant": payback.variant.value,
            "year": payback.year,
            "years": payback.years,
            "lasting": payback.lasting,
        },
        "by_year": [_year(one) for one in mean.years],
        "by_stakeholder": [_account(one, mean) for one in mean.accounts],
        "lines": [_line(one) for one in mean.lines],
        "waiting": [_line(one) for one in mean.waiting],
    }


def _year(one: Year) -> dict[str, Any]:
    return {
        "year": one.year,
        "costs": _ore(one.costs),
        "benefits": _ore(one.benefits),
        "net": _ore(one.net),
        "factor": f"{rounded(one.factor, 10)}",
        "discounted": _ore(one.net * one.factor),
        "cumulated": _ore(one.cumulated),
        "cumulated_discounted": _ore(one.cumulated_discounted),
    }


def _account(one: Account, mean: MeanCase) -> dict[str, Any]:
    years = [row.year for row in mean.years]
    return {
        "stakeholder": one.name,
        "costs": _ore(one.costs),
        "benefits": _ore(one.benefits),
        "net": _ore(one.benefits - one.costs),
        "npv": _ore(one.npv),
        "net_by_year": {str(year): _ore(net) for year, net in zip(years, one.net_by_year, strict=True)},
    }


def _line(one: LineResult) -> dict[str, Any]:
    return {
        "line": one.line.id,
        "title": one.line.title,
        "kind": one.line.kind.value,
        "class": one.line.worth.value,
        "at_full_effect": _ore(one.at_full_effect),
        "total": _ore(one.total),
        "present_value": _ore(one.present_value),
    }


def _influence(one: Influence) -> dict[str, Any]:
    return {
        "line": one.name,
        "shared": one.shared,
        "swing_low": money(one.swing_low),
        "swing_high": money(one.swing_high),
        "variance_share": round(one.variance_share, 4),
        "worth_knowing": money(one.worth_knowing),
    }


def _band(one: YearBand) -> dict[str, float]:
    points = {name: money(getattr(one, name)) for name in ("p5", "p10", "p50", "p90", "p95")}
    return {**points, "paid_back": round(one.paid_back, 4)}


def _traced(one: TracedDraw) -> dict[str, Any]:
    return {
        "at": f"p{plain(one.at * 100)}",
        "draw": one.draw,
        "lines": [
            {
                "line": line.line,
                "values": {name: f"{value}" for name, value in line.values},
                "weight": f"{line.weight}",
                "present_value": f"{line.present_value}",
            }
            for line in one.lines
        ],
        "total": f"{one.total}",
        "simulated": money(one.simulated),
    }


def _ore(amount: Fraction) -> str:
    return f"{to_the_ore(amount)}"
