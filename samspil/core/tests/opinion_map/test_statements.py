"""What is said of statements: intervals, one control of false discoveries, agreeing and disagreeing alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.opinion_map import Parameters, Votes, opinion_map
from samspil.core.opinion_map.axes import Centred
from samspil.core.opinion_map.clusters import agreement
from samspil.core.opinion_map.left_out import left_out_counts
from samspil.core.opinion_map.statements import (
    discoveries,
    group_counts,
    larger_share,
    measured,
    sure_difference,
    wilson,
)

from .made import drawn, planted, rows_in, votes_of

counts_of_two_groups = st.lists(
    st.tuples(*[st.integers(0, 30)] * 6).map(lambda six: [six[:3], six[3:]]), min_size=1, max_size=8
).map(lambda each: np.array(each).transpose(1, 0, 2))


def test_the_interval_of_a_share() -> None:
    low, high = wilson(np.array([8, 0, 10, 0]), np.array([10, 10, 10, 0]))
    assert low == pytest.approx([0.541, 0, 0.787, 0], abs=0.001)
    assert high == pytest.approx([0.931, 0.213, 1, 1], abs=0.001)


@given(st.integers(0, 40), st.integers(1, 40))
def test_an_interval_holds_its_share_and_mirrors(agreed: int, others: int) -> None:
    seen = agreed + others
    low, high = wilson(np.array(agreed), np.array(seen))
    assert low <= agreed / seen <= high
    mirrored_low, mirrored_high = wilson(np.array(others), np.array(seen))
    assert (1 - float(high), 1 - float(low)) == pytest.approx((float(mirrored_low), float(mirrored_high)))


def test_discoveries_are_those_of_the_step_up_rule() -> None:
    likely = np.array([[0.001, 0.012], [0.9, 0.04]])
    assert discoveries(likely, 0.05).tolist() == [[True, True], [False, False]]
    assert discoveries(likely, 0.10).tolist() == [[True, True], [False, True]]
    assert not discoveries(np.ones(5), 0.1).any()
    assert not discoveries(np.zeros(0), 0.1).any()


@given(counts_of_two_groups)
def test_turning_every_statement_round_turns_nothing_but_the_direction(groups: np.ndarray) -> None:
    active = np.ones(groups.shape[1], dtype=bool)
    one = measured(groups.sum(axis=0), groups, active)
    other = measured(groups.sum(axis=0)[:, ::-1], groups[:, :, ::-1], active)
    for name in ("bridging", "mean_share", "divisive", "split", "sure"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True)
    untied = one.towards != other.towards
    assert (one.towards[untied] == -other.towards[untied]).all()


def test_what_bridges_what_divides_and_what_is_typical() -> None:
    agreed, divided, quiet = [2, 2, 46], [45, 2, 3], [1, 1, 1]
    groups = np.array([[agreed, divided, quiet], [agreed, divided[::-1], quiet]])
    found = measured(groups.sum(axis=0), groups, np.ones(3, bool))
    assert found.bridging[0] == pytest.approx(wilson(np.array(46), np.array(50))[0])
    assert found.towards.tolist()[0] == 1
    assert found.divisive[0] == 0
    assert found.divisive[1] == pytest.approx(sure_difference(45, 50, 3, 50))
    assert found.typical[:, :2].tolist() == [[0, -1], [0, 1]]
    assert found.split[1] == pytest.approx(4 * (49 / 102) ** 2)


def test_of_fewer_than_five_votes_in_a_group_nothing_is_said() -> None:
    groups = np.array([[[0, 0, 40]], [[4, 0, 0]]])
    found = measured(groups.sum(axis=0), groups, np.ones(1, bool))
    assert np.isnan([found.bridging[0], found.mean_share[0], found.divisive[0]]).all()
    assert not found.typical.any()


def test_statements_that_are_out_are_counted_and_not_judged() -> None:
    votes, _groups = planted(1)
    found = opinion_map(votes, moderated={0}, parameters=Parameters(replicates=0))
    first = found.statement(0)
    assert first.all.seen > 0
    assert not first.active
    assert (first.bridging, first.divisive, first.split, first.representative) == (None, None, None, ())


def test_counts_of_groups_are_exact() -> None:
    votes, group = planted(2, people=50)
    found = group_counts(votes, group + 1, 3)
    for person_group in range(3):
        theirs = votes_of([row for row in rows_in(votes) if group[row[0]] == person_group])
        seen = np.isin(votes.statements, theirs.statements)
        assert found[person_group][seen].tolist() == theirs.counts().tolist()


def false_share(seed: int, people: int, each: int) -> tuple[int, int]:
    """Of the statements on which nobody differs by group, how many are called typical; and how many in all."""
    votes, _groups = planted(seed, people=people, each=each, alike=0.5)
    found = opinion_map(votes, parameters=Parameters(replicates=0, k=3))
    called = found.statements[np.flatnonzero(found.measures.typical.any(axis=0))]
    return int((called < 30).sum()), len(called)


def test_few_of_the_statements_called_typical_are_so_by_chance() -> None:
    told = np.array([false_share(seed, people=250, each=15) for seed in range(12)])
    assert told[:, 1].sum() > 100
    assert told[:, 0].sum() / told[:, 1].sum() <= 0.10


def test_counting_a_vote_where_it_put_its_own_person_would_find_differences_that_are_not_there() -> None:
    """What the tests would say if they rested on the plain counts: this is why they do not."""
    false, called = 0, 0
    for seed in range(12):
        votes, _groups = planted(seed, people=250, each=15, alike=0.5)
        found = opinion_map(votes, parameters=Parameters(replicates=0, k=3))
        plain = measured(found.counts, found.group_counts, found.active)
        typical = found.statements[np.flatnonzero(plain.typical.any(axis=0))]
        false, called = false + int((typical < 30).sum()), called + len(typical)
    assert false / called > 0.10


def test_with_groups_drawn_by_lot_hardly_anything_is_typical() -> None:
    false = 0
    for seed in range(20):
        votes = drawn(seed, people=200, statements=40)
        groups = np.random.default_rng(seed).integers(1, 4, len(votes.participants))
        told = measured(votes.counts(), group_counts(votes, groups, 3), votes.active([]))
        false += bool(told.typical.any())
    assert false <= 5


def test_a_test_of_shares_is_careful_with_few_people() -> None:
    assert larger_share(np.array(3), np.array(3), np.array(0), np.array(3)) > 0.01
    assert larger_share(np.array(60), np.array(100), np.array(30), np.array(100)) < 1e-4
    assert larger_share(np.array(0), np.array(0), np.array(0), np.array(0)) == 1


@pytest.mark.parametrize("level", [False, True])
def test_a_vote_is_tested_where_its_person_would_be_without_it(level: bool) -> None:
    votes, _groups = planted(5, people=60, statements=20, each=8)
    settings = Parameters(replicates=0, k=3, level=level)
    found = opinion_map(votes, parameters=settings)
    around = Centred(votes, found.active, level=level)
    centres = np.array([group.centre for group in found.groups])
    told = left_out_counts(
        votes, around, found.axes, found.coordinates, found.votes_each, found.included, centres
    )
    wanted = np.zeros_like(told)
    lean = np.zeros(60) if around.lean is None else around.lean
    for row, column, value in zip(votes.rows, votes.columns, votes.values, strict=True):
        own = around.towards(found.axes.loadings)[row]
        left = own - (value - around.means[column] - lean[row]) * found.axes.loadings[column]
        place = left * np.sqrt(20 / (found.votes_each[row] - 1))
        group = np.argmin(((centres - place) ** 2).sum(axis=1))
        wanted[group, column, value + 1] += 1
    assert told.tolist() == wanted.tolist()


def test_with_everybodys_tendency_off_groups_are_found_that_it_had_hidden() -> None:
    chance = np.random.default_rng(3)
    group, leaning = chance.integers(0, 3, 300), chance.normal(0, 1, (3, 60))
    liked = leaning[group] + chance.normal(0, 1.5, 300)[:, None] + chance.normal(0, 1, (300, 60))
    rows, columns = np.nonzero(np.ones((300, 60)))
    votes = Votes.from_rows(rows, columns, np.where(liked > 0.4, 1, np.where(liked < -0.4, -1, 0)).ravel())
    hidden, shown = (
        agreement(opinion_map(votes, parameters=Parameters(replicates=0, k=3, level=level)).group_of, group)
        for level in (False, True)
    )
    assert hidden < 0.5
    assert shown > 0.8
