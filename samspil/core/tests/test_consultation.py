"""A finished consultation is counted from each person's last vote; bad rows are all named at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.consultation import NOTES, PROBLEMS, Consultation, ConsultationRejected, Moderation, read

COMMENTS = [
    {
        "comment-id": "0",
        "moderated": "1",
        "comment-body": "Vagtplanen skal kunne ses hjemmefra",
        "agrees": "2",
        "disagrees": "0",
    },
    {"comment-id": "1", "moderated": "-1", "comment-body": "", "agrees": "1", "disagrees": "0"},
    {
        "comment-id": "2",
        "moderated": "0",
        "comment-body": "Vi behöver utbildning",
        "agrees": "0",
        "disagrees": "0",
    },
]
VOTES = [
    {"timestamp": "10", "comment-id": "0", "voter-id": "7", "vote": "1"},
    {"timestamp": "11", "comment-id": "0", "voter-id": "8", "vote": "1"},
    {"timestamp": "12", "comment-id": "1", "voter-id": "8", "vote": "1"},
]
MATRIX = [
    {"participant": "7", "group-id": "0", "0": "1", "1": "", "2": ""},
    {"participant": "8", "group-id": "", "0": "1", "1": "", "2": ""},
    {"participant": "9", "group-id": "1", "0": "", "1": "", "2": ""},
]
SUMMARY = [
    {"key": "topic", "value": "Vagtplanen"},
    {"key": "voters", "value": "2"},
    {"key": "comments", "value": "3"},
]


def a_consultation(**changes) -> Consultation:
    tables = {"comments": COMMENTS, "votes": VOTES, "participants-votes": MATRIX, "summary": SUMMARY}
    tables |= {name.replace("_", "-"): rows for name, rows in changes.items()}
    return read({name: iter(rows) for name, rows in tables.items() if rows is not None})


def problems(**changes) -> list[tuple[str, int, str]]:
    with pytest.raises(ConsultationRejected) as refused:
        a_consultation(**changes)
    return [(problem.table, problem.line, problem.kind) for problem in refused.value.problems]


def counts(consultation: Consultation) -> list[tuple[int, int, int, int]]:
    return [(one.agree, one.passed, one.disagree, one.n) for one in consultation.statements]


def notes(consultation: Consultation) -> dict[str, dict[str, int]]:
    return {note.kind: dict(note.figures) for note in consultation.notes}


def vote(when: int, statement: int, person: int, choice: int) -> dict[str, str]:
    return {
        "timestamp": f"{when}",
        "comment-id": f"{statement}",
        "voter-id": f"{person}",
        "vote": f"{choice}",
    }


def test_statements_are_counted_and_keep_their_words_and_moderation():
    seen = a_consultation()
    assert seen.title == "Vagtplanen"
    assert counts(seen) == [(2, 0, 0, 2), (1, 0, 0, 1), (0, 0, 0, 0)]
    assert [one.moderation for one in seen.statements] == [
        Moderation.ACCEPTED,
        Moderation.REJECTED,
        Moderation.UNMODERATED,
    ]
    assert seen.statements[2].text == "Vi behöver utbildning"
    assert seen.statements[2].language is None


def test_participants_keep_their_stored_group_and_the_silent_are_there_too():
    assert [(one.id, one.group, one.n) for one in a_consultation().participants] == [
        (7, 0, 1),
        (8, None, 2),
        (9, 1, 0),
    ]


def test_the_last_vote_of_a_person_counts_by_time_not_by_row():
    seen = a_consultation(votes=[vote(30, 0, 7, -1), vote(20, 0, 7, 1), vote(10, 0, 7, 0)])
    assert counts(seen)[0] == (0, 0, 1, 1)


def test_with_equal_times_the_row_further_down_counts():
    assert counts(a_consultation(votes=[vote(10, 0, 7, 1), vote(10, 0, 7, 0)]))[0] == (0, 1, 0, 1)


def test_repeated_votes_are_said():
    seen = a_consultation(votes=[*VOTES, vote(20, 0, 7, -1)])
    assert notes(seen)["repeated_votes"] == {"rows": 4, "repeated": 1, "counted": 3}


def test_the_matrix_counts_when_it_is_all_there_is():
    assert counts(a_consultation(votes=None)) == [(2, 0, 0, 2), (0, 0, 0, 0), (0, 0, 0, 0)]
    assert counts(a_consultation(votes=[])) == counts(a_consultation(votes=None))


def test_the_list_is_preferred_and_the_difference_to_the_matrix_is_said():
    assert notes(a_consultation())["matrix_differs"] == {
        "only_in_list": 1,
        "on_rejected": 1,
        "only_in_matrix": 0,
        "different": 0,
    }


def test_files_that_agree_need_no_note():
    matrix = [MATRIX[0], MATRIX[1] | {"1": "1"}, MATRIX[2]]
    assert a_consultation(participants_votes=matrix).notes == ()


def test_counts_in_comments_that_also_counted_repeats_are_explained():
    comments = [COMMENTS[0] | {"agrees": "3"}, *COMMENTS[1:]]
    seen = a_consultation(comments=comments, votes=[*VOTES, vote(20, 0, 7, 1)])
    assert notes(seen)["counts_differ"] == {"statements": 1, "explained": 1, "unexplained": 0}


def test_counts_in_comments_that_nothing_explains_are_said_to_be_so():
    comments = [COMMENTS[0] | {"agrees": "9"}, *COMMENTS[1:]]
    assert notes(a_consultation(comments=comments))["counts_differ"]["unexplained"] == 1


def test_without_a_list_the_difference_is_only_stated():
    comments = [COMMENTS[0] | {"agrees": "5", "disagrees": "1"}, COMMENTS[1] | {"agrees": "0"}, COMMENTS[2]]
    matrix = [row | {"1": "-1"} for row in MATRIX]
    figures = notes(a_consultation(comments=comments, votes=None, participants_votes=matrix))
    assert figures["counts_differ_without_list"] == {"statements": 2, "more": 4, "fewer": 3}


def test_a_summary_with_other_figures_is_said():
    summary = [{"key": "voters", "value": "5"}, {"key": "comments", "value": "2"}]
    seen = notes(a_consultation(summary=summary))
    assert seen["summary_voters"] == {"stated": 5, "read": 2}
    assert seen["summary_statements"] == {"stated": 2, "read": 3, "never_voted_on": 1}


def test_voters_and_statements_never_voted_on_are_those_of_the_list_that_counts():
    summary = [{"key": "voters", "value": "9"}, {"key": "comments", "value": "1"}]
    seen = notes(a_consultation(summary=summary, votes=[vote(1, 0, 7, 1)]))
    assert seen["summary_voters"] == {"stated": 9, "read": 1}
    assert seen["summary_statements"]["never_voted_on"] == 2


def test_a_missing_summary_leaves_the_title_empty():
    assert a_consultation(summary=None).title == ""


def test_notes_read_as_sentences():
    seen = a_consultation(votes=[*VOTES, vote(20, 0, 7, -1)])
    assert seen.notes[0].sentence == (
        "Of 4 rows in the vote list, 1 repeat a person's vote on the same statement. The last one counts: 3 votes."
    )


def test_all_problems_are_named_at_once_with_table_and_line():
    comments = [
        *COMMENTS,
        COMMENTS[0],
        {"comment-id": "x", "moderated": "1", "comment-body": "Tekst"},
        {"comment-id": "5", "moderated": "yes", "comment-body": "Tekst"},
        {"comment-id": "6", "moderated": "1", "comment-body": "  "},
    ]
    votes = [*VOTES, vote(1, 99, 7, 1), vote(1, 0, 7, 2), vote(1, 0, 7, 1) | {"timestamp": "today"}]
    matrix = [*MATRIX, MATRIX[0], MATRIX[0] | {"participant": "10", "0": "agree"}]
    assert problems(comments=comments, votes=votes, participants_votes=matrix) == [
        ("comments", 5, "statement_twice"),
        ("comments", 6, "no_number"),
        ("comments", 7, "no_moderation"),
        ("comments", 8, "no_text"),
        ("votes", 5, "statement_unknown"),
        ("votes", 6, "no_choice"),
        ("votes", 7, "no_number"),
        ("participants-votes", 5, "person_twice"),
        ("participants-votes", 6, "no_choice"),
    ]


def test_missing_tables_are_named():
    assert problems(comments=None, votes=[], participants_votes=[]) == [("comments", 0, "table_missing")]
    assert problems(votes=None, participants_votes=None) == [("votes", 0, "table_missing")]


def test_a_table_without_statements_is_refused():
    assert ("comments", 1, "nothing_said") in problems(comments=[])


def test_a_missing_column_is_named_once():
    votes = [{"timestamp": "1", "comment-id": "0", "vote": "1"}] * 3
    assert problems(votes=votes) == [("votes", 1, "column_missing")]


def test_a_column_for_a_statement_nobody_wrote_is_named():
    assert problems(participants_votes=[row | {"44": "1"} for row in MATRIX]) == [
        ("participants-votes", 1, "statement_unknown")
    ]


@pytest.mark.parametrize("broken", [{None: ["surplus"]}, {"vote": None}])
def test_a_row_with_more_or_fewer_cells_is_named(broken):
    assert problems(votes=[VOTES[0], VOTES[1] | broken]) == [("votes", 3, "cells_differ")]


@pytest.mark.parametrize("number", ["1_0", " 1", "١", "1.0", "9" * 30])
def test_only_plain_whole_numbers_are_numbers(number):
    assert problems(votes=[VOTES[0] | {"voter-id": number}]) == [("votes", 2, "no_number")]


def test_a_summary_figure_that_is_no_number_is_named():
    assert problems(summary=[{"key": "topic", "value": "x"}, {"key": "voters", "value": "many"}]) == [
        ("summary", 2, "no_number")
    ]


def test_a_refusal_reads_as_sentences():
    with pytest.raises(ConsultationRejected, match="votes, line 2: “2” is not a vote"):
        a_consultation(votes=[vote(1, 0, 7, 2)])


def test_every_sentence_can_be_written():
    assert all(sentence.format(value="x") for sentence in PROBLEMS.values())
    assert all("{" in sentence for sentence in NOTES.values())


ballots = st.lists(
    st.builds(vote, st.integers(0, 5), st.integers(0, 2), st.integers(0, 4), st.sampled_from([1, 0, -1])),
    min_size=1,
)


@given(ballots)
def test_the_three_answers_always_add_up_and_nobody_counts_twice(votes):
    seen = a_consultation(votes=votes)
    assert all(one.agree + one.passed + one.disagree == one.n <= 5 for one in seen.statements)
    assert sum(one.n for one in seen.statements) == len(seen.votes) == sum(one.n for one in seen.participants)
    assert len({(one.person, one.statement) for one in seen.votes}) == len(seen.votes)


@given(ballots)
def test_a_matrix_of_the_last_votes_gives_the_same_counts(votes):
    seen = a_consultation(votes=votes)
    matrix = [{"participant": f"{person.id}", "0": "", "1": "", "2": ""} for person in seen.participants]
    for one in seen.votes:
        row = next(row for row in matrix if row["participant"] == f"{one.person}")
        row[f"{one.statement}"] = f"{one.choice}"
    assert counts(a_consultation(votes=None, participants_votes=matrix)) == counts(seen)


def test_a_number_is_written_in_one_way_so_that_07_is_not_taken_for_7() -> None:
    heading = {"timestamp": "1", "comment-id": "0", "vote": "1"}
    with pytest.raises(ConsultationRejected) as refused:
        read({"votes": [heading | {"voter-id": "7"}, heading | {"voter-id": "07"}]}, without_texts=True)
    assert [(p.line, p.kind, p.value) for p in refused.value.problems] == [(3, "no_number", "07")]
    with pytest.raises(ConsultationRejected) as refused:
        read({"participants-votes": [{"participant": "1", "0": "1", "00": "-1"}]}, without_texts=True)
    assert [(p.line, p.kind, p.value) for p in refused.value.problems] == [(1, "no_number", "00")]
