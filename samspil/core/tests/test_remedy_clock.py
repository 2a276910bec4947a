"""Terms, last days, reminders, and from when a decision may be taken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.core.remedy_clock import (
    CONCLUDED,
    Stand,
    Term,
    Unit,
    closed_days,
    come_due,
    is_closed,
    last_day,
    midsummer_eve,
    wait_for,
)

DAY = timedelta(days=1)
WEEK = Term(7, Unit.DAYS)
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
closed_sets = st.frozensets(days, max_size=40)
terms = st.builds(Term, st.integers(0, 60), st.sampled_from(Unit), st.booleans())


def test_midsummer_eve_is_the_friday_before_midsummer_day() -> None:
    assert [midsummer_eve(year) for year in (2025, 2026, 2027)] == [
        date(2025, 6, 20),
        date(2026, 6, 19),
        date(2027, 6, 25),
    ]


def test_a_term_is_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        last_day(date(2026, 1, 1), Term(-1, Unit.DAYS), frozenset())


@given(days, terms, closed_sets)
def test_a_last_day_that_moves_is_a_day_on_which_people_work(
    start: date, term: Term, closed: frozenset[date]
) -> None:
    found = last_day(start, term, closed)
    assert found >= start
    if term.moves or term.unit == Unit.WORKING_DAYS:
        assert not is_closed(found, closed)


@given(days, terms, closed_sets)
def test_a_longer_term_never_ends_earlier(start: date, term: Term, closed: frozenset[date]) -> None:
    longer = Term(term.number + 1, term.unit, term.moves)
    assert last_day(start, longer, closed) >= last_day(start, term, closed)


def test_days_treated_like_holidays_come_in_every_year() -> None:
    found = closed_days(frozenset(), ["12-24", "midsummer_eve"], [2026, 2027])
    assert sorted(found) == [date(2026, 6, 19), date(2026, 12, 24), date(2027, 6, 25), date(2027, 12, 24)]


# --- reminders -------------------------------------------------------------------------------------------


def test_a_reminder_comes_on_its_day_and_not_before() -> None:
    opened, due = date(2026, 3, 1), date(2026, 4, 1)
    assert come_due(opened, due, (-7, 0, 1), date(2026, 3, 24), ()) == ()
    assert come_due(opened, due, (-7, 0, 1), date(2026, 3, 25), ()) == (-7,)
    assert come_due(opened, due, (-7, 0, 1), date(2026, 4, 1), (-7,)) == (0,)


def test_a_worker_that_missed_days_finds_all_that_came_due_the_last_of_them_last() -> None:
    opened, due = date(2026, 3, 1), date(2026, 4, 1)
    assert come_due(opened, due, (1, 0, -7), date(2026, 5, 1), (-7,)) == (0, 1)


def test_nobody_is_reminded_of_days_that_lay_before_the_step_was_opened() -> None:
    opened, due = date(2026, 3, 30), date(2026, 4, 1)
    assert come_due(opened, due, (-7, -2, 0, 1), date(2026, 4, 2), ()) == (0, 1)


@given(
    days, st.integers(0, 60), st.frozensets(st.integers(-20, 20)), st.lists(st.integers(0, 90), max_size=30)
)
def test_each_reminder_is_kept_once_whichever_days_the_worker_comes(
    opened: date, long: int, offsets: frozenset[int], visits: list[int]
) -> None:
    due, kept = opened + long * DAY, []
    for visit in sorted(visits):
        kept += come_due(opened, due, offsets, opened + visit * DAY, kept)
    assert len(kept) == len(set(kept))
    last = opened + max(visits, default=-1) * DAY
    assert set(kept) == {one for one in offsets if opened < due + one * DAY <= last}


# --- waiting for a union ---------------------------------------------------------------------------------


def wait(**facts: object):  # type: ignore[no-untyped-def]
    usual = {
        "concluded": True,
        "agreed": False,
        "signed_on": date(2026, 3, 2),
        "term": WEEK,
        "closed": frozenset(),
        "today": date(2026, 3, 3),
    }
    return wait_for(**usual | facts)  # type: ignore[arg-type]


def test_after_a_disagreement_the_decision_waits_until_the_days_have_passed() -> None:
    found = wait()
    assert (found.stand, found.call_by, found.decide_from) == (
        Stand.MAY_BE_CALLED,
        date(2026, 3, 9),
        date(2026, 3, 10),
    )
    assert wait(today=date(2026, 3, 9)).stand == Stand.MAY_BE_CALLED
    assert wait(today=date(2026, 3, 10)).stand == Stand.NOT_CALLED


def test_the_days_do_not_begin_before_the_text_is_signed() -> None:
    found = wait(signed_on=None)
    assert (found.stand, found.decide_from) == (Stand.AWAITING_SIGNATURE, None)


def test_a_call_in_time_makes_the_decision_wait_and_one_too_late_does_not() -> None:
    assert wait(called_on=date(2026, 3, 9)).stand == Stand.CALLED
    assert wait(called_on=date(2026, 3, 9)).decide_from is None
    assert wait(called_on=date(2026, 3, 10), today=date(2026, 3, 11)).stand == Stand.NOT_CALLED


def test_when_it_is_concluded_centrally_the_decision_may_be_taken() -> None:
    found = wait(called_on=date(2026, 3, 9), centrally_on=date(2026, 4, 1))
    assert (found.stand, found.decide_from) == (Stand.CENTRALLY_CONCLUDED, date(2026, 4, 1))


def test_agreement_needs_no_waiting_and_an_open_negotiation_waits() -> None:
    assert wait(agreed=True).stand == Stand.AGREED
    assert wait(concluded=False).stand == Stand.NOT_CONCLUDED


@given(days, days, st.one_of(st.none(), days), st.one_of(st.none(), days))
def test_where_it_is_concluded_there_is_a_day_from_which_it_may_be_decided(
    signed: date, today: date, called: date | None, centrally: date | None
) -> None:
    found = wait(signed_on=signed, today=today, called_on=called, centrally_on=centrally)
    assert (found.stand in CONCLUDED) <= (found.decide_from is not None)
    if found.call_by:
        assert found.call_by >= signed
