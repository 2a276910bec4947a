"""Realised, partly, not realised, unknown, not yet: what a figure says, and what a missing one says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from samspil.core.benefits.following import (
    Measured,
    Plan,
    Promise,
    Status,
    due_days,
    gone,
    standing,
    to_remind,
    unanswered,
)

TWICE_A_YEAR = Plan(date(2025, 3, 1), 6, date(2027, 3, 1))
MINUTES = Promise(likely=Decimal(4), by=date(2025, 3, 1), cautious=Decimal(6), optimistic=Decimal(3))
BEFORE = Decimal(10)


def measured(on: date, value: str, low: str = "", high: str = "") -> Measured:
    ends = [Decimal(end) if end else None for end in (low, high)]
    return Measured(on, Decimal(value), *ends)


def test_a_plan_has_its_days() -> None:
    assert due_days(TWICE_A_YEAR) == (
        date(2025, 3, 1),
        date(2025, 9, 1),
        date(2026, 3, 1),
        date(2026, 9, 1),
        date(2027, 3, 1),
    )
    assert due_days(Plan(date(2025, 3, 1))) == (date(2025, 3, 1),)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("3", Status.REALISED),
        ("4", Status.REALISED),
        ("4.1", Status.PARTLY),
        ("6", Status.PARTLY),
        ("6.1", Status.NOT_REALISED),
        ("11", Status.NOT_REALISED),
    ],
)
def test_fewer_minutes_are_better_here(value: str, status: Status) -> None:
    found = standing(TWICE_A_YEAR, MINUTES, BEFORE, [measured(date(2025, 3, 1), value)], date(2025, 4, 1))
    assert found.status is status


def test_without_a_cautious_target_half_the_way_is_a_part() -> None:
    promise = Promise(likely=Decimal(90), by=date(2025, 3, 1))
    for value, status in (("90", Status.REALISED), ("70", Status.PARTLY), ("69", Status.NOT_REALISED)):
        figures = [measured(date(2025, 3, 1), value)]
        assert standing(TWICE_A_YEAR, promise, Decimal(50), figures, date(2025, 4, 1)).status is status, value


def test_an_overdue_figure_makes_it_unknown_whatever_was_known_before() -> None:
    """24 months after closing: it was realised once, and nobody has measured since."""
    figures = [measured(date(2025, 3, 1), "3")]
    assert standing(TWICE_A_YEAR, MINUTES, BEFORE, figures, date(2025, 9, 1)).status is Status.REALISED
    found = standing(TWICE_A_YEAR, MINUTES, BEFORE, figures, date(2027, 3, 2))
    assert found.status is Status.UNKNOWN
    assert found.overdue == date(2027, 3, 1)


def test_a_later_figure_makes_good_what_was_left_out() -> None:
    figures = [measured(date(2026, 3, 3), "3")]
    found = standing(TWICE_A_YEAR, MINUTES, BEFORE, figures, date(2026, 4, 1))
    assert found.status is Status.REALISED
    assert unanswered(TWICE_A_YEAR, figures, date(2026, 4, 1)) == (date(2025, 3, 1), date(2025, 9, 1))


def test_a_figure_answers_the_day_it_lies_nearest_to() -> None:
    late = [measured(date(2025, 3, 20), "3")]
    assert unanswered(TWICE_A_YEAR, late, date(2025, 9, 2)) == (date(2025, 9, 1),)


def test_before_the_day_it_is_promised_for_less_is_not_a_failure() -> None:
    promise = Promise(likely=Decimal(4), by=date(2026, 3, 1))
    on_the_way = [measured(date(2025, 3, 1), "7")]
    assert standing(TWICE_A_YEAR, promise, BEFORE, on_the_way, date(2025, 4, 1)).status is Status.NOT_YET
    early = [measured(date(2025, 3, 1), "4")]
    assert standing(TWICE_A_YEAR, promise, BEFORE, early, date(2025, 4, 1)).status is Status.REALISED


def test_nothing_measured_and_nothing_due_is_too_early() -> None:
    found = standing(TWICE_A_YEAR, MINUTES, BEFORE, [], date(2025, 2, 1))
    assert (found.status, found.next_due) == (Status.NOT_YET, date(2025, 3, 1))


def test_a_sample_that_reaches_over_the_target_is_not_certain() -> None:
    figures = [measured(date(2025, 3, 1), "3.5", "2.5", "4.5")]
    found = standing(TWICE_A_YEAR, MINUTES, BEFORE, figures, date(2025, 4, 1))
    assert found.status is Status.REALISED
    assert not found.certain


def test_the_share_of_the_way() -> None:
    assert gone(MINUTES, BEFORE, Decimal(7)) == Decimal("50.0")
    assert gone(MINUTES, BEFORE, Decimal(11)) == Decimal("-16.6667")
    assert gone(MINUTES, None, Decimal(7)) is None


def test_something_that_is_to_stay_as_it_is() -> None:
    """A dis-benefit kept at bay: the starting point is the target; the cautious one says which way is worse."""
    promise = Promise(likely=Decimal(5), by=date(2025, 3, 1), cautious=Decimal(7))
    for value, status in (("5", Status.REALISED), ("6", Status.PARTLY), ("8", Status.NOT_REALISED)):
        figures = [measured(date(2025, 3, 1), value)]
        found = standing(TWICE_A_YEAR, promise, Decimal(5), figures, date(2025, 4, 1))
        assert found.status is status, value


def test_a_harm_is_better_the_smaller_it_is_kept() -> None:
    """The solution brings calls that were not there before: 10 a month are expected, 20 would be too many."""
    promise = Promise(Decimal(10), date(2025, 3, 1), Decimal(20), Decimal(5), harm=True)
    for value, status in (("8", Status.REALISED), ("18", Status.PARTLY), ("31", Status.NOT_REALISED)):
        figures = [measured(date(2025, 3, 1), value)]
        found = standing(TWICE_A_YEAR, promise, Decimal(0), figures, date(2025, 4, 1))
        assert (found.status, found.share) == (status, None), value


def test_a_harm_without_a_range_should_stay_near_where_it_began() -> None:
    promise = Promise(Decimal(10), date(2025, 3, 1), harm=True)
    for value, status in (("9", Status.REALISED), ("11", Status.NOT_REALISED)):
        figures = [measured(date(2025, 3, 1), value)]
        assert standing(TWICE_A_YEAR, promise, Decimal(0), figures, date(2025, 4, 1)).status is status


def test_each_day_is_reminded_of_while_it_has_no_figure() -> None:
    assert to_remind(TWICE_A_YEAR, [], date(2025, 2, 28)) == ()
    assert to_remind(TWICE_A_YEAR, [], date(2025, 3, 1)) == (date(2025, 3, 1),)
    assert to_remind(TWICE_A_YEAR, [], date(2026, 3, 9)) == (date(2026, 3, 1),)
    assert to_remind(TWICE_A_YEAR, [measured(date(2026, 3, 2), "3")], date(2026, 3, 9)) == ()


@pytest.mark.parametrize(
    ("plan", "early", "near"),
    [
        (Plan(date(2027, 9, 1)), date(2027, 5, 1), date(2027, 7, 1)),
        (TWICE_A_YEAR, date(2024, 11, 1), date(2024, 12, 15)),
    ],
)
def test_a_figure_from_long_before_the_first_day_answers_none(plan: Plan, early: date, near: date) -> None:
    today = plan.first + timedelta(days=1)
    found = standing(plan, MINUTES, BEFORE, [measured(early, "4")], today)
    assert (found.status, found.overdue) == (Status.UNKNOWN, plan.first)
    assert to_remind(plan, [measured(early, "4")], plan.first) == (plan.first,)
    assert standing(plan, MINUTES, BEFORE, [measured(near, "4")], today).status is Status.REALISED
