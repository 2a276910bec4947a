"""The worker's rounds in a house in which everything has happened at least once."""

import pytest

from samspil.initiative.models import SearchText
from samspil.kit import house
from samspil.organisation import rounds
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from tests.cast import AT
from tests.permissions.world import furnish


def test_every_tick_of_every_room_runs(content: None, caplog: pytest.LogCaptureFixture) -> None:
    world = furnish("fjordby", "MED", str)
    rounds.round_of(AT)
    assert [record.getMessage() for record in caplog.records if "failed" in record.getMessage()] == []
    with scope(world.cast.organisation):
        assert SearchText.objects.filter(thing__kind="item").exists()


def test_no_tick_takes_the_turn_of_another() -> None:
    """Parts of a room may call theirs alike; one whose hand is another's would never be done."""
    ticks = [tick for room in house.rooms() for tick in room.ticks]
    hands = {rounds.hand_of(tick, Organisation(ref="x" * 12)) for tick in ticks}
    assert len(hands) == len(ticks)
