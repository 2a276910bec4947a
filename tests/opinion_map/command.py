"""`samspil opinion-map` as somebody meets it who has only the command and files."""

import csv
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samspil.involvement.opinion_map.command import main
from tests.opinion_map.conversations import Conversation

SAMSPIL = Path(sys.executable).parent / "samspil"
Cell = tuple[tuple[str, str], int]


@dataclass(frozen=True)
class Answer:
    """What came back: the exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def result(self) -> dict[str, Any]:
        assert self.code == 0, self.said
        found: dict[str, Any] = json.loads(self.out, parse_constant=_no_number)
        return found


def _no_number(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def opinion_map(*arguments: str | Path) -> Answer:
    """Run in this process, which is quicker; what would be a traceback there is an error in the test."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            code = main(list(map(str, arguments)))
        except SystemExit as ended:  # argparse's way to refuse
            code = ended.code if isinstance(ended.code, int) else 1
    return Answer(code, out.getvalue(), err.getvalue())


def as_a_program(*arguments: str | Path) -> Answer:
    done = subprocess.run(
        [SAMSPIL, "opinion-map", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def mapped(folder: Path, *options: str) -> dict[str, Any]:
    return as_a_program(folder, "--json", *options).result


# --- writing conversations in the forms that the export has -------------------------------------------------------


def write_votes(
    folder: Path, cells: Iterable[Cell], conversation: Conversation, zipped: bool = False
) -> Path:
    """A vote a row, in the order given; the time goes up a second a row."""
    rows = [
        (1_500_000_000_000 + 1_000 * number, statement, participant, vote)
        for number, ((participant, statement), vote) in enumerate(cells)
    ]
    return _write(
        folder, "votes", ["timestamp", "comment-id", "voter-id", "vote"], rows, conversation, zipped
    )


def write_matrix(folder: Path, conversation: Conversation, people: list[str], zipped: bool = False) -> Path:
    """A person a row, in the order given, a statement a column."""
    head = [
        "participant",
        "group-id",
        "n-comments",
        "n-votes",
        "n-agree",
        "n-disagree",
        *conversation.statements,
    ]
    rows = []
    for person in people:
        votes = [conversation.votes.get((person, statement), "") for statement in conversation.statements]
        said = [vote for vote in votes if vote != ""]
        rows.append([person, "", 0, len(said), said.count(1), said.count(-1), *votes])
    return _write(folder, "participants-votes", head, rows, conversation, zipped)


def _write(
    folder: Path, kind: str, head: list[str], rows: Iterable[Any], conversation: Conversation, zipped: bool
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / f"{kind}.csv", table(head, rows), zipped)
    put(folder / "comments.csv", comments(conversation))
    return folder


def table(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    return text.getvalue()


def comments(conversation: Conversation) -> str:
    rows = [
        (1_500_000_000_000, one, 0, 0, -1 if one in conversation.rejected else 1, f"Statement {one}.")
        for one in conversation.statements
    ]
    return table(["timestamp", "comment-id", "agrees", "disagrees", "moderated", "comment-body"], rows)


def put(path: Path, text: str | bytes, zipped: bool = False) -> Path:
    """Write it as it stands, or gzipped under the name with .gz."""
    data = text.encode() if isinstance(text, str) else text
    target = path.with_name(path.name + ".gz") if zipped else path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data) if zipped else data)
    return target
