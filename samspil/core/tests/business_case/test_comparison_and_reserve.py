"""Two cases on the same draws, the pool for risks, and draws that add up by hand."""

import json
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from samspil.core.business_case.comparison import compare
from samspil.core.business_case.reserve import expected_risk_cost, risk_pool
from samspil.core.business_case.result import compute
from samspil.core.business_case.simulation import distribution, simulate

from .cases import a_case, a_line, a_random_case, a_range, forty_lines, read

# --- two cases -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_identical_cases_differ_by_exactly_nothing(seed: int) -> None:
    given = a_random_case(seed)
    found = compare(read(given), read(json.loads(json.dumps(given))), draws=8_192, seed=9)
    assert found.npv == 0
    assert found.difference == distribution(np.zeros(3))


def test_only_what_differs_is_compared() -> None:
    """The other case has one more line, known to the krone: every draw differs by just that."""
    given = forty_lines("min_max_pert")
    other = given | {"lines": [*given["lines"], a_line("A first by its name", "benefit", "123")]}
    found = compare(read(given), read(other), draws=8_192, seed=9)
    shown = found.difference
    assert (shown.p5, shown.p50, shown.p95) == pytest.approx((123, 123, 123), abs=1e-6)
    assert found.npv == 123
    assert found.other_better == 1


def test_a_line_more_with_a_range_leaves_the_shared_lines_alike() -> None:
    given = forty_lines("min_max_pert")
    other = given | {"lines": [*given["lines"], a_line("A first", "benefit", a_range(80, 100, 120))]}
    found = compare(read(given), read(other), draws=8_192, seed=9)
    assert found.difference.p5 > 80
    assert found.difference.p95 < 120
    assert found.one.deviation == pytest.approx(found.other.deviation, rel=0.02)


# --- risks -----------------------------------------------------------------------------------------------------


def a_risk(name: str, probability: str, consequence: Any, **more: Any) -> dict[str, Any]:
    return {"id": name, "probability": probability, "consequence": consequence, **more}


def pool(*risks: dict[str, Any], draws: int = 65_536, **more: Any) -> Any:
    case = read(a_case(risks=list(risks), **more))
    return risk_pool(case, simulate(case, draws=draws, seed=4))


def test_the_pool_is_probability_times_mean_consequence_added_up() -> None:
    found = pool(a_risk("late", "0.3", a_range(10, 20, 60)), a_risk("supplier", "0.1", "500"))
    assert found.expected == Fraction("0.3") * 25 + 50
    assert (found.risks, found.coverage) == (2, 0.8)


def test_the_reserve_is_the_quantile_of_what_risks_cost_together() -> None:
    """Three risks of 100 each with probability one half: two or fewer occur in seven of eight draws."""
    risks = [a_risk(name, "0.5", "100") for name in "abc"]
    assert pool(*risks, coverage="0.8").reserve == pytest.approx(200)
    assert pool(*risks, coverage="0.9").reserve == pytest.approx(300)
    assert pool(*risks, coverage="0.4").reserve == pytest.approx(100)


def test_a_risk_occurs_as_often_as_it_says_and_costs_what_it_says() -> None:
    case = read(a_case(risks=[a_risk("late", "0.2", a_range(10, 20, 60, "min_max_triangular"))]))
    cost = simulate(case, draws=65_536, seed=4).risk_cost
    assert (cost > 0).mean() == pytest.approx(0.2, abs=0.001)
    assert cost[cost > 0].mean() == pytest.approx(30, abs=0.1)
    assert cost[cost > 0].min() >= 10


@pytest.mark.parametrize(("probability", "occurs"), [("0", 0), ("1", 1)])
def test_what_never_or_always_occurs(probability: str, occurs: int) -> None:
    case = read(a_case(risks=[a_risk("late", probability, "100")]))
    assert (simulate(case, draws=1_000, seed=4).risk_cost == 100 * occurs).all()


def test_closing_a_risk_lowers_the_reserve_at_once() -> None:
    late = a_risk("late", "0.5", "100")
    before, after = (pool(late, a_risk("other", "0.6", "300", closed=closed)) for closed in (False, True))
    assert after.reserve < before.reserve
    assert (after.risks, after.expected) == (1, 50)


def test_risks_stay_apart_from_the_net_and_are_counted_beside_it() -> None:
    """The risk strikes in the third year and is discounted there."""
    late = a_risk("late", "1", "100", year=2029)
    found = simulate(read(a_case(risks=[late], rate="0.05")), draws=1_000, seed=4)
    assert set(found.npv) == {-100.0}
    assert found.with_risks.mean() == pytest.approx(-100 - 100 / 1.05**2)


def test_two_hundred_risks_are_drawn_within_two_seconds() -> None:
    risks = [
        a_risk(f"r{n}", f"{(n % 19 + 1) / 20}", a_range(n + 1, 2 * n + 2, 9 * n + 9, "min_max_triangular"))
        for n in range(200)
    ]
    case = read(a_case(risks=risks, coverage="0.8"))
    start = time.process_time()
    found = simulate(case, draws=65_536, seed=4)
    assert time.process_time() - start < 2
    assert risk_pool(case, found).reserve == pytest.approx(np.quantile(found.risk_cost, 0.8), rel=0.005)
    assert found.risk_cost.mean() == pytest.approx(float(expected_risk_cost(case)), rel=0.005)


# --- draws to add up by hand -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        lambda: forty_lines("p10_p90_metalog"),
        lambda: forty_lines("min_max_pert", cost_correlation="0.6"),
        lambda: a_random_case(5),
        lambda: a_random_case(6),
    ],
)
def test_each_traced_draw_adds_up_from_what_is_printed(given: Any) -> None:
    given = given()
    result = compute(read(given), draws=8_192)
    printed = result.as_data()["traced_draws"]
    assert [one["at"] for one in printed] == ["p10", "p50", "p90"]
    for one, name in zip(printed, ("p10", "p50", "p90"), strict=True):
        total = Decimal(0)
        for line in one["lines"]:
            product = Decimal(line["weight"])
            for value in line["values"].values():
                product *= Decimal(value)
            assert abs(product - Decimal(line["present_value"])) <= Decimal("0.005")
            total += Decimal(line["present_value"])
        assert total == Decimal(one["total"])
        scale = max(abs(Decimal(line["present_value"])) for line in one["lines"]) or Decimal(1)
        assert abs(float(total) - one["simulated"]) < 1e-4 * float(scale) + 0.01 * len(one["lines"])
        assert one["simulated"] == pytest.approx(
            getattr(result.distribution, name), rel=0.02, abs=float(scale) / 100
        )
