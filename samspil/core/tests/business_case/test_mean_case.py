"""The case that a person can recompute, against another hand and by hand."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samspil.core.business_case.exact import plain, rounded, to_the_ore
from samspil.core.business_case.mean_case import MeanCase, mean_case

from . import oracle
from .cases import MEANINGS, a_case, a_line, a_random_case, a_range, forty_lines, read


def net(case: MeanCase) -> list[str]:
    return [str(to_the_ore(year.net)) for year in case.years]


def npv(given: dict[str, Any]) -> Decimal:
    return to_the_ore(mean_case(read(given)).npv)


# --- rounding --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("0.0049999", "0.00"), ("-0.001", "0.00")],
)
def test_half_an_ore_is_rounded_away_from_zero(amount: str, shown: str) -> None:
    assert str(to_the_ore(Fraction(amount))) == shown


@given(st.decimals(-(10**14), 10**14, places=7))
@example(Decimal("99999999999999.995"))
def test_rounding_agrees_with_decimals_own(amount: Decimal) -> None:
    assert str(to_the_ore(Fraction(amount))) == oracle.ore(amount)


@given(st.fractions(-(10**9), 10**9), st.integers(0, 12))
def test_rounding_is_never_off_by_more_than_half_a_step(amount: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(amount, places)) - amount) <= Fraction(1, 2 * 10**places)


@given(st.decimals(-(10**15), 10**15, allow_nan=False, places=12))
def test_a_number_is_written_in_one_way_only(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert plain(number) == plain(number * Decimal("1.000"))


def test_three_sixths_of_an_ore_are_rounded_once_and_not_each() -> None:
    """Each line is a third of half an øre: rounded by itself it would be nothing."""
    lines = [a_line(f"l{n}", "benefit", a_range("0", "0", "0.01")) for n in range(3)]
    assert npv(a_case(*lines, years=1)) == Decimal("0.01")


# --- another hand ----------------------------------------------------------------------------------------------


def agrees(given: dict[str, Any]) -> None:
    found, expected = mean_case(read(given)), oracle.mean_case(given)
    assert str(to_the_ore(found.npv)) == expected["npv"]
    assert found.payback.year == expected["payback"]
    assert {one.name: str(to_the_ore(one.npv)) for one in found.accounts} == expected["by_stakeholder"]
    assert {one.year: str(to_the_ore(one.net)) for one in found.years} == expected["net"]


@pytest.mark.parametrize("meaning", MEANINGS)
@pytest.mark.parametrize("discounting", ["start_of_year", "end_of_year"])
def test_forty_lines_over_ten_years_agree_with_another_hand_to_the_ore(
    meaning: str, discounting: str
) -> None:
    agrees(forty_lines(meaning, discounting=discounting))


@given(st.integers(0, 10**9))
def test_random_cases_agree_with_another_hand_to_the_ore(seed: int) -> None:
    agrees(a_random_case(seed))


@given(st.integers(0, 10**6))
def test_accounts_add_up_to_the_whole_and_lines_do_too(seed: int) -> None:
    found = mean_case(read(a_random_case(seed)))
    assert sum(one.npv for one in found.accounts) == found.npv
    assert sum(one.present_value for one in found.lines) == found.npv
    assert sum(one.net * one.factor for one in found.years) == found.npv
    assert found.with_project - found.without == found.npv


@given(st.integers(0, 10**6))
def test_who_has_a_benefit_changes_no_total(seed: int) -> None:
    given = a_random_case(seed)
    moved = json.loads(json.dumps(given))
    for line in moved["lines"]:
        if line["kind"] == "benefit":
            line["beneficiary"] = "The citizens"
    before, after = mean_case(read(given)), mean_case(read(moved))
    assert (before.npv, before.years, before.payback) == (after.npv, after.years, after.payback)


# --- by hand ---------------------------------------------------------------------------------------------------


def test_a_case_that_fits_on_the_back_of_an_envelope() -> None:
    """−1000 at once, then 600 a year: −1000 + 600/1.05 + 600/1.1025 = 115.646…"""
    case = a_case(
        a_line("system", "cost", "1000"),
        a_line("fewer visits", "benefit", "600", share_by_year={"2028": "1", "2029": "1"}),
        rate="0.05",
    )
    found = mean_case(read(case))
    assert net(found) == ["-1000.00", "600.00", "600.00"]
    assert to_the_ore(found.npv) == Decimal("115.65")
    assert (found.payback.year, found.payback.years) == (2029, 3)


def test_at_the_end_of_the_year_everything_is_discounted_once_more() -> None:
    case = a_case(a_line("gain", "benefit", "105"), rate="0.05")
    assert npv(case) == Decimal("105.00")
    assert npv(case | {"discounting": "end_of_year"}) == Decimal("100.00")


def test_discounted_payback_may_come_later_and_is_named() -> None:
    lines = [
        a_line("system", "cost", "100"),
        a_line("gain", "benefit", "100", share_by_year={"2028": "1", "2029": "0.2"}),
    ]
    plain_, strict = (
        mean_case(read(a_case(*lines, rate="0.1", payback=variant))).payback
        for variant in ("undiscounted", "discounted")
    )
    assert (plain_.variant, plain_.year) == ("undiscounted", 2028)
    assert (strict.variant, strict.year) == ("discounted", 2029)


def test_what_is_never_paid_back_says_so() -> None:
    found = mean_case(read(a_case(a_line("system")))).payback
    assert (found.year, found.years, found.lasting) == (None, None, False)


def test_a_payback_that_late_costs_undo_is_not_lasting() -> None:
    lines = [a_line("gain", "benefit", "10"), a_line("exit", "cost", "50", share_by_year={"2029": "1"})]
    found = mean_case(read(a_case(*lines))).payback
    assert (found.year, found.lasting) == (2027, False)


def test_the_difference_is_with_less_without() -> None:
    """Today's system costs 80 and falls away, the new one costs 50."""
    lines = [
        a_line("old", "cost", "80", scenario="without"),
        a_line("new", "cost", "50", scenario="with"),
    ]
    found = mean_case(read(a_case(*lines)))
    assert (found.without, found.with_project, found.npv) == (-80, -50, 30)


def test_freed_time_is_no_money_until_its_use_is_decided() -> None:
    minutes = a_line("minutes", "benefit", "900") | {"class": "reallocation"}
    waiting = mean_case(read(a_case(minutes)))
    assert waiting.npv == 0
    assert [one.present_value for one in waiting.waiting] == [900]
    decided = minutes | {"freed_time": {"decided_on": "2027-03-01", "use": "more time with each citizen"}}
    found = mean_case(read(a_case(decided)))
    assert (found.npv, found.npv_cashable, found.waiting) == (900, 0, ())


def test_own_hours_are_a_cost_whatever_is_decided() -> None:
    assert npv(a_case(a_line("cover") | {"class": "reallocation"})) == Decimal("-100.00")


def test_a_line_without_an_amount_is_part_of_the_case_and_of_no_sum() -> None:
    words = {"id": "calm", "kind": "benefit", "class": "qualitative", "title": "Calmer mornings"}
    found = mean_case(read(a_case(a_line("licences"), words)))
    assert found.npv == -100
    assert [one.line.id for one in found.lines] == ["licences"]


def test_an_amount_in_older_prices_is_brought_to_the_cases() -> None:
    line = a_line("licences", price_year=2024)
    assert npv(a_case(line, price_index={"2024": "100", "2026": "104"})) == Decimal("-104.00")


def test_quantity_times_hourly_cost_times_driver() -> None:
    line = a_line("visits", "benefit", quantity="12000", price={"hourly_cost": "nurse"}, drivers=["uptake"])
    case = a_case(
        line,
        hourly_costs={"nurse": "412.5"},
        drivers=[{"id": "uptake", "value": a_range("0.4", "0.6", "0.8", "min_max_triangular")}],
    )
    assert npv(case) == Decimal("2970000.00")


def test_likely_values_alone_give_another_result() -> None:
    found = mean_case(read(forty_lines("min_max_pert")))
    assert to_the_ore(found.npv_of_likely) == Decimal("2781.32")
    assert to_the_ore(found.npv) == Decimal("3782.39")
