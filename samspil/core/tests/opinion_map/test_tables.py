"""Three integer tables hold what the map needs: exact, added up, moved by a vote, forgetting a person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.opinion_map import Parameters, RunningMap, Tables, opinion_map
from samspil.core.opinion_map.tables import _AT_ONCE
from samspil.core.opinion_map.votes import NotAVote

from .made import Rows, drawn, rows_in, rows_of_votes, table, votes_of

events = st.lists(
    st.tuples(
        st.sampled_from(["cast", "cast", "cast", "withdraw", "erase"]),
        st.integers(0, 6),
        st.integers(0, 9),
        st.integers(-1, 1),
    ),
    max_size=60,
)


def test_they_are_what_their_names_say() -> None:
    votes = drawn(1)
    filled = table(votes)
    seen, value = ~np.isnan(filled), np.nan_to_num(filled)
    found = Tables.of(votes)
    assert np.array_equal(found.together, seen.T.astype(int) @ seen)
    assert np.array_equal(found.sums, value.T @ seen)
    assert np.array_equal(found.products, value.T @ value)


def test_more_people_than_one_product_holds_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _AT_ONCE < 2**15, "a sum of so many votes must fit sixteen bits"
    votes = drawn(2, people=100)
    whole = Tables.of(votes)
    monkeypatch.setattr("samspil.core.opinion_map.tables._AT_ONCE", 7)
    assert Tables.of(votes).same_as(whole)


def test_sums_at_the_edge_of_their_sixteen_bits_are_exact() -> None:
    people = _AT_ONCE
    rows = np.repeat(np.arange(people), 2)
    columns = np.tile([0, 1], people)
    for first, second in ((1, 1), (1, -1), (-1, -1)):
        votes = type(drawn(1)).from_rows(rows, columns, np.tile([first, second], people))
        found = Tables.of(votes)
        assert found.together[0, 1] == people
        assert (found.sums[0, 1], found.sums[1, 0]) == (first * people, second * people)
        assert found.products[0, 1] == first * second * people


def test_centred_they_are_the_gram_matrix_of_the_mean_imputed_votes() -> None:
    votes = drawn(3)
    filled = table(votes)
    imputed = np.where(np.isnan(filled), np.nanmean(filled, axis=0), filled)
    around = imputed - imputed.mean(axis=0)
    assert Tables.of(votes).centred() == pytest.approx(around.T @ around, abs=1e-11)


@given(rows_of_votes)
def test_shards_added_up_are_the_whole(rows: Rows) -> None:
    shards = [votes_of([row for row in rows if row[0] % 3 == part]) for part in range(3)]
    assert Tables.merge(*map(Tables.of, shards)).same_as(Tables.of(votes_of(rows)))


@given(rows_of_votes, st.sets(st.integers(0, 7)))
def test_taking_statements_out_is_choosing_rows_and_columns(rows: Rows, out: set[int]) -> None:
    votes = votes_of(rows)
    active = votes.active(out)
    kept = votes_of([row for row in rows if row[1] not in out])
    assert Tables.of(votes, active).same_as(Tables.of(kept))
    assert Tables.of(votes, votes.active([])).same_as(Tables.of(votes))


def test_a_vote_comes_and_goes_and_a_person_is_forgotten() -> None:
    rows = rows_in(drawn(4, people=8))
    person, statement, value = rows[0]
    others = {s: v for p, s, v in rows[1:] if p == person}
    whole, less = Tables.of(votes_of(rows)), Tables.of(votes_of(rows[1:]))
    assert less.with_vote(others, statement, value).same_as(whole)
    assert whole.without_vote(others, statement, value).same_as(less)
    forgotten = Tables.of(votes_of([row for row in rows if row[0] != person]))
    assert whole.without_person(others | {statement: value}).same_as(forgotten)


@given(events, rows_of_votes, st.booleans())
def test_a_running_map_is_at_every_moment_that_of_its_votes(
    happened: list[tuple[str, int, int, int]], before: Rows, looked_at: bool
) -> None:
    running = RunningMap(votes_of(before))
    now = {(person, statement): value for person, statement, value in before}
    for kind, person, statement, value in happened:
        if kind == "cast":
            running.cast(person, statement, value)
            now[person, statement] = value
        elif kind == "withdraw":
            running.withdraw(person, statement)
            now.pop((person, statement), None)
        else:
            running.erase(person)
            now = {key: vote for key, vote in now.items() if key[0] != person}
        if looked_at:
            running.refresh()
    whole = votes_of([(person, statement, value) for (person, statement), value in now.items()])
    assert running.tables.same_as(Tables.of(whole))
    assert running.votes.fingerprint() == whole.fingerprint()


def test_a_fresh_picture_is_that_of_the_batch_and_a_published_one_equal_to_the_hash() -> None:
    votes, out = drawn(5, people=80), {3}
    settings = Parameters(replicates=2, halves=2)
    running = RunningMap(moderated=out, parameters=settings, seed=7)
    for person, statement, value in reversed(rows_in(votes)):
        running.cast(person, statement, value)
    fresh = running.refresh()
    batch = opinion_map(votes, moderated=out, seed=7, parameters=Parameters(replicates=0))
    order = np.argsort(fresh.participants)
    assert fresh.coordinates[order] == pytest.approx(batch.coordinates, abs=1e-9)
    assert fresh.group_of[order].tolist() == batch.group_of.tolist()
    assert fresh.counts.sum() == batch.counts.sum()
    published = opinion_map(votes, moderated=out, seed=7, parameters=settings)
    assert running.publish().result_hash == published.result_hash


def test_only_votes_are_cast() -> None:
    with pytest.raises(NotAVote):
        RunningMap().cast("a", "b", 2)


def test_an_erased_person_leaves_no_name_behind() -> None:
    running = RunningMap()
    running.cast("Ada", 1, 1)
    running.cast("Bo", 1, 1)
    running.erase("Ada")
    assert "Ada" not in running.votes.participants.tolist()
    assert not any("Ada" in str(value) for value in vars(running).values())


def test_a_round_that_has_just_begun_has_a_picture_too() -> None:
    running = RunningMap()
    assert (running.refresh().k, len(running.refresh().participants)) == (0, 0)
    running.cast("Ada", "buses", 1)
    assert running.refresh().counts.tolist() == [[0, 0, 1]]
    running.erase("Ada")
    assert len(running.refresh().participants) == 0
    assert len(running.publish().participants) == 0


def test_where_the_tendency_is_taken_off_a_fresh_picture_takes_it_off_too() -> None:
    votes, settings = drawn(6, people=60), Parameters(replicates=0, level=True)
    fresh = RunningMap(votes, parameters=settings).refresh()
    assert fresh.coordinates == pytest.approx(opinion_map(votes, parameters=settings).coordinates, abs=1e-9)
