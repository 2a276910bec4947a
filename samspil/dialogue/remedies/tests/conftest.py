"""The fixtures of the committees' room, for its requests."""

from samspil.dialogue.tests.conftest import play, play_under

__all__ = ["play", "play_under"]
