"""Nobody can link a person to a secret ballot: by exchanging them, by looking everywhere, by trying hard.

Each harness runs in a process and a database of its own; day by day on samples, `make prove` with the figures
that are promised.
"""

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.databases import postgres
from tests.secrecy import house

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
LEAKS = ("row_order", "times", "seed")


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        with postgres() as url:
            yield url
        return
    yield f"sqlite:///{folder}/house.sqlite3"


def harness(module: str, kind: str, folder: Path, *arguments: str) -> dict[str, Any]:
    with fresh(kind, folder) as url:
        said = house.run(module, url, *arguments, var=folder)
    print(module, kind, *arguments, said[-600:])
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def drawn() -> str:
    """A seed drawn at test time; it is printed with what came of it."""
    return str(int.from_bytes(os.urandom(3)))


# --- who answered what is exchanged, and nothing differs ---------------------------------------------------------


@pytest.mark.parametrize(("kind", "pairs"), [("sqlite", 10), ("postgresql", 2)])
def test_exchanging_ballots_among_people_changes_no_byte(kind: str, pairs: int, tmp_path: Path) -> None:
    found = harness("swap", kind, tmp_path, "--pairs", str(pairs), "--every", "3", "--seed", drawn())
    assert found["looked_at"]["destroyed"] == pairs
    assert set(found["different"].values()) == {0}


def test_a_house_that_keeps_the_order_of_its_roster_is_caught(tmp_path: Path) -> None:
    found = harness("swap", "sqlite", tmp_path, "--pairs", "2", "--leak")
    assert found["different"]["exported"] == 2


@pytest.mark.prove
@BOTH
def test_exchanging_ballots_a_thousand_times_changes_no_byte(kind: str, tmp_path: Path) -> None:
    found = harness("swap", kind, tmp_path, "--pairs", "1000", "--every", "10", "--seed", drawn())
    assert found["looked_at"] == {"exported": 100, "opened": 100, "destroyed": 1000}
    assert set(found["different"].values()) == {0}


# --- somebody who has everything tries to link ------------------------------------------------------------------


def upper_bound(right: int, said: int) -> float:
    """99 %, one-sided, by Wilson."""
    z, share = 2.326, right / said
    middle = share + z * z / (2 * said)
    spread = z * math.sqrt(share * (1 - share) / said + z * z / (4 * said * said))
    return (middle + spread) / (1 + z * z / said)


def test_a_linker_finds_planted_leaks_and_nothing_else(tmp_path: Path) -> None:
    found = harness("link", "sqlite", tmp_path, "--rounds", "1", "--plant", "all", "--seed", drawn())
    assert min(found[leak]["share"] for leak in LEAKS) >= 0.9
    assert found[""]["share"] < 0.3


@pytest.mark.prove
def test_over_a_thousand_rounds_a_linker_does_not_beat_guessing(tmp_path: Path) -> None:
    found = harness("link", "sqlite", tmp_path, "--rounds", "1000", "--seed", drawn())[""]
    bound = upper_bound(found["right"], found["said"])
    print(f"upper 99 % bound of correct links: {bound:.4f}")
    assert bound < 1 / house.PEOPLE + 0.01


@pytest.mark.prove
@pytest.mark.parametrize("leak", LEAKS)
def test_the_same_linker_finds_a_planted_leak(leak: str, tmp_path: Path) -> None:
    found = harness("link", "sqlite", tmp_path, "--rounds", "50", "--plant", leak, "--seed", drawn())
    assert found[leak]["share"] >= 0.9


# --- the canary -------------------------------------------------------------------------------------------------


def _nothing_was_found(found: dict[str, Any], kind: str) -> None:
    seen = found["seen"]
    for moment in ("open", "closed"):
        assert seen[moment]["answer"] == []
    assert {tuple(look["address"] + look["browser"]) for look in seen.values()} == {()}
    texts = "dump" if kind == "postgresql" else "house.sqlite3"
    assert texts in [name.removesuffix("-wal") for name in seen["destroyed"]["answer"]]
    assert "destroyed.backup" in seen["destroyed"]["answer"]
    assert not any(name.endswith((".log", ".jsonl")) for look in seen.values() for name in look["answer"])
    assert not {"open.backup", "closed.backup"} & set(seen["destroyed"]["answer"])
    assert found["together"] == []
    assert found["lines"] == []


def test_an_answer_and_whoever_gave_it_stand_nowhere_together(tmp_path: Path) -> None:
    found = harness("canary", "sqlite", tmp_path, str(tmp_path), "--every", "3")
    assert found["failed"] >= 3
    _nothing_was_found(found, "sqlite")


@pytest.mark.prove
@BOTH
def test_whichever_statement_fails_nothing_is_left_lying_about(kind: str, tmp_path: Path) -> None:
    found = harness("canary", kind, tmp_path, str(tmp_path), "--every", "1")
    assert found["failed"] >= 8
    _nothing_was_found(found, kind)


# --- killed on the way -------------------------------------------------------------------------------------------


def test_killed_while_closing_the_urn_goes_on_with_nothing_lost_or_twice(tmp_path: Path) -> None:
    found = harness("kills", "sqlite", tmp_path, "--every", "29", "--seed", drawn())
    assert found["kills"] >= 5
    assert found["different"] == []


@pytest.mark.prove
@BOTH
def test_killed_at_every_statement_of_closing_nothing_is_lost_or_twice(kind: str, tmp_path: Path) -> None:
    found = harness("kills", kind, tmp_path)
    assert found["kills"] >= 100
    assert found["different"] == []


# --- sixteen at once ---------------------------------------------------------------------------------------------


@BOTH
def test_sixteen_at_once_leave_one_ballot_and_hear_of_no_fault(kind: str, tmp_path: Path) -> None:
    found = harness("race", kind, tmp_path, "--people", "1")
    assert found == {"answered": {"200": 16}, "envelopes": 1}


@pytest.mark.prove
@BOTH
def test_sixteen_at_once_for_each_of_thirteen(kind: str, tmp_path: Path) -> None:
    found = harness("race", kind, tmp_path, "--people", "13")
    assert found == {"answered": {"200": 208}, "envelopes": 13}


# --- backups -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.prove)])
def test_no_backup_holds_a_ballot_and_a_restored_round_says_so(kind: str, tmp_path: Path) -> None:
    found = harness("restore", kind, tmp_path, str(tmp_path / "safe.backup"))
    assert found == {"cast": 7, "left": 0, "emptied": True, "told": 1, "cast_again": 6}
