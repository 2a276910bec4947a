"""Chance that is the same everywhere: a stream of numbers for each purpose, counted from a seed.

Each stream is a counter-based generator with a key of its own. What one purpose draws never moves what
another gets, and nothing depends on how many numbers were drawn before.
"""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What chance is used for; the numbers are part of the algorithm version."""

    GROUPS = 1
    NULLS = 2
    HALVES = 3
    BOOTSTRAP = 4
    BOOTSTRAP_GROUPS = 5


def stream(seed: int, purpose: Purpose, number: int = 0) -> np.random.Generator:
    """The stream of a seed for a purpose, the `number`-th of its kind."""
    key = np.array([seed & 0xFFFFFFFFFFFFFFFF, (int(purpose) << 32) | number], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
