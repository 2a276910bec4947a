"""Files as people have them: what can be read is read, the rest is refused in a sentence; never a traceback."""

import gzip
import subprocess
from pathlib import Path

import pytest

from tests.opinion_map.command import (
    SAMSPIL,
    Answer,
    as_a_program,
    opinion_map,
    put,
    table,
    write_matrix,
    write_votes,
)
from tests.opinion_map.conversations import Conversation

HEAD = ["timestamp", "comment-id", "voter-id", "vote"]
MATRIX = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]


def few() -> Conversation:
    """Twenty-four people, five statements, two camps."""
    votes = {
        (str(100 + person), str(one)): 1 if (person + one) % 2 else -1
        for person in range(24)
        for one in range(5)
        if (person * one) % 7 != 3
    }
    return Conversation("few", votes, tuple(map(str, range(5))), frozenset({"4"}))


def votes_with(row: str) -> str:
    """A sound vote list but for one row in the middle."""
    rows = [f"{1000 + person},{one},{person},1" for person in range(9) for one in range(3)]
    return "\n".join([",".join(HEAD), *rows[:10], row, *rows[10:]]) + "\n"


SOUND = votes_with("1500,0,77,1")
REFUSED: dict[str, dict[str, str | bytes]] = {
    "an empty folder": {},
    "an empty file": {"votes.csv": ""},
    "only blank lines": {"votes.csv": "\n\n\n"},
    "no column with votes": {"votes.csv": "timestamp,comment-id,voter-id\n1,0,1\n"},
    "no column with voters": {"votes.csv": "timestamp,comment-id,vote\n1,0,1\n"},
    "semicolons": {"votes.csv": SOUND.replace(",", ";")},
    "a vote of 2": {"votes.csv": votes_with("1500,0,77,2")},
    "a vote of x": {"votes.csv": votes_with("1500,0,77,x")},
    "half a vote": {"votes.csv": votes_with("1500,0,77,0.5")},
    "a vote of nan": {"votes.csv": votes_with("1500,0,77,nan")},
    "an empty vote": {"votes.csv": votes_with("1500,0,77,")},
    "nobody's vote": {"votes.csv": votes_with("1500,0,,1")},
    "a vote on nothing": {"votes.csv": votes_with("1500,,77,1")},
    "a row too short": {"votes.csv": votes_with("1500,0")},
    "a row too long": {"votes.csv": votes_with("1500,0,77,1,1,1")},
    "a time that is none": {"votes.csv": votes_with("yesterday,0,77,1")},
    "a row of a million signs": {"votes.csv": votes_with("1500,0," + "7" * 1_000_000 + ",1")},
    "a quote that never ends": {"votes.csv": votes_with('1500,0,"77,1')},
    "an id in words": {"votes.csv": votes_with("1500,0,李,1")},
    "an id in other digits": {"votes.csv": votes_with("1500,0,٧,1")},
    "an id with a zero in front": {"votes.csv": votes_with("1500,0,07,1")},
    "an id longer than any number": {"votes.csv": votes_with("1500,0," + "7" * 300 + ",1")},
    "a column with a zero in front": {
        "participants-votes.csv": table([*MATRIX, "0", "00"], [["1", "", 0, 2, 2, 0, 1, 1]])
    },
    "a zero byte": {"votes.csv": votes_with("1500,0,7\x007,1")},
    "another alphabet's bytes": {"votes.csv": votes_with("1500,0,Sjövik,1").encode("latin-1")},
    "a picture": {"votes.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20},
    "a gzip cut off": {"votes.csv.gz": gzip.compress(SOUND.encode() * 50)[:-20]},
    "a gzip with a wrong sum": {"votes.csv.gz": gzip.compress(SOUND.encode())[:-8] + b"\0" * 8},
    "a gzip that is none": {"votes.csv.gz": SOUND},
    "a column twice": {
        "participants-votes.csv": table([*MATRIX, "0", "1", "0"], [["1", "", 0, 3, 3, 0, 1, 1, -1]])
    },
    "a person twice": {"participants-votes.csv": table([*MATRIX, "0"], [["1", "", 0, 1, 1, 0, 1]] * 2)},
    "a matrix without people": {"participants-votes.csv": table(["group-id", "0", "1"], [["", 1, -1]])},
    "a matrix without statements": {"participants-votes.csv": table(MATRIX, [["1", "", 0, 0, 0, 0]])},
    "a matrix with words in it": {
        "participants-votes.csv": table([*MATRIX, "0"], [["1", "", 0, 1, 1, 0, "yes"]])
    },
    "a matrix row too short": {"participants-votes.csv": table([*MATRIX, "0", "1"], [["a", "", 0]])},
    "comments without ids": {"votes.csv": SOUND, "comments.csv": "moderated,comment-body\n1,Yes.\n"},
    "comments judged with a word": {
        "votes.csv": SOUND,
        "comments.csv": "comment-id,moderated\n0,yes\n",
    },
    "a comment twice": {"votes.csv": SOUND, "comments.csv": "comment-id,moderated\n0,1\n0,-1\n"},
}


def refused_in_a_sentence(answer: Answer) -> bool:
    lines = answer.err.strip().splitlines()
    return (
        answer.code == 2
        and "Traceback" not in answer.said
        and not answer.out
        and 0 < len(lines) <= 22
        and max(map(len, lines)) < 500
    )


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    for name, content in REFUSED[case].items():
        put(tmp_path / name, content)
    answer = opinion_map(tmp_path, "--json")
    assert refused_in_a_sentence(answer), answer


def test_a_place_where_nothing_is(tmp_path: Path) -> None:
    assert refused_in_a_sentence(as_a_program(tmp_path / "nowhere"))


def test_who_stops_reading_early_is_no_fault(tmp_path: Path) -> None:
    folder = write_votes(tmp_path, few().votes.items(), few())
    piped = f"'{SAMSPIL}' opinion-map '{folder}' --json | head -c 9; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 9, "")


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").mkdir()
    assert refused_in_a_sentence(opinion_map(tmp_path))


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    put(tmp_path / "votes.csv", votes_with("1500,0,77,2"))
    assert "12" in opinion_map(tmp_path).err, "the header is line 1, the fault in line 12"


@pytest.mark.parametrize("seed", ["x", "-", "1.5", ""])
def test_a_seed_that_is_no_number(seed: str, tmp_path: Path) -> None:
    put(tmp_path / "votes.csv", SOUND)
    answer = opinion_map(tmp_path, "--seed", seed)
    assert (answer.code, "Traceback" in answer.said) == (2, False)


# --- what looks odd and can be read -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _hash(write_votes(tmp_path_factory.mktemp("plain"), few().votes.items(), few()))


def _hash(place: Path) -> str:
    found = opinion_map(place, "--json").result["result_hash"]
    assert isinstance(found, str)
    return found


def _rewritten(folder: Path, change: object) -> Path:
    write_votes(folder, few().votes.items(), few())
    for path in folder.iterdir():
        path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    return folder


ODD = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "lines as on Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "everything in quotes": lambda data: b"\n".join(
        b'"' + line.replace(b",", b'","') + b'"' for line in data.splitlines()
    ),
    "no last line end": lambda data: data.rstrip(b"\n"),
    "blank lines at the end": lambda data: data + b"\n\n",
}


@pytest.mark.parametrize("oddity", ODD)
def test_an_odd_file_is_read_as_the_plain_one(oddity: str, plain: str, tmp_path: Path) -> None:
    assert _hash(_rewritten(tmp_path, ODD[oddity])) == plain


def test_a_single_file_is_read_like_a_folder_of_it_alone(tmp_path: Path) -> None:
    everything = Conversation("few", few().votes, few().statements, frozenset())
    path = write_votes(tmp_path / "folder", everything.votes.items(), everything) / "votes.csv"
    assert _hash(path) == _hash(tmp_path / "folder")


def _only(votes: dict[tuple[str, str], int], statements: int, folder: Path) -> dict[str, object]:
    one = Conversation("odd", votes, tuple(map(str, range(statements))), frozenset())
    return opinion_map(write_votes(folder, votes.items(), one), "--json").result


EDGES: dict[str, tuple[dict[tuple[str, str], int], int]] = {
    "one voter": ({("1", "0"): 1, ("1", "1"): -1}, 2),
    "one vote": ({("1", "0"): 1}, 1),
    "one statement": ({(str(n), "0"): 1 - n % 3 for n in range(60)}, 1),
    "all pass": ({(str(n), str(one)): 0 for n in range(60) for one in range(9)}, 9),
    "all agree": ({(str(n), str(one)): 1 for n in range(60) for one in range(9)}, 9),
    "nobody shares a statement": ({(str(n), str(n)): 1 for n in range(60)}, 60),
    "two camps of copies": (
        {(str(n), str(one)): 1 if n % 2 else -1 for n in range(60) for one in range(9)},
        9,
    ),
    "two equal axes": (
        {(str(n), str(one)): 1 if (n >> (one % 2)) & 1 else -1 for n in range(60) for one in range(10)},
        10,
    ),
    "hardly any votes": ({(str(n), str((n * 7) % 80)): 1 - n % 3 for n in range(300)}, 80),
}


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_has_a_result(edge: str, tmp_path: Path) -> None:
    votes, statements = EDGES[edge]
    result = _only(votes, statements, tmp_path)
    assert result["participants"] == len({person for person, _ in votes})
    assert result["votes"] == len(votes)


@pytest.mark.parametrize(
    "edge", ["one voter", "one vote", "one statement", "all pass", "all agree", "hardly any votes"]
)
def test_an_edge_has_no_groups(edge: str, tmp_path: Path) -> None:
    votes, statements = EDGES[edge]
    assert _only(votes, statements, tmp_path)["groups"] is None


def test_nineteen_people_get_counts_only(tmp_path: Path) -> None:
    votes = {(str(n), str(one)): 1 if n % 2 else -1 for n in range(19) for one in range(9)}
    result = _only(votes, 9, tmp_path)
    assert result["groups"] is None
    assert not result["axes"] or not result["axes"].get("eigenvalues")  # type: ignore[attr-defined]


def test_a_matrix_as_wide_as_a_million_signs(tmp_path: Path) -> None:
    statements = tuple(str(10**17 + number) for number in range(55_000))
    votes = {(str(n), statements[at]): 1 - n % 3 for n in range(8) for at in range(0, 55_000, 100)}
    wide = Conversation("wide", votes, statements, frozenset())
    result = opinion_map(write_matrix(tmp_path, wide, wide.participants), "--json").result
    assert result["votes"] == len(votes)
