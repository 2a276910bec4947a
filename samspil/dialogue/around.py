"""What stands around the items in the papers of a meeting: who was there, and what was laid before it.

The papers ask here and nowhere else. What the house does not keep stays empty and is left out of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samspil.dialogue.models import Item, Meeting, Minutes


@dataclass(frozen=True)
class Attendance:
    """Names with their seats, as they are to stand in the minutes."""

    present: Sequence[str] = ()
    excused: Sequence[str] = ()
    substitutes: Sequence[str] = ()


def attendance(_meeting: Meeting) -> Attendance:
    """Who was there. Nobody notes it yet, so nothing is said of it."""
    return Attendance()


def annexes(_item: Item, minutes: Minutes | None = None) -> list[str]:
    """The names of the files that belong to an item: the one that was brought with its text."""
    return [minutes.file.name] if minutes and minutes.file else []
