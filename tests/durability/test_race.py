"""Sixteen writers at once: everything is saved, nobody is told that the database is locked."""

import pytest

from tests.durability.race import Race, fresh, race


def _nothing_went_wrong(result: Race, writes: int) -> None:
    print(result)
    assert result.errors == ()
    assert len(result.waits) == len(result.found.keys) == writes
    assert not result.found.halves


@pytest.mark.parametrize(("kind", "processes", "threads"), [("sqlite", 4, 4), ("postgresql", 4, 4)])
def test_sixteen_writers_all_get_their_turn(kind: str, processes: int, threads: int) -> None:
    with fresh(kind, durable=False) as database:
        _nothing_went_wrong(race(database, processes, threads, each=10), 160)


@pytest.mark.prove
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("processes", "threads"), [(1, 1), (1, 16), (4, 4), (16, 1)])
def test_thousands_of_writes_by_many_writers_all_arrive(kind: str, processes: int, threads: int) -> None:
    each = 4000 // (processes * threads)
    with fresh(kind) as database:
        _nothing_went_wrong(race(database, processes, threads, each), each * processes * threads)
