"""A gate asks, the board answers, a person decides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.gates import (
    Demand,
    Evidence,
    Frozen,
    Outcome,
    Phase,
    Status,
    board,
    check_decision,
    freeze,
    next_phase,
    open_lines,
    thaw,
)

NEED = Demand(
    "need_stated",
    "Behovet er beskrevet",
    "Hvad, for hvem, og hvad hvis ikke",
    "initiative.need",
    "owner",
    "S",
)
HEARD = Demand(
    "discussed_idea", "Idéen er drøftet", "Før bindende skridt", "dialogue.discussed.idea", "committee", "D"
)
ETHICS = Demand("ethics_screen", "Etik er set efter", "Et første kig", "", "owner", "S")
DEMANDS = (NEED, HEARD, ETHICS)
DAY = date(2026, 2, 12)
ALL_MET = board(DEMANDS, [Evidence(demand.key, Status.MET) for demand in DEMANDS])


def statuses(*answers: Evidence) -> list[str]:
    return [line.status.value for line in board(DEMANDS, answers)]


def kinds(lines, outcome, reason="", conditions=(), decided_by="Karen Holm") -> list[str]:
    return [
        problem.kind for problem in check_decision(lines, outcome, reason, conditions, decided_by=decided_by)
    ]


def test_what_nobody_answered_is_unknown():
    assert statuses() == ["unknown", "unknown", "unknown"]


def test_a_room_answers_by_the_name_of_the_evidence_and_a_person_by_the_demand():
    answers = [Evidence("dialogue.discussed.idea", Status.MISSING), Evidence("ethics_screen", Status.MET)]
    assert statuses(*answers) == ["unknown", "missing", "met"]


def test_answers_nobody_asked_for_are_left_out():
    assert statuses(Evidence("", Status.MET), Evidence("weather", Status.MET)) == ["unknown"] * 3


def test_not_relevant_needs_a_because():
    assert statuses(Evidence("ethics_screen", Status.NOT_RELEVANT, because=" "))[2] == "unknown"
    assert (
        statuses(Evidence("ethics_screen", Status.NOT_RELEVANT, because="No data on people."))[2]
        == "not_relevant"
    )


def test_a_person_cannot_talk_over_what_a_room_knows():
    room, person = Evidence("dialogue.discussed.idea", Status.MISSING), Evidence("discussed_idea", Status.MET)
    assert statuses(room, person)[1] == "missing"


def test_a_person_may_answer_where_the_room_does_not_know():
    room, person = Evidence("dialogue.discussed.idea", Status.UNKNOWN), Evidence("discussed_idea", Status.MET)
    assert statuses(room, person)[1] == "met"


def test_a_person_may_say_that_a_demand_is_not_relevant():
    room = Evidence("dialogue.discussed.idea", Status.MISSING)
    person = Evidence("discussed_idea", Status.NOT_RELEVANT, because="Fewer than five people are affected.")
    assert statuses(room, person)[1] == "not_relevant"


def test_a_person_saying_not_relevant_without_a_reason_leaves_the_room_to_answer():
    room, person = Evidence("initiative.need", Status.MET), Evidence("need_stated", Status.NOT_RELEVANT)
    assert statuses(room, person)[0] == "met"


def test_open_lines_are_the_missing_and_the_unknown():
    lines = board(
        DEMANDS, [Evidence("initiative.need", Status.MET), Evidence("ethics_screen", Status.MISSING)]
    )
    assert [line.demand.key for line in open_lines(lines)] == ["discussed_idea", "ethics_screen"]


def test_with_everything_met_one_goes_on_without_a_reason():
    assert kinds(ALL_MET, "go", decided_by="") == []


@pytest.mark.parametrize("status", ["missing", "unknown"])
def test_going_on_with_something_open_needs_a_name_and_a_reason(status: str):
    lines = board([ETHICS], [Evidence("ethics_screen", Status(status))])
    assert kinds(lines, "go", decided_by=" ") == ["decision_maker_missing", "reason_missing"]
    assert kinds(lines, "go") == ["reason_missing"]
    assert kinds(lines, "go", reason="The law takes effect on 1 May.") == []


@pytest.mark.parametrize("outcome", ["adjust", "stop", "postpone"])
def test_staying_or_stopping_needs_no_override(outcome: str):
    assert kinds(board(DEMANDS, []), outcome, decided_by="") == []


def test_going_on_with_conditions_names_at_least_one():
    assert kinds(ALL_MET, "go_with_conditions", conditions=["", " "]) == ["conditions_missing"]
    assert (
        kinds(ALL_MET, "go_with_conditions", conditions=["Training for the night shift before go-live"]) == []
    )


def test_conditions_are_not_hidden_under_a_plain_go():
    assert kinds(ALL_MET, "go", conditions=["Train first"]) == ["conditions_not_asked_for"]


def test_an_outcome_that_does_not_exist_is_refused():
    assert kinds(ALL_MET, "approve") == ["unknown_outcome"]


def test_the_walk_goes_from_idea_to_closed():
    walk = [Phase.IDEA]
    while walk[-1] is not Phase.CLOSED:
        walk.append(next_phase(walk[-1], "go"))
    assert [phase.value for phase in walk] == ["idea", "development", "implementation", "follow_up", "closed"]


@pytest.mark.parametrize("phase", ["idea", "development", "implementation", "follow_up"])
def test_every_phase_can_be_adjusted_postponed_or_stopped(phase: str):
    assert next_phase(phase, "adjust") == next_phase(phase, "postpone") == phase
    assert next_phase(phase, "stop") == "stopped"
    assert next_phase(phase, "go_with_conditions") == next_phase(phase, "go")


@pytest.mark.parametrize("phase", ["closed", "stopped"])
def test_an_ended_initiative_has_no_gate_ahead(phase: str):
    with pytest.raises(ValueError, match="no gate ahead"):
        next_phase(phase, "go")


def test_a_frozen_board_is_thawed_as_it_stood():
    lines = board(DEMANDS, [Evidence("initiative.need", Status.MET, "Se sagen", "abc123abc123", DAY)])
    assert thaw(freeze(lines)) == lines


def test_a_frozen_board_that_was_touched_is_refused():
    frozen = freeze(board(DEMANDS, []))
    with pytest.raises(ValueError, match="does not fit"):
        thaw(Frozen(frozen.text.replace("unknown", "met", 1), frozen.sha256))


def test_later_words_for_a_demand_do_not_change_what_was_frozen():
    frozen = freeze(board(DEMANDS, []))
    assert freeze(board([replace(NEED, title="Et andet ord"), HEARD, ETHICS], [])) != frozen
    assert thaw(frozen)[0].demand.title == "Behovet er beskrevet"


answers = st.builds(
    Evidence,
    st.sampled_from([demand.key for demand in DEMANDS] + ["initiative.need", "dialogue.discussed.idea"]),
    st.sampled_from(Status),
    st.text(max_size=8),
    st.text("abc123", max_size=4),
    st.none() | st.dates(),
)


@given(st.lists(answers, max_size=8))
def test_every_board_has_one_line_a_demand_and_survives_freezing(given_answers: list[Evidence]):
    lines = board(DEMANDS, given_answers)
    assert [line.demand for line in lines] == list(DEMANDS)
    assert thaw(freeze(lines)) == lines
    assert all(line.because.strip() for line in lines if line.status is Status.NOT_RELEVANT)


@given(st.lists(answers, max_size=8), st.sampled_from(Outcome), st.booleans())
def test_nobody_goes_on_silently_past_something_open(
    given_answers: list[Evidence], outcome: Outcome, named: bool
):
    lines = board(DEMANDS, given_answers)
    problems = kinds(lines, outcome, conditions=["c"] if outcome == "go_with_conditions" else [])
    assert bool(problems) == (bool(open_lines(lines)) and outcome in {"go", "go_with_conditions"})
