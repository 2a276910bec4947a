"""A reminder goes out once, halfway to the deadline."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samspil.core.replies import reminder_day
from samspil.core.working_days import is_working_day, working_days_between

NONE: frozenset[date] = frozenset()
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def test_four_weeks_are_halved():
    assert reminder_day(date(2026, 2, 2), date(2026, 3, 2), NONE) == date(2026, 2, 16)


def test_easter_is_not_counted():
    easter = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)})
    assert reminder_day(date(2026, 3, 30), date(2026, 4, 10), easter) == date(2026, 4, 7)


def test_a_deadline_tomorrow_leaves_no_day_to_remind_on():
    assert reminder_day(date(2026, 2, 2), date(2026, 2, 3), NONE) is None


@given(DAYS, st.integers(-30, 200), st.frozensets(DAYS, max_size=20))
def test_the_day_is_a_working_day_in_between_and_about_halfway(sent, days, holidays):
    due = sent + timedelta(days=days)
    found = reminder_day(sent, due, holidays)
    if found is None:
        assert working_days_between(sent, due, holidays) <= 2
    else:
        assert sent < found < due
        assert is_working_day(found, holidays)
        before = working_days_between(sent, found, holidays)
        assert abs(2 * before - working_days_between(sent, due, holidays)) <= 1
