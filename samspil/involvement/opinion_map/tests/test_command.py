"""`samspil opinion-map`: a map from files, without server or database, in words or for programs."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from samspil.core.consultation import PROBLEMS
from samspil.core.opinion_map.result import WHY_NO_GROUPS
from samspil.core.tests.opinion_map.made import DATA
from samspil.involvement.opinion_map import report
from samspil.involvement.opinion_map.command import main

SAMSPIL = Path(sys.executable).with_name("samspil")
COMMENTS = "comment-id,moderated,comment-body\n0,1,Buses shall run at night\n1,1,Close the school\n2,-1,Spam\n3,1,Never voted on\n"


def votes(people: int = 60) -> str:
    """Two camps that differ on most statements, with doubts by lot, and agree on statement 0."""
    chance = Random(1)
    rows = ["timestamp,comment-id,voter-id,vote"]
    for person in range(people):
        camp = 1 if person % 2 else -1
        rows += [f"1,0,{person},1"]
        rows += [f"1,{statement},{person},{camp}" for statement in (1, 2)]
        rows += [
            f"1,{statement},{person},{chance.choice([camp, camp, camp, 0, -camp])}"
            for statement in range(4, 12)
        ]
    return "\n".join(rows) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    listed = COMMENTS + "".join(f"{number},1,Statement {number}\n" for number in range(4, 12))
    (tmp_path / "comments.csv").write_text(listed)
    (tmp_path / "votes.csv").write_text(votes())
    (tmp_path / "summary.csv").write_text("topic,Buses and schools\n")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: object, ends: int = 0) -> str:
    assert main([str(one) for one in ("--language", "en", "--replicates", "3", *arguments)]) == ends
    out, err = capsys.readouterr()
    assert (out == "") is (ends != 0)
    assert (err == "") is (ends == 0)
    return out + err


def test_it_leads_with_what_people_agree_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, folder)
    parts = [
        "Buses and schools",
        "agree on",
        "divides people",
        "\nThe groups\n",
        "cannot be said",
        "How sure",
        "seed",
    ]
    at = [said.index(part) for part in parts]
    assert at == sorted(at)
    agreed, dividing = said[at[1] : at[2]], said[at[2] : at[3]]
    assert "100 / 100 % agree: “Buses shall run at night” (#0)" in agreed
    assert "“Close the school” (#1)" in dividing
    assert re.search(r"Group 1: 3\d people \(holds together", said)
    assert "Statements of the list on which nobody voted: 1." in said
    assert "Spam" not in said


def test_programs_get_everything_and_the_same_hash_each_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (json.loads(told(capsys, folder, "--json", "--seed", 3)) for _twice in range(2))
    assert one == other
    assert (one["seed"], one["participants"], one["groups"]["k"]) == (3, 60, 2)
    assert [each["active"] for each in one["statements"]][:3] == [True, True, False]
    assert json.loads(told(capsys, folder, "--json", "--seed", 4))["result_hash"] != one["result_hash"]


def test_votes_alone_gzipped_or_as_a_matrix_give_the_same_map(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zipped = tmp_path / "other.csv.gz"
    zipped.write_bytes(gzip.compress((folder / "votes.csv").read_bytes()))
    cast = [line.split(",") for line in votes().splitlines()[1:]]
    columns = [0, 1, 2, *range(4, 12)]
    matrix = [",".join(["participant", "group-id", *map(str, columns)])]
    for person in range(60):
        said = {statement: vote for _at, statement, who, vote in cast if who == str(person)}
        matrix.append(",".join([str(person), "", *(said.get(str(column), "") for column in columns)]))
    (tmp_path / "matrix.csv").write_text("\n".join(matrix) + "\n")
    hashes = {
        json.loads(told(capsys, tmp_path / name, "--json"))["result_hash"]
        for name in ("votes.csv", "other.csv.gz", "matrix.csv")
    }
    assert len(hashes) == 1
    assert "statements have numbers only" in told(capsys, tmp_path / "matrix.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("votes.csv", "", "votes.csv, line 1: Its first line is neither"),
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n", "There are no votes in it."),
        ("votes.csv", "comment-id,voter-id,vote\n1,1,1\n", "The column “timestamp” is missing."),
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n1,1,1,agree\n", "line 2: “agree” is not a vote"),
        ("votes.csv", 'timestamp,comment-id,voter-id,vote\n1,1,"1,1\n', "not valid CSV"),
        ("votes.csv", b"\xff\xfe\x00", "not written in UTF-8"),
        ("votes.csv.gz", b"no gzip at all", "cannot be opened or unpacked"),
        ("comments.csv", COMMENTS, "comments.csv, line 1: Its first line is neither"),
    ],
    ids=["empty", "no votes", "a column missing", "a wrong value", "broken", "bytes", "no gzip", "comments"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    name: str, content: str | bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    sentence = told(capsys, file, ends=2)
    assert said in sentence
    assert "Nothing was computed." in sentence


def test_a_folder_with_neither_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "comments.csv").write_text(COMMENTS)
    assert "neither votes.csv nor participants-votes.csv" in told(capsys, tmp_path, ends=2)
    assert "cannot be opened" in told(capsys, tmp_path / "nowhere", ends=2)


def test_of_many_wrong_lines_the_first_are_named_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n" + "1,1,1,9\n" * 50)
    said = told(capsys, tmp_path, ends=2)
    assert said.count("“9” is not a vote") == 20
    assert "… and 30 more lines like these." in said


def test_a_small_body_and_one_without_groups_are_told_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "votes.csv").write_text(votes(people=12))
    assert "Fewer than 20 people voted: there are counts only" in told(capsys, tmp_path)
    said = told(capsys, DATA / "london-youth-policing")
    assert "There are no clear groups: two maps, each from half" in said
    assert "Everything here is very uncertain" in said


def test_a_report_without_tests_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, folder, "--replicates", 0, "--groups", 3)
    assert "Untested: null tests, halves and replicates were left out." in said
    assert "Group 3:" in said


def run(*arguments: object, language: str = "da_DK.UTF-8") -> subprocess.CompletedProcess[str]:
    """As a stranger runs it: no settings, no database, no folder of its own that may be written."""
    known = {"PATH": os.environ["PATH"], "LC_ALL": language, "SAMSPIL_VAR": "/nowhere", "PYTHONUTF8": "1"}
    command_line = [SAMSPIL, "opinion-map", *map(str, arguments)]
    return subprocess.run(command_line, capture_output=True, text=True, env=known, cwd="/")


def test_it_runs_without_server_database_and_settings_in_the_language_of_the_computer(folder: Path) -> None:
    for language, heading in (
        ("da_DK.UTF-8", "Det er folk enige om"),
        ("sv_SE.UTF-8", "Det här är folk överens om"),
    ):
        answer = run(folder, "--replicates", 2, language=language)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert heading in answer.stdout
        assert "people" not in answer.stdout


def test_it_needs_nothing_of_the_web_and_starting_samspil_fetches_no_arrays() -> None:
    code = (
        "import sys, samspil.__main__, samspil.core.opinion_map, samspil.involvement.opinion_map.command;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'numpy', 'scipy'}))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_it_shows_how_it_is_used() -> None:
    answer = run("--help")
    assert answer.returncode == 0
    assert "DIR_OR_CSV" in answer.stdout
    for wrong in (["--seed", "-1"], ["--groups", "1"], []):
        assert run(*wrong).returncode == 2


def test_every_reason_has_its_sentence() -> None:
    assert report.WHY_NO_GROUPS.keys() == WHY_NO_GROUPS.keys()
    assert {"no_votes", "unknown_table"} <= PROBLEMS.keys()
