"""The real conversations, read with nothing but the csv module."""

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.real_inputs import OPINIONS as FOLDER

BEFORE_THE_STATEMENTS = {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}

Votes = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Conversation:
    """What was said: the vote that counts of (participant, statement), all statements, and those rejected."""

    name: str
    votes: dict[tuple[str, str], int]
    statements: tuple[str, ...]
    rejected: frozenset[str]

    @property
    def active(self) -> list[str]:
        return [statement for statement in self.statements if statement not in self.rejected]

    @property
    def participants(self) -> list[str]:
        return sorted({participant for participant, _ in self.votes})


def real(name: str) -> Conversation:
    """One of the shared conversations; the test that asks is skipped where they are not."""
    if not FOLDER.is_dir():
        import pytest  # here, since the benchmark uses the oracle where there is no pytest

        pytest.skip("The real conversations are not here; SAMSPIL_DATA names their folder.")
    comments = _rows(name, "comments")
    spoken = {row["comment-id"] for row in comments}
    votes = _vote_list(name) if _file(name, "votes") else _matrix(name)
    return Conversation(
        name=name,
        votes=votes,
        statements=tuple(sorted(spoken | {statement for _, statement in votes}, key=int)),
        rejected=frozenset(row["comment-id"] for row in comments if row["moderated"] == "-1"),
    )


def _vote_list(name: str) -> dict[tuple[str, str], int]:
    rows = sorted(_rows(name, "votes"), key=lambda row: int(row["timestamp"]))
    return {(row["voter-id"], row["comment-id"]): int(row["vote"]) for row in rows}


def _matrix(name: str) -> dict[tuple[str, str], int]:
    return {
        (row["participant"], column): int(float(value))
        for row in _rows(name, "participants-votes")
        for column, value in row.items()
        if column not in BEFORE_THE_STATEMENTS and value
    }


def _rows(name: str, kind: str) -> list[dict[str, str]]:
    path = _file(name, kind)
    assert path, f"{name} has no {kind}"
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _file(name: str, kind: str) -> Path | None:
    found = [FOLDER / name / f"{kind}.csv", FOLDER / name / f"{kind}.csv.gz"]
    return next((path for path in found if path.exists()), None)
