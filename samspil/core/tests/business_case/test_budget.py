"""What was taken from budgets, held against what the case brings in money; recomputed by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.business_case.budget import Held, Taken, Verdict, by_year, held_against
from samspil.core.business_case.taking_part import TakingPart, lines_of

from .cases import a_case, a_line, a_random_case, a_range, read

TWO_YEARS = {"share_by_year": {"2027": "0.5", "2028": "1"}}


def saving(name: str = "overtime", unit: str = "Elder care", **more: Any) -> dict[str, Any]:
    return a_line(name, "benefit", a_range(80, 100, 150), beneficiary=unit, **{**TWO_YEARS, **more})


def held(*taken: Taken, lines: Any = (), **more: Any) -> dict[tuple[str, int], Held]:
    case = read(a_case(*(lines or [saving()]), **more))
    return {(one.unit, one.year): one for one in held_against(case, taken)}


def taken(amount: str, year: int = 2028, unit: str = "Elder care", price_year: int | None = None) -> Taken:
    return Taken(unit, year, Decimal(amount), price_year)


def test_the_worked_example_of_the_page() -> None:
    """Mean (80 + 4·100 + 150)/6 = 105, half of it in the first year; at worst 80."""
    found = held(taken("40", 2027), taken("90"))
    first, second = found["Elder care", 2027], found["Elder care", 2028]
    assert (first.expected, first.at_worst) == (Fraction("52.5"), 40)
    assert (second.expected, second.at_worst) == (105, 80)
    assert (first.verdict, second.verdict) == (Verdict.COVERED, Verdict.EXPECTED)


@pytest.mark.parametrize(
    ("amount", "verdict", "missing"),
    [
        ("80", Verdict.COVERED, 0),
        ("80.01", Verdict.EXPECTED, 0),
        ("105", Verdict.EXPECTED, 0),
        ("105.01", Verdict.UNCOVERED, Decimal("0.01")),
    ],
)
def test_more_than_the_mean_is_not_carried(amount: str, verdict: Verdict, missing: Decimal) -> None:
    one = held(taken(amount))["Elder care", 2028]
    assert (one.verdict, one.missing) == (verdict, missing)


def test_freed_time_is_in_nobodys_budget() -> None:
    freed = saving(**{"class": "reallocation"}, freed_time={"decided_on": "2026-10-01", "use": "more visits"})
    assert held(taken("1"), lines=[freed])["Elder care", 2028].missing == 1


def test_what_a_unit_pays_is_taken_from_what_it_gains() -> None:
    cost = a_line("licences", "cost", "30", payer="Elder care", share_by_year={"2028": "1"})
    assert held(lines=[saving(), cost])["Elder care", 2028].expected == 75


def test_a_cost_is_at_worst_where_it_is_highest() -> None:
    cost = a_line("licences", "cost", a_range(20, 30, 60), payer="Elder care", share_by_year={"2028": "1"})
    assert held(lines=[saving(), cost])["Elder care", 2028].at_worst == 80 - 60


def test_what_the_unit_would_have_paid_without_the_project_is_gained() -> None:
    old = a_line("old system", "cost", "30", scenario="without", payer="IT", share_by_year={"2028": "1"})
    assert held(lines=[old])["IT", 2028].expected == 30


def test_a_unit_is_known_whatever_way_it_is_written() -> None:
    found = held(taken("5", unit="Home care"), lines=[saving(unit="home  CARE")])
    assert (found["Home care", 2028].taken, found["Home care", 2028].expected) == (5, 105)


def test_where_nothing_is_brought_everything_is_missing() -> None:
    assert held(taken("7", unit="Schools"))["Schools", 2028].missing == 7


def test_a_year_that_costs_more_than_it_brings_does_not_make_more_missing_than_was_taken() -> None:
    cost = a_line("licences", "cost", "300", payer="Elder care", share_by_year={"2028": "1"})
    assert held(taken("10"), lines=[saving(), cost])["Elder care", 2028].missing == 10


def test_amounts_in_older_prices_are_brought_over_by_the_index() -> None:
    index = {"price_index": {"2020": "80", "2026": "100"}, "own_figures_source": "statistics"}
    assert held(taken("80", price_year=2020), **index)["Elder care", 2028].taken == 100
    with pytest.raises(LookupError):
        held(taken("80", price_year=2021), **index)


def test_nothing_taken_is_no_worry() -> None:
    assert held()["Elder care", 2028].verdict is Verdict.NOTHING_TAKEN


@given(st.integers(0, 2**16), st.lists(st.integers(1, 10**6), max_size=6))
def test_all_units_together_are_the_sum_of_each(seed: int, amounts: list[int]) -> None:
    case = read(a_random_case(seed))
    cuts = [Taken(f"U{place % 2}", 2027 + place % 3, Decimal(one)) for place, one in enumerate(amounts)]
    found = held_against(case, cuts)
    together = by_year(found)
    assert sum(one.taken for one in together) == sum(amounts)
    assert sum(one.expected for one in together) == sum(one.expected for one in found)
    assert [one.year for one in together] == sorted({one.year for one in found})


# --- hours and cover ----------------------------------------------------------------------------------------


def taking_part(hours: str = "10", covered: str = "4", people: int = 3) -> TakingPart:
    return TakingPart(
        "Super users: training",
        "Cover for super users: training",
        "Elder care",
        "hours",
        2027,
        people,
        Decimal(hours),
        Decimal(covered),
        {"hourly_cost": "carer"},
        {"value": "290", "source": "agency"},
        "training plan",
    )


def test_no_hour_is_counted_both_as_time_and_as_money() -> None:
    one = taking_part()
    own, cover = lines_of(one)
    assert (own["quantity"]["value"], own["class"], own["price"]) == (
        "18",
        "reallocation",
        {"hourly_cost": "carer"},
    )
    assert (cover["quantity"]["value"], cover["class"]) == ("12", "cashable")
    assert one.own_hours + one.cover_hours == one.people * one.hours


@pytest.mark.parametrize(("covered", "classes"), [("0", ["reallocation"]), ("10", ["cashable"])])
def test_what_is_no_hour_is_no_line(covered: str, classes: list[str]) -> None:
    assert [line["class"] for line in lines_of(taking_part(covered=covered))] == classes


def test_the_lines_can_be_read_and_cost_hours_times_price() -> None:
    lines = [{"id": f"l{place}", **line} for place, line in enumerate(lines_of(taking_part()))]
    costs = {"hourly_costs": {"carer": "310"}, "own_figures_source": "payroll"}
    found = held_against(read(a_case(*lines, **costs)), ())
    assert [(one.unit, one.expected) for one in found] == [("Elder care", -12 * 290)]


def test_the_worst_end_is_another_one_where_signs_change() -> None:
    """A year that takes back, and a product of two figures that may both be below zero."""
    back = saving(share_by_year={"2027": "1", "2028": "-1"})
    found = held(taken("10", 2027), lines=[back])
    assert (found["Elder care", 2028].at_worst, found["Elder care", 2028].at_best) == (-150, -80)
    product = a_line("p", "benefit", quantity=a_range(-10, 1, 5), price=a_range(-10, 1, 5), **TWO_YEARS)
    two = held(taken("10"), lines=[product])["Elder care", 2028]
    assert (two.at_worst, two.at_best) == (-50, 100)
