"""docs/calculations/business_case.md: whoever follows the page finds what the computer finds."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samspil.business_case.key_figures import in_the_house
from samspil.core.business_case.estimates import Estimate, Meaning, mean_of, moved_by
from samspil.core.business_case.exact import plain, rounded, to_the_ore
from samspil.core.business_case.findings import FINDINGS, HEAVY_LINE, WIDE_SPREAD
from samspil.core.business_case.key_figures import Discounting, holding_on
from samspil.core.business_case.quantiles import _table
from samspil.core.business_case.reading import read_case
from samspil.core.business_case.result import compute
from samspil.core.tests.business_case.cases import MEANINGS, forty_lines, read

PAGE = (Path(__file__).parents[3] / "docs" / "calculations" / "business_case.md").read_text()


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    text = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert text
    return compute(read_case(text.group(1), in_the_house()), sets=in_the_house()).as_data()


def row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def test_the_means_of_three_seven_twenty() -> None:
    for meaning in Meaning:
        mean = rounded(mean_of(Estimate(Decimal(3), Decimal(20), meaning, Decimal(7))), 4)
        assert re.search(rf"^\| `{meaning}` \|.*\| {mean} \|$", PAGE, re.MULTILINE)


def test_the_bent_metalog() -> None:
    bent = Estimate(Decimal(10), Decimal(40), Meaning.P10_P90_METALOG, Decimal("10.5"))
    assert f"(10, 10.5, 40) moves by\n{plain(moved_by(bent)).replace('-', '−')}" in PAGE


def test_the_table_for_pert_has_as_many_knots_as_the_page_says() -> None:
    assert f"whose {len(_table(2.2, 3.8)[0]):,} knots" in PAGE


def test_the_small_case_year_by_year_and_for_each(example: dict[str, Any]) -> None:
    mean = example["mean_case"]
    for one in mean["by_year"]:
        names = ("year", "costs", "benefits", "net", "factor", "discounted", "cumulated")
        assert row(*(one[name] for name in names)) in PAGE
    for one in mean["by_stakeholder"]:
        assert row(*(one[name] for name in ("stakeholder", "costs", "benefits", "net", "npv"))) in PAGE
    for figure in (
        mean["npv"],
        str(mean["payback"]["year"]),
        mean["npv_of_likely"],
        example["risk_pool"]["expected"],
    ):
        assert f"**{figure}**" in PAGE


def test_the_small_cases_traced_draw(example: dict[str, Any]) -> None:
    middle = example["traced_draws"][1]
    for line in middle["lines"]:
        values = " × ".join(line["values"].values()) or "–"
        assert row(line["line"], values, line["weight"], line["present_value"]) in PAGE
    assert f"| together | | | {middle['total']} |" in PAGE


def test_seventy_five_years() -> None:
    found = holding_on(in_the_house(), "DK", date(2026, 11, 1))
    assert found
    factors = found.rates.factors(76, Discounting.START_OF_YEAR)
    for year in (35, 36, 70, 71, 75):
        assert f"**{rounded(factors[year], 6)}**" in PAGE
    assert f"**{to_the_ore(1000 * sum(factors))}**" in PAGE


@pytest.mark.parametrize("meaning", MEANINGS)
def test_forty_lines_in_five_ways(meaning: str) -> None:
    data = compute(read(forty_lines(meaning))).as_data()
    shown, costs = data["distribution"], data["costs"]
    points = (f"{shown[name]:.0f}" for name in ("p5", "p50", "p95"))
    reserve = f"{100 * costs['reserve'] / costs['p50']:.1f} %"
    assert (
        row(f"`{meaning}`", data["mean_case"]["npv"], *points, f"{shown['p_positive']:.3f}", reserve) in PAGE
    )


def test_every_finding_and_both_limits_stand_on_the_page() -> None:
    assert all(f"`{key}`" in PAGE for key in FINDINGS)
    assert f"over {HEAVY_LINE * 100:.0f} % of all" in PAGE
    assert f"over {WIDE_SPREAD * 100:.0f} % of P50" in PAGE
