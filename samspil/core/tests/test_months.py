"""Counting in months of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.months import first_day, first_days, months_after, number_of

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_number_or_on_the_last_day_of_a_short_month(
    day: date, months: int, found: date
) -> None:
    assert months_after(day, months) == found


@given(day=DAYS, months=st.integers(0, 60))
def test_no_month_is_skipped(day: date, months: int) -> None:
    later = months_after(day, months)
    assert number_of(later) - number_of(day) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_months_are_counted_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        months_after(date(2026, 11, 2), -1)


@given(day=DAYS, count=st.integers(1, 30))
def test_the_first_days_of_months_follow_each_other(day: date, count: int) -> None:
    found = first_days(day, count)
    assert [number_of(one) - number_of(day) for one in found] == list(range(count))
    assert all(one.day == 1 and first_day(number_of(one)) == one for one in found)
