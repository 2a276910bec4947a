"""The worker's rounds in a house in which everything has happened at least once."""

import pytest

from samspil.initiative.models import SearchText
from samspil.organisation import rounds
from samspil.organisation.scope import scope
from tests.cast import AT
from tests.permissions.world import furnish


def test_every_tick_of_every_room_runs(content: None, caplog: pytest.LogCaptureFixture) -> None:
    world = furnish("fjordby", "MED", str)
    rounds.round_of(AT)
    assert [record.getMessage() for record in caplog.records if "failed" in record.getMessage()] == []
    with scope(world.cast.organisation):
        assert SearchText.objects.filter(thing__kind="item").exists()
