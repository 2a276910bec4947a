"""Request dates are counted in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.working_days import (
    is_working_day,
    working_days_after,
    working_days_before,
    working_days_between,
)

EASTER_2026 = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6)})
NONE: frozenset[date] = frozenset()
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
holiday_sets = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=30)
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_twelve_working_days_before_a_thursday_is_a_tuesday():
    assert working_days_before(date(2026, 2, 12), 12, NONE) == date(2026, 1, 27)


def test_ten_working_days_are_two_weeks():
    assert working_days_before(date(2026, 3, 12), 10, NONE) == date(2026, 2, 26)


def test_easter_moves_the_request_date():
    assert working_days_before(date(2026, 4, 9), 5, EASTER_2026) == date(2026, 3, 30)
    assert working_days_before(date(2026, 4, 9), 5, NONE) == date(2026, 4, 2)


def test_friday_and_one_working_day_is_monday():
    assert working_days_after(date(2026, 3, 13), 1, NONE) == date(2026, 3, 16)


def test_zero_days_stays_on_a_working_day_and_leaves_a_sunday():
    assert working_days_before(date(2026, 3, 13), 0, NONE) == date(2026, 3, 13)
    assert working_days_before(date(2026, 3, 15), 0, NONE) == date(2026, 3, 13)
    assert working_days_after(date(2026, 3, 15), 0, NONE) == date(2026, 3, 16)


def test_a_week_between_two_mondays_has_five_working_days():
    assert working_days_between(date(2026, 3, 9), date(2026, 3, 16), NONE) == 5
    assert working_days_between(date(2026, 3, 16), date(2026, 3, 9), NONE) == -5


def test_counting_backward_by_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="working_days_before"):
        working_days_after(date(2026, 3, 9), -1, NONE)


@given(days_of_2026, st.integers(1, 60), holiday_sets)
def test_going_forward_and_counting_agree(start: date, count: int, holidays: frozenset[date]):
    end = working_days_after(start, count, holidays)
    assert is_working_day(end, holidays)
    assert working_days_between(start, end, holidays) == count


@given(days_of_2026, st.integers(1, 60), holiday_sets)
def test_going_back_and_forth_returns_to_a_working_day(start: date, count: int, holidays: frozenset[date]):
    start = working_days_after(start, 0, holidays)
    assert working_days_after(working_days_before(start, count, holidays), count, holidays) == start


@given(days, days, holiday_sets)
def test_between_is_a_plain_count(start: date, end: date, holidays: frozenset[date]):
    start, end = min(start, end), max(start, end)
    end = min(end, start + timedelta(days=400))
    counted, day = 0, start
    while day < end:
        day += timedelta(days=1)
        counted += day.isoweekday() <= 5 and day not in holidays
    assert working_days_between(start, end, holidays) == counted
