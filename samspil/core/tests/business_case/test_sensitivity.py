"""What the result hangs on: shares that agree with closed forms, whatever the order."""

import random
from typing import Any

import numpy as np
import pytest

from samspil.core.business_case.result import compute
from samspil.core.business_case.sensitivity import Influence, explained, sensitivity, worth_knowing
from samspil.core.business_case.simulation import simulate

from .cases import MEANINGS, a_case, a_line, a_range, forty_lines, read

Z = 1.2815515655446004


def influences(given: dict[str, Any], draws: int = 65_536, seed: int = 5) -> tuple[Influence, ...]:
    return sensitivity(simulate(read(given), draws=draws, seed=seed))


def variance(figure: dict[str, Any]) -> float:
    """Closed forms, by the meaning."""
    low, high = float(figure["low"]), float(figure["high"])
    likely = float(figure.get("likely", 0))
    width = high - low
    match figure["meaning"]:
        case "min_max_pert":
            mean = (low + 4 * likely + high) / 6
            return (mean - low) * (high - mean) / 7
        case "min_max_triangular":
            return (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
        case "range_90_normal":
            return (width / 2 / 1.6448536269514722) ** 2
        case "range_90_lognormal":
            mu, sigma = np.log(low * high) / 2, np.log(high / low) / 2 / 1.6448536269514722
            return float((np.exp(sigma**2) - 1) * np.exp(2 * mu + sigma**2))
    a2 = width / (2 * np.log(9))
    a3 = (high + low - 2 * likely) / (0.8 * np.log(9))
    a3 = float(np.clip(a3, -1.667 * a2, 1.667 * a2))
    return float(a2**2 * np.pi**2 / 3 + a3**2 * (1 / 12 + np.pi**2 / 36))


@pytest.mark.parametrize("meaning", MEANINGS)
def test_shares_of_forty_lines_match_the_closed_form(meaning: str) -> None:
    given = forty_lines(meaning)
    weights = {
        line["id"]: sum(
            float(share) * 1.035 ** (2027 - int(year)) for year, share in line["share_by_year"].items()
        )
        for line in given["lines"]
    }
    exact = {line["id"]: weights[line["id"]] ** 2 * variance(line["amount"]) for line in given["lines"]}
    total = sum(exact.values())
    found = influences(given)
    assert len(found) == 40
    for one in found:
        assert one.variance_share == pytest.approx(exact[one.name] / total, abs=0.01), one.name
    assert sum(one.variance_share for one in found) == pytest.approx(1, abs=0.01)


def test_a_shared_driver_has_its_own_share() -> None:
    """Net = d·(a + b): given d it is 20·d, so the share of d is 400·Var(d) of the whole variance."""
    lines = [a_line(name, "benefit", a_range(8, None, 12, "range_90_normal"), drivers=["d"]) for name in "ab"]
    drivers = [{"id": "d", "value": a_range("0.5", None, "1.5", "range_90_normal")}]
    found = {one.name: one for one in influences(a_case(*lines, drivers=drivers))}
    of_d, of_line = (1 / 2 / 1.6448536) ** 2 / 1, (4 / 2 / 1.6448536) ** 2
    whole = 400 * of_d + 2 * of_line * (1 + of_d)
    assert found["d"].shared
    assert found["d"].variance_share == pytest.approx(400 * of_d / whole, abs=0.005)
    assert found["a"].variance_share == pytest.approx(of_line / whole, abs=0.005)


def test_quantity_and_price_of_a_line_count_as_one() -> None:
    both = a_line("v", "benefit", quantity=a_range(8, 10, 12), price=a_range(3, 5, 6))
    found = influences(a_case(both, a_line("fixed")))
    assert [one.name for one in found] == ["v"]
    assert found[0].variance_share == pytest.approx(1, abs=1e-9)


def test_the_swing_is_the_mean_of_the_lowest_and_the_highest_tenth() -> None:
    """Of a normal the mean of the lowest tenth lies φ(z)/0.1 = 1.755 deviations below its own."""
    lines = [
        a_line("gain", "benefit", a_range(60, None, 140, "range_90_normal")),
        a_line("cost", "cost", a_range(40, None, 60, "range_90_normal")),
    ]
    found = {one.name: one for one in influences(a_case(*lines))}
    step = np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi) / 0.1
    gain, cost = step * 40 / 1.6448536, step * 10 / 1.6448536
    assert (found["gain"].swing_low, found["gain"].swing_high) == pytest.approx(
        (50 - gain, 50 + gain), abs=0.5
    )
    assert (found["cost"].swing_low, found["cost"].swing_high) == pytest.approx(
        (50 + cost, 50 - cost), abs=0.5
    )
    assert influences(a_case(*lines))[0].name == "gain"


def test_knowing_a_figure_is_worth_nothing_where_it_cannot_change_the_decision() -> None:
    sure = a_case(a_line("gain", "benefit", a_range(100, 150, 200)), a_line("system", "cost", "50"))
    assert influences(sure)[0].worth_knowing == 0


def test_knowing_the_only_figure_saves_what_would_be_lost() -> None:
    """Net = N(0, s): known first, one gains the mean of its upper half, s/√(2π)."""
    given = a_case(
        a_line("g", "benefit", a_range(50, None, 150, "range_90_normal")), a_line("c", "cost", "100")
    )
    expected = 50 / 1.6448536 / np.sqrt(2 * np.pi)
    assert influences(given)[0].worth_knowing == pytest.approx(expected, rel=0.01)


def test_names_and_order_of_lines_change_no_share() -> None:
    given = forty_lines("min_max_pert")
    before = compute(read(given), draws=16_384).as_data()["sensitivity"]
    random.Random(1).shuffle(given["lines"])
    assert compute(read(given), draws=16_384).as_data()["sensitivity"] == before
    for line in given["lines"]:
        line["id"] = "x" + line["id"]
    renamed = compute(read(given), draws=65_536).as_data()["sensitivity"]
    kept = {one["line"]: one["variance_share"] for one in before}
    for one in renamed:
        assert one["variance_share"] == pytest.approx(kept[one["line"][1:]], abs=0.01)


def test_the_order_of_draws_changes_no_share() -> None:
    found = simulate(read(forty_lines("min_max_pert")), draws=8_192, seed=5)
    values = found.model.own_value(found.model.pieces[3], 0, 8_192)
    share, given = explained(values, found.npv)
    mixed = np.random.default_rng(1).permutation(8_192)
    again, permuted = explained(values[mixed], found.npv[mixed])
    assert again == pytest.approx(share, rel=1e-9)
    assert worth_knowing(permuted) == pytest.approx(worth_knowing(given), abs=1e-6)


def test_a_certain_case_hangs_on_nothing() -> None:
    assert influences(a_case(a_line("licences"))) == ()
