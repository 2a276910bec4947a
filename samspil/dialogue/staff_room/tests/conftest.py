"""A room with a note in it."""

from samspil.dialogue.tests.conftest import play, play_under

__all__ = ["play", "play_under"]
