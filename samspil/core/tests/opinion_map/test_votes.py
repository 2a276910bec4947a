"""Votes stand in one order, whatever order they came in; the last one counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.opinion_map import Votes
from samspil.core.opinion_map.votes import NotAVote

from .made import Rows, drawn, rows_in, rows_of_votes, votes_of


@given(rows_of_votes)
def test_the_last_vote_of_a_person_on_a_statement_counts(rows: Rows) -> None:
    last = {(person, statement): value for person, statement, value in rows}
    assert rows_in(votes_of(rows)) == sorted((p, s, v) for (p, s), v in last.items())


@given(rows_of_votes, st.randoms(use_true_random=False))
def test_equal_votes_are_equal_bytes_in_whatever_order_they_came(rows: Rows, chance: object) -> None:
    once = list(
        {(person, statement): (person, statement, value) for person, statement, value in rows}.values()
    )
    mixed = once.copy()
    chance.shuffle(mixed)
    assert votes_of(mixed).fingerprint() == votes_of(once).fingerprint()


def test_keys_given_in_any_order_are_sorted_and_votes_go_with_them() -> None:
    votes = Votes.from_arrays(
        np.array([0, 1, 2]), np.array([1, 0, 1]), np.array([1, -1, 0]), ["c", "a", "b"], [20, 10]
    )
    assert votes.participants.tolist() == ["a", "b", "c"]
    assert votes.statements.tolist() == [10, 20]
    assert [votes.of_person(person) for person in "abc"] == [{20: -1}, {10: 0}, {10: 1}]


def test_numbers_are_sorted_as_numbers_and_names_of_any_script_as_text() -> None:
    assert Votes.from_rows([10, 9, 2], [1, 1, 1], [1, 1, 1]).participants.tolist() == [2, 9, 10]
    names = ["Åse", "山田", "Zoë", "é"]
    assert Votes.from_rows(names, [1] * 4, [1] * 4).participants.tolist() == sorted(names)


def test_numbers_far_apart_are_found_too() -> None:
    assert Votes.from_rows([10**15, 3, -5], [1, 1, 1], [1, 0, -1]).participants.tolist() == [-5, 3, 10**15]


def test_whoever_has_no_vote_is_not_there() -> None:
    votes = Votes.from_arrays(np.array([2]), np.array([0]), np.array([1]), [1, 2, 3], ["a", "b"])
    assert (votes.participants.tolist(), votes.statements.tolist()) == ([3], ["a"])


def test_an_erased_person_was_never_there() -> None:
    votes = drawn(1, people=20)
    without = [row for row in rows_in(votes) if row[0] not in (3, 7)]
    assert votes.without([3, 7, 999]).fingerprint() == votes_of(without).fingerprint()


def test_shards_put_together_are_the_whole() -> None:
    votes = drawn(2, people=30)
    shards = [votes_of([row for row in rows_in(votes) if row[0] % 3 == part]) for part in range(3)]
    assert Votes.merge(*shards).fingerprint() == votes.fingerprint()


def test_who_voted_what_can_be_asked() -> None:
    votes = Votes.from_rows(["a", "a", "b"], [5, 3, 3], [1, -1, 0])
    assert votes.of_person("a") == {3: -1, 5: 1}
    assert votes.of_person("nobody") == {}


@pytest.mark.parametrize("value", [2, -2, 7])
def test_other_values_are_no_votes(value: int) -> None:
    with pytest.raises(NotAVote, match="A vote is -1"):
        Votes.from_rows([1], [1], [value])


def test_rows_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(NotAVote, match="needs a person"):
        Votes.from_rows([1, 2], [1, 2], [1])
    with pytest.raises(NotAVote, match="has no key"):
        Votes.from_arrays(np.array([1]), np.array([0]), np.array([1]), ["a"], ["b"])
    with pytest.raises(NotAVote, match="all integers or all strings"):
        Votes.from_rows([1, "a"], [1, 1], [1, 1])
    with pytest.raises(NotAVote, match="twice"):
        Votes.from_arrays(np.array([0]), np.array([0]), np.array([1]), ["a", "a"], ["b"])


def test_a_fingerprint_tells_votes_keys_and_moderation_apart() -> None:
    votes = Votes.from_rows([1, 2], [1, 2], [1, -1])
    others = [
        Votes.from_rows([1, 2], [1, 2], [1, 0]),
        Votes.from_rows([1, 3], [1, 2], [1, -1]),
        Votes.from_rows(["1", "2"], [1, 2], [1, -1]),
    ]
    seen = {votes.fingerprint(), votes.fingerprint(votes.active([1])), votes.fingerprint(votes.active([2]))}
    assert len(seen | {other.fingerprint() for other in others}) == 6
