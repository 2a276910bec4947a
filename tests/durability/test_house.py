"""The look at the real house finds whatever is torn out of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.house import House
from tests.durability.kill import Clients, Group
from tests.durability.product import Found, opened, read_back

pytestmark = pytest.mark.prove
TORN = {
    "a need": "DELETE FROM initiative_need WHERE problem = 'round-0-0'",
    "a need's words": "UPDATE initiative_need SET problem = 'gone' WHERE problem = 'round-0-0'",
    "a thing": "UPDATE initiative_thing SET kind = 'other' WHERE kind = 'need'",
    "an answer": "DELETE FROM dialogue_preparatoryanswer",
    "an answer's text": "UPDATE dialogue_preparatoryanswer SET text = 'something else'",
    "an answer's version": "UPDATE dialogue_preparatoryanswer SET version = version + 1",
    "the end of the journal": "UPDATE organisation_journalhead SET sequence = sequence - 1",
    "words beside the journal": "UPDATE organisation_journalwords SET facts = '{}'",
}


@pytest.fixture
def written(tmp_path: Path) -> Iterator[tuple[House, str, set[str]]]:
    """A house in which two have raised needs and answered their question, and what they were told is saved."""
    house, database = House(desks=2, web=1), f"sqlite:///{tmp_path / 'house.sqlite3'}"
    house.prepare(database)
    group = Group(house, database, tmp_path / "notes")
    try:
        group.wait_until_ready(house)
        writing = Clients(house, group.port, "round", 2)
        writing.wait_for(8)
        yield house, database, writing.stop()
    finally:
        group.kill()


def _once_torn(house: House, database: str, sql: str) -> Found:
    """What is found after the tearing, which is then undone."""
    with opened(database) as connection, connection.cursor() as cursor:
        connection.disable_constraint_checking()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(sql)
        assert cursor.rowcount, sql
        found = house.look(connection)
        cursor.execute("ROLLBACK")
        return found


def test_whatever_is_torn_out_of_the_house_is_found(written: tuple[House, str, set[str]]) -> None:
    house, database, acknowledged = written
    whole = read_back(house, database)
    assert acknowledged <= whole.keys
    assert (whole.halves, whole.fault) == (frozenset(), "")
    for what, sql in TORN.items():
        found = _once_torn(house, database, sql)
        assert acknowledged - found.keys or found.halves or found.fault, what
