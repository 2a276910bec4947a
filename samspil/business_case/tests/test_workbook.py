"""The workbook computes: LibreOffice, given the formulas alone, finds every figure of the mean case."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.mean_case import mean_case
from samspil.core.business_case.result import compute
from samspil.core.business_case.workbook import column, workbook
from samspil.core.tests.business_case.cases import a_case, a_line, a_random_case, a_range, forty_lines, read
from samspil.kit.exports.as_live_xlsx import written

Book = dict[str, list[list[Any]]]


def book(given: dict[str, Any]) -> bytes:
    return written(workbook(compute(read(given), draws=2_000)), given["title"])


def cells(data: bytes) -> Book:
    found = load_workbook(io.BytesIO(data))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def formulas_alone(data: bytes) -> bytes:
    """The workbook without one value that a formula has: whoever shows it has to compute it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content, taken = re.subn(rb"</f><v>[^<]*</v>", b"</f>", content)
                assert not re.search(rb"</f><v>", content)
            new.writestr(name, content)
    return out.getvalue()


def recomputed(books: dict[str, bytes], folder: Path) -> dict[str, Book]:
    """What LibreOffice makes of them, all in one start."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here; `make system` installs it.")
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(formulas_alone(data))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    files = [str(folder / f"{name}.xlsx") for name in books]
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: cells((folder / "out" / f"{name}.xlsx").read_bytes()) for name in books}


def same(ours: Book, theirs: Book) -> int:
    """How many numbers there are; each has to be the same, to a millionth of a krone or the fifteenth digit."""
    numbers = 0
    assert list(ours) == list(theirs)
    for name, rows in ours.items():
        for ours_row, their_row in zip(rows, theirs[name], strict=True):
            for one, other in zip(ours_row, their_row, strict=False):
                if isinstance(one, float):
                    numbers += 1
                    assert other == pytest.approx(one, rel=1e-12, abs=1e-6), (name, ours_row[0])
                else:
                    assert one == other
    return numbers


def npv_in(book_: Book) -> float:
    return float({row[0]: row[1] for row in book_["Case"]}["Net present value"])


def test_libreoffice_finds_the_mean_case_from_the_formulas_alone(tmp_path: Path) -> None:
    freed = a_line("minutes", "benefit", "900") | {"class": "reallocation"}
    given = {
        "forty": forty_lines("p10_p90_metalog"),
        "lognormal": forty_lines("range_90_lognormal", discounting="end_of_year", payback="discounted"),
        "freed": a_case(a_line("licences"), freed),
        **{f"random-{seed}": a_random_case(seed) for seed in (1, 2, 3)},
    }
    books = {name: book(one) for name, one in given.items()}
    theirs = recomputed(books, tmp_path)
    for name, data in books.items():
        assert same(cells(data), theirs[name]) > 10
        assert npv_in(theirs[name]) == float(to_the_ore(mean_case(read(given[name])).npv))


@pytest.mark.prove
def test_libreoffice_agrees_on_a_hundred_random_cases(tmp_path: Path) -> None:
    books = {str(seed): book(a_random_case(seed)) for seed in range(500, 600)}
    theirs = recomputed(books, tmp_path)
    for name, data in books.items():
        same(cells(data), theirs[name])


def test_a_changed_figure_changes_the_result(tmp_path: Path) -> None:
    """The workbook is alive: another low in the cell of the estimate, and LibreOffice finds another mean case."""
    before, after = (a_case(a_line("l", "benefit", a_range(low, 20, 30))) for low in (10, 16))
    data, out = book(before), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content, once = re.subn(rb'(<c r="C2"[^>]*><v>)10(</v>)', rb"\g<1>16\g<2>", content)
                assert once == 1
            new.writestr(name, content)
    found = recomputed({"changed": out.getvalue()}, tmp_path)["changed"]
    assert npv_in(found) == float(to_the_ore(mean_case(read(after)).npv))


def test_the_same_case_gives_the_same_bytes_and_no_text_is_a_formula() -> None:
    given = a_case(a_line("licences", title="=1+1", payer="@SUM(A1)"))
    assert book(given) == book(json.loads(json.dumps(given)))
    sheets = cells(book(given))
    assert sheets["Lines"][1][1] == "=1+1"
    assert sheets["Lines"][1][5] == "@SUM(A1)"


def test_an_hourly_cost_of_the_cases_own_names_its_own_source_and_not_that_of_the_rates() -> None:
    line = a_line("visits", "benefit", quantity="10", price={"hourly_cost": "nurse"})
    given = a_case(line, hourly_costs={"nurse": "412"}, own_figures_source="payroll 2026")
    assert [row[7] for row in cells(book(given))["Figures"][1:]] == ["", "payroll 2026"]


def test_the_draws_stand_on_sheets_of_their_own_and_add_up() -> None:
    sheets = cells(book(forty_lines("min_max_pert")))
    for name in ("Draw P10", "Draw P50", "Draw P90"):
        *rows, total, simulated = sheets[name][1:]
        assert len(rows) == 40
        assert sum(row[-1] for row in rows) == pytest.approx(total[-1], abs=1e-6)
        assert total[-1] == pytest.approx(simulated[-1], abs=0.5)


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_spreadsheets_do(place: int, letters: str) -> None:
    assert column(place) == letters
