"""The fixtures of the room, for this part of it."""

from samspil.business_case.tests.conftest import case, initiative, look, send

__all__ = ["case", "initiative", "look", "send"]
