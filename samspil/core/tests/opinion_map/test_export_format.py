"""Finished conversations are read from votes or from a matrix; what is wrong is named with file, line and reason."""

import pytest

from samspil.core.opinion_map import Misread, conversation_of

from .made import rows_in

VOTES = ["timestamp,comment-id,voter-id,vote", "5,0,7,-1", "9,0,7,1", "3,1,8,0"]
COMMENTS = [
    "timestamp,comment-id,agrees,disagrees,moderated,comment-body",
    "1,0,,,1,First",
    "1,1,,,-1,Second",
    "1,2,,,0,Third",
]
MATRIX = ["participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1", "7,0,0,1,1,0,1,", "8,,0,1,0,0,,0"]


def test_votes_are_read_and_the_latest_counts() -> None:
    found = conversation_of(votes=VOTES, comments=COMMENTS)
    assert rows_in(found.votes) == [(7, 0, 1), (8, 1, 0)]
    assert found.moderated == {1}
    assert found.texts == {0: "First", 1: "Second", 2: "Third"}
    assert found.unvoted == (2,)


def test_a_matrix_says_the_same() -> None:
    from_votes, from_matrix = conversation_of(votes=VOTES), conversation_of(matrix=MATRIX)
    assert from_votes.votes.fingerprint() == from_matrix.votes.fingerprint()


def test_without_a_list_of_statements_they_have_numbers_only() -> None:
    found = conversation_of(votes=VOTES)
    assert (found.texts, found.moderated, found.unvoted) == ({}, frozenset(), ())


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"votes": ["comment-id,voter-id", "1,2"]}, ["votes, line 1: The column “timestamp” is missing."]),
        ({"votes": [*VOTES, "1,1,1,5"]}, ["votes, line 5: “5” is not a vote"]),
        ({"votes": [*VOTES, "1,1,1"]}, ["votes, line 5: The row has more or fewer cells"]),
        ({"votes": VOTES[:1]}, ["votes, line 0: There are no votes in it."]),
        ({"votes": []}, ["There are no votes in it."]),
        ({"matrix": [MATRIX[0]]}, ["participants-votes, line 0: There are no votes in it."]),
        ({"matrix": [*MATRIX, "7,0,0,1,1,0,1,", "9,0,0,1,1,0,x,"]}, ["votes, line 4: The person 7", "line 5: “x” is not a vote"]),
        ({"votes": VOTES, "comments": COMMENTS[:2]}, ["votes, line 4: There is no statement 1."]),
        ({"comments": COMMENTS}, ["votes, line 0: This table is missing."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tables: dict[str, list[str]], told: list[str]) -> None:
    with pytest.raises(Misread) as refused:
        conversation_of(**tables)
    for sentence in told:
        assert sentence in str(refused.value)
