"""Rates by band and by day: an old case keeps what held when it was decided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.business_case.key_figures import in_the_house
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.findings import findings
from samspil.core.business_case.key_figures import Band, Discounting, DiscountRates, holding_on, newer_than
from samspil.core.business_case.mean_case import mean_case
from samspil.core.business_case.writing import input_hash
from samspil.core.tests.business_case.cases import a_case, a_line, problems, read

SETS = in_the_house()


def danish(**more: object) -> dict[str, object]:
    line = a_line("gain", "benefit", "1000", share_by_year={"2037": "1"})
    given = a_case(line, **{"years": 11, "country": "DK", **more})
    del given["discount_rates"]
    return given


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2013, 1, 1), "0.04"),
        (date(2021, 1, 6), "0.04"),
        (date(2021, 1, 7), "0.035"),
        (date(2026, 11, 1), "0.035"),
    ],
)
def test_the_set_of_the_day_holds(day: date, rate: str) -> None:
    found = holding_on(SETS, "DK", day)
    assert found
    assert found.rates.at(1).rate == Decimal(rate)


def test_a_seventy_five_year_case_agrees_with_a_sum_by_hand() -> None:
    """1,000 in each of years 0–75: by the geometric series of each band, on top of the years before it.

    Years 0–35 at 3.5 %: 1 + (1 − v³⁵)/0.035 with v = 1/1.035, which is 21.00066…; and so on.
    """
    years = {str(2027 + year): "1" for year in range(76)}
    given = danish(years=76) | {"lines": [a_line("gain", "benefit", "1000", share_by_year=years)]}
    first, second, third = Decimal("1.035"), Decimal("1.025"), Decimal("1.015")
    at_35, at_70 = first**-35, first**-35 * second**-35
    series = (
        1
        + (1 - first**-35) / Decimal("0.035")
        + at_35 * (1 - second**-35) / Decimal("0.025")
        + at_70 * (1 - third**-5) / Decimal("0.015")
    )
    assert to_the_ore(mean_case(read(given, *SETS)).npv) == (1000 * series).quantize(Decimal("0.01"))
    assert (1000 * series).quantize(Decimal("0.01")) == Decimal("28548.21")


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 200)), min_size=1, max_size=4),
    st.sampled_from(Discounting),
)
def test_a_later_krone_is_never_worth_more(bands: list[tuple[int, int]], discounting: Discounting) -> None:
    found, start = [], 0
    for length, rate in bands:
        found.append(Band(start, start + length, Decimal(rate) / 1000))
        start += length + 1
    factors = DiscountRates(tuple(found)).factors(start - 1, discounting)
    assert list(factors) == sorted(factors, reverse=True)
    assert factors[0] <= 1


def test_one_rate_gives_the_plain_power() -> None:
    rates = DiscountRates((Band(0, None, Decimal("0.03")),))
    assert rates.factors(4, Discounting.END_OF_YEAR)[3] == 1 / Fraction("1.03") ** 4


def test_an_old_case_keeps_the_rates_of_its_decision_until_somebody_takes_the_newer() -> None:
    old = read(danish(decided_on="2019-05-02"), *SETS)
    assert to_the_ore(mean_case(old).npv) == Decimal("675.56")  # 1000 / 1.04^10
    newer = newer_than(SETS, old.figures)
    assert newer
    assert [
        one.value for one in findings(old, mean_case(old), None, newer) if one.key == "newer_figures"
    ] == ["2021-01-07"]
    taken = read(danish(decided_on="2019-05-02", key_figures_on="2026-11-01"), *SETS)
    assert to_the_ore(mean_case(taken).npv) == Decimal("708.92")  # 1000 / 1.035^10
    assert input_hash(old) != input_hash(taken)


def test_a_rate_that_was_corrected_in_a_set_changes_the_input_hash() -> None:
    corrected = [replace(one, rates=DiscountRates((Band(0, None, Decimal("0.031")),))) for one in SETS]
    assert input_hash(read(danish(), *SETS)) != input_hash(read(danish(), *corrected))


def test_before_the_first_set_there_are_no_rates() -> None:
    assert [one.key for one in problems(danish(decided_on="2012-12-31"), *SETS)] == ["no_rates"]


def test_a_rate_that_has_to_be_verified_is_pointed_out_only_where_it_is_used() -> None:
    def pointed_out(years: int) -> list[str]:
        case = read(danish(years=years), *SETS)
        return [one.value for one in findings(case, mean_case(case), None) if one.key == "rate_to_verify"]

    assert pointed_out(71) == []
    assert pointed_out(75) == ["1.5 % (71–)"]


def test_the_swedish_set_says_that_its_day_is_not_known() -> None:
    given = danish() | {"country": "SE", "currency": "SEK"}
    case = read(given, *SETS)
    assert case.figures.rates.at(5).rate == Decimal("0.03")
    assert "figures_undated" in [one.key for one in findings(case, mean_case(case), None)]


def test_every_set_in_the_house_names_its_source() -> None:
    assert len(SETS) == 3
    assert all(len(one.source) > 40 for one in SETS)
