from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samspil.core.zone_changes import changes


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Europe/Stockholm"])
def test_clocks_change_on_the_last_sundays_of_march_and_october(zone: str) -> None:
    found = list(changes(ZoneInfo(zone), date(2026, 1, 1), date(2027, 12, 31)))
    assert [(one.on_the_clock.replace(tzinfo=UTC), one.after.summer) for one in found] == [
        (datetime(2026, 3, 29, 2, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 3, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 2, tzinfo=UTC), True),
        (datetime(2027, 10, 31, 3, tzinfo=UTC), False),
    ]
    assert {(one.before.from_utc, one.after.from_utc) for one in found} == {
        (timedelta(hours=1), timedelta(hours=2)),
        (timedelta(hours=2), timedelta(hours=1)),
    }


def test_a_zone_that_never_changes_has_no_changes() -> None:
    assert list(changes(ZoneInfo("UTC"), date(2026, 1, 1), date(2026, 12, 31))) == []


def test_a_zone_of_half_hours_is_found_to_the_minute() -> None:
    first, *_rest = changes(ZoneInfo("Australia/Lord_Howe"), date(2026, 1, 1), date(2026, 12, 31))
    assert (first.on_the_clock.replace(tzinfo=UTC), first.before.from_utc - first.after.from_utc) == (
        datetime(2026, 4, 5, 2, tzinfo=UTC),
        timedelta(minutes=30),
    )
