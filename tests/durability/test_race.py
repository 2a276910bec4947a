"""Sixteen writers at once: everything is saved, nobody is told that the database is locked.

In the daily suite `tests/test_many_at_once.py` lets sixteen append to the journal on both databases.
"""

import pytest

from tests.durability.race import Race, fresh, race


def _nothing_went_wrong(result: Race, writes: int) -> None:
    print(result)
    assert result.errors == ()
    assert len(result.waits) == len(result.found.keys) == writes
    assert not result.found.halves


@pytest.mark.prove
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("processes", "threads"), [(1, 1), (1, 16), (4, 4), (16, 1)])
def test_thousands_of_writes_by_many_writers_all_arrive(kind: str, processes: int, threads: int) -> None:
    each = 4000 // (processes * threads)
    with fresh(kind) as database:
        _nothing_went_wrong(race(database, processes, threads, each), each * processes * threads)
