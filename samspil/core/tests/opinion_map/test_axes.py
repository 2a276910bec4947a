"""The axes are those of the mean-imputed table, found without ever filling it."""

import numpy as np
import pytest

from samspil.core.opinion_map import Tables, Votes
from samspil.core.opinion_map.axes import Centred, axes_of, axes_of_tables, leading, upright
from samspil.core.opinion_map.coordinates import active_votes, coordinates, votes_needed

from .made import drawn, planted, table


def imputed(votes: Votes) -> np.ndarray:
    filled = table(votes)
    filled = np.where(np.isnan(filled), np.nanmean(filled, axis=0), filled)
    return filled - filled.mean(axis=0)


@pytest.mark.parametrize("statements", [5, 40, 64, 65, 150])
def test_they_are_the_singular_vectors_of_the_mean_imputed_table(statements: int) -> None:
    votes = drawn(statements, people=90, statements=statements)
    around = Centred(votes, votes.active([]))
    found = axes_of(around)
    _left, sizes, right = np.linalg.svd(imputed(votes), full_matrices=False)
    assert found.eigenvalues == pytest.approx(sizes[:2] ** 2, rel=1e-10)
    assert np.abs((found.loadings * right[:2].T).sum(axis=0)) == pytest.approx(1, abs=1e-9)
    assert found.trace == pytest.approx((sizes**2).sum())
    each = active_votes(votes, votes.active([]))
    turned = imputed(votes) @ found.loadings * np.sqrt(len(votes.statements) / each)[:, None]
    assert coordinates(around, found, each) == pytest.approx(turned, abs=1e-8)


def test_from_the_tables_alone_they_are_the_same() -> None:
    votes, _groups = planted(1, statements=90)
    from_votes = axes_of(Centred(votes, votes.active([])))
    from_tables = axes_of_tables(Tables.of(votes))
    assert from_tables.loadings == pytest.approx(from_votes.loadings, abs=1e-9)
    assert from_tables.eigenvalues == pytest.approx(from_votes.eigenvalues)
    assert from_tables.means == pytest.approx(from_votes.means)


def test_statements_that_are_out_have_no_weight_and_change_nothing() -> None:
    votes = drawn(7, statements=80)
    active = votes.active(range(10))
    some = axes_of(Centred(votes, active))
    assert not some.loadings[~active].any()
    kept = np.isin(votes.columns, np.flatnonzero(active))
    alone = Votes.from_rows(votes.rows[kept], votes.columns[kept], votes.values[kept])
    assert some.loadings[active] == pytest.approx(
        axes_of(Centred(alone, alone.active([]))).loadings, abs=1e-8
    )


def test_a_statement_turned_round_turns_its_loading_alone() -> None:
    votes, _groups = planted(2, statements=80)
    turned = Votes.from_rows(
        votes.rows, votes.columns, np.where(votes.columns == 5, -votes.values, votes.values)
    )
    one, other = (axes_of(Centred(v, v.active([]))).loadings for v in (votes, turned))
    other[5] *= -1
    assert np.abs((one * other).sum(axis=0)) == pytest.approx(1, abs=1e-9)


def test_statements_written_in_both_directions_hide_nothing() -> None:
    votes, _groups = planted(3, people=150, statements=50)
    both = Votes.from_rows(
        np.tile(votes.rows, 2),
        np.concatenate([2 * votes.columns, 2 * votes.columns + 1]),
        np.concatenate([votes.values, -votes.values]),
    )
    one, other = (axes_of(Centred(v, v.active([]))) for v in (votes, both))
    assert other.eigenvalues == pytest.approx(2 * one.eigenvalues)


def test_axes_of_equal_weight_are_both_found_and_said_to_be_exchangeable() -> None:
    corners = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]] * 10)
    rows, columns = np.nonzero(np.ones((40, 2)))
    votes = Votes.from_rows(rows, columns, corners.ravel())
    found = axes_of(Centred(votes, votes.active([])))
    assert found.eigenvalues.tolist() == pytest.approx([40, 40])
    assert found.exchangeable()
    assert not axes_of(Centred(planted(4, groups=2)[0], np.ones(60, bool))).exchangeable()


def test_equal_weights_among_many_statements_are_both_found() -> None:
    first = np.repeat([1, -1], 20)
    second = np.tile([1, -1], 20)
    filled = np.stack([first] * 40 + [second] * 40, axis=1)
    rows, columns = np.nonzero(filled)
    votes = Votes.from_rows(rows, columns, filled.ravel())
    found = axes_of(Centred(votes, votes.active([])))
    assert found.eigenvalues == pytest.approx([1600, 1600])


def test_an_axis_stands_with_its_largest_loading_up() -> None:
    assert upright(np.array([[-3.0, 0.0], [1.0, 0.0]])).tolist() == [[3, 0], [-1, 0]]
    assert upright(np.array([[1.0], [-1.0]])).tolist() == [[1], [-1]]


@pytest.mark.parametrize(
    "values", [[1] * 12, [0] * 12, [-1] * 12], ids=["all agree", "all pass", "all disagree"]
)
def test_where_nobody_differs_there_is_no_axis(values: list[int]) -> None:
    votes = Votes.from_rows(np.repeat(np.arange(4), 3), np.tile(np.arange(3), 4), values)
    found = axes_of(Centred(votes, votes.active([])))
    assert not found.eigenvalues.any()
    assert not found.loadings.any()


def test_with_one_statement_there_is_one_axis() -> None:
    votes = Votes.from_rows([1, 2, 3], [9, 9, 9], [1, 1, -1])
    found = axes_of(Centred(votes, votes.active([])))
    assert found.eigenvalues == pytest.approx([8 / 3, 0])


def test_many_statements_of_which_few_matter() -> None:
    chance = np.random.default_rng(5)
    base = chance.normal(size=(200, 3))
    gram = base @ base.T
    vectors, values = leading(gram.__matmul__, gram.diagonal(), 4)
    assert values[:3] == pytest.approx(np.linalg.svd(base, compute_uv=False) ** 2)
    assert values[3] == pytest.approx(0, abs=1e-9)
    assert vectors[:, :3].T @ vectors[:, :3] == pytest.approx(np.eye(3), abs=1e-9)


@pytest.mark.parametrize(("active", "needed"), [(1, 1), (3, 1), (4, 2), (18, 6), (19, 7), (500, 7)])
def test_seven_votes_or_a_third_of_the_statements_place_a_person(active: int, needed: int) -> None:
    assert votes_needed(active) == needed


def dense(votes: Votes, lean: np.ndarray) -> np.ndarray:
    filled = table(votes)
    return np.where(np.isnan(filled), 0, filled - np.nanmean(filled, axis=0) - lean[:, None])


@pytest.mark.parametrize("statements", [30, 90])
def test_with_everybodys_tendency_off_they_are_those_of_the_votes_less_it(statements: int) -> None:
    votes, _groups = planted(9, people=120, statements=statements, each=20)
    warm = Votes.from_rows(votes.rows, votes.columns, np.where(votes.rows % 4 == 0, 1, votes.values))
    around = Centred(warm, warm.active([]), level=True)
    found = axes_of(around)
    level = dense(warm, around.lean)
    _left, sizes, right = np.linalg.svd(level, full_matrices=False)
    assert found.eigenvalues == pytest.approx(sizes[:2] ** 2)
    assert np.abs((found.loadings * right[:2].T).sum(axis=0)) == pytest.approx(1, abs=1e-9)
    assert around.towards(found.loadings) == pytest.approx(level @ found.loadings, abs=1e-9)
    assert around.norms == pytest.approx((level**2).sum(axis=0))


def test_where_nobody_tends_to_agree_more_than_others_nothing_is_taken_off() -> None:
    votes = drawn(3, people=200, statements=30)
    around = Centred(votes, votes.active([]), level=True)
    assert around.lean is None or np.abs(around.lean).max() < 0.2
