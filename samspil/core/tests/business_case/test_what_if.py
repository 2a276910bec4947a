"""What if: the mean case follows a figure in proportion, and no other line moves."""

import json
from decimal import Decimal

import pytest

from samspil.core.business_case.case import Case
from samspil.core.business_case.estimates import Meaning
from samspil.core.business_case.mean_case import mean_case
from samspil.core.business_case.reading import read_case
from samspil.core.business_case.what_if import with_factors


def case_of(meaning: str) -> Case:
    points = {"low": 60, "likely": 80, "high": 130, "meaning": meaning}
    cost = {
        "id": "c",
        "kind": "cost",
        "class": "cashable",
        "amount": 50,
        "share_by_year": {"2027": 1, "2028": 1},
    }
    benefit = {
        "id": "b",
        "kind": "benefit",
        "class": "cashable",
        "quantity": points,
        "price": {"hourly_cost": "carer"},
        "drivers": ["uptake"],
        "share_by_year": {"2028": 1},
    }
    data = {
        "format": "samspil-business-case-1",
        "title": "x",
        "currency": "DKK",
        "decided_on": "2026-01-01",
        "first_year": 2027,
        "years": 2,
        "price_year": 2026,
        "discount_rates": [{"from_year": 0, "rate": 0.03}],
        "hourly_costs": {"carer": 3},
        "drivers": [{"id": "uptake", "value": 0.5}],
        "lines": [cost, benefit],
    }
    return read_case(json.dumps(data))


@pytest.mark.parametrize("meaning", [one.value for one in Meaning])
def test_the_worth_of_a_line_follows_its_figure_and_its_drivers(meaning: str) -> None:
    case = case_of(meaning)
    before = {one.line.id: one.present_value for one in mean_case(case).lines}
    for name in ("b", "uptake"):
        after = {
            one.line.id: one.present_value
            for one in mean_case(with_factors(case, {name: Decimal("1.2")})).lines
        }
        assert float(after["b"] / before["b"]) == pytest.approx(1.2, rel=1e-12)
        assert after["c"] == before["c"]


def test_nothing_is_another_without_factors() -> None:
    case = case_of("min_max_pert")
    assert with_factors(case, {}) == case
