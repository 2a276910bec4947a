"""Intervals, run charts, forecasts and how well they held, against figures computed elsewhere."""

from decimal import Decimal
from math import comb

import pytest
from scipy.stats import beta, norm, t

from samspil.core.benefits.beta import beta_quantile, t_quantile
from samspil.core.benefits.forecasts import p10_p90
from samspil.core.benefits.intervals import of_mean, of_share
from samspil.core.benefits.promises import Forecast, Place, calibration, realised_amount
from samspil.core.benefits.run_chart import read
from samspil.core.business_case.estimates import Meaning


@pytest.mark.parametrize(("n", "population", "points"), [(45, 60, 13.5), (9, 12, 24.8), (300, 1000, 8.7)])
def test_a_share_among_few_is_surer_than_among_many(n: int, population: int, points: float) -> None:
    """The mean width over all outcomes at a true share near 0.3, as the handbook's table has it."""
    yes = round(population * 0.3)
    ways = {k: comb(yes, k) * comb(population - yes, n - k) for k in range(n + 1)}
    found = {k: of_share(Decimal(k) / n * 100, n, population) for k, many in ways.items() if many}
    mean = sum(ways[k] * float(one.high - one.low) for k, one in found.items()) / sum(ways.values())
    assert mean == pytest.approx(points, abs=0.8)


def test_among_very_many_it_is_wilsons() -> None:
    found = of_share(Decimal(30), 100)
    assert (float(found.low), float(found.high)) == pytest.approx((21.8949, 39.5849), abs=1e-3)


def test_all_asked_leaves_no_doubt() -> None:
    found = of_share(Decimal(40), 20, 20)
    assert (found.low, found.high) == (Decimal(40), Decimal(40))


def test_a_mean_has_students_interval() -> None:
    found = of_mean(Decimal("4.2"), Decimal("1.5"), 12)
    half = t.ppf(0.975, 11) * 1.5 / 12**0.5
    assert float(found.high - Decimal("4.2")) == pytest.approx(half, abs=1e-3)


def test_the_forecast_follows_what_the_outer_points_mean() -> None:
    points = (Decimal(6), Decimal(4), Decimal(3))
    assert p10_p90(*points, Meaning.P10_P90_METALOG) == (Decimal(3), Decimal(6))
    low, high = p10_p90(*points, Meaning.MIN_MAX_PERT)
    a, b = 1 + 4 / 3, 1 + 8 / 3
    expected = [3 + 3 * beta.ppf(u, a, b) for u in (0.1, 0.9)]
    assert (float(low), float(high)) == pytest.approx(expected, abs=1e-3)


def test_nine_of_ten_between_two_points_is_a_normal_curve() -> None:
    low, high = p10_p90(Decimal(10), Decimal(20), Decimal(30), Meaning.RANGE_90_NORMAL)
    spread = 10 / norm.ppf(0.95)
    assert (float(low), float(high)) == pytest.approx([norm.ppf(u, 20, spread) for u in (0.1, 0.9)], abs=1e-3)


@pytest.mark.parametrize(("a", "b"), [(1.5, 4.5), (5, 1), (0.5, 0.5), (2.33, 3.67), (60, 0.5), (1, 1)])
def test_the_beta_curve_is_that_of_the_books(a: float, b: float) -> None:
    for u in (0.001, 0.1, 0.5, 0.9, 0.999):
        assert beta_quantile(u, a, b) == pytest.approx(beta.ppf(u, a, b), abs=1e-9)


@pytest.mark.parametrize("freedom", [1, 2, 11, 120])
def test_students_t_is_that_of_the_books(freedom: int) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(t.ppf(0.975, freedom), rel=1e-9)


def forecast(outcome: int) -> Forecast:
    return Forecast(Decimal(3), Decimal(6), Decimal(4), Decimal(outcome), more=False, baseline=Decimal(10))


def test_where_the_outcome_lies() -> None:
    assert [forecast(one).place for one in (2, 3, 6, 7)] == [
        Place.BETTER,
        Place.INSIDE,
        Place.INSIDE,
        Place.WORSE,
    ]


def test_too_few_forecasts_say_nothing() -> None:
    found = calibration([forecast(9)] * 4)
    assert (found.n, found.verdict, found.leaning) == (4, "too_few", "")


def test_an_organisation_that_hopes_too_much() -> None:
    found = calibration([forecast(9)] * 8 + [forecast(5)] * 2)
    assert (found.inside, found.worse, found.better) == (2, 8, 0)
    assert (found.held, found.verdict, found.leaning) == (Decimal("20.0"), "too_sure", "worse")
    assert found.typical == Decimal("16.7")


def test_an_organisation_whose_forecasts_hold() -> None:
    found = calibration([forecast(5)] * 8 + [forecast(9), forecast(1)])
    assert (found.verdict, found.leaning) == ("fits", "")


def test_money_is_the_cases_price_on_what_was_measured() -> None:
    assert realised_amount(Decimal("1200000"), Decimal("62.5")) == Decimal(750000)
    assert realised_amount(Decimal("1200000"), None) is None


def values(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def test_a_run_chart_says_nothing_of_few_figures() -> None:
    found = read(values(9, 9, 8, 4, 4, 4, 4))
    assert (found.median, found.tells, found.shift) == (Decimal(4), False, "")


def test_six_on_one_side_are_a_shift() -> None:
    found = read(values(9, 10, 9, 10, 9, 10, 4, 5, 4, 5, 4, 5))
    assert (found.tells, found.shift, found.trend) == (True, "down", "")


def test_five_rising_in_a_row_are_a_trend() -> None:
    assert read(values(5, 9, 4, 8, 3, 4, 5, 6, 7, 7, 8)).trend == "up"


def test_chance_is_left_alone() -> None:
    found = read(values(5, 7, 4, 8, 5, 6, 4, 7, 5, 8, 4))
    assert (found.shift, found.trend) == ("", "")
