"""Agreed procedures: slots before steps, what holds, how long notice is, and whether promises were kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.procedure import (
    ComingMeeting,
    Kept,
    Slot,
    Talk,
    holding,
    next_slot,
    slot_before,
    standing,
)

TODAY = date(2026, 11, 2)
NEW_YEAR = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def meeting(ref: str, on: date, request_days: int = 14) -> ComingMeeting:
    return ComingMeeting(ref, on, on - timedelta(days=request_days))


def test_it_is_the_last_meeting_before_the_step_also_across_the_turn_of_the_year() -> None:
    known = [
        meeting(ref, on)
        for ref, on in (("a", date(2026, 11, 30)), ("b", date(2027, 1, 18)), ("c", date(2027, 2, 1)))
    ]
    assert slot_before(date(2027, 2, 1), known, TODAY, NEW_YEAR) == Slot(
        date(2027, 1, 18), "b", date(2027, 1, 4)
    )


def test_a_meeting_whose_request_day_has_passed_is_out_of_reach() -> None:
    soon = meeting("soon", date(2026, 11, 10))
    assert next_slot([soon], TODAY) is None
    assert slot_before(date(2026, 11, 20), [soon], TODAY, frozenset()) == Slot(date(2026, 11, 19))


def test_without_a_meeting_it_is_the_last_working_day_before_the_step_and_never_a_holiday() -> None:
    assert slot_before(date(2027, 1, 4), [], TODAY, NEW_YEAR) == Slot(date(2026, 12, 31))
    assert slot_before(date(2026, 12, 28), [], TODAY, NEW_YEAR) == Slot(date(2026, 12, 24))


def test_a_step_that_lies_behind_leaves_no_day() -> None:
    assert slot_before(TODAY, [], TODAY, frozenset()) is None


@given(step=DAYS, days=st.lists(DAYS, max_size=8), today=DAYS)
def test_a_slot_lies_between_today_and_the_step(step: date, days: list[date], today: date) -> None:
    known = [meeting(str(place), on, 7) for place, on in enumerate(days)]
    slot = slot_before(step, known, today, frozenset())
    if slot:
        assert today <= slot.by < step
        assert slot.request_by is None or today <= slot.request_by <= slot.by


# --- what holds ------------------------------------------------------------------------------------------


def test_a_newer_version_holds_from_its_day_and_not_before() -> None:
    since = [date(2026, 1, 1), date(2027, 1, 1), None]
    assert holding(since, date(2025, 12, 31), None) is None
    assert holding(since, date(2026, 12, 31), None) == 0
    assert holding(since, date(2027, 1, 1), None) == 1


def test_the_last_day_of_the_notice_still_holds() -> None:
    since = [date(2026, 1, 1)]
    assert holding(since, date(2026, 5, 31), date(2026, 5, 31)) == 0
    assert holding(since, date(2026, 6, 1), date(2026, 5, 31)) is None


# --- what was promised and what was held -----------------------------------------------------------------

BY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("committee", "by", "talks", "kept"),
    [
        (1, BY, [Talk(1, BY)], Kept.HELD),
        (1, BY, [Talk(1, BY + timedelta(days=1))], Kept.HELD_LATER),
        (1, BY, [Talk(2, BY)], Kept.HELD_ELSEWHERE),
        (1, BY, [], Kept.NOT_HELD),
        (1, TODAY, [], Kept.AHEAD),
        (1, TODAY + timedelta(days=9), [Talk(2, BY)], Kept.AHEAD),
        (1, None, [Talk(2, BY)], Kept.NO_DAY),
        (1, None, [Talk(1, BY)], Kept.HELD),
        (None, BY, [Talk(7, BY)], Kept.HELD),
        (1, BY, [Talk(2, BY - timedelta(days=9)), Talk(1, BY)], Kept.HELD),
    ],
)
def test_how_a_promise_stands(committee: int | None, by: date | None, talks: list[Talk], kept: Kept) -> None:
    assert standing(committee, by, talks, TODAY).kept is kept


def test_only_what_happened_otherwise_departs() -> None:
    assert [kept for kept in Kept if kept.departs] == [Kept.HELD_LATER, Kept.HELD_ELSEWHERE, Kept.NOT_HELD]
