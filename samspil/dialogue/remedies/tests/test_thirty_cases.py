"""The clock agrees with a table of last days that was made by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from samspil.core.remedy_clock import Term, Unit, closed_days, last_day
from samspil.organisation.holidays import holidays_of

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content" / "remedies"
CASES = tomllib.loads((HERE / "thirty_cases.toml").read_text(encoding="utf-8"))["cases"]
TABLES = {"DK": ("MED.da", "SU.da"), "SE": ("samverkan.sv", "MBL.sv")}


def named(case: dict[str, Any]) -> str:
    return f"{case['country']} {case['from']} + {case['number']} {case['unit']}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_clock_agrees_with_the_calendar_on_the_table(case: dict[str, Any]) -> None:
    start = case["from"]
    years = range(start.year, start.year + 3)
    for name in TABLES[case["country"]]:
        calendar = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))["calendar"]
        closed = closed_days(holidays_of(case["country"], years), calendar["also_closed"], years)
        term = Term(case["number"], Unit(case["unit"]), case.get("moves", calendar["moves"]))
        assert last_day(start, term, closed) == case["due"], case["why"]


def test_there_are_thirty_of_them_from_both_countries() -> None:
    assert len(CASES) >= 30
    assert min(sum(case["country"] == country for case in CASES) for country in TABLES) >= 10
