"""The journal on the command line: proved, handed out, pinned; and checked every day by the worker."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samspil.kit.models import Heartbeat
from samspil.organisation import actions, journal, rounds
from samspil.organisation.models import JournalHead, JournalRow, JournalWords
from tests.cast import Cast

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def house(cast: Cast, at: datetime) -> Cast:
    for name in ("Åse", "Bo", "Eva"):
        actions.add_person(given_name=name, by=cast.viewer("administrator"), at=at)
    return cast


def verify(*options: str) -> int:
    """The exit code of the command."""
    try:
        call_command("journal", "verify", *options)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_whole_journal_says_so(house: Cast, capsys: Capture) -> None:
    assert verify() == 0
    assert "whole" in capsys.readouterr().out


def test_a_fault_is_a_sentence_and_an_exit_code(house: Cast, capsys: Capture) -> None:
    JournalRow.objects.filter(sequence=2).update(verb="organisation.person_left")
    assert verify("--organisation", "fjordby") == 1
    assert "fjordby: Row 2 does not say what it said" in capsys.readouterr().out


def test_programs_read_the_faults_too(house: Cast, capsys: Capture) -> None:
    JournalWords.objects.filter(row__sequence=1).update(facts={"name": "Else", "title": ""})
    assert verify("--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["whole"]
    assert [(one["kind"], one["row"]) for one in said["faults"]] == [("altered_words", 1)]


def test_a_published_head_finds_a_chain_that_was_cut(house: Cast, capsys: Capture) -> None:
    call_command("journal", "publish-head", organisation="fjordby", where="referat 3/2026")
    head = capsys.readouterr().out.strip()
    JournalWords.objects.filter(row__sequence=3).delete()
    JournalRow.objects.filter(sequence=3).delete()
    before = JournalRow.objects.get(sequence=2)
    JournalHead.objects.update(sequence=2, hash=before.hash)
    assert verify("--organisation", "fjordby") == 1
    assert verify("--organisation", "fjordby", "--head", head) == 1
    assert "the chain ends at 2" in capsys.readouterr().out


def test_an_exported_chain_is_verified_without_the_database(
    house: Cast, capsys: Capture, tmp_path: Path
) -> None:
    call_command("journal", "export", organisation="fjordby")
    lines = capsys.readouterr().out
    file = tmp_path / "chain.jsonl"
    file.write_text(lines)
    assert verify("--file", str(file)) == 0
    assert "Åse" not in lines
    file.write_text("".join(line + "\n" for line in lines.splitlines()[:1] + lines.splitlines()[2:]))
    assert verify("--file", str(file)) == 1
    file.write_text("no chain\n")
    with pytest.raises(CommandError):
        verify("--file", str(file))


def test_an_unknown_organisation_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        verify("--organisation", "nowhere")


def test_a_head_without_its_organisation_is_refused(house: Cast) -> None:
    with pytest.raises(CommandError):
        verify("--head", "3:abc")


def test_the_chain_is_checked_once_a_day(house: Cast, at: datetime) -> None:
    rounds.check_chain_daily(house.organisation, at)
    assert Heartbeat.objects.get(name="chain").fine
    JournalRow.objects.filter(sequence=2).update(actor="somebodyelse")
    rounds.check_chain_daily(house.organisation, at + timedelta(hours=5))
    assert Heartbeat.objects.get(name="chain").fine
    rounds.check_chain_daily(house.organisation, at + timedelta(days=1))
    beat = Heartbeat.objects.get(name="chain")
    assert not beat.fine
    assert beat.word.startswith("Row 2")


def test_rows_that_follow_while_one_looks_are_no_fault(
    house: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People go on working while the chain is verified."""
    entries = journal.entries
    late = iter(["Finn"])

    def slow(organisation: object) -> object:
        for name in late:
            actions.add_person(given_name=name, by=house.viewer("administrator"), at=at)
        return entries(organisation)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "entries", slow)
    assert journal.verify(house.organisation) == []
