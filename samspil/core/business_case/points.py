"""Evenly spread numbers between 0 and 1, the same on every way to them: Sobol's points, shifted by key.

Each uncertain figure has a column of points of its own. The columns are Sobol's (Joe and Kuo's numbers, as
SciPy has them), in the order of the keys; each is shifted digit by digit by a number drawn from seed and key
(Philox). A point depends on nothing but its number, so blocks and workers cannot change it.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

CHUNK_BITS = 13
CHUNK = 1 << CHUNK_BITS
SHARED = "shared"  # the column that moves all costs together where they are correlated
_DIGITS = 32
_AT_ONCE = 1024  # rows asked of SciPy, whose floats take twice the room of what is kept

Integers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]


class Points:
    """The columns of some keys. Column 0 is always the shared one."""

    def __init__(self, keys: Sequence[str], seed: int, draws: int) -> None:
        self.column = {key: place for place, key in enumerate((SHARED, *keys))}
        self._low, self._high = _sobol(len(self.column), draws)
        self._shift = np.array([_shift(seed, key) for key in self.column], dtype=np.uint32)

    def read(self, key: str, start: int, count: int) -> Floats:
        """Points `start` to `start + count` of a column; they lie in one chunk."""
        chunk, place = divmod(start, CHUNK)
        column = self.column[key]
        moved = self._shift[column] ^ self._chunk(column, chunk)
        whole = self._low[column, place : place + count] ^ moved
        return np.asarray((whole + 0.5) * 2.0**-_DIGITS)

    def _chunk(self, column: int, chunk: int) -> np.uint32:
        """By what a chunk differs from the first one: point a ⊕ b is point a ⊕ point b, in Gray's order."""
        found = np.uint32(0)
        for place in range(len(self._high)):
            if chunk >> place & 1:
                found ^= self._high[place, column]
        return found


def chunks(start: int, stop: int) -> list[tuple[int, int]]:
    """A stretch of draws cut at the chunks' edges, as (start, count)."""
    edges = [start, *range((start // CHUNK + 1) * CHUNK, stop, CHUNK), stop]
    return [(here, there - here) for here, there in pairwise(edges) if there > here]


def _sobol(columns: int, draws: int) -> tuple[Integers, Integers]:
    """The first chunk, and the points whose numbers are the powers of two above it."""
    from scipy.stats import qmc  # takes a second to fetch

    engine = qmc.Sobol(columns, scramble=False, bits=_DIGITS)
    low = np.concatenate([_whole(engine.random(_AT_ONCE)).T for _ in range(CHUNK // _AT_ONCE)], axis=1)
    high, at = [], CHUNK
    for bit in range(CHUNK_BITS, max(CHUNK_BITS, (draws - 1).bit_length())):
        if at < 1 << bit:
            engine.fast_forward((1 << bit) - at)
        high.append(_whole(engine.random(1))[0])
        at = (1 << bit) + 1
    return low, np.array(high, dtype=np.uint32).reshape(-1, columns)


def _whole(points: Floats) -> Integers:
    return (points * 2.0**_DIGITS).astype(np.uint32)


def _shift(seed: int, key: str) -> int:
    named = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")
    return int(np.random.Philox(key=[seed, named]).random_raw()) >> _DIGITS
