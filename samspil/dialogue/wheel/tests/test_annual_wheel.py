"""The annual wheel: never on a day off, always the weekday that was chosen, deadlines in their order."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspil.core.annual_wheel import LAST, Planned, Rhythm, days_of, deadlines, is_quiet, meeting_for, plan
from samspil.core.working_days import is_working_day, working_days_between
from samspil.organisation.holidays import holidays_of

YEARS = st.integers(2024, 2036)
COUNTRIES = st.sampled_from(["DK", "SE"])
RHYTHMS = st.builds(
    Rhythm,
    YEARS,
    st.sets(st.integers(1, 12), min_size=1, max_size=12).map(lambda months: tuple(sorted(months))),
    st.sampled_from([1, 2, 3, 4, LAST]),
    st.integers(0, 4),
)
WEEKS = st.sets(st.integers(1, 53), max_size=12)


def off(country: str, year: int) -> frozenset[date]:
    return holidays_of(country, (year - 1, year))


@given(RHYTHMS, COUNTRIES, WEEKS)
def test_no_meeting_lies_on_a_day_off_or_in_a_quiet_week_and_all_have_the_weekday(
    rhythm: Rhythm, country: str, weeks: set[int]
) -> None:
    holidays = off(country, rhythm.year)
    found = plan(days_of(rhythm), holidays, weeks)
    days = [one.on for one in found if one.on]
    assert len(days) == len(set(days))
    for one in found:
        if one.on:
            assert is_working_day(one.on, holidays)
            assert not is_quiet(one.on, weeks)
            assert one.on.weekday() == rhythm.weekday
            assert one.on.year == rhythm.year
        assert one.moved == bool(one.why)


@given(RHYTHMS, COUNTRIES, WEEKS)
def test_a_day_that_can_stay_stays(rhythm: Rhythm, country: str, weeks: set[int]) -> None:
    holidays = off(country, rhythm.year)
    for one in plan(days_of(rhythm), holidays, weeks):
        if is_working_day(one.wanted, holidays) and not is_quiet(one.wanted, weeks):
            assert one == Planned(one.wanted, one.wanted)


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12), COUNTRIES, WEEKS)
def test_days_that_were_listed_are_moved_alike(days: set[date], country: str, weeks: set[int]) -> None:
    holidays = off(country, 2026)
    found = plan(days, holidays, weeks, taken={date(2026, 3, 10)})
    assert [one.wanted for one in found] == sorted(days)
    for one in found:
        assert one.on is None or (is_working_day(one.on, holidays) and one.on != date(2026, 3, 10))


@given(st.dates(date(2025, 1, 1), date(2036, 1, 1)), *[st.integers(0, 40)] * 3, COUNTRIES)
def test_deadlines_come_in_their_order_and_on_working_days(
    on: date, request: int, settle: int, send: int, country: str
) -> None:
    holidays = off(country, on.year)
    found = deadlines(on, request, settle, send, holidays)
    assert found.request_by <= found.settle_by <= found.send_by <= on
    assert all(is_working_day(day, holidays) for day in (found.request_by, found.settle_by, found.send_by))


@given(st.dates(date(2025, 2, 1), date(2036, 1, 1)), st.integers(1, 40), COUNTRIES)
def test_so_many_working_days_lie_between_the_deadline_and_the_meeting(
    on: date, days: int, country: str
) -> None:
    holidays = off(country, on.year)
    assume(is_working_day(on, holidays))
    assert working_days_between(deadlines(on, days, days, days, holidays).request_by, on, holidays) == days


@given(st.integers(1, 12), st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=8))
def test_a_topic_goes_to_the_first_meeting_from_its_month_on_else_to_the_last(
    month: int, meetings: set[date]
) -> None:
    found = meeting_for(month, sorted(meetings))
    if not meetings:
        assert found is None
        return
    assert found in meetings
    later = [day for day in meetings if day.month >= month]
    assert found == (min(later) if later else max(meetings))


def test_the_last_tuesday_and_the_second_one() -> None:
    assert days_of(Rhythm(2026, (3, 12), 2, 1)) == (date(2026, 3, 10), date(2026, 12, 8))
    assert days_of(Rhythm(2026, (3,), LAST, 1)) == (date(2026, 3, 31),)


def test_a_holiday_moves_the_meeting_a_week_on_and_says_why() -> None:
    monday_after_easter = date(2026, 4, 6)
    (found,) = plan([monday_after_easter], off("DK", 2026), set())
    assert found == Planned(monday_after_easter, monday_after_easter + timedelta(days=7), "holiday")


def test_christmas_moves_the_meeting_to_the_nearest_week_in_the_same_year() -> None:
    (found,) = plan([date(2026, 12, 22)], off("SE", 2026), {52, 53, 1})
    assert found == Planned(date(2026, 12, 22), date(2026, 12, 15), "quiet_week")


def test_a_weekend_moves_to_its_monday() -> None:
    (found,) = plan([date(2026, 3, 14)], off("DK", 2026), set())
    assert found == Planned(date(2026, 3, 14), date(2026, 3, 16), "weekend")


def test_where_no_day_is_free_none_is_made_up() -> None:
    (found,) = plan([date(2026, 3, 10)], off("DK", 2026), set(range(1, 54)))
    assert found.on is None


def test_a_week_or_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="Monday to Friday"):
        days_of(Rhythm(2026, (1,), 5, 1))
    with pytest.raises(ValueError, match="Monday to Friday"):
        days_of(Rhythm(2026, (1,), 1, 6))
