"""What holds for guidelines and duties, as content: alike in every language, native, and with a source."""

import tomllib
from pathlib import Path

import pytest

from samspil.dialogue.tests.test_content_files import (
    COMMITTEE_DECIDES,
    HIGHEST_LIX,
    NATIVE,
    OFFICIALESE,
    REGIMES,
    TERMS,
    lix,
    re,
    read,
    skeleton,
    texts,
)

ROOMS = Path(__file__).parents[3]
GUIDELINES = ROOMS / "dialogue" / "content" / "guidelines"
DUTIES = ROOMS / "initiative" / "content" / "duties"
KEYS = {"kind", "regime", "language", "version", "from", "key", "agreed_by", "phase", "before", "terminable"}
KEYS |= {"notice_months", "countries", "opens_when", "safety_rep"}
COUNTRY = {"workplace_assessment": "da", "change_risk_assessment": "sv"}
FILES = sorted([*GUIDELINES.glob("*.toml"), *DUTIES.glob("*.toml")])
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def test_every_regime_and_duty_has_its_native_and_its_reading_version() -> None:
    names = {f"{regime}.{language}.toml" for regime, own in NATIVE.items() for language in (own, "en")}
    names |= {f"{key}.{language}.toml" for key, own in COUNTRY.items() for language in (own, "en")}
    names |= {f"ai_information.{language}.toml" for language in ("da", "sv", "en")}
    assert {path.name for path in FILES} == names


@each_file
def test_it_is_alike_in_its_native_and_its_reading_version(path: Path) -> None:
    key = path.name.split(".")[0]
    assert skeleton(read(path), but=KEYS) == skeleton(read(path.with_name(f"{key}.en.toml")), but=KEYS)


@each_file
def test_no_word_of_the_other_country_is_borrowed_and_nothing_is_empty(path: Path) -> None:
    key, language = path.name.split(".")[:2]
    own = NATIVE.get(key) or COUNTRY.get(key) or ("" if language == "en" else language)
    foreign = "|".join(terms for country, terms in TERMS.items() if country != own)
    found = list(texts(read(path), but=KEYS))
    assert all(found)
    assert [text for text in found if re.search(foreign, text)] == []
    assert [text for text in found if re.search(OFFICIALESE[language], text, re.IGNORECASE)] == []
    assert [text for text in found if re.search(COMMITTEE_DECIDES[language], text, re.IGNORECASE)] == []


@each_file
def test_it_reads_no_harder_than_a_newspaper_and_names_its_source(path: Path) -> None:
    body = read(path)
    assert body["source"]
    parts = [body.get("statement", ""), body.get("good", ""), body.get("explanation", "")]
    parts += [body.get("taking_part", ""), body.get("follow_up", "")]
    assert lix(" ".join(parts)) <= HIGHEST_LIX + 5  # a few words of the law are long


@pytest.mark.parametrize("regime", NATIVE)
def test_what_makes_one_agreed_is_an_outcome_of_the_regime_that_counts(regime: str) -> None:
    table = tomllib.loads((REGIMES / f"{regime}.en.toml").read_text(encoding="utf-8"))
    counts = {one["key"] for one in table["outcomes"] if one["counts_as_discussed"]}
    assert set(read(GUIDELINES / f"{regime}.en.toml")["agreed_by"]) <= counts


@pytest.mark.parametrize("regime", NATIVE)
def test_what_cannot_be_terminated_has_no_notice(regime: str) -> None:
    kinds = read(GUIDELINES / f"{regime}.en.toml")["kinds"]
    assert [one["key"] for one in kinds][:2] == ["initiative", "new_technology"]
    assert all(one["terminable"] or "notice_months" not in one for one in kinds)
    assert [one["key"] for one in kinds if not one["terminable"]] == ["mandatory"] * (regime == "MED")
