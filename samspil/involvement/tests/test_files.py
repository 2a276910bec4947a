"""Files of a consultation are opened with care; six real conversations are counted twice."""

import csv
import gzip
import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from samspil.core.consultation import Consultation, ConsultationRejected, read
from samspil.involvement.files import tables_in
from tests.real_inputs import OPINIONS as DATA

PERSONS = {
    "biodiversity": 536,
    "bowling-green": 2031,
    "brexit": 204,
    "canadian-electoral-reform": 448,
    "london-youth-policing": 26,
    "vtaiwan": 1921,
}
NEVER_VOTED_ON = {"biodiversity": 2, "london-youth-policing": 3}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "comments.csv").write_text('comment-id,moderated,comment-body\n0,1,"Ét udsagn,\nto linjer"\n')
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1,0,7,1\n")
    (tmp_path / "summary.csv").write_text('topic,"Sagen, kort"\nvoters,1\n')
    return tmp_path


def refused(folder: Path, **options) -> list[tuple[str, int, str]]:
    with pytest.raises(ConsultationRejected) as trouble:
        read(tables_in(folder, **options))
    return [(problem.table, problem.line, problem.kind) for problem in trouble.value.problems]


def test_files_are_read_with_commas_and_line_breaks_inside_quotes(folder: Path):
    seen = read(tables_in(folder))
    assert (seen.title, seen.statements[0].text, seen.statements[0].agree) == (
        "Sagen, kort",
        "Ét udsagn,\nto linjer",
        1,
    )


def test_a_gzipped_file_and_a_byte_order_mark_are_welcome(folder: Path):
    (folder / "votes.csv").unlink()
    with gzip.open(folder / "votes.csv.gz", "wt", encoding="utf-8-sig") as file:
        file.write("timestamp,comment-id,voter-id,vote\r\n1,0,7,-1\r\n")
    assert read(tables_in(folder)).statements[0].disagree == 1


def test_an_empty_folder_is_refused_by_name(tmp_path: Path):
    assert refused(tmp_path) == [("comments", 0, "table_missing"), ("votes", 0, "table_missing")]


def test_a_file_in_another_encoding_is_refused_with_its_line(folder: Path):
    (folder / "comments.csv").write_bytes("comment-id,moderated,comment-body\n0,1,Ål\n".encode("latin-1"))
    assert refused(folder) == [("comments", 2, "not_utf_8")]
    (folder / "comments.csv").write_bytes("comment-id,moderated\n".encode("utf-16-le"))
    assert refused(folder) == [("comments", 1, "not_utf_8")]


def test_every_file_that_cannot_be_opened_is_named(folder: Path):
    (folder / "votes.csv").unlink()
    (folder / "votes.csv.gz").write_bytes(b"not gzip at all")
    (folder / "summary.csv").write_bytes(b"\xff")
    assert refused(folder) == [("votes", 0, "unreadable"), ("summary", 1, "not_utf_8")]


def test_a_small_file_cannot_unpack_into_a_huge_one(folder: Path):
    (folder / "votes.csv").unlink()
    (folder / "votes.csv.gz").write_bytes(gzip.compress(b"x" * 3_000_000))
    assert refused(folder, largest=2_000_000) == [("votes", 0, "too_large")]


def test_a_file_of_just_the_agreed_size_is_read(folder: Path):
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert read(tables_in(folder, largest=max(sizes))).votes
    assert refused(folder, largest=max(sizes) - 1) == [("comments", 0, "too_large")]


def test_a_quotation_mark_that_is_never_closed_is_refused(folder: Path):
    (folder / "votes.csv").write_text('timestamp,comment-id,voter-id,vote\n1,0,7,"1\n')
    assert refused(folder) == [("votes", 2, "not_csv")]


def test_a_column_named_twice_is_refused(folder: Path):
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote,vote\n1,0,7,1,-1\n")
    assert refused(folder) == [("votes", 1, "column_twice")]


def test_a_short_row_is_refused_with_its_line(folder: Path):
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1,0,7,1\n1,0\n")
    assert refused(folder) == [("votes", 3, "cells_differ")]


@pytest.fixture(params=sorted(PERSONS))
def conversation(request: pytest.FixtureRequest) -> Path:
    if not DATA.is_dir():
        pytest.skip("The real conversations are not here; SAMSPIL_DATA names their folder.")
    return DATA / request.param


@cache
def consultation_in(folder: Path) -> Consultation:
    return read(tables_in(folder))


def plain_rows(folder: Path, name: str) -> list[list[str]]:
    packed = folder / f"{name}.csv.gz"
    content = (
        gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{name}.csv").read_bytes()
    )
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def matrix_by_hand(folder: Path) -> dict[tuple[str, str], str]:
    heading, *rows = plain_rows(folder, "participants-votes")
    start = heading.index("n-disagree") + 1
    return {
        (row[0], column): row[place]
        for row in rows
        for place, column in enumerate(heading[start:], start=start)
        if row[place] != ""
    }


def list_by_hand(folder: Path) -> dict[tuple[str, str], str]:
    last = {}
    for _, statement, person, choice in sorted(plain_rows(folder, "votes")[1:], key=lambda row: int(row[0])):
        last[person, statement] = choice
    return last


def votes_by_hand(folder: Path) -> dict[tuple[str, str], str]:
    return matrix_by_hand(folder) if folder.name == "bowling-green" else list_by_hand(folder)


def test_counts_of_a_real_conversation_equal_a_recount_by_plain_loops(conversation: Path):
    counted = Counter((statement, choice) for (_, statement), choice in votes_by_hand(conversation).items())
    for one in consultation_in(conversation).statements:
        agree, passed, disagree = (counted[str(one.id), choice] for choice in ("1", "0", "-1"))
        assert (one.agree, one.passed, one.disagree, one.n) == (
            agree,
            passed,
            disagree,
            agree + passed + disagree,
        )


def test_persons_statements_and_votes_are_those_of_the_files(conversation: Path):
    seen, comments = consultation_in(conversation), plain_rows(conversation, "comments")[1:]
    assert len(seen.participants) == PERSONS[conversation.name]
    assert len(seen.statements) == len(comments)
    assert len(seen.votes) == len(votes_by_hand(conversation))


def test_each_person_has_as_many_votes_as_the_matrix_says(conversation: Path):
    heading, *rows = plain_rows(conversation, "participants-votes")
    stated = {int(row[0]): int(row[heading.index("n-votes")]) for row in rows}
    assert {one.id: one.n for one in consultation_in(conversation).participants} == stated


def figures(seen: Consultation) -> dict[str, dict[str, int]]:
    return {note.kind: dict(note.figures) for note in seen.notes}


def test_every_difference_between_the_files_is_explained(conversation: Path):
    said = figures(consultation_in(conversation))
    assert "matrix_differs" not in said
    assert "summary_voters" not in said
    assert said.get("counts_differ", {}).get("unexplained", 0) == 0
    assert said.get("summary_statements", {}).get("never_voted_on", 0) == NEVER_VOTED_ON.get(
        conversation.name, 0
    )


def test_statements_the_summary_leaves_out_are_those_nobody_voted_on(conversation: Path):
    stated = dict(plain_rows(conversation, "summary"))["comments"]
    voted_on = [one for one in consultation_in(conversation).statements if one.n]
    assert len(voted_on) == int(stated)
