"""A promise that cannot hold is not made, whatever the numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samspil.core.round_promise import FLOOR_BREAKDOWN, FLOOR_TOTAL, Promise, what_cannot_hold

TODAY = date(2026, 2, 2)
promises = st.builds(
    Promise,
    level=st.sampled_from(["named", "confidential", "secret"]),
    by_link=st.booleans(),
    electors=st.lists(st.integers(0, 60), max_size=4).map(tuple),
    smallest_total=st.integers(1, 40),
    smallest_breakdown=st.integers(1, 40),
    opens_on=st.integers(-5, 5).map(lambda days: TODAY + timedelta(days=days)),
    closes_on=st.integers(-5, 20).map(lambda days: TODAY + timedelta(days=days)),
    today=st.just(TODAY),
    legal_basis=st.sampled_from(["", "  ", "§ 1"]),
    disposal=st.sampled_from(["", "2026:1"]),
    needs_disposal=st.booleans(),
)


@given(promises)
def test_a_round_that_opens_can_show_a_result_and_shows_nothing_small(promise: Promise) -> None:
    if what_cannot_hold(promise):
        return
    assert promise.smallest_total >= FLOOR_TOTAL
    assert promise.smallest_breakdown >= max(FLOOR_BREAKDOWN, promise.smallest_total)
    assert promise.closes_on >= promise.today
    assert promise.legal_basis.strip()
    assert promise.by_link or promise.persons >= 1
    if promise.level != "named" and not promise.by_link:
        assert promise.persons >= promise.smallest_total
    if promise.level == "secret":
        assert not promise.by_link


@given(promises)
def test_with_names_even_a_small_committee_may_be_asked(promise: Promise) -> None:
    if promise.level == "named":
        assert "fewer_than_smallest_group" not in what_cannot_hold(promise)
