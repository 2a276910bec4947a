"""`samspil business-case`: a case recomputed by whoever was handed it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from samspil.business_case import command
from samspil.core.tests.business_case.cases import a_case, a_line, a_range, forty_lines


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path / "case.json", rich())


def rich() -> dict[str, Any]:
    words = {
        "id": "calm",
        "kind": "benefit",
        "class": "qualitative",
        "title": "Calmer mornings",
        "owner": "Head",
    }
    freed = a_line("minutes", "benefit", a_range(50_000, 80_000, 90_000)) | {"class": "reallocation"}
    lines = [
        a_line("system", "cost", a_range(200_000, 250_000, 400_000)),
        a_line(
            "fewer visits",
            "benefit",
            quantity=a_range(400, 600, 700),
            price={"hourly_cost": "nurse"},
            drivers=["uptake"],
            share_by_year={"2028": "0.5", "2029": "1"},
        ),
        freed,
        words,
    ]
    return a_case(
        *lines,
        hourly_costs={"nurse": "412.50"},
        drivers=[{"id": "uptake", "value": a_range("0.4", "0.7", "0.9")}],
        risks=[{"id": "late", "probability": "0.3", "consequence": a_range(10_000, 40_000, 90_000)}],
    )


def written(path: Path, given: Any) -> Path:
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    ended = command.main([*map(str, arguments), "--draws", "2000"])
    out, err = capsys.readouterr()
    return ended, out, err


def test_it_runs_without_settings_database_or_network(case: Path) -> None:
    """The real command in an empty environment, with the modules of the web shut out."""
    guard = (
        "import sys; sys.modules.update(dict.fromkeys(['django.db', 'django.apps', 'samspil.web'], None));"
        f"sys.argv = ['samspil', 'business-case', {str(case)!r}, '--json'];"
        "from samspil.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", guard], capture_output=True, text=True, env={"PATH": os.environ["PATH"]}
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["draws"] == 65_536
    assert {
        "input_hash",
        "result_hash",
        "mean_case",
        "distribution",
        "sensitivity",
        "risk_pool",
        "findings",
    } <= set(data)
    assert {"npv", "payback", "by_year", "by_stakeholder"} <= set(data["mean_case"])
    assert {"p5", "p10", "p50", "p90", "p95", "mean", "p_positive"} <= set(data["distribution"])
    assert {"line", "swing_low", "swing_high", "variance_share"} <= set(data["sensitivity"][0])


def test_the_report_says_what_it_comes_to_how_sure_it_is_and_what_to_look_at(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, out, err = said(capsys, case, "--language", "en")
    assert (ended, err) == (0, "")
    for part in (
        "Shared shift plan, Fjordby Kommune",
        "amounts fall at the start of the year; the first year counts in full",
        "Year by year",
        "Who pays, who gains",
        "It is above zero in",
        "uptake (driver)",
        "Calmer mornings",
        "Freed time is no money until its use is decided: minutes.",
        "Hash of the result: ",
    ):
        assert part in out
    assert "{" not in out
    assert "%(" not in out


@pytest.mark.parametrize(
    ("language", "word"),
    [("da", "Hvem betaler, hvem får gevinsten"), ("sv", "Vem betalar, vem får nyttan")],
)
def test_it_speaks_danish_and_swedish(
    language: str, word: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.xlsx"
    ended, out, _err = said(capsys, case, "--language", language, "--xlsx", target)
    assert ended == 0
    assert word in out
    assert "Year by year" not in out
    assert "Net present value" not in str(load_workbook(str(target)).get_sheet_by_index(0).to_python())


def test_a_seed_of_ones_own_and_the_workbook(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.xlsx"
    ended, out, _err = said(capsys, case, "--json", "--seed", 5, "--xlsx", target)
    assert ended == 0
    assert json.loads(out)["seed"] == 5
    assert target.read_bytes().startswith(b"PK")


def test_two_cases_are_compared_on_the_same_draws(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, out, _err = said(capsys, case, "--against", case, "--json")
    difference = json.loads(out)["against"]["difference"]
    assert ended == 0
    assert {difference[name] for name in ("p5", "p50", "p95", "mean", "deviation")} == {0}
    cheaper = rich()
    cheaper["lines"][0]["amount"]["likely"] = "220000"
    other = written(tmp_path / "other.json", cheaper)
    _ended, out, _err = said(capsys, case, "--against", other, "--language", "en")
    assert "better in 100 % of the draws" in out
    elsewhere = written(tmp_path / "elsewhere.json", rich() | {"currency": "SEK"})
    ended, out, err = said(capsys, case, "--against", elsewhere, "--language", "en")
    assert (ended, out) == (2, "")
    assert "another currency" in err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{", "not valid JSON"),
        (a_case(a_line("a", amount=a_range(9, 5, 3))), "lines[1].amount: Low is above high"),
        (a_case(a_line("a", currency="SEK")), "lines[1].currency: It is in SEK"),
    ],
)
def test_what_cannot_be_computed_gets_a_sentence_and_writes_nothing(
    given: Any, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.xlsx"
    ended, out, err = said(
        capsys, written(tmp_path / "case.json", given), "--xlsx", target, "--language", "en"
    )
    assert (ended, out) == (2, "")
    assert told in err
    assert not target.exists()


def test_of_a_thousand_faults_twenty_are_told_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = a_case(*[a_line(f"l{n}", amount="x") for n in range(1_000)])
    _ended, _out, err = said(capsys, written(tmp_path / "case.json", given), "--language", "en")
    assert err.count("is not a number") == 20
    assert "980 more" in err


def test_a_file_that_is_not_there_or_not_utf_8_or_cannot_be_written(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "cannot be opened" in said(capsys, tmp_path / "none.json", "--language", "en")[2]
    (tmp_path / "latin.json").write_bytes('{"title": "Ældre"}'.encode("latin-1"))
    assert "UTF-8" in said(capsys, tmp_path / "latin.json", "--language", "en")[2]
    ended, _out, err = said(capsys, case, "--xlsx", tmp_path / "no" / "out.xlsx", "--language", "en")
    assert ended == 2
    assert "cannot be written" in err


@pytest.mark.parametrize("draws", ["0", "99", "1e6", "5000000"])
def test_a_senseless_number_of_draws_is_refused(draws: str, case: Path) -> None:
    with pytest.raises(SystemExit):
        command.main([str(case), "--draws", draws])


MEASURED = r"""
import json, re, sys, time
from samspil.core.business_case.reading import read_case
text, draws = sys.stdin.read(), int(sys.argv[1])
start = time.process_time()
from samspil.core.business_case.result import compute
found = compute(read_case(text), draws=draws).as_data()
highest = re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read()).group(1)  # of this program alone
print(time.process_time() - start, int(highest) / 1024, len(found["sensitivity"]))
"""


@pytest.mark.parametrize("draws", [65_536, 1_000_000])
def test_forty_lines_and_ten_years_within_three_seconds_and_300_megabytes(draws: int) -> None:
    """Seconds of work, fetching NumPy and SciPy included, so that a busy machine does not decide."""
    given = json.dumps(forty_lines("min_max_pert"))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(draws)], input=given, capture_output=True, text=True, check=True
    )
    seconds, megabytes, influences = map(float, done.stdout.split())
    print(f"{draws} draws: {seconds:.2f} s, {megabytes:.0f} MB")
    assert influences == 40
    assert megabytes < 300
    assert seconds < (3 if draws == 65_536 else 10)
