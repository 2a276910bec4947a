"""The room's play, for the tests of each of its concerns."""

from samspil.dialogue.tests.conftest import play, play_under

__all__ = ["play", "play_under"]
