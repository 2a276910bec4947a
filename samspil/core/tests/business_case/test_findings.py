"""What a person should look at: each finding by its key, its places and a sentence that says what to do."""

import json
from typing import Any

import pytest

from samspil.core.business_case.findings import FINDINGS
from samspil.core.business_case.result import compute, sentence

from .cases import a_case, a_line, a_range, read


def found(given: dict[str, Any]) -> dict[str, tuple[tuple[str, ...], str]]:
    return {one.key: (one.places, one.value) for one in compute(read(given), draws=1_000).findings}


def clean() -> dict[str, Any]:
    """A case about which there is nothing to say."""
    cost, gain = a_range(95, 100, 105), a_range(90, 120, 150)
    lines = [a_line(f"c{n}", "cost", cost) for n in range(5)]
    lines += [a_line(f"b{n}", "benefit", gain) for n in range(5)]
    risk = {"id": "late", "probability": "0.2", "consequence": a_range(10, 20, 60), "lines": ["c1"]}
    return json.loads(json.dumps(a_case(*lines, risks=[risk])))  # type: ignore[no-any-return]


def test_a_clean_case_has_no_findings() -> None:
    assert found(clean()) == {}


HOURS = {"hours": {"whose": "Night team", "task": "Handover"}}
MINUTES = {"class": "reallocation"}


@pytest.mark.parametrize(
    ("change", "key", "places", "value"),
    [
        (lambda case: case["lines"][0]["amount"].pop("source"), "no_source", ("c0",), ""),
        (lambda case: case["risks"][0]["consequence"].pop("source"), "no_source", ("late",), ""),
        (lambda case: case.update(hourly_costs={"nurse": 100}) or case["lines"][0].update(amount={"hourly_cost": "nurse"}), "no_source", ("c0",), ""),
        (lambda case: case["lines"][0]["amount"].pop("estimator"), "no_estimator", ("c0",), ""),
        (lambda case: case["lines"][7].pop("owner"), "no_owner", ("b2",), ""),
        (lambda case: case["lines"][0].pop("payer"), "no_payer", ("c0",), ""),
        (lambda case: case["lines"][5].pop("beneficiary"), "no_beneficiary", ("b0",), ""),
        (lambda case: case.pop("risks"), "no_risks", (), ""),
        (lambda case: case["risks"][0].pop("lines"), "risk_unlinked", ("late",), ""),
        (lambda case: [line.update(HOURS) for line in case["lines"][6:8]], "same_hours", ("b1", "b2"), "Night team: Handover"),
        (lambda case: case["lines"][5].update(MINUTES), "freed_time", ("b0",), "120.00"),
        (lambda case: case["lines"][5].update(amount="900"), "heavy_benefit", ("b0",), "65"),
        (lambda case: case["lines"][0]["amount"].update(low="100", high="100"), "no_range", ("c0",), ""),
        (lambda case: case["lines"][0]["amount"].update(meaning="range_90_normal"), "likely_unused", ("c0",), ""),
        (lambda case: case.update(years_independent=True), "years_independent", (), ""),
        (
            lambda case: case["lines"].append(a_line("exit", "cost", "900", share_by_year={"2029": "1"})),
            "payback_undone",
            (),
            "2027",
        ),
    ],
)  # fmt: skip
def test_what_is_pointed_out(change: Any, key: str, places: tuple[str, ...], value: str) -> None:
    case = clean()
    change(case)
    assert found(case)[key] == (places, value)


def test_a_wide_spread_of_costs_is_pointed_out() -> None:
    lines = [a_line("system", "cost", a_range(50, 100, 400)), a_line("cover", "cost", a_range(50, 100, 400))]
    assert "wide_spread" in found(a_case(*lines))


def test_a_metalog_that_was_bent_is_pointed_out_with_how_much() -> None:
    places, value = found(a_case(a_line("c", "cost", a_range(10, "10.5", 40, "p10_p90_metalog"))))[
        "bent_metalog"
    ]
    assert (places, value) == (("c",), "-4.498")


def test_the_same_hours_of_a_cost_and_a_benefit_are_no_double_counting() -> None:
    case = clean()
    case["lines"][0].update(HOURS)
    case["lines"][6].update(HOURS)
    assert "same_hours" not in found(case)


def test_every_finding_has_a_sentence_in_which_all_is_filled_in() -> None:
    case = clean()
    case["lines"][5].update(MINUTES)
    for one in compute(read(case), draws=1_000).findings:
        assert "{" not in sentence(one)
    assert all("{" not in text.format(places="a", value="b") for text in FINDINGS.values())
