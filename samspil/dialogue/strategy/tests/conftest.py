"""What this concern's tests start from."""

from samspil.dialogue.tests.conftest import play, play_under

__all__ = ["play", "play_under"]
