"""A result is a version that never changes, and anybody with the votes can compute it again."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from samspil.core import consultation as core
from samspil.initiative.models import Evidence, Initiative
from samspil.involvement.models import Consultation
from samspil.involvement.opinion_map.command import main as opinion_map
from samspil.involvement.results import actions, kept_votes
from samspil.involvement.results.models import KeptVotes, OpinionGroup, OpinionResult
from samspil.involvement.tests.conversations import brought_in
from samspil.kit.models import Job
from samspil.organisation import journal
from tests.cast import Cast

from .held import held, source_of, tables, work


def only(consultation: Consultation) -> OpinionResult:
    return OpinionResult.objects.get(consultation=consultation)


def test_the_worker_computes_it_once_a_consultation_is_in(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    kept = brought_in(cast, initiative, at, consultation=core.read(tables()))
    assert not OpinionResult.objects.exists()
    assert actions.waiting(source_of(kept), at)
    work(at)
    result = only(kept)
    assert (result.number, result.participants, result.certainty) == (1, 120, "clear")
    assert [group.people for group in OpinionGroup.objects.filter(result=result)] == [60, 60]
    assert actions.waiting(source_of(kept), at) is None


def test_the_same_votes_make_no_second_version(parted: Consultation, at: datetime) -> None:
    job = Job.objects.get(kind=actions.WORK)
    payload = {"organisation": parted.organisation.ref, "source": parted.ref}
    actions.make_ordered(payload, at)
    assert job.payload == {}
    assert OpinionResult.objects.count() == 1


def test_what_is_not_there_any_more_is_not_waited_for(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    kept = brought_in(cast, initiative, at, consultation=core.read(tables()))
    assert actions.waiting(source_of(kept), at + actions.GIVEN_UP) is None


def test_computing_it_again_gives_the_same_hash(parted: Consultation) -> None:
    checked = actions.check(only(parted), source_of(parted))
    assert checked.verdict == "same"


def test_a_release_that_was_touched_is_found_by_the_check_and_by_the_journal(
    cast: Cast, parted: Consultation
) -> None:
    assert journal.verify(cast.organisation) == []
    result = only(parted)
    result.release["statements"][0]["all"]["agree"] += 1
    result.save()
    assert actions.check(only(parted), source_of(parted)).verdict == "differs"
    assert {fault.kind for fault in journal.verify(cast.organisation)} == {"altered_record"}


def test_votes_that_are_no_longer_the_same_are_told_from_a_result_that_differs(
    parted: Consultation, at: datetime
) -> None:
    kept = KeptVotes.objects.get()
    blob = kept.file.blob
    lines = gzip.decompress(bytes(blob.data)).decode().splitlines()
    blob.data = gzip.compress("\n".join([*lines[:-1], ""]).encode(), mtime=0)
    blob.save()
    assert actions.check(only(parted), source_of(parted)).verdict == "other_votes"


def test_without_votes_nothing_can_be_checked(parted: Consultation) -> None:
    KeptVotes.objects.all().delete()
    assert actions.check(only(parted), source_of(parted)).verdict == "no_votes"


def test_votes_are_kept_as_numbers_and_the_same_bytes_for_the_same_votes(parted: Consultation) -> None:
    data = bytes(KeptVotes.objects.get().file.blob.data)
    assert gzip.decompress(data).decode().splitlines()[:2] == ["participant,statement,vote", "0,0,1"]
    votes = core.read(tables()).votes
    assert kept_votes.packed(votes) == kept_votes.packed(tuple(reversed(votes))) == data


def test_the_command_for_everybody_finds_the_same_map_in_the_files(
    parted: Consultation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "votes.csv").write_text(
        "timestamp,comment-id,voter-id,vote\n"
        + "".join("{timestamp},{comment-id},{voter-id},{vote}\n".format(**row) for row in tables()["votes"])
    )
    opinion_map([str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out)["result_hash"] == only(parted).result_sha256


def test_one_version_belongs_to_one_source(parted: Consultation) -> None:
    result = only(parted)
    result.pk, result.consultation = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        result.save()


def test_the_gate_counts_those_who_took_part(initiative: Initiative, parted: Consultation) -> None:
    row = Evidence.objects.get(initiative=initiative, demand="voices_heard")
    assert (row.status, row.because_facts) == ("met", {"participants": 120, "consultations": 1})


# --- the command ---------------------------------------------------------------------------------------------


def test_the_command_says_that_every_result_is_the_same(
    parted: Consultation, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("opinion-result", "check", "--organisation", "fjordby")
    assert "1 of 1" in capsys.readouterr().out


def test_the_command_ends_with_a_fault_when_one_differs(
    parted: Consultation, capsys: pytest.CaptureFixture[str]
) -> None:
    OpinionResult.objects.update(release_sha256="0" * 64)
    with pytest.raises(CommandError, match="differ"):
        call_command("opinion-result", "check", "--organisation", "fjordby", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [one["verdict"] for one in told["results"]] == ["differs"]
    assert told["results"][0]["ref"] == only(parted).ref


def test_the_command_looks_at_one_result_alone(
    cast: Cast, initiative: Initiative, parted: Consultation, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    held(cast, initiative, at, seed=2, input_sha256="1" * 64)
    call_command("opinion-result", "check", only(parted).ref, "--organisation", "fjordby", "--json")
    assert [one["ref"] for one in json.loads(capsys.readouterr().out)["results"]] == [only(parted).ref]
