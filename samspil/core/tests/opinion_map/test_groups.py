"""Groups do not depend on who came first, are as compact as many searches find them, and are there only when real."""

import secrets
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from samspil.core.opinion_map import Parameters, Votes, opinion_map
from samspil.core.opinion_map.case import Case
from samspil.core.opinion_map.chance import Purpose, stream
from samspil.core.opinion_map.clusters import (
    agreement,
    best_centres,
    distances,
    gathered,
    inertia_of,
    matched,
    nearest,
    settled,
    silhouette,
)
from samspil.core.opinion_map.reality import exceeds, null_weights
from tests.real_inputs import CONVERSATIONS

from .made import drawn, planted, real, rows_in, votes_of

UNTESTED = Parameters(replicates=0)
BRIEF = Parameters(replicates=5, halves=5)


def cloud(seed: int, count: int, middles: int = 3) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return (
        chance.normal(0, 1, (count, 2))
        + chance.normal(0, 3, (middles, 2))[chance.integers(0, middles, count)]
    )


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
        assert searched(points, k, Parameters().restarts) <= 1.0005 * inertia_of(
            points, settled(points, centres)[0]
        )


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
    case = Case.of(votes, (), Parameters(nulls=19), 1, None)
    nulls = null_weights(case)
    real_weight = opinion_map(votes, parameters=UNTESTED).axes.eigenvalues[0]
    assert exceeds(real_weight, nulls, 0.95)
    assert not exceeds(float(np.median(nulls)), nulls, 0.95)
    assert nulls.std() > 0
    assert null_weights(case).tolist() == nulls.tolist()


@pytest.mark.parametrize(
    ("nulls", "level", "real_one"), [(19, 0.95, True), (18, 0.95, False), (49, 0.98, True), (48, 0.98, False)]
)
def test_a_weight_is_real_when_too_few_nulls_reach_it_for_chance(
    nulls: int, level: float, real_one: bool
) -> None:
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


def blocks(chance: np.random.Generator) -> Votes:
    """Votes by lot of two kinds of people who see different statements."""
    kind, half = chance.random(200) < 0.5, np.arange(60) < 30
    seen = chance.random((200, 60)) < np.where(kind[:, None] == half[None], 0.7, 0.05)
    return by_lot(chance, seen)


def arriving(chance: np.random.Generator) -> Votes:
    """Votes by lot of people who come at any time and see what has been written by then."""
    written, come = np.sort(chance.random(60)), chance.random(200)
    return by_lot(chance, (written[None] < come[:, None]) & (chance.random((200, 60)) < 0.6))


def by_lot(chance: np.random.Generator, seen: np.ndarray) -> Votes:
    rows, columns = np.nonzero(seen)
    liked = chance.dirichlet([0.7, 0.5, 0.9], seen.shape[1]).cumsum(axis=1)[columns]
    drawn = chance.random(len(rows))
    return Votes.from_rows(rows, columns, (drawn > liked[:, 0]).astype(int) + (drawn > liked[:, 1]) - 1)


def seen_groups(make: Callable[[np.random.Generator], Votes], count: int) -> int:
    """In how many of so many conversations by lot groups are seen; the seeds are drawn here and printed."""
    seeds = [secrets.randbits(32) for _each in range(count)]
    print("seeds:", *seeds)
    settings = Parameters(replicates=1)
    return sum(opinion_map(make(np.random.default_rng(seed)), parameters=settings).k > 0 for seed in seeds)


@pytest.mark.parametrize("make", [blocks, arriving])
def test_what_people_happened_to_see_makes_no_groups(make: Callable[[np.random.Generator], Votes]) -> None:
    assert seen_groups(make, 5) <= 2


@pytest.mark.prove
@pytest.mark.parametrize("make", [blocks, arriving])
def test_what_people_happened_to_see_makes_no_groups_in_a_hundred(
    make: Callable[[np.random.Generator], Votes],
) -> None:
    """Two in a hundred may pass; more than seven do once in a thousand times."""
    assert seen_groups(make, 100) <= 7


def rightly_placed(seed: int, people: int, each: int, replicates: int) -> tuple[np.ndarray, np.ndarray]:
    """For each placed person the share of replicates in their own group, and whether it is the planted one."""
    votes, group = planted(seed, people=people, each=each, apart=0.7)
    found = opinion_map(votes, parameters=Parameters(replicates=replicates, halves=2, k=3))
    put = found.group_of[found.included].astype(np.int64) - 1
    planted_group = group[found.included]
    return found.membership[found.included], matched(put, planted_group, 3)[put] == planted_group


def test_whoever_is_said_to_be_sure_is_rightly_placed_and_the_others_less_often() -> None:
    share, right = rightly_placed(1, people=300, each=14, replicates=40)
    assert right[share >= 0.9].mean() >= 0.9
    assert right[share < 0.7].mean() < right[share >= 0.9].mean()


@pytest.mark.prove
@pytest.mark.parametrize("each", [10, 20, 40])
def test_nobody_is_called_surer_than_they_are_rightly_placed(each: int) -> None:
    """Never bolder than five points; on the whole more careful by fifteen at most."""
    drawn = [secrets.randbits(32) for _each in range(6)]
    print("seeds:", *drawn)
    share, right = map(np.concatenate, zip(*(rightly_placed(s, 600, each, 100) for s in drawn), strict=True))
    assert -0.05 <= right.mean() - share.mean() <= 0.15
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        these = (share >= low) & (share < high)
        if these.sum() >= 100:
            assert share[these].mean() - right[these].mean() <= 0.05
