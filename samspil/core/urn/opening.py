"""Opening an urn layer by layer, each holder on a device of their own: the keys never leave it.

The first opens the outer boxes and leaves, for each envelope, an inner box for either of the others. The
second opens theirs and hands in the content keys. Until then nothing that was handed in opens anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samspil.core.urn.sealing import INNER, KEY, content, others, wrap

Left = bytes  # of one envelope: the inner boxes for the two others, one after the other


@dataclass(frozen=True)
class Turn:
    """What one holder is asked to open: so many boxes, each giving so many bytes or nothing."""

    begins: bool
    boxes: tuple[bytes, ...]

    @property
    def each(self) -> int:
        return INNER if self.begins else KEY


def turn_of(
    place: int, begun_by: int | None, envelopes: Sequence[bytes], left: Sequence[Left]
) -> Turn | None:
    """The turn of a holder; none for the one who has begun and waits for another."""
    if begun_by is None:
        boxes = [wrap(one, place, other) for one in envelopes for other in others(place)]
        return Turn(True, tuple(boxes))
    if begun_by == place:
        return None
    at = INNER * others(begun_by).index(place)
    return Turn(False, tuple(one[at : at + INNER] for one in left))


def fits(turn: Turn, opened: Sequence[bytes]) -> bool:
    """Whether what was handed in has the shape that was asked for."""
    return len(opened) == len(turn.boxes) and all(len(one) in (0, turn.each) for one in opened)


def left_for_the_others(opened: Sequence[bytes]) -> list[Left]:
    """What the first has opened, envelope by envelope; a box that would not open leaves nothing but zeros."""
    whole = [one or bytes(INNER) for one in opened]
    return [b"".join(pair) for pair in zip(whole[::2], whole[1::2], strict=True)]


def contents(envelopes: Sequence[bytes], keys: Sequence[bytes]) -> Iterator[bytes | None]:
    """The padded ballots, opened with what the second holder has handed in."""
    return (content(one, key) for one, key in zip(envelopes, keys, strict=True))
