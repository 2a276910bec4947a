"""The inputs of `make bench-opinion`: one real conversation and four made ones, written once for both sides.

A case is a folder with three flat arrays, a vote a place, in the order the votes came in: `participants` and
`statements` (the ids as a store would hold them, far apart and in no order) and `values` (1, 0, -1).
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.real_inputs import OPINIONS as REAL

AT_ONCE = 20_000  # people made at a time
UNEVEN = 0.9  # sd of the logarithm of how much people vote
SEEN_MOST = 4.0  # how much more often the first statement is seen than the last
GROUPS = 4


@dataclass(frozen=True)
class Case:
    """One size: how many people and statements, and which share of the cells holds a vote."""

    name: str
    people: int
    statements: int
    density: float


CASES = {
    "B2": Case("B2", 10_000, 500, 0.05),
    "B3": Case("B3", 33_422, 783, 0.0763),
    "B4": Case("B4", 100_000, 1_000, 0.03),
    "B5": Case("B5", 1_000_000, 1_000, 0.03),
}


@dataclass(frozen=True)
class Votes:
    """A vote a place."""

    participants: NDArray[np.int32]
    statements: NDArray[np.int32]
    values: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.values)


def load(folder: Path) -> Votes:
    return Votes(*(np.load(folder / f"{name}.npy") for name in ("participants", "statements", "values")))


def write(votes: Votes, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("participants", "statements", "values"):
        np.save(folder / f"{name}.npy", getattr(votes, name))


def prepare(name: str, seed: int, folder: Path) -> None:
    """Write the input of a case; the same seed gives the same bytes."""
    dice = np.random.default_rng([seed, int(name[1])])
    write(bowling_green() if name == "B1" else made(CASES[name], dice), folder)


def bowling_green() -> Votes:
    """The largest shared conversation, its accepted statements, row by row."""
    with gzip.open(REAL / "bowling-green" / "participants-votes.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    with (REAL / "bowling-green" / "comments.csv").open(newline="") as file:
        active = [row["comment-id"] for row in csv.DictReader(file) if row["moderated"] != "-1"]
    cells = [(int(row["participant"]), int(one), int(row[one])) for row in rows for one in active if row[one]]
    participants, statements, values = zip(*cells, strict=True)
    return Votes(np.array(participants, np.int32), np.array(statements, np.int32), np.array(values, np.int8))


def made(case: Case, dice: np.random.Generator) -> Votes:
    """People in four groups: log-normal activity, the first statements seen most, votes in a random order."""
    world = World.of(case, dice)
    blocks = [
        world.people(dice, first, min(AT_ONCE, case.people - first))
        for first in range(0, case.people, AT_ONCE)
    ]
    people, statements, values = (np.concatenate(column) for column in zip(*blocks, strict=True))
    order = dice.permutation(len(values))
    ids = (1_000 + 7 * dice.permutation(case.people)).astype(np.int32)
    names = (100 + 3 * dice.permutation(case.statements)).astype(np.int32)
    return Votes(ids[people[order]], names[statements[order]], values[order])


@dataclass(frozen=True)
class World:
    """What holds for all people of a case: how often each statement is seen, and whom it pleases."""

    density: float
    exposure: NDArray[np.float32]
    weights: NDArray[np.float64]
    liked: NDArray[np.float64]

    @classmethod
    def of(cls, case: Case, dice: np.random.Generator) -> "World":
        seen = np.linspace(SEEN_MOST, 1, case.statements)
        return cls(
            density=case.density,
            exposure=(seen / seen.mean()).astype(np.float32),
            weights=dice.normal(0, 1, (case.statements, 2)),
            liked=dice.normal(0, 0.5, case.statements),
        )

    def people(self, dice: np.random.Generator, first: int, many: int) -> tuple[NDArray[Any], ...]:
        """The votes of so many people, numbered from `first`: who, on what, and which."""
        active = np.exp(dice.normal(0, UNEVEN, many) - UNEVEN**2 / 2).astype(np.float32) * self.density
        drawn = dice.random((many, len(self.exposure)), dtype=np.float32)
        rows, columns = np.nonzero(drawn < active[:, None] * self.exposure)
        turn = 2 * np.pi * dice.integers(0, GROUPS, many) / GROUPS
        stand = np.stack([np.cos(turn), np.sin(turn)], axis=1) + dice.normal(0, 0.3, (many, 2))
        agrees = self.liked[columns] + (stand[rows] * self.weights[columns]).sum(axis=1)
        leaning = agrees + dice.normal(0, 1, len(rows))
        values = np.where(np.abs(leaning) < 0.25, 0, np.sign(leaning)).astype(np.int8)
        return (rows + first).astype(np.int32), columns.astype(np.int32), values
