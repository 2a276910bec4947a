"""Damaged files: each is read exactly as other people's readers read it, or turned away as a whole."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from samspil.kit.sheets import reader
from tests.lists import mutator, others, town

MEMORY = 200 * 1024 * 1024
SAMPLE, ALL = 300, 10_000
Change = Callable[[bytes, random.Random], bytes]

SHEETS = town.town(people=12, locals_=4)
TABLES: dict[str, Any] = {
    "Personer": [
        ["Nøgle", "E-mail", "Fornavn", "Dag"],
        ["7", "a@b.dk", "Åse", 46_000],
        [8, "c@d.dk", "Bo", 0.5],
    ],
    "Enheder": [["Navn", "Stabsfunktion"], ["Område & co", True], ["<Nord>", False], [], ["Syd", 1e20]],
}
XLSX = [
    town.workbook(TABLES),
    town.as_xlsx({name: SHEETS[name][:6] for name in ("units", "people", "seats")}),
]
CSV = [town.as_csv("people", SHEETS["people"][:8]), town.as_csv("units", SHEETS["units"][:8], separator=",")]
JSON = [town.as_json({name: SHEETS[name][:4] for name in ("units", "people", "groups")})]
ZIP = [town.as_zip({name: SHEETS[name][:6] for name in ("units", "people", "roles")})]
WAYS: dict[str, tuple[list[bytes], tuple[Change, ...], Callable[[bytes], others.Seen]]] = {
    "xlsx": (XLSX, (mutator.bytes_of, mutator.xlsx_structure, mutator.xlsx_structure), others.xlsx),
    "csv": (CSV, (mutator.bytes_of, mutator.csv_structure), lambda data: others.csv("liste.csv", data)),
    "json": (JSON, (mutator.bytes_of, mutator.json_structure), others.json),
    "zip": (ZIP, (mutator.bytes_of, mutator.zip_structure), others.zip_of_csv),
}


@pytest.mark.parametrize("ending", list(WAYS))
def test_a_file_that_is_whole_is_read_as_others_read_it(ending: str) -> None:
    files, _changes, other = WAYS[ending]
    for data in files:
        assert others.ours(reader.ask(f"liste.{ending}", data)["tables"]) == other(data)


@pytest.mark.parametrize("ending", list(WAYS))
def test_a_damaged_file_is_read_as_others_read_it_or_not_at_all(ending: str) -> None:
    taken = _tried(ending, range(SAMPLE))
    assert SAMPLE * 0.05 < taken < SAMPLE * 0.97  # a reader that refuses everything proves nothing


@pytest.mark.prove
@pytest.mark.parametrize("ending", list(WAYS))
def test_ten_thousand_damaged_files(ending: str) -> None:
    _tried(ending, range(SAMPLE, SAMPLE + ALL))


def _tried(ending: str, seeds: range) -> int:
    """How many were read; what was read differently from others stops the test with its seed."""
    files, changes, other = WAYS[ending]
    taken = 0
    for seed in seeds:
        dice = random.Random(f"{ending} {seed}")
        data = dice.choice(changes)(dice.choice(files), dice)
        answered = reader.ask(f"liste.{ending}", data)
        assert answered["peak"] <= MEMORY, seed
        if "refused" in answered:
            assert "tables" not in answered
            assert answered["refused"] in reader.SENTENCES
            continue
        taken += 1
        assert others.ours(answered["tables"]) == other(data), f"seed {seed}"
    return taken
