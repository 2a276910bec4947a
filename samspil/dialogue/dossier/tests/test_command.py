"""`samspil dossier verify` runs where nothing is set up, speaks the person's language, and ends with 0, 1 or 2."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from samspil.core import dossier as core
from samspil.dialogue.dossier import command
from samspil.dialogue.dossier.tests.conftest import Told
from samspil.dialogue.models import Item

Tell = Callable[..., Told]
SAMSPIL = Path(sys.executable).parent / "samspil"


@pytest.fixture
def file(item: Item, told: Tell, tmp_path: Path) -> Path:
    path = tmp_path / "dossier.zip"
    path.write_bytes(told().data)
    return path


def verify(*arguments: object, language: str = "da_DK.UTF-8") -> subprocess.CompletedProcess[str]:
    """As a stranger runs it: no settings, no database, no folder of its own that may be written."""
    known = {"PATH": os.environ["PATH"], "LC_ALL": language, "SAMSPIL_VAR": "/nowhere", "PYTHONUTF8": "1"}
    command_line = [SAMSPIL, "dossier", "verify", *map(str, arguments)]
    return subprocess.run(command_line, capture_output=True, text=True, env=known, cwd="/")


def test_it_runs_without_server_database_and_settings(file: Path) -> None:
    answer = verify(file)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Alt passer" in answer.stdout
    assert "version 1 godkendt 2026-03-04, ikke ændret siden" in answer.stdout
    assert core.examine(file.read_bytes()).package_sha256 in answer.stdout


def test_it_needs_nothing_but_python_and_core() -> None:
    code = (
        "import sys, samspil.dialogue.dossier.command;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'typst', 'babel'}))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_a_changed_byte_ends_with_1_and_names_the_file(file: Path) -> None:
    data = bytearray(file.read_bytes())
    at = data.index(b"%PDF") + 60
    data[at] ^= 1
    file.write_bytes(data)
    answer = verify(file)
    assert answer.returncode == 1
    assert "NOGET PASSER IKKE" in answer.stdout
    assert "1 Overblik.pdf" in answer.stdout


def test_a_changed_byte_is_one_line_and_the_file_has_no_fingerprint_to_compare(file: Path) -> None:
    package = core.examine(file.read_bytes()).package_sha256
    for at in (file.read_bytes().index(b"%PDF") + 60, 10, file.read_bytes().index(b'"made_on"') + 3):
        data = bytearray(file.read_bytes())
        data[at] ^= 1
        changed = file.with_name("changed.zip")
        changed.write_bytes(data)
        answer = verify(changed)
        assert answer.returncode == 1
        assert answer.stdout.count("  – ") == 1, answer.stdout
        assert package not in answer.stdout
        assert "har ikke noget at sammenligne" in answer.stdout


def test_a_byte_between_the_files_is_named_with_its_place(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[10] ^= 1
    file.write_bytes(data)
    assert "  – Ændret ved byte 10, i: 1 Overblik.pdf" in verify(file).stdout
    file.write_bytes(data[:-1])
    data[10] ^= 1
    file.write_bytes(data + b"x")
    assert "i: det, der står efter filerne i den" in verify(file).stdout


def test_what_is_no_dossier_or_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK\x03\x04 hej")
    assert verify(other).returncode == 2
    assert verify(tmp_path / "nothing.zip").returncode == 2
    assert verify().returncode == 2


@pytest.mark.parametrize("computer", ["da_DK.UTF-8", "sv_SE.UTF-8", "C"])
def test_it_speaks_the_language_of_the_dossier(file: Path, computer: str) -> None:
    assert verify(file, language=computer).stdout == verify(file).stdout
    assert "Alt passer" in verify(file, language=computer).stdout


@pytest.mark.parametrize(("language", "word"), [("sv", "Allt stämmer"), ("en", "Everything fits")])
def test_it_speaks_the_language_that_was_asked_for(file: Path, language: str, word: str) -> None:
    assert word in verify(file, "--language", language).stdout


def test_about_no_dossier_it_speaks_the_language_of_the_computer(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK\x03\x04 hej")
    assert "inte en dossier" in verify(other, language="sv_SE.UTF-8").stdout
    assert "ikke et dossier" in verify(other).stdout


def test_programs_read_json(file: Path) -> None:
    known = json.loads(verify(file, "--json").stdout)
    assert (known["whole"], known["faults"], known["rows_about"] > 5) == (True, [], True)


def test_a_head_that_was_printed_is_compared(file: Path) -> None:
    head = core.examine(file.read_bytes()).head
    assert head
    assert verify(file, "--head", f"{head.sequence}:{head.hash}").returncode == 0
    assert verify(file, "--head", f"{head.sequence}:{'0' * 64}").returncode == 1
    assert verify(file, "--head", f"{head.sequence + 9}:{'0' * 64}").returncode == 2


def test_every_fault_has_a_sentence(item: Item, told: Tell) -> None:
    source = Path(core.__file__).read_text()
    for kind in command.SENTENCES:
        assert kind.removeprefix("journal_") in source + Path(core.journal.__file__).read_text(), kind
    for fault in ("twice", "structure", "journal_missing", "shape"):
        assert command.sentence(core.Fault(fault, "a", "b"), str)
