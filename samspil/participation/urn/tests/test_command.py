"""`samspil urn count` runs where nothing is set up, asks for two keys, and gives the hash of the house's own count."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samspil.core.urn import keys
from samspil.participation.urn import queries
from tests.urns import Device, SecretRound, answered, ballot_of

SAMSPIL = Path(sys.executable).parent / "samspil"


@pytest.fixture
def opened(open_round: SecretRound, tmp_path: Path) -> SecretRound:
    """A round that was opened; beside it lie the urn's file and the three papers."""
    answered(open_round, [ballot_of(1, -1, 0, 1)] * 4 + [ballot_of(-1, -1, 1)] * 3)
    open_round.close()
    (tmp_path / "urn.json").write_bytes(queries.sealed_urn(open_round.urn).as_bytes())
    open_round.open_urn()
    (tmp_path / "opened.json").write_bytes(bytes(open_round.urn.result.data))  # type: ignore[union-attr]
    for who, device in open_round.devices.items():
        (tmp_path / who).write_text(keys.as_text(device.secret).lower() + "\n")
    return open_round


def count(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """As a holder runs it: no settings, no database, no folder of its own that may be written."""
    known = {"PATH": os.environ["PATH"], "LC_ALL": "C", "SAMSPIL_VAR": "/nowhere", "PYTHONUTF8": "1"}
    command = [SAMSPIL, "urn", "count", *arguments]
    return subprocess.run(command, cwd=folder, env=known, input=typed, capture_output=True, text=True)


def test_two_holders_get_the_hash_of_the_house(opened: SecretRound, tmp_path: Path) -> None:
    said = count(tmp_path, "urn.json", "--key", "steward", "--key", "secretary", "--json")
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["result_sha256"] == opened.urn.result_sha256
    assert found["urn_sha256"] == opened.urn.urn_sha256
    assert (found["cast"], found["spoiled"], found["too_few_answers"]) == (7, 0, ["q4"])
    assert found["statements"][0] == {
        "key": "q1",
        "text": "Vagtplanen passer",
        "agree": 4,
        "disagree": 3,
        "passed": 0,
    }


def test_keys_are_typed_when_no_file_has_them(opened: SecretRound, tmp_path: Path) -> None:
    typed = "".join((tmp_path / who).read_text() for who in ("vice_chair", "steward"))
    said = count(tmp_path, "urn.json", typed=typed)
    assert said.returncode == 0, said.stderr
    assert opened.urn.result_sha256 in said.stdout
    assert "agree 4 · disagree 3 · pass 0" in said.stdout


def test_an_opened_urn_is_counted_without_keys(opened: SecretRound, tmp_path: Path) -> None:
    said = count(tmp_path, "opened.json")
    assert said.returncode == 0, said.stderr
    assert opened.urn.result_sha256 in said.stdout


def test_it_says_why_it_cannot_count(opened: SecretRound, tmp_path: Path) -> None:
    key = (tmp_path / "steward").read_text().strip()
    (tmp_path / "foreign").write_text(keys.as_text(Device().secret))
    (tmp_path / "mistyped").write_text(("0" if key[0] != "0" else "1") + key[1:])
    (tmp_path / "short").write_text(key[:-6])
    (tmp_path / "no-urn.json").write_text("{}")
    for arguments, sentence in (
        (["urn.json", "--key", "foreign"], "not a key of this urn"),
        (["urn.json", "--key", "mistyped"], "Group 1"),
        (["urn.json", "--key", "short"], "eight groups"),
        (["urn.json", "--key", "steward", "--key", "steward"], "same key twice"),
        (["no-urn.json"], "no urn of Samspil"),
        (["nowhere.json"], "cannot be read"),
    ):
        said = count(tmp_path, *arguments)
        assert said.returncode == 2
        assert sentence in said.stderr
        assert said.stdout == ""
