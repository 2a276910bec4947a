"""What may be told of an opinion map: everything that helps, nothing that tells of a few."""

import json

import numpy as np
import pytest

from samspil.core.opinion_map import Votes
from samspil.core.opinion_release import computed, release_of, telling
from samspil.core.released import Thresholds, fingerprint
from samspil.core.tests.opinion_map.made import planted, real
from samspil.core.tests.release_auditor import disclosures
from tests.real_inputs import CONVERSATIONS

USUAL = Thresholds()


def release(votes: Votes, moderated=frozenset(), thresholds: Thresholds = USUAL, tiers=None) -> dict:
    return release_of(votes, computed(votes, set(moderated), thresholds), thresholds, tiers)


def sparse(seed: int) -> Votes:
    """People in groups of unlike size, of whom some answer little; statements of which some are hardly seen."""
    chance = np.random.default_rng(seed)
    people, statements = int(chance.integers(20, 160)), int(chance.integers(4, 40))
    group = chance.choice(3, people, p=[0.55, 0.3, 0.15])
    leaning = chance.normal(0, 1.5, (3, statements))
    seen = chance.random((people, statements)) < np.outer(
        chance.beta(1, 1.5, people), chance.beta(2, 1, statements)
    )
    rows, columns = np.nonzero(seen)
    liked = leaning[group[rows], columns] + chance.normal(0, 1, len(rows))
    return Votes.from_rows(rows, columns, np.where(liked > 0.3, 1, np.where(liked < -0.3, -1, 0)))


def votes_in(votes: Votes) -> list[tuple]:
    people, things = votes.participants.tolist(), votes.statements.tolist()
    pairs = zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True)
    return [(people[row], things[column], value) for row, column, value in pairs]


# --- nothing small is readable ------------------------------------------------------------------------------


def test_a_part_that_is_too_small_takes_another_with_it() -> None:
    sizes = np.array([[40], [12], [3]])
    whole, shown = telling(sizes, USUAL)
    assert (whole.tolist(), shown[:, 0].tolist()) == ([True], [True, False, False])


def test_small_parts_that_are_many_enough_together_stay_alone() -> None:
    _whole, shown = telling(np.array([[40], [6], [7]]), USUAL)
    assert shown[:, 0].tolist() == [True, False, False]


def test_an_empty_part_looks_like_one_that_is_too_small() -> None:
    _whole, shown = telling(np.array([[40], [0]]), USUAL)
    assert shown[:, 0].tolist() == [True, False]


def no_part_can_be_worked_out(seed: int) -> None:
    chance = np.random.default_rng(seed)
    thresholds = Thresholds(int(chance.integers(5, 12)), int(chance.integers(12, 25)))
    sizes = chance.choice([0, 1, 3, 7, 11, 15, 40], size=(int(chance.integers(2, 7)), 30))
    whole, shown = telling(sizes, thresholds)
    left = np.where(shown, 0, sizes).sum(axis=0)
    assert (sizes[shown] >= thresholds.breakdown).all()
    assert (sizes.sum(axis=0)[whole] >= thresholds.total).all()
    told = shown.any(axis=0)
    assert ((left[told] == 0) | (left[told] >= thresholds.breakdown)).all()


def test_no_part_can_be_worked_out_from_the_others() -> None:
    for seed in range(200):
        no_part_can_be_worked_out(seed)


def test_an_auditor_finds_nothing_small_in_any_release() -> None:
    seeds = np.random.default_rng(4).integers(0, 2**32, 6).tolist()
    for seed in seeds:
        assert list(disclosures(release(sparse(seed)))) == [], f"seed {seed}"


@pytest.mark.prove
def test_an_auditor_finds_nothing_small_in_a_thousand_releases() -> None:
    found = [list(disclosures(release(sparse(seed)))) for seed in range(1000)]
    assert [one for one in found if one] == []


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_an_auditor_finds_nothing_small_in_real_conversations(name: str) -> None:
    known = real(name)
    assert list(disclosures(release(known.votes, known.moderated))) == []


def test_the_auditor_finds_what_is_planted() -> None:
    """An auditor who never finds anything proves nothing."""
    votes, _group = planted(3, people=120, statements=20, groups=2, each=16)
    told = release(votes)
    assert list(disclosures(told)) == []
    leaky = json.loads(json.dumps(told))
    one = leaky["statements"][0]
    everybody = {
        name: sum(group[name] for group in one["groups"]) for name in ("agree", "pass", "disagree", "n")
    }
    one["all"] = everybody | {"agree": everybody["agree"] + 3, "n": everybody["n"] + 3}
    assert any("lies within" in found for found in disclosures(leaky))
    leaky["groups"][0]["people"] = 4
    leaky["dots"][0]["people"] = 2
    found = list(disclosures(leaky))
    assert "a group of 4" in found
    assert "a dot for 2" in found


def test_those_without_a_group_cannot_be_worked_out_as_the_rest() -> None:
    """Two hundred people answer much, thirty answer two statements each: too few on any one statement to be told."""
    votes, _group = planted(5, people=200, statements=40, groups=2, each=20)
    rows = votes_in(votes)
    rows += [(1000 + person, (person + step) % 40, 1) for person in range(30) for step in (0, 7)]
    told = release(Votes.from_rows(*zip(*rows, strict=True)))
    assert told["without_group"] == 30
    assert list(disclosures(told)) == []
    for one in told["statements"]:
        parts = [part for part in (*one["groups"], one["without_group"]) if part]
        assert sum(part["n"] for part in parts) == one["all"]["n"]


def test_a_handful_who_answered_little_stand_with_the_group_nearest_to_them() -> None:
    votes, _group = planted(5, people=200, statements=40, groups=2, each=20)
    rows = votes_in(votes) + [(1000 + person, person, 1) for person in range(4)]
    told = release(Votes.from_rows(*zip(*rows, strict=True)))
    assert (told["participants"], told["in_groups"], told["without_group"]) == (204, 204, None)


def test_a_group_too_small_to_be_told_is_not_made() -> None:
    chance = np.random.default_rng(8)
    large = [(person, key, int(chance.random() < 0.85) * 2 - 1) for person in range(90) for key in range(20)]
    small = [
        (person, key, int(chance.random() < 0.1) * 2 - 1) for person in range(90, 97) for key in range(20)
    ]
    told = release(Votes.from_rows(*zip(*large, *small, strict=True)))
    assert all(group["people"] >= 10 for group in told["groups"])
    assert list(disclosures(told)) == []


def test_thresholds_of_a_round_hold_in_its_release() -> None:
    votes, _group = planted(2, people=90, statements=12, groups=2, each=8)
    told = release(votes, thresholds=Thresholds(12, 40))
    assert list(disclosures(told)) == []
    assert all(dot["people"] >= 12 for dot in told["dots"])


def test_tiers_are_told_apart_and_small_ones_not_at_all() -> None:
    votes, _group = planted(2, people=90, statements=12, groups=2, each=8)
    keys = votes.participants.tolist()
    told = release(votes, tiers={key: "open" if key % 3 else "roster" for key in keys})
    assert {one["tier"]: one["people"] for one in told["tiers"]} == {"open": 60, "roster": 30}
    assert list(disclosures(told)) == []
    few = release(votes, tiers={key: "open" if key < 3 else "roster" for key in keys})
    assert few["tiers"] == []


# --- what is told --------------------------------------------------------------------------------------------


def test_three_people_are_told_nothing_of() -> None:
    told = release(Votes.from_rows([1, 1, 2, 3], [1, 2, 1, 2], [1, 1, -1, 0]))
    assert (told["participants"], told["votes"], told["dots"], told["groups"]) == (None, 0, [], [])
    assert all(one["all"] is None for one in told["statements"])


def test_a_committee_gets_counts_and_no_map() -> None:
    votes = Votes.from_rows(
        [person for person in range(15) for _key in range(5)],
        [key for _person in range(15) for key in range(5)],
        [1 if key < 3 else -1 for _person in range(15) for key in range(5)],
    )
    told = release(votes)
    assert (told["certainty"], told["dots"], told["axes"]) == ("counts_only", [], None)
    assert told["statements"][0]["all"] == {"agree": 15, "pass": 0, "disagree": 0, "n": 15}
    assert [one["statement"] for one in told["agreed"]] == [0, 1, 2, 3, 4]


def test_every_dot_stands_for_several_and_all_dots_for_everybody() -> None:
    votes, _group = planted(3, people=137, statements=30, groups=2, each=15)
    told = release(votes)
    assert min(dot["people"] for dot in told["dots"]) >= 5
    assert sum(dot["people"] for dot in told["dots"]) == 137
    for group in told["groups"]:
        assert (
            sum(dot["people"] for dot in told["dots"] if dot["group"] == group["number"]) == group["people"]
        )


def test_what_is_agreed_on_has_six_of_ten_in_every_group() -> None:
    votes, _group = planted(3, people=300, statements=40, groups=2, each=25, alike=0.5)
    told = release(votes)
    assert told["agreed"]
    by_key = {one["id"]: one for one in told["statements"]}
    for one in told["agreed"]:
        shares = [part[one["direction"]] / part["n"] for part in by_key[one["statement"]]["groups"]]
        assert min(shares) >= 0.6
        assert one["least"] == pytest.approx(min(shares), abs=1e-4)


def test_what_sets_a_group_apart_is_told_with_exact_shares() -> None:
    votes, _group = planted(3, people=300, statements=40, groups=2, each=25)
    told = release(votes)
    by_key = {one["id"]: one for one in told["statements"]}
    for at, group in enumerate(told["groups"]):
        assert group["typical"]
        for one in group["typical"]:
            mine, other = (by_key[one["statement"]]["groups"][place] for place in (at, 1 - at))
            assert one["share"] == pytest.approx(mine[one["direction"]] / mine["n"], abs=1e-4)
            assert one["others"] == pytest.approx(other[one["direction"]] / other["n"], abs=1e-4)
            assert one["share"] > one["others"]


def test_the_order_in_which_votes_came_changes_nothing() -> None:
    votes, _group = planted(3, people=120, statements=20, groups=2, each=12)
    rows = votes_in(votes)
    again = [rows[place] for place in np.random.default_rng(1).permutation(len(rows))]
    assert fingerprint(release(votes)) == fingerprint(release(Votes.from_rows(*zip(*again, strict=True))))


def test_somebody_who_is_erased_was_never_there() -> None:
    votes, _group = planted(3, people=120, statements=20, groups=2, each=12)
    without = Votes.from_rows(*zip(*[row for row in votes_in(votes) if row[0] != 17], strict=True))
    assert fingerprint(release(votes.without({17}))) == fingerprint(release(without))


def test_no_person_stands_in_a_release() -> None:
    votes, _group = planted(3, people=120, statements=20, groups=2, each=12)
    named = [(f"person-{person:04}", str(key), value) for person, key, value in votes_in(votes)]
    assert "person-" not in json.dumps(release(Votes.from_rows(*zip(*named, strict=True))))


@pytest.mark.parametrize(("strength", "flagged"), [(1.0, True), (0.0, False)])
def test_where_the_map_may_show_a_way_of_answering_a_second_one_is_told(
    strength: float, flagged: bool
) -> None:
    """Two groups that differ on everything, and people who agree with more or less whatever it is about."""
    chance = np.random.default_rng(1)
    tendency, leaning = chance.normal(0, 0.8, 120), np.tile([-1.5, 1.5], 10)
    group = np.arange(120) % 2
    liked = np.outer(2 * group - 1, leaning) + strength * tendency[:, None] + chance.normal(0, 1, (120, 20))
    rows, columns = np.nonzero(np.ones((120, 20)))
    told = release(Votes.from_rows(rows, columns, np.where(liked > 0, 1, -1).ravel()))
    assert told["groups"]
    assert told["response_style"]["flag"] is flagged
    if not flagged:
        assert told["second_map"] is None
        return
    assert told["second_map"]["group_count"] == len(told["groups"]) == 2
    assert told["second_map"]["same_group"] > 0.9
