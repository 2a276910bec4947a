"""The worked example in docs/calculations/opinion_map.md is what the house computes, and what a person would."""

import re
from pathlib import Path

import numpy as np
import pytest

from samspil.core.opinion_map import OpinionMap, Parameters, Tables, Votes, opinion_map

PAGE = Path(__file__).parents[4] / "docs" / "calculations" / "opinion_map.md"
SETTINGS = Parameters(replicates=0, smallest_body=6, smallest_group=2, k=2, fewest_votes_shown=2)
STATEMENTS = ["A", "B", "C", "D"]
Grid = dict[str, list[str]]


@pytest.fixture(scope="module")
def example() -> list[tuple[list[str], Grid]]:
    """The tables of the example: for each its heading and its rows by their first cell."""
    text = PAGE.read_text().partition("## Worked example")[2].partition("## Sources")[0]
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.M):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        found.append((rows[0], {row[0]: row[1:] for row in rows[2:]}))
    return found


def grid(example: list[tuple[list[str], Grid]], row: str, corner: str = "") -> Grid:
    return next(rows for heading, rows in example if row in rows and heading[0] == corner)


def told(rows: Grid) -> list[list[float]]:
    return [[float(cell) for cell in row] for row in rows.values()]


@pytest.fixture(scope="module")
def votes(example: list[tuple[list[str], Grid]]) -> Votes:
    rows = [
        (person, statement, int(cell))
        for person, cells in grid(example, "Ada").items()
        for statement, cell in zip(STATEMENTS, cells, strict=True)
        if cell != "."
    ]
    return Votes.from_rows(*zip(*rows, strict=True))


@pytest.fixture(scope="module")
def found(votes: Votes) -> OpinionMap:
    return opinion_map(votes, parameters=SETTINGS)


def test_the_tables_are_those_of_the_votes(example: list, votes: Votes) -> None:
    tables = Tables.of(votes)
    for corner, table in (("N", tables.together), ("S", tables.sums), ("Q", tables.products)):
        assert told(grid(example, "A", corner)) == table.tolist()
    assert np.array(told(grid(example, "A", "centred"))) == pytest.approx(tables.centred(), abs=1e-9)


def test_means_axes_and_places(example: list, found: OpinionMap) -> None:
    assert told(grid(example, "mean"))[0] == pytest.approx(found.axes.means)
    axes = told(grid(example, "first", "loading"))
    assert pytest.approx(found.axes.loadings, abs=5e-5) == np.array(axes)[:, :4].T
    assert np.array(axes)[:, 4] == pytest.approx(found.axes.eigenvalues, abs=5e-5)
    places = np.array([row for heading, rows in example if "group" in heading for row in told(rows)])
    assert places[:, :2] == pytest.approx(found.coordinates, abs=5e-5)
    assert places[:, 2].tolist() == found.group_of.tolist()
    assert found.axes.trace == pytest.approx(14.8)


def test_the_axes_are_those_of_the_filled_table(example: list) -> None:
    """By the book: fill with the mean, take it off, decompose."""
    cells = grid(example, "Ada").values()
    filled = np.array([[np.nan if cell == "." else float(cell) for cell in row] for row in cells])
    around = np.where(np.isnan(filled), 0, filled - np.nanmean(filled, axis=0))
    _left, sizes, right = np.linalg.svd(around)
    axes = np.array(told(grid(example, "first", "loading")))
    assert sizes[:2] ** 2 == pytest.approx(axes[:, 4], abs=5e-5)
    assert np.abs((right[:2] * axes[:, :4]).sum(axis=1)) == pytest.approx(1, abs=1e-4)


def test_what_is_said_of_the_statements(example: list, found: OpinionMap) -> None:
    for name in ("divisive", "bridging", "split"):
        wanted = [float(cell) for cell in grid(example, "divisive")[name]]
        assert wanted == pytest.approx(getattr(found.measures, name).tolist(), abs=5e-5)


def test_the_page_tells_the_settings_that_are_used() -> None:
    page, usual = PAGE.read_text(), Parameters()
    for said in (
        f"fewer than {usual.smallest_body} voters",
        f"Fewer than {usual.small_body}: the map",
        f"{usual.nulls} times",
        f"From {usual.clear_split_half:.2f} on",
        f"to {usual.least_split_half:.2f}\n",
        f"to {usual.least_split_half_by_root} / √people ({usual.agreement_needed(100):.2f} for a hundred)",
    ):
        assert said in page, said
