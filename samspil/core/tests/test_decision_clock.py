"""Discussed before the binding step, or not, and whether it can still be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.decision_clock import (
    BEST_FIRST,
    BindingStep,
    ComingMeeting,
    Discussion,
    StepKind,
    Verdict,
    binding_step,
    look_ahead,
    look_back,
)

CONTRACT = BindingStep(StepKind.CONTRACT, date(2026, 3, 1), taken=True)
PLANNED = replace(CONTRACT, taken=False)
GATE = BindingStep(StepKind.DECISION, date(2026, 4, 1), taken=True)
MEETING = Discussion("item12345678", "Hovedudvalget", True, date(2026, 2, 12), date(2026, 2, 20), True)
FEBRUARY = ComingMeeting("meet02", "Hovedudvalget", date(2026, 2, 12), date(2026, 2, 3))
MARCH = ComingMeeting("meet03", "Hovedudvalget", date(2026, 3, 12), date(2026, 2, 24))
FIRST_OF_FEBRUARY = date(2026, 2, 1)


def held_on(month: int, day: int, **changes) -> Discussion:
    return replace(MEETING, met_on=date(2026, month, day), minutes_approved_on=date(2026, 6, 1), **changes)


def said(verdict: Verdict) -> tuple[str, int | None]:
    return verdict.kind.value, verdict.days


def ahead(today: date = FIRST_OF_FEBRUARY, steps=(PLANNED,), held=(), meetings=(FEBRUARY, MARCH), extra=True):
    return look_ahead(steps, held, meetings, today, extra)


# Looking back


def test_a_discussion_before_the_contract_is_in_time():
    assert said(look_back([CONTRACT], [MEETING])) == ("in_time", 17)


def test_a_discussion_after_the_contract_is_too_late_even_when_the_gate_decision_is_dated_later():
    assert said(look_back([CONTRACT, GATE], [held_on(3, 15)])) == ("too_late", 14)


def test_minutes_approved_after_the_step_do_not_make_a_discussion_late():
    assert said(look_back([CONTRACT], [held_on(2, 28)])) == ("in_time", 1)


def test_a_discussion_in_time_waits_for_its_minutes():
    assert said(look_back([CONTRACT], [replace(MEETING, minutes_approved_on=None)])) == (
        "awaiting_approval",
        17,
    )


def test_minutes_may_be_approved_on_the_day_of_the_meeting():
    assert look_back([CONTRACT], [replace(MEETING, minutes_approved_on=MEETING.met_on)]).kind == "in_time"


def test_minutes_dated_before_their_meeting_are_not_approved():
    slip = replace(MEETING, minutes_approved_on=date(2026, 2, 11))
    assert look_back([CONTRACT], [slip]).kind == "awaiting_approval"


@pytest.mark.parametrize(
    ("order", "kind"),
    [("before", "in_time_same_day"), ("after", "too_late"), (None, "same_day_without_recorded_order")],
)
def test_on_the_same_day_the_recorded_order_decides(order, kind):
    assert said(look_back([CONTRACT], [held_on(3, 1, order=order)])) == (kind, 0)


def test_a_discussion_on_the_same_day_waits_for_its_minutes_too():
    same_day = replace(MEETING, met_on=CONTRACT.on, minutes_approved_on=None, order="before")
    assert look_back([CONTRACT], [same_day]).kind == "awaiting_approval"


def test_the_wrong_level_and_an_outcome_that_does_not_count_are_set_aside_and_named():
    local = replace(MEETING, ref="local", level_ok=False)
    postponed = replace(MEETING, ref="postponed", counts=False)
    verdict = look_back([CONTRACT], [postponed, local])
    assert (verdict.kind, verdict.set_aside) == ("not_discussed", ("local", "postponed"))


def test_nobody_discussed_it():
    assert said(look_back([CONTRACT], [])) == ("not_discussed", None)


def test_without_a_known_step_nothing_is_said():
    assert said(look_back([], [MEETING])) == ("no_binding_step_known", None)


def test_a_planned_step_that_comes_first_counts_too():
    tender = BindingStep(StepKind.TENDER, date(2026, 2, 1), taken=False)
    assert look_back([CONTRACT, tender], [MEETING]).step == tender
    assert said(look_back([CONTRACT, tender], [MEETING])) == ("too_late", 11)


def test_of_several_discussions_the_best_is_named():
    verdict = look_back(
        [CONTRACT], [held_on(3, 15), MEETING, replace(MEETING, ref="x", minutes_approved_on=None)]
    )
    assert (verdict.kind, verdict.discussion) == ("in_time", MEETING)


# Looking ahead


def test_on_1_february_the_meeting_of_12_february_and_its_request_date_are_named():
    seen = ahead()
    assert (seen.kind, seen.severity) == ("meeting_in_reach", "soon")
    assert (seen.meeting, seen.step, seen.ways) == (FEBRUARY, PLANNED, ())
    assert (seen.days_to_request, seen.days_to_step) == (2, 28)


def test_on_the_request_date_itself_one_can_still_ask():
    assert ahead(today=FEBRUARY.request_by).kind == "meeting_in_reach"


def test_after_the_request_date_an_extraordinary_meeting_or_writing_is_named():
    seen = ahead(today=date(2026, 2, 4))
    assert (seen.kind, seen.severity, seen.meeting) == ("request_date_passed", "late", FEBRUARY)
    assert (seen.ways, seen.days_to_request) == (("extraordinary_meeting", "in_writing"), -1)


def test_where_no_extraordinary_meeting_can_be_called_writing_remains():
    assert ahead(today=date(2026, 2, 4), extra=False).ways == ("in_writing",)


def test_no_meeting_lies_before_the_step():
    seen = ahead(meetings=[MARCH])
    assert (seen.kind, seen.severity, seen.meeting) == ("no_meeting_before", "late", None)


def test_two_weeks_before_the_request_date_the_tone_turns():
    assert ahead(today=date(2026, 1, 19)).severity == "calm"
    assert ahead(today=date(2026, 1, 20)).severity == "soon"


def test_two_weeks_before_the_step_a_missing_calendar_is_late():
    assert ahead(today=date(2026, 2, 14), meetings=[]).severity == "soon"
    assert ahead(today=date(2026, 2, 15), meetings=[]).severity == "late"


def test_a_calendar_that_does_not_reach_a_far_step_is_no_alarm_yet():
    seen = ahead(meetings=[])
    assert (seen.kind, seen.severity, seen.ways) == (
        "no_meeting_before",
        "soon",
        ("extraordinary_meeting", "in_writing"),
    )


def test_a_meeting_on_the_day_of_the_step_is_not_before_it():
    assert (
        ahead(meetings=[replace(MARCH, on=PLANNED.on, request_by=date(2026, 2, 20))]).kind
        == "no_meeting_before"
    )


def test_the_last_meeting_that_can_be_reached_is_named():
    early = ComingMeeting("meet01", "Hovedudvalget", date(2026, 2, 5), date(2026, 2, 1))
    assert ahead(meetings=[early, FEBRUARY, MARCH]).meeting == FEBRUARY
    assert ahead(meetings=[early, replace(FEBRUARY, request_by=date(2026, 1, 30))]).meeting == early


def test_with_time_enough_the_tone_is_calm():
    assert ahead(today=date(2026, 1, 2)).severity == "calm"


def test_a_discussion_that_was_held_leaves_nothing_to_do():
    seen = ahead(today=date(2026, 2, 13), held=[replace(MEETING, minutes_approved_on=None)])
    assert (seen.kind, seen.severity) == ("discussed", "calm")


def test_a_step_that_passed_undiscussed_stays_named_beside_the_next_one():
    budget = BindingStep(StepKind.BUDGET, date(2026, 1, 10), taken=True)
    seen = ahead(steps=[budget, PLANNED])
    assert (seen.kind, seen.severity, seen.passed, seen.step) == ("meeting_in_reach", "late", budget, PLANNED)


def test_a_discussion_between_two_steps_serves_the_second_and_does_not_hide_the_first():
    budget = BindingStep(StepKind.BUDGET, date(2026, 1, 10), taken=True)
    seen = ahead(steps=[budget, PLANNED], held=[held_on(1, 15)])
    assert (seen.kind, seen.severity, seen.passed) == ("discussed", "calm", budget)


def test_a_discussion_after_all_steps_leaves_nothing_to_do_and_stays_named():
    seen = ahead(today=date(2026, 3, 16), steps=[CONTRACT], held=[held_on(3, 15)])
    assert (seen.kind, seen.severity, seen.passed) == ("discussed", "calm", CONTRACT)


def test_when_all_steps_passed_undiscussed_the_next_meeting_is_named():
    seen = ahead(today=date(2026, 3, 2), steps=[CONTRACT])
    assert (seen.kind, seen.severity, seen.meeting, seen.passed) == ("steps_passed", "late", MARCH, CONTRACT)


def test_a_planned_date_that_went_by_counts_as_passed():
    assert ahead(today=date(2026, 3, 2)).passed == PLANNED


def test_without_a_known_step_no_alarm_is_raised():
    assert (ahead(steps=[]).kind, ahead(steps=[]).severity) == ("no_binding_step_known", "calm")


# For any dates

days = st.dates(date(2026, 1, 1), date(2026, 3, 31))
steps = st.builds(BindingStep, st.sampled_from(StepKind), days, st.booleans())
discussions = st.builds(
    Discussion,
    st.text("ab", min_size=1, max_size=2),
    st.just("Hovedudvalget"),
    st.booleans(),
    days,
    st.none() | st.just(date(2026, 6, 1)),
    st.booleans(),
    st.sampled_from([None, "before", "after"]),
)
meetings = st.builds(ComingMeeting, st.text("ab", max_size=2), st.just("Hovedudvalget"), days, days)
some_steps, some_discussions = st.lists(steps, min_size=1, max_size=4), st.lists(discussions, max_size=4)


def badness(verdict: Verdict) -> tuple[int, int]:
    days = verdict.days or 0
    return BEST_FIRST.index(verdict.kind), days if verdict.kind == "too_late" else -days


@given(some_steps, some_discussions, discussions, st.integers(1, 60))
def test_moving_a_discussion_earlier_never_makes_the_verdict_worse(known, held, moved, back):
    earlier = replace(moved, met_on=moved.met_on - timedelta(days=back))
    assert badness(look_back(known, [*held, earlier])) <= badness(look_back(known, [*held, moved]))


@given(some_steps, some_discussions, steps, st.integers(1, 60))
def test_adding_a_later_step_never_changes_the_verdict(known, held, later, wait):
    first = binding_step(known)
    later = replace(later, on=first.on + timedelta(days=wait))
    assert look_back([*known, later], held) == look_back(known, held)


@given(some_steps, some_discussions, steps)
def test_adding_any_step_never_makes_the_verdict_better(known, held, more):
    with_more, without = look_back([*known, more], held), look_back(known, held)
    assert badness(with_more)[0] >= badness(without)[0]


@given(some_steps, some_discussions, discussions)
def test_adding_a_discussion_never_makes_the_verdict_worse(known, held, more):
    assert badness(look_back(known, [*held, more])) <= badness(look_back(known, held))


@given(
    some_steps,
    st.permutations(range(4)),
    st.lists(discussions, min_size=4, max_size=4, unique_by=lambda d: d.ref),
)
def test_the_order_of_what_is_handed_in_does_not_matter(known, order, held):
    assert look_back(known[::-1], [held[place] for place in order]) == look_back(known, held)


@given(some_steps, some_discussions)
def test_too_late_is_said_exactly_when_every_discussion_that_counts_came_after(known, held):
    first = min(step.on for step in known)
    dates = [(one.met_on, one.order) for one in held if one.level_ok and one.counts]
    after = [on > first or (on == first and order == "after") for on, order in dates]
    assert (look_back(known, held).kind == "too_late") == (bool(after) and all(after))


@given(some_steps, some_discussions, st.lists(meetings, max_size=4), days, st.booleans())
def test_a_meeting_in_reach_lies_before_the_step_and_can_still_be_asked_for(
    known, held, calendar, today, extra
):
    seen = look_ahead(known, held, calendar, today, extra)
    if seen.kind == "meeting_in_reach":
        assert today <= seen.meeting.request_by
        assert today <= seen.meeting.on < seen.step.on
        assert not seen.ways
    if seen.kind in {"request_date_passed", "no_meeting_before"}:
        assert not [one for one in calendar if one.request_by >= today and today <= one.on < seen.step.on]
        assert "in_writing" in seen.ways


@given(st.lists(meetings, max_size=4), days, st.integers(0, 40))
def test_waiting_never_makes_the_tone_calmer(calendar, today, wait):
    step = BindingStep(StepKind.TENDER, date(2026, 5, 15), taken=False)
    tones = ["calm", "soon", "late"]
    now = look_ahead([step], [], calendar, today, True)
    later = look_ahead([step], [], calendar, today + timedelta(days=wait), True)
    assert tones.index(later.severity) >= tones.index(now.severity)


# --- waiting for a union ---------------------------------------------------------------------------------


def after_disagreement(step_on: date, taken: bool) -> tuple[str, str]:
    """Discussed and signed, and central negotiation can be called until 10 March: what is said of a step."""
    held = [replace(MEETING, met_on=date(2026, 3, 1), decide_from=date(2026, 3, 11))]
    held = [replace(one, minutes_approved_on=date(2026, 3, 3), level_ok=True, counts=True) for one in held]
    steps = [BindingStep(StepKind.CONTRACT, step_on, taken)]
    ahead = look_ahead(steps, held, [], date(2026, 3, 4), extraordinary_possible=True)
    return look_back(steps, held).kind, ahead.kind


def test_a_step_before_the_days_for_calling_have_passed_must_wait() -> None:
    assert after_disagreement(date(2026, 3, 10), taken=False) == ("did_not_wait", "must_wait")


def test_a_step_on_the_first_day_after_them_is_in_time() -> None:
    assert after_disagreement(date(2026, 3, 11), taken=False) == ("in_time", "discussed")
