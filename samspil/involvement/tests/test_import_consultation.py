"""A finished consultation comes onto an initiative: once, all of it, and remembered."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samspil.core.consultation import read
from samspil.initiative import figures
from samspil.initiative.models import Evidence, Figure, Initiative, Thing
from samspil.involvement.actions import import_consultation
from samspil.involvement.boards import consultation_texts, sealed_consultations
from samspil.involvement.files import fingerprint, tables_in
from samspil.involvement.models import Consultation, Statement
from samspil.kit import clock
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalWords
from tests.cast import Cast
from tests.real_inputs import OPINIONS as DATA

from .conversations import SAID, brought_in, initiative_of, tables

COUNTED = {  # persons, statements, votes, agree, pass, disagree: as docs/calculations/consultation.md has them
    "biodiversity": (536, 316, 29_719, 19_229, 5_018, 5_472),
    "bowling-green": (2_031, 896, 225_524, 109_752, 77_125, 38_647),
    "brexit": (204, 50, 5_303, 2_685, 666, 1_952),
    "canadian-electoral-reform": (448, 174, 11_950, 7_205, 1_914, 2_831),
    "london-youth-policing": (26, 39, 638, 392, 54, 192),
    "vtaiwan": (1_921, 197, 49_443, 31_029, 6_520, 11_894),
}


@pytest.fixture
def initiative(cast: Cast, at: datetime) -> Initiative:
    return initiative_of(cast, at)


def test_every_statement_becomes_a_thing_with_its_counts(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    kept = brought_in(cast, initiative, at)
    assert [(row.text, row.agree, row.passed, row.disagree) for row in kept.statements.all()] == [
        (text, *counts) for text, _moderated, counts in SAID
    ]
    assert Thing.objects.filter(kind="statement").count() == len(SAID)
    assert (kept.participants, kept.votes) == (50, sum(sum(counts) for _text, _moderated, counts in SAID))


def test_the_same_files_a_second_time_change_nothing(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    first = brought_in(cast, initiative, at)
    rows = len(list(journal.entries(cast.organisation)))
    assert brought_in(cast, initiative, at, title="Et andet navn") == first
    assert (Consultation.objects.count(), Statement.objects.count()) == (1, len(SAID))
    assert len(list(journal.entries(cast.organisation))) == rows


def test_nothing_comes_in_when_the_last_step_fails(
    cast: Cast, initiative: Initiative, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_facts: object, **_named: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr(journal, "append", broken)
    with pytest.raises(OSError, match="no room"):
        brought_in(cast, initiative, at)
    assert not Consultation.objects.exists()
    assert not Thing.objects.filter(kind="statement").exists()


def test_the_journal_remembers_it_and_finds_altered_counts(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    kept = brought_in(cast, initiative, at)
    newest = JournalWords.objects.order_by("pk").last()
    assert newest
    assert newest.facts == sealed_consultations([kept.ref])[kept.ref]
    assert journal.verify(cast.organisation) == []
    Statement.objects.filter(number="0").update(agree=41)
    assert [fault.kind for fault in journal.verify(cast.organisation)] == ["altered_record"]


def test_counts_too_small_to_show_cannot_be_guessed_from_the_journal(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    one = brought_in(cast, initiative, at)
    other = brought_in(cast, initiative, at, input_sha256="1" * 64)
    facts = sealed_consultations([one.ref, other.ref])
    assert facts[one.ref]["counts_sha256"] != facts[other.ref]["counts_sha256"]
    assert "participants" not in facts[one.ref]


def test_the_gate_sees_that_people_were_heard(cast: Cast, initiative: Initiative, at: datetime) -> None:
    row = Evidence.objects.get(initiative=initiative, demand="voices_heard")
    assert (row.status, row.because_key) == ("unknown", "not_heard_yet")
    kept = brought_in(cast, initiative, at)
    row.refresh_from_db()
    assert (row.status, row.because_key, row.because_facts) == (
        "met",
        "heard_once",
        {"participants": 50, "consultations": 1},
    )
    assert row.source == kept.thing


def test_the_figures_board_gets_people_statements_and_votes(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    thing = brought_in(cast, initiative, at).thing
    assert figures.newest(thing, "consultation_participants").value == 50
    assert figures.newest(thing, "consultation_statements").value == 6
    assert (
        figures.newest(thing, "consultation_votes").value == 120
    )  # the four votes too few to show are left out


def test_three_participants_are_not_told_anywhere(cast: Cast, initiative: Initiative, at: datetime) -> None:
    few = brought_in(cast, initiative, at, said=(("Kun tre svarede.", "1", (2, 1, 0)),))
    assert few.shown_participants is None
    assert figures.newest(few.thing, "consultation_participants").value is None
    assert not Figure.objects.filter(n=3).exists()
    row = Evidence.objects.get(initiative=initiative, demand="voices_heard")
    assert (row.status, row.because_key, row.because_facts) == ("missing", "too_few_heard", {})


def test_the_smallest_group_can_be_raised_and_never_lowered(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        brought_in(cast, initiative, at, smallest_group=4)
    assert refusal.value.field == "smallest_group"
    raised = brought_in(cast, initiative, at, smallest_group=20)
    assert [one.may_be_shown for one in raised.statements.all()] == [True, True, False, False, False, False]


@pytest.mark.parametrize("who", ["employee", "chair", "auditor", "administrator", "director", "guest"])
def test_others_than_those_who_run_it_bring_nothing_in(
    cast: Cast, initiative: Initiative, at: datetime, who: str
) -> None:
    with pytest.raises(NotAllowed):
        brought_in(cast, initiative, at, by=cast.viewer(who))
    assert not Consultation.objects.exists()


def test_the_search_finds_statements_but_not_rejected_ones(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    said = (*SAID, ("Et afvist udsagn", "-1", (8, 0, 0)))
    kept = brought_in(cast, initiative, at, said=said)
    titles = [title for _ref, title, _words in consultation_texts([kept.thing])]
    assert titles == ["Ruter i hjemmeplejen", *[text for text, _moderated, _counts in SAID[:5]]]


# --- the command ---------------------------------------------------------------------------------------------


def folder_of(path: Path, said: tuple = SAID) -> Path:
    for name, rows in tables(said).items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def command(folder: Path, ref: str, **options: object) -> str:
    out = io.StringIO()
    facts = {"organisation": "fjordby", "initiative": ref} | options
    call_command("import-consultation", str(folder), stdout=out, **facts)
    return out.getvalue()


def test_the_command_brings_a_folder_in_and_says_what_came(
    cast: Cast, initiative: Initiative, tmp_path: Path, standing_clock: datetime
) -> None:
    told = json.loads(command(folder_of(tmp_path), initiative.ref, title="Ruter", language="da", json=True))
    assert (told["title"], told["participants"], told["statements"], told["votes"]) == ("Ruter", 50, 6, 124)
    assert told["was_here"] is False
    clock.move_back()
    assert "Was here already" in command(tmp_path, initiative.ref)


def test_the_command_names_every_wrong_line_and_takes_nothing_in(
    cast: Cast, initiative: Initiative, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path)
    with (folder / "votes.csv").open("a") as votes:
        votes.write("1,99,1,1\n1,0,1,7\n")
    with pytest.raises(CommandError) as refusal:
        command(folder, initiative.ref, json=True)
    problems = json.loads(str(refusal.value))["problems"]
    assert [(one["table"], one["line"]) for one in problems] == [("votes", 126), ("votes", 127)]
    assert not Consultation.objects.exists()


def test_the_command_says_what_it_does_not_know(cast: Cast, initiative: Initiative, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with pytest.raises(CommandError, match="no organisation"):
        command(folder, initiative.ref, organisation="atlantis")
    with pytest.raises(CommandError, match="no initiative"):
        command(folder, "222222222222")


# --- six real conversations ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_a_real_conversation_comes_in_with_the_counts_of_its_own_files(
    cast: Cast, initiative: Initiative, at: datetime, name: str
) -> None:
    if not DATA.is_dir():
        pytest.skip("The real conversations are not here; SAMSPIL_DATA names their folder.")
    folder = DATA / name
    conversation = read(tables_in(folder))
    start = perf_counter()
    kept = import_consultation(
        initiative=initiative,
        consultation=conversation,
        source=name,
        input_sha256=fingerprint(folder),
        by=cast.viewer("lead"),
        at=at,
    )
    seconds = perf_counter() - start
    rows = list(kept.statements.all())
    sums = tuple(sum(getattr(row, part) for row in rows) for part in ("agree", "passed", "disagree"))
    assert (kept.participants, len(rows), kept.votes, *sums) == COUNTED[name]
    assert seconds < 3, f"{len(rows)} statements took {seconds:.2f} s on {connection.vendor}"
