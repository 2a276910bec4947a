"""Cases for the tests, as JSON values: the reference case of forty lines, small ones, and random ones."""

import csv
import json
import random
from typing import Any

import pytest

from samspil.core.business_case.case import Case
from samspil.core.business_case.key_figures import KeyFigures
from samspil.core.business_case.problems import Misread, Problem
from samspil.core.business_case.reading import FORMAT, read_case
from tests.real_inputs import DATA

FORTY_LINES = DATA / "business-case" / "forty-lines.csv"
MEANINGS = (
    "min_max_pert",
    "min_max_triangular",
    "p10_p90_metalog",
    "range_90_lognormal",
    "range_90_normal",
)
FIRST_YEAR = 2027
STAKEHOLDERS = ("IT", "Elder care", "Schools", "HR", "The citizens", "it")


def a_case(*lines: dict[str, Any], years: int = 3, rate: str = "0.035", **more: Any) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": "Shared shift plan, Fjordby Kommune",
        "currency": "DKK",
        "decided_on": "2026-11-01",
        "first_year": FIRST_YEAR,
        "years": years,
        "price_year": 2026,
        "discount_rates": [{"from_year": 0, "rate": rate}],
        "lines": list(lines) or [a_line("licences")],
        **more,
    }


def a_line(name: str, kind: str = "cost", amount: Any = "100", **more: Any) -> dict[str, Any]:
    who = {"payer": "IT"} if kind == "cost" else {"beneficiary": "Elder care", "owner": "Head of care"}
    shares = {str(FIRST_YEAR): "1"}
    return {
        "id": name,
        "kind": kind,
        "class": "cashable",
        **who,
        **({} if "quantity" in more else {"amount": amount}),
        "share_by_year": shares,
        **more,
    }


def a_range(low: Any, likely: Any, high: Any, meaning: str = "min_max_pert") -> dict[str, Any]:
    found = {
        "low": str(low),
        "high": str(high),
        "meaning": meaning,
        "source": "tender",
        "estimator": "lead",
    }
    return found if likely is None else found | {"likely": str(likely)}


def read(given: dict[str, Any], *sets: KeyFigures) -> Case:
    return read_case(json.dumps(given), sets)


def problems(given: Any, *sets: KeyFigures) -> list[Problem]:
    with pytest.raises(Misread) as caught:
        read_case(given if isinstance(given, str | bytes) else json.dumps(given), sets)
    return list(caught.value.problems)


def forty_lines(meaning: str, **more: Any) -> dict[str, Any]:
    """The reference case: thousand kroner, ten years, the first in full, 3.5 % real."""
    if not FORTY_LINES.exists():
        pytest.skip("The reference case is not here; SAMSPIL_DATA names the folder with business-case/.")
    with FORTY_LINES.open() as file:
        rows = list(csv.DictReader(file))
    lines = [
        a_line(
            row["line"],
            row["kind"],
            a_range(row["low"], row["likely"], row["high"], meaning),
            share_by_year={str(FIRST_YEAR + year): row[f"share_year_{year}"] for year in range(10)},
            **_whose(row["kind"], place),
        )
        for place, row in enumerate(rows)
    ]
    return a_case(*lines, years=10, **more)


def _whose(kind: str, place: int) -> dict[str, str]:
    """Somebody in turn; one name differs from another in case alone."""
    return {"payer" if kind == "cost" else "beneficiary": STAKEHOLDERS[place % len(STAKEHOLDERS)]}


def a_random_case(seed: int) -> dict[str, Any]:
    """Up to a dozen lines of every sort, with drivers, price levels and both scenarios."""
    dice = random.Random(seed)
    years = dice.randint(1, 12)
    drivers = [{"id": f"d{n}", "value": _figure(dice, 0.5, 2)} for n in range(dice.randint(0, 3))]
    lines = [_random_line(dice, f"l{n}", years, drivers) for n in range(dice.randint(1, 12))]
    return a_case(
        *lines,
        years=years,
        rate=str(dice.choice(["0", "0.03", "0.035", "0.05"])),
        drivers=drivers,
        hourly_costs={"nurse": "412.50"},
        own_figures_source="payroll 2026",
        price_index={"2023": "96.4", "2026": "104.1"},
        discounting=dice.choice(["start_of_year", "end_of_year"]),
        payback=dice.choice(["undiscounted", "discounted"]),
    )


def _random_line(dice: random.Random, name: str, years: int, drivers: list[dict[str, Any]]) -> dict[str, Any]:
    kind = dice.choice(["cost", "benefit"])
    scale = 10 ** dice.randint(2, 6)
    figures: dict[str, Any] = {"amount": _figure(dice, scale, 3 * scale)}
    if dice.random() < 0.4:
        price = {"hourly_cost": "nurse"} if dice.random() < 0.5 else _figure(dice, 100, 900)
        figures = {"quantity": _figure(dice, 10, 500), "price": price}
    found = a_line(
        name,
        kind,
        **{"amount": None, **figures},
        share_by_year={
            str(FIRST_YEAR + year): f"{dice.random():.4f}" for year in range(years) if dice.random() < 0.8
        }
        or {str(FIRST_YEAR): "1"},
        drivers=[one["id"] for one in drivers if dice.random() < 0.4],
        scenario=dice.choice(["difference", "with", "without"]),
        **_whose(kind, dice.randrange(9)),
    )
    if dice.random() < 0.3:
        found["price_year"] = 2023
    if dice.random() < 0.2:
        found["class"] = "reallocation"
    return {key: value for key, value in found.items() if value is not None}


def _figure(dice: random.Random, least: float, most: float) -> Any:
    if dice.random() < 0.25:
        return f"{dice.uniform(least, most):.2f}"
    low, likely, high = sorted(dice.uniform(least, most) for _ in range(3))
    meaning = dice.choice(MEANINGS)
    return a_range(f"{low:.4f}", f"{likely:.4f}", f"{high + 0.001:.4f}", meaning)
