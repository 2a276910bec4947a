"""A map is an immutable version: the same votes give the same hash, whatever way they came."""

import dataclasses
import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest

from samspil.core.opinion_map import ALGORITHM_VERSION, OpinionMap, Parameters, RunningMap, Votes, opinion_map
from samspil.core.opinion_map.result import WHY_NO_GROUPS, fingerprint
from tests.real_inputs import CONVERSATIONS

from .made import drawn, planted, real, rows_in, votes_of

BRIEF = Parameters(replicates=4, halves=3)
UNTESTED = Parameters(replicates=0)


def brief(votes: Votes, **more: object) -> OpinionMap:
    return opinion_map(votes, parameters=BRIEF, **more)


@pytest.mark.parametrize("name", ["brexit", "canadian-electoral-reform"])
def test_rows_in_another_order_shards_and_single_votes_give_the_same_result(name: str) -> None:
    same_result_whatever_way_they_came(name, BRIEF)


@pytest.mark.prove
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_on_every_real_conversation_the_way_the_votes_came_changes_nothing(name: str) -> None:
    same_result_whatever_way_they_came(name, Parameters())


def same_result_whatever_way_they_came(name: str, parameters: Parameters) -> None:
    conversation = real(name)
    rows = rows_in(conversation.votes)
    told = {"moderated": conversation.moderated, "parameters": parameters}
    once = opinion_map(conversation.votes, **told)
    mixed = [rows[at] for at in np.random.default_rng(1).permutation(len(rows))]
    assert opinion_map(votes_of(mixed), **told).result_hash == once.result_hash
    shards = [votes_of([row for row in mixed if row[0] % 3 == part]) for part in range(3)]
    assert opinion_map(Votes.merge(*shards), **told).result_hash == once.result_hash
    running = RunningMap(**told)
    for person, statement, value in mixed:
        running.cast(person, statement, value)
    assert running.publish().result_hash == once.result_hash


def test_erasing_a_person_is_never_having_had_them() -> None:
    votes, _groups = planted(1, people=120)
    running = RunningMap(votes, parameters=BRIEF)
    running.erase(17)
    never = votes_of([row for row in rows_in(votes) if row[0] != 17])
    assert running.publish().result_hash == brief(never).result_hash == brief(votes.without([17])).result_hash


def test_taking_a_statement_out_and_back_in_changes_nothing() -> None:
    votes, _groups = planted(2, people=120)
    running = RunningMap(votes, parameters=BRIEF)
    running.moderated = {3}
    assert running.publish().result_hash == brief(votes, moderated={3}).result_hash
    running.moderated = set()
    assert running.publish().result_hash == brief(votes).result_hash


def test_a_hash_tells_votes_settings_and_seeds_apart() -> None:
    votes, _groups = planted(3, people=120)
    changed = rows_in(votes)
    changed[0] = (*changed[0][:2], -1 if changed[0][2] else 1)
    found = [
        brief(votes),
        brief(votes, seed=2),
        brief(votes, moderated={1}),
        brief(votes_of(changed)),
        opinion_map(votes, parameters=UNTESTED),
    ]
    assert len({one.result_hash for one in found}) == 5
    assert len({one.input_hash for one in found}) == 3


def test_a_hash_tells_any_changed_value_apart() -> None:
    votes, _groups = planted(4, people=120)
    found = brief(votes)
    assert fingerprint(found) == found.result_hash
    counts = found.counts.copy()
    counts[0, 0] += 1
    moved = found.coordinates.copy()
    moved[5, 1] += 1e-4
    put = found.group_of.copy()
    put[0] = 3 - put[0]
    for changed in ({"counts": counts}, {"coordinates": moved}, {"group_of": put}, {"split_half_ari": 0.0}):
        assert fingerprint(dataclasses.replace(found, **changed)) != found.result_hash
    nudged = dataclasses.replace(found, coordinates=found.coordinates + 1e-13)
    assert fingerprint(nudged) == found.result_hash


def test_another_process_computes_the_same_hash() -> None:
    code = (
        "from samspil.core.tests.opinion_map.made import planted;"
        "from samspil.core.tests.opinion_map.test_opinion_map import brief;"
        "print(brief(planted(5, people=100)[0]).result_hash)"
    )
    known = os.environ | {"PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    told = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=known, check=True
        ).stdout
        for _twice in range(2)
    ]
    assert told[0] == told[1]
    assert len(told[0].strip()) == 64


def test_a_result_cannot_be_changed() -> None:
    found = opinion_map(drawn(1), parameters=UNTESTED)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.seed = 3
    for field in ("coordinates", "group_of", "counts", "included"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(found, field)[0] = 0


def test_an_untested_result_says_so() -> None:
    votes, _groups = planted(6, people=120)
    found = opinion_map(votes, parameters=UNTESTED)
    assert (found.tested, found.certainty, found.split_half_ari) == (False, "untested", None)
    assert {group.word for group in found.groups} == {"untested"}
    assert brief(votes).tested


@pytest.mark.parametrize("people", [0, 1, 2, 19])
def test_a_small_body_gets_counts_and_what_it_agrees_on_only(people: int) -> None:
    rows = [(person, statement, 1 if statement else -1) for person in range(people) for statement in range(4)]
    found = opinion_map(votes_of(rows))
    assert (found.axes, found.coordinates, found.k, found.why) == (None, None, 0, "few_voters")
    assert found.certainty == "counts_only"
    assert found.counts.sum() == len(rows)
    assert [(one.id, one.direction) for one in found.agreed()] == (
        [(0, -1), (1, 1), (2, 1), (3, 1)] if people == 19 else []
    )
    json.dumps(found.as_data())


@pytest.mark.parametrize(
    ("people", "word"),
    [(19, "counts_only"), (20, "very_uncertain"), (49, "very_uncertain"), (50, "no_groups")],
)
def test_up_to_fifty_voters_a_map_is_very_uncertain(people: int, word: str) -> None:
    assert brief(drawn(2, people=people, share=0.9)).certainty == word


@pytest.mark.parametrize("values", [[1], [0], [-1]], ids=["all agree", "all pass", "all disagree"])
def test_where_all_say_the_same_there_is_nothing_to_part_them_by(values: list[int]) -> None:
    rows = [(person, statement, values[0]) for person in range(60) for statement in range(6)]
    found = brief(votes_of(rows))
    assert (found.k, found.why) == (0, "shuffled")
    assert not found.axes.eigenvalues.any()
    assert found.response_style.flag is False
    json.dumps(found.as_data(), allow_nan=False)


def test_one_statement_makes_no_groups_and_no_error() -> None:
    found = brief(votes_of([(person, 0, person % 3 - 1) for person in range(60)]))
    assert found.k == 0
    assert len(found.axes.eigenvalues) == 2


def test_with_all_statements_taken_out_there_are_counts_only() -> None:
    votes = drawn(3)
    found = brief(votes, moderated=set(range(20)))
    assert (found.axes, found.k) == (None, 0)
    assert found.counts.sum() == votes.count


def test_very_few_votes_of_many_people_are_no_trouble() -> None:
    votes = drawn(4, people=400, statements=200, share=0.01)
    found = brief(votes)
    assert found.k == 0
    assert found.why in WHY_NO_GROUPS


def test_a_lone_dissenter_is_no_group() -> None:
    chance = np.random.default_rng(1)
    rows = [(p, s, int(chance.choice([1, 1, 1, 0]))) for p in range(80) for s in range(30)]
    found = brief(votes_of(rows + [(99, s, -1) for s in range(30)]))
    assert all(group.size >= 5 for group in found.groups)


def test_ids_of_any_script_come_back_as_they_went_in() -> None:
    votes, _groups = planted(7, people=100)
    named = Votes.from_rows(
        [f"Søren-{row}-山" for row in votes.rows], [f"påstand {c}" for c in votes.columns], votes.values
    )
    found = brief(named)
    assert set(found.as_data()["groups"]["members"]) <= {f"Søren-{row}-山" for row in range(100)}
    assert found.k == brief(votes).k


def test_the_data_is_complete_and_plain() -> None:
    conversation = real("brexit")
    found = opinion_map(conversation.votes, moderated=conversation.moderated, parameters=BRIEF)
    data = json.loads(json.dumps(found.as_data(), allow_nan=False))
    assert (data["participants"], data["votes"], data["included"]) == (204, 5303, 189)
    assert data["algorithm_version"] == ALGORITHM_VERSION
    assert (data["input_hash"], data["result_hash"]) == (found.input_hash, found.result_hash)
    assert data["axes"]["exchangeable"] is False
    assert data["axes"]["eigenvalues"] == pytest.approx([529.527, 234.095], abs=0.001)
    groups = data["groups"]
    assert groups["k"] == len(groups["sizes"]) == 2
    assert sum(groups["sizes"]) == len(groups["members"]) == 189
    assert set(groups) >= {"silhouette", "split_half_ari"}
    assert set(data["response_style"]) >= {"correlation", "flag"}
    assert len(data["statements"]) == 50
    first = data["statements"][0]
    assert (first["agree"], first["disagree"], first["pass"], first["seen"]) == (3, 161, 9, 173)
    assert set(first) >= {"id", "active", "groups", "bridging", "divisive", "representative_of"}
    assert sum(group["seen"] for group in first["groups"]) <= first["seen"]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_counts_are_those_of_the_votes(name: str) -> None:
    conversation = real(name)
    found = opinion_map(conversation.votes, moderated=conversation.moderated, parameters=UNTESTED)
    told = {key: [0, 0, 0] for key in conversation.votes.statements.tolist()}
    members = found.members()
    in_group = {(key, group): [0, 0, 0] for key in told for group in range(1, found.k + 1)}
    for person, statement, value in rows_in(conversation.votes):
        told[statement][value + 1] += 1
        if person in members:
            in_group[statement, members[person]][value + 1] += 1
    for one in found.statement_results():
        assert [one.all.disagree, one.all.passed, one.all.agree] == told[one.id]
        for group, counted in enumerate(one.groups, start=1):
            assert [counted.disagree, counted.passed, counted.agree] == in_group[one.id, group]


def test_a_strong_way_of_answering_raises_the_flag_and_opinions_alone_do_not() -> None:
    chance = np.random.default_rng(1)
    tendency, leaning = chance.normal(0, 1.5, 200), chance.normal(0, 0.6, (3, 40))
    group = chance.integers(0, 3, 200)
    for strength, flagged in ((1.0, True), (0.0, False)):
        liked = leaning[group] + strength * tendency[:, None] + chance.normal(0, 1, (200, 40))
        rows, columns = np.nonzero(np.ones((200, 40)))
        values = np.where(liked > 0.4, 1, np.where(liked < -0.4, -1, 0)).ravel()
        found = opinion_map(Votes.from_rows(rows, columns, values), parameters=UNTESTED)
        assert found.response_style.flag is flagged
        assert (abs(found.response_style.correlation) > 0.6) is flagged
        assert math.isfinite(found.response_style.tendency)


def test_a_version_that_follows_another_lies_the_same_way_and_keeps_the_numbers() -> None:
    votes, _groups = planted(8, people=150)
    first = opinion_map(votes, parameters=UNTESTED)
    mirrored = dataclasses.replace(
        first,
        axes=dataclasses.replace(first.axes, loadings=-first.axes.loadings),
        group_of=np.array([0, 3, 1, 2])[first.group_of],
    )
    again = opinion_map(votes, parameters=UNTESTED, previous=mirrored)
    assert again.coordinates == pytest.approx(-first.coordinates)
    assert again.group_of.tolist() == mirrored.group_of.tolist()
    assert (again.follows, first.follows) == (mirrored.result_hash, None)
    assert again.result_hash != first.result_hash
    grown = votes_of(rows_in(votes) + [(999, statement, 1) for statement in range(20)])
    assert opinion_map(grown, parameters=UNTESTED, previous=again).k == again.k


def test_the_number_of_groups_changes_when_another_is_clearly_better_or_better_for_the_third_time() -> None:
    conversation = real("brexit")
    told = {"moderated": conversation.moderated, "parameters": UNTESTED}
    found = opinion_map(conversation.votes, **told)
    assert found.k == 2  # three groups part people as well, by a hundredth
    before = opinion_map(
        conversation.votes, moderated=conversation.moderated, parameters=Parameters(replicates=0, k=3)
    )
    kept = []
    for _version in range(4):
        before = opinion_map(conversation.votes, **told, previous=before)
        kept.append((before.k, before.kept_k))
    assert kept == [(3, 1), (3, 2), (2, 0), (2, 0)]
    far_off = dataclasses.replace(found, groups=found.groups * 4)  # eight groups, which part people badly
    assert opinion_map(conversation.votes, **told, previous=far_off).k == 2
