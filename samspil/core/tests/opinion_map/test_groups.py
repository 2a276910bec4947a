"""Groups do not depend on who came first, are as compact as many searches find them, and are there only when real."""

from itertools import combinations

import numpy as np
import pytest

from samspil.core.opinion_map import Parameters, Votes, opinion_map
from samspil.core.opinion_map.chance import Purpose, stream
from samspil.core.opinion_map.clusters import (
    agreement,
    best_centres,
    distances,
    gathered,
    inertia_of,
    nearest,
    settled,
    silhouette,
)
from samspil.core.opinion_map.reality import exceeds, null_weights

from .made import CONVERSATIONS, drawn, planted, real, rows_in, votes_of

UNTESTED = Parameters(replicates=0)
BRIEF = Parameters(replicates=5, halves=5)


def cloud(seed: int, count: int, middles: int = 3) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return chance.normal(0, 1, (count, 2)) + chance.normal(0, 3, (middles, 2))[chance.integers(0, middles, count)]


def test_the_rand_index_is_the_share_of_pairs_beyond_chance() -> None:
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, 3, 30), chance.integers(0, 4, 30)
    pairs = list(combinations(range(30), 2))
    both = sum(one[a] == one[b] and other[a] == other[b] for a, b in pairs)
    first, second = (sum(part[a] == part[b] for a, b in pairs) for part in (one, other))
    expected = first * second / len(pairs)
    assert agreement(one, other) == pytest.approx((both - expected) / ((first + second) / 2 - expected))
    assert agreement(one, one) == 1
    assert agreement(one, 2 - one) == 1


def test_the_silhouette_is_that_of_its_definition() -> None:
    points = cloud(2, 40)
    label = nearest(points, points[:3])
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    scores = []
    for at in range(40):
        own = [apart[at, b] for b in range(40) if b != at and label[b] == label[at]]
        others = [apart[at, label == group].mean() for group in range(3) if group != label[at]]
        within, beyond = np.mean(own) if own else 0.0, min(others)
        scores.append((beyond - within) / max(beyond, within) if own else 0.0)
    cells = gathered(points)
    told = silhouette(cells, distances(cells), nearest(cells.places, points[:3]), 3)
    assert told == pytest.approx(np.mean(scores))


def test_cells_hold_everybody_and_say_the_same_as_the_points() -> None:
    points = cloud(3, 3000)
    cells = gathered(points)
    assert cells.weights.sum() == 3000
    assert len(cells.weights) <= 1024
    centres = best_centres(cells, 3, 50, stream(1, Purpose.GROUPS, 3))
    coarse, _middle = settled(points, centres)
    exact = gathered(points, exact_up_to=5000)
    fine, _middle = settled(points, best_centres(exact, 3, 50, stream(1, Purpose.GROUPS, 3)))
    assert agreement(coarse, fine) >= 0.98


def searched(points: np.ndarray, k: int, restarts: int, seed: int = 1) -> float:
    cells = gathered(points)
    label, _centres = settled(points, best_centres(cells, k, restarts, stream(seed, Purpose.GROUPS, k)))
    return inertia_of(points, label)


@pytest.mark.parametrize("k", [2, 3, 5])
def test_they_are_as_compact_as_many_more_searches_find_them(k: int) -> None:
    points = cloud(4, 400, middles=4)
    assert searched(points, k, Parameters().restarts) <= 1.0005 * searched(points, k, 200, seed=2)


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_on_real_maps_they_are_as_compact_as_a_thousand_searches_find_them(name: str) -> None:
    conversation = real(name)
    found = opinion_map(conversation.votes, moderated=conversation.moderated, parameters=UNTESTED)
    points = found.coordinates[found.included]
    for k in (2, 3, 4):
        exact = gathered(points, exact_up_to=5000)
        centres = best_centres(exact, k, 1000, stream(2, Purpose.GROUPS, k))
        assert searched(points, k, Parameters().restarts) <= 1.0005 * inertia_of(points, settled(points, centres)[0])


@pytest.mark.parametrize("name", [name for name in CONVERSATIONS if name != "london-youth-policing"])
def test_whoever_gets_which_number_the_groups_are_the_same(name: str, request: pytest.FixtureRequest) -> None:
    """Twenty orders of people (three in the daily suite): all get new keys, so that they stand in another order."""
    orders_agree(name, 3)


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_in_twenty_orders_the_groups_are_the_same(name: str) -> None:
    orders_agree(name, 20)


def orders_agree(name: str, orders: int) -> None:
    conversation = real(name)
    votes, found = conversation.votes, []
    for number in range(orders):
        new = np.random.default_rng(number).permutation(len(votes.participants))
        again = Votes.from_rows(new[votes.rows], votes.statements[votes.columns], votes.values)
        told = opinion_map(again, moderated=conversation.moderated, parameters=UNTESTED)
        found.append(told.group_of[new])
    assert min(agreement(one, other) for one, other in combinations(found, 2)) >= 0.99


def test_planted_groups_are_found_and_counted_by_itself() -> None:
    votes, group = planted(1)
    found = opinion_map(votes, parameters=BRIEF)
    assert found.k == 3
    assert agreement(found.group_of, group) > 0.8
    assert [one.number for one in found.groups] == [1, 2, 3]
    assert [one.size for one in found.groups] == sorted((one.size for one in found.groups), reverse=True)
    assert found.certainty == "clear"


def test_votes_by_lot_have_no_clear_groups() -> None:
    found = opinion_map(drawn(11, people=120), parameters=BRIEF)
    assert (found.k, found.groups, found.members()) == (0, (), {})
    assert found.why in ("shuffled", "halves")
    assert found.certainty == "no_groups"


def test_real_young_people_in_london_have_an_axis_but_no_groups() -> None:
    conversation = real("london-youth-policing")
    found = opinion_map(conversation.votes, moderated=conversation.moderated, parameters=BRIEF)
    assert found.axes.eigenvalues[0] > found.first_axis_nulls.max()
    assert (found.k, found.why) == (0, "halves")


def test_shuffled_votes_keep_what_each_statement_and_each_person_got() -> None:
    votes, _groups = planted(2, people=60)
    nulls = null_weights(votes, votes.active([]), 19, seed=1)
    real_weight = opinion_map(votes, parameters=UNTESTED).axes.eigenvalues[0]
    assert exceeds(real_weight, nulls, 0.95)
    assert not exceeds(float(np.median(nulls)), nulls, 0.95)
    assert nulls.std() > 0
    assert null_weights(votes, votes.active([]), 19, seed=1).tolist() == nulls.tolist()


@pytest.mark.parametrize(("nulls", "level", "real_one"), [(19, 0.95, True), (18, 0.95, False)])
def test_a_weight_is_real_when_one_in_twenty_nulls_or_fewer_reach_it(nulls: int, level: float, real_one: bool) -> None:
    assert exceeds(2.0, np.ones(nulls), level) is real_one


def test_a_number_of_groups_can_be_asked_for() -> None:
    votes, _groups = planted(3)
    assert opinion_map(votes, parameters=Parameters(replicates=0, k=5)).k == 5


def test_nobody_is_lost() -> None:
    """Who voted too little to be placed is counted in the totals."""
    votes, _groups = planted(4, people=40)
    rows = [row for row in rows_in(votes) if row[0] > 5] + [(person, 1, 1) for person in range(6)]
    found = opinion_map(votes_of(rows), parameters=UNTESTED)
    assert found.group_of[:6].tolist() == [0] * 6
    assert found.included.sum() == 34
    assert len(found.coordinates) == 40
    assert found.counts.sum() == len(rows)
