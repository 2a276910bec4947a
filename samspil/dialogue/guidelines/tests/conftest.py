"""What this concern's tests start from: the room's play, and short ways to a guideline."""

from samspil.dialogue.tests.conftest import play, play_under

__all__ = ["play", "play_under"]
