"""A case as JSON: every fault gets a sentence with its place and a remedy; what is written is read back the same."""

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

from samspil.core.business_case.problems import PROBLEMS, Misread
from samspil.core.business_case.reading import FORMAT, read_case
from samspil.core.business_case.result import compute
from samspil.core.business_case.writing import as_data, input_hash

from .cases import a_case, a_line, a_random_case, a_range, forty_lines, problems, read

ROOT = Path(__file__).parents[4]
SCHEMA = json.loads((ROOT / "docs" / "business-case.schema.json").read_text())
KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "integer": (int,),
    "null": (type(None),),
}

# --- bad input -------------------------------------------------------------------------------------------------


def line(**more: Any) -> dict[str, Any]:
    return a_case(a_line("licences", **more))


def pert(low: Any, likely: Any, high: Any) -> dict[str, Any]:
    return line(amount=a_range(low, likely, high))


WRONG: list[tuple[str, Any, str, str]] = [
    ("min above max", pert(9, 5, 3), "lines[1].amount", "low_above_high"),
    ("likely outside", pert(1, 9, 3), "lines[1].amount.likely", "likely_outside"),
    ("NaN as a text", pert("NaN", 5, 9), "lines[1].amount.low", "no_number"),
    ("infinity", pert(1, 5, "Infinity"), "lines[1].amount.high", "no_number"),
    ("1e400", pert(1, 5, "1e400"), "lines[1].amount.high", "too_large"),
    ("1e999999999", pert(1, 5, "1e999999999"), "lines[1].amount.high", "too_large"),
    ("1e-999999999", pert("1e-999999999", 5, 9), "lines[1].amount.low", "too_fine"),
    ("1e-400", pert("1e-400", 5, 9), "lines[1].amount.low", "too_fine"),
    ("a product beyond measure", a_case(a_line("v", quantity="1e9", price="1e9")), "lines[1]", "too_large"),
    ("an index below zero", line(price_year=2020) | {"price_index": {"2020": -1, "2026": 1}}, "lines[1].price_year", "no_index"),
    ("a comma", line(amount="1.250,50"), "lines[1].amount", "no_number"),
    ("a formula's fault", line(amount="#REF!"), "lines[1].amount", "no_number"),
    ("true for a number", line(amount=True), "lines[1].amount", "no_number"),
    ("an endless number", line(amount="1" * 70), "lines[1].amount", "too_large"),
    ("endless decimals", line(amount="0." + "3" * 70), "lines[1].amount", "too_fine"),
    ("no meaning", line(amount={"low": "1", "likely": "2", "high": "3"}), "lines[1].amount.meaning", "no_meaning"),
    ("an unknown meaning", line(amount=a_range(1, 2, 3, "roughly")), "lines[1].amount.meaning", "no_choice"),
    ("no likely", line(amount=a_range(1, None, 3)), "lines[1].amount.likely", "no_likely"),
    ("lognormal below zero", line(amount=a_range(-1, None, 3, "range_90_lognormal")), "lines[1].amount.low", "not_above_zero"),
    ("probability 1.2", a_case(risks=[{"id": "r", "probability": 1.2, "consequence": 1}]), "risks[1].probability", "not_a_probability"),
    ("probability −0.1", a_case(risks=[{"id": "r", "probability": -0.1, "consequence": 1}]), "risks[1].probability", "not_a_probability"),
    ("coverage 80", a_case(coverage=80), "coverage", "not_a_probability"),
    ("two currencies", line(currency="SEK"), "lines[1].currency", "currency"),
    ("no years", line(share_by_year={}), "lines[1].share_by_year", "no_years"),
    ("a year outside", line(share_by_year={"2035": 1}), "lines[1].share_by_year", "year_outside"),
    ("a year in words", line(share_by_year={"next": 1}), "lines[1].share_by_year.next", "no_whole"),
    ("no year at all", a_case(years=0), "years", "years"),
    ("a thousand years", a_case(years=1000), "years", "years"),
    ("half a year", a_case(years=2.5), "years", "no_whole"),
    ("no lines", a_case() | {"lines": []}, "lines", "no_lines"),
    ("10,000 lines", a_case() | {"lines": [a_line(f"l{n}") for n in range(10_000)]}, "lines", "too_many_lines"),
    ("3,100 risks", a_case(risks=[{"id": str(n), "probability": 1, "consequence": 1} for n in range(3_100)]), "", "too_many_figures"),
    ("40 years by themselves", a_case(*[a_line(f"l{n}", amount=a_range(1, 2, 3)) for n in range(80)], years=40, years_independent=True), "", "too_many_figures"),
    ("a line twice", a_case(a_line("a"), a_line("a")), "lines[2].id", "twice"),
    ("no figure", a_case({k: v for k, v in a_line("a").items() if k != "amount"}), "lines[1]", "no_quantity"),
    ("a price alone", a_case(a_line("a") | {"amount": None, "price": 3}), "lines[1]", "no_quantity"),
    ("amount and price", line(price=3), "lines[1]", "both_quantities"),
    ("figures without an amount", line(**{"class": "qualitative"}), "lines[1]", "figures_in_words"),
    ("an unknown driver", line(drivers=["uptake"]), "lines[1].drivers", "no_driver"),
    ("a risk of no line", a_case(risks=[{"id": "r", "probability": 1, "consequence": 1, "lines": ["x"]}]), "risks[1].lines", "no_line"),
    ("no such hourly cost", line(amount={"hourly_cost": "nurse"}), "lines[1].amount", "no_hourly_cost"),
    ("no index", line(price_year=2020), "lines[1].price_year", "no_index"),
    ("a misspelt field", line(payor="IT"), "lines[1].payor", "unknown"),
    ("a wrong class", line(**{"class": "soft"}), "lines[1].class", "no_choice"),
    ("a rate of 3.5", a_case(rate="3.5"), "discount_rates[1].rate", "not_a_rate"),
    ("bands with a gap", a_case() | {"discount_rates": [{"from_year": 0, "to_year": 3, "rate": "0.03"}, {"from_year": 5, "rate": "0.02"}]}, "discount_rates", "bands"),
    ("bands that end", a_case(years=9) | {"discount_rates": [{"from_year": 0, "to_year": 3, "rate": "0.03"}]}, "discount_rates", "bands_end"),
    ("no rates at all", {k: v for k, v in a_case().items() if k != "discount_rates"}, "country", "no_rates"),
    ("a day that is none", a_case(decided_on="2026-02-30"), "decided_on", "no_day"),
    ("correlation 0.5", a_case(cost_correlation=0.5), "cost_correlation", "no_choice"),
    ("a list for an object", a_case(drivers=[[]]), "drivers[1]", "no_object"),
    ("an object for a list", a_case() | {"lines": {}}, "lines", "no_list"),
    ("a number for a text", a_case(title=3), "title", "no_text"),
    ("nothing for a flag", a_case(years_independent="yes"), "years_independent", "no_flag"),
    ("another format", {"format": "samspil-dossier-1"}, "format", "not_a_case"),
    ("a list", [], "format", "not_a_case"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "place", "key"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_bad_input_is_told_with_place_and_remedy(given: Any, place: str, key: str) -> None:
    found = problems(given)
    assert (place, key) in [(one.place, one.key) for one in found]
    assert all(re.fullmatch(r"[^{}]{12,}", one.sentence()) for one in found)


@pytest.mark.parametrize("text", ["", "{", "[1,", '"case"', b"\xff\xfe", "[" * 100_000])
def test_what_is_no_json_is_no_case(text: str | bytes) -> None:
    assert problems(text)[0].key in ("not_json", "not_a_case")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_bare_words_for_numbers_are_refused(word: str) -> None:
    text = json.dumps(line(amount="@")).replace('"@"', word)
    assert [one.place for one in problems(text)] == ["lines[1].amount"]


def test_a_field_that_stands_twice_is_refused() -> None:
    text = json.dumps(a_case()).replace('"title"', '"title": "x", "title"', 1)
    assert [(one.key, one.value) for one in problems(text)] == [("twice", "title")]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    given = a_case(a_line("a", amount="x"), a_line("b", currency="SEK"), coverage=9)
    assert {one.place for one in problems(given)} == {"lines[1].amount", "lines[2].currency", "coverage"}


def test_every_sentence_of_a_problem_can_arise() -> None:
    arising = {one[3] for one in WRONG} | {"not_json", "missing"}
    assert set(PROBLEMS) - arising == {"twice"} - arising


@given_(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=10,
    ),
    st.sampled_from(sorted(a_case())),
)
@settings(max_examples=100)
def test_whatever_stands_in_a_field_is_read_or_refused(value: Any, name: str) -> None:
    with suppress(Misread):
        read_case(json.dumps(a_case() | {name: value}))


# --- written and read back -------------------------------------------------------------------------------------


@given_(st.integers(0, 10**9))
@settings(max_examples=50)
def test_what_is_written_is_read_back_as_the_same_case(seed: int) -> None:
    case = read(a_random_case(seed))
    again = read(as_data(case))
    assert as_data(again) == as_data(case)
    assert input_hash(again) == input_hash(case)


def test_the_same_numbers_written_otherwise_are_the_same_input() -> None:
    given = forty_lines("min_max_pert")
    as_numbers = json.loads(json.dumps(given), parse_int=int)
    for one in as_numbers["lines"]:
        one["amount"] |= {name: float(one["amount"][name]) for name in ("low", "likely", "high")}
    assert input_hash(read(as_numbers)) == input_hash(read(given))


@pytest.mark.parametrize("name", ["title", "currency", "decided_on", "price_year"])
def test_any_change_changes_the_input_hash(name: str) -> None:
    other = {"title": "Another", "currency": "SEK", "decided_on": "2026-11-02", "price_year": 2025}
    assert input_hash(read(a_case() | {name: other[name]})) != input_hash(read(a_case()))


# --- the schema ------------------------------------------------------------------------------------------------


def faults_of(value: Any, schema: Any, at: str = "$") -> list[str]:
    """As much of JSON Schema as our schema uses."""
    if "$ref" in schema:
        return faults_of(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], at)
    if "anyOf" in schema:
        return [] if any(not faults_of(value, one, at) for one in schema["anyOf"]) else [f"{at}: {value!r}"]
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [f"{at}: {value!r}"]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if type(value) not in [kind for name in kinds for kind in KINDS[name]]:
        return [f"{at}: {value!r} is no {schema['type']}"]
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r}"]
    if isinstance(value, list):
        return [fault for one in value for fault in faults_of(one, schema["items"], f"{at}[]")]
    return _of_object(value, schema, at) if isinstance(value, dict) else []


def _of_object(value: dict[str, Any], schema: Any, at: str) -> list[str]:
    known, rest = schema.get("properties", {}), schema.get("additionalProperties", False)
    found = [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
    for name, one in value.items():
        if name in known or rest:
            found += faults_of(one, known.get(name, rest), f"{at}.{name}")
        else:
            found.append(f"{at}.{name} is not in the schema")
    return found


@pytest.mark.parametrize("seed", range(20))
def test_cases_fit_the_schema(seed: int) -> None:
    given = a_random_case(seed)
    assert faults_of(given, SCHEMA["$defs"]["case"]) == []
    assert faults_of(as_data(read(given)), SCHEMA["$defs"]["case"]) == []


def test_results_fit_the_schema_and_leave_nothing_out() -> None:
    risk = {"id": "r", "probability": "0.5", "consequence": "3"}
    data = compute(read(a_random_case(3) | {"risks": [risk]}), draws=2_000).as_data()
    assert faults_of(json.loads(json.dumps(data)), SCHEMA["$defs"]["result"]) == []
    assert set(data) == set(SCHEMA["$defs"]["result"]["properties"]) - {"against"}


@pytest.mark.parametrize("name", ["decided_on", "lines", "first_year"])
def test_what_the_schema_requires_the_reader_requires(name: str) -> None:
    assert name in SCHEMA["$defs"]["case"]["required"]
    assert problems({key: value for key, value in a_case().items() if key != name})


def test_the_schema_bears_the_name_of_the_format() -> None:
    assert SCHEMA["title"] == FORMAT
