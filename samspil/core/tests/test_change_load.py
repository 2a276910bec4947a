"""How many initiatives touch a workplace in a month."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from samspil.core.change_load import Cell, Span, last_day, load
from samspil.core.months import first_days

AREA, NORTH, SOUTH = 1, 2, 3
LINES = {AREA: (AREA,), NORTH: (NORTH, AREA), SOUTH: (SOUTH, AREA)}
AHEAD = first_days(date(2026, 11, 29), 4)


def span(key: int, *places: int, starts: date = date(2026, 11, 29), **facts: object) -> Span:
    usual = {"ends": None, "planned": False}
    return Span(key, starts, places=frozenset(places), **(usual | facts))  # type: ignore[arg-type]


def counts(spans: list[Span], unit: int) -> list[int]:
    return [cell.count for cell in load(spans, LINES, AHEAD)[unit]]


def test_months_run_over_the_turn_of_the_year() -> None:
    assert (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)) == AHEAD
    assert last_day(date(2027, 2, 1)) == date(2027, 2, 28)


def test_what_has_no_end_is_counted_every_month() -> None:
    assert counts([span(7, NORTH)], NORTH) == [1, 1, 1, 1]


def test_what_ends_is_counted_in_its_last_month_and_no_longer() -> None:
    assert counts([span(7, NORTH, ends=date(2026, 12, 1))], NORTH) == [1, 1, 0, 0]
    assert counts([span(7, NORTH, ends=date(2026, 11, 30))], NORTH) == [1, 0, 0, 0]


def test_what_is_planned_is_counted_from_the_month_it_begins_and_told_apart() -> None:
    begins = span(7, NORTH, starts=date(2027, 1, 31), planned=True)
    assert load([begins, span(8, NORTH)], LINES, AHEAD)[NORTH][2] == Cell((8,), (7,))
    assert counts([begins], NORTH) == [0, 0, 1, 1]


def test_what_touches_an_area_touches_its_workplaces_but_not_the_other_way_round() -> None:
    both = [span(7, AREA), span(8, NORTH)]
    assert [counts(both, unit)[0] for unit in (AREA, NORTH, SOUTH)] == [1, 2, 1]


def test_an_initiative_that_touches_a_workplace_twice_counts_once() -> None:
    assert counts([span(7, AREA, NORTH)], NORTH)[0] == 1


spans = st.lists(
    st.builds(
        span,
        st.integers(1, 50),
        st.sampled_from([AREA, NORTH, SOUTH]),
        starts=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        ends=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        planned=st.booleans(),
    ),
    max_size=12,
)


@given(spans, spans)
def test_loads_add_up(some: list[Span], more: list[Span]) -> None:
    for unit in LINES:
        both = [one + other for one, other in zip(counts(some, unit), counts(more, unit), strict=True)]
        assert counts([*some, *more], unit) == both


@given(spans)
def test_a_month_counts_exactly_the_days_that_fall_into_it(found: list[Span]) -> None:
    for at, month in enumerate(AHEAD):
        expected = [
            one
            for one in found
            if NORTH in one.places or AREA in one.places
            if any(
                one.starts <= day and (one.ends is None or day <= one.ends)
                for day in (date(month.year, month.month, n) for n in range(1, last_day(month).day + 1))
            )
        ]
        assert counts(found, NORTH)[at] == len(expected)
