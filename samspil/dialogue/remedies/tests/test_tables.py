"""The tables of requests: complete, native, readable, alike in both languages, with a source for every deadline."""

import re
from pathlib import Path
from typing import Any

import pytest

from samspil.core.remedy_clock import Unit
from samspil.dialogue.tests.test_content_files import (
    COMMITTEE_DECIDES,
    HIGHEST_LIX,
    NATIVE,
    OFFICIALESE,
    REGIMES,
    TERMS,
    lix,
    read,
    regime_model,
    skeleton,
    texts,
)

TABLES = Path(__file__).parents[2] / "content" / "remedies"
FILES = sorted(TABLES.glob("*.toml"))
SEATS = {"vice_chair", "adjuster", "steward"}
KINDS = {"text", "day", "months", "later", "above", "other"}
ONLY_FOR_MACHINES = {"unit", "owed_by", "place", "raised_by", "from_event", "also_closed", "asks", "default"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
each_regime = pytest.mark.parametrize("regime", NATIVE)


def table(regime: str, language: str) -> dict[str, Any]:
    return read(TABLES / f"{regime}.{language}.toml")


def for_people(value: Any) -> list[str]:
    return [text for text in texts(without_keys(value)) if text]


def without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_keys(inner) for key, inner in value.items() if key not in ONLY_FOR_MACHINES}
    return [without_keys(inner) for inner in value] if isinstance(value, list) else value


def test_every_regime_has_its_native_and_its_reading_version() -> None:
    wanted = {f"{regime}.{language}.toml" for regime in NATIVE for language in (NATIVE[regime], "en")}
    assert {path.name for path in FILES} == wanted


@each_regime
def test_both_versions_are_alike(regime: str) -> None:
    native, reading = (without_keys(table(regime, language)) for language in (NATIVE[regime], "en"))
    assert skeleton(native) == skeleton(reading)
    numbers = [
        [
            (step.get("number"), step.get("unit"), step["verify"])
            for kind in one["cases"]
            for step in kind["steps"]
        ]
        for one in (table(regime, NATIVE[regime]), table(regime, "en"))
    ]
    assert numbers[0] == numbers[1]


@each_file
def test_each_step_has_a_source_and_a_clock_that_can_be_counted(path: Path) -> None:
    for kind in read(path)["cases"]:
        assert set(kind["raised_by"]) <= SEATS
        for step in kind["steps"]:
            assert step["source"]
            assert step["owed_by"] in {"management", "committee", "outside"}
            assert step["place"] in {"here", "main", "outside"}
            assert step.get("unit", "days") in set(Unit)


@each_file
def test_no_word_of_the_other_country_is_borrowed_and_nobody_writes_officialese(path: Path) -> None:
    regime, language = path.name.split(".")[:2]
    foreign = "|".join(terms for known, terms in TERMS.items() if known != NATIVE[regime])
    found = for_people(read(path))
    assert [text for text in found if re.search(foreign, text)] == []
    assert [text for text in found if re.search(OFFICIALESE[language], text, re.IGNORECASE)] == []
    assert [text for text in found if re.search(COMMITTEE_DECIDES[language], text, re.IGNORECASE)] == []


@each_file
def test_what_is_explained_reads_no_harder_than_a_newspaper(path: Path) -> None:
    body = read(path)
    told = [kind["explanation"] for kind in body["cases"]]
    told += [step["explanation"] for kind in body["cases"] for step in kind["steps"]]
    told += [one["explanation"] for one in body["closings"]]
    assert lix(" ".join(told)) <= HIGHEST_LIX


@pytest.mark.parametrize("path", sorted(REGIMES.glob("*.toml")), ids=lambda path: path.name)
def test_whatever_an_outcome_asks_for_is_explained_in_its_table(path: Path) -> None:
    body = read(path)
    known = {ask["key"]: ask for ask in body["asks"]}
    asked = {key for outcome in body["outcomes"] for key in outcome.get("asks", ())}
    assert asked - {"both_positions"} == set(known)
    assert {ask["kind"] for ask in known.values()} <= KINDS


@each_regime
def test_both_versions_of_a_regime_ask_for_the_same(regime: str) -> None:
    asked = [
        [(one["key"], one.get("asks", [])) for one in regime_model(regime, language)["outcomes"]]
        for language in (NATIVE[regime], "en")
    ]
    assert asked[0] == asked[1]


def test_a_notice_is_three_months_unless_the_agreement_says_otherwise() -> None:
    for regime in ("MED", "SU"):
        asks = {ask["key"]: ask for ask in regime_model(regime, "da")["asks"]}
        assert asks["notice"]["default"] == 3
