"""Conversations of people who do not exist: pure noise, planted groups, a habit of agreeing.

Everything comes from the generator handed in. In all of them one person votes on a statement at most once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.opinion_map.conversations import Conversation

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# How far the planted groups stand from the middle, how far members stand from each other, how unevenly people
# vote: with these a dense SVD and the best of many k-means find .546, .778 and .911 of the three groups at 8, 30
# and 80 votes each (mean of 10 seeds), as Polis' method did in the study that set the demand: .54, .77, .91.
SEPARATION, SPREAD, UNEVEN = 0.9, 0.3, 0.7
UNSURE = 0.25  # a leaning smaller than this is a pass


@dataclass(frozen=True)
class MadeUp:
    """A vote a place in three arrays; the group each person was planted in, the statements that tell them apart."""

    participants: Ints
    statements: Ints
    values: Ints
    groups: Ints
    telling: NDArray[np.bool_]

    def conversation(self) -> Conversation:
        """The same as the real ones are told: with names that sort like the numbers."""
        people = [f"p{number:06}" for number in range(len(self.groups))]
        votes = zip(self.participants.tolist(), self.statements.tolist(), self.values.tolist(), strict=True)
        return Conversation(
            name="made up",
            votes={(people[participant], str(statement)): value for participant, statement, value in votes},
            statements=tuple(str(statement) for statement in range(len(self.telling))),
            rejected=frozenset(),
        )


def noise(dice: np.random.Generator, people: int = 300, statements: int = 60, votes_each: int = 20) -> MadeUp:
    """Everyone votes equally often, on anything, anyhow."""
    values = dice.choice([-1, 0, 1], size=(people, statements), p=[0.35, 0.2, 0.45])
    chosen = _chosen(dice, np.ones(statements), np.full(people, votes_each))
    return _made_up(values, chosen, np.zeros(people, dtype=np.int64), np.zeros(statements, dtype=bool))


def uneven_noise(dice: np.random.Generator, people: int = 300, statements: int = 60) -> MadeUp:
    """A few vote on nearly all and many on little, the first statements are seen most and some are loved by
    all; but nobody's vote on one statement tells anything about their vote on another."""
    agreed = dice.beta(1.5, 1.5, statements) * 0.85
    leaning = dice.random((people, statements))
    values = np.where(leaning < agreed, 1, np.where(leaning < agreed + 0.15, 0, -1))
    chosen = _chosen(
        dice, _first_seen_most(statements), activity(dice, people, statements, mean=20, uneven=0.9)
    )
    return _made_up(values, chosen, np.zeros(people, dtype=np.int64), np.zeros(statements, dtype=bool))


def planted(
    dice: np.random.Generator,
    people: int = 2_000,
    statements: int = 200,
    votes_each: float = 30,
    groups: int = 3,
    tendency: float = 0.0,
    telling: float = 1.0,
) -> MadeUp:
    """Groups that lean apart on a share of the statements; people's habit of agreeing has the sd `tendency`."""
    group = dice.integers(0, groups, people)
    turn = 2 * np.pi * group / groups
    stand = SEPARATION * np.stack([np.cos(turn), np.sin(turn)], axis=1) + dice.normal(0, SPREAD, (people, 2))
    tells = dice.random(statements) < telling
    weights = dice.normal(0, 1, (statements, 2)) * tells[:, None]
    leaning = (
        dice.normal(0, 0.5, statements)
        + stand @ weights.T
        + dice.normal(0, 1, people)[:, None] * tendency
        + dice.normal(0, 1, (people, statements))
    )
    values = np.where(np.abs(leaning) < UNSURE, 0, np.sign(leaning)).astype(np.int64)
    how_many = activity(dice, people, statements, votes_each, UNEVEN)
    return _made_up(values, _chosen(dice, _first_seen_most(statements), how_many), group, tells)


def activity(dice: np.random.Generator, people: int, statements: int, mean: float, uneven: float) -> Ints:
    """How many statements each votes on: log-normal with this mean, at least one, at most all."""
    drawn = mean * np.exp(dice.normal(0, uneven, people) - uneven**2 / 2)
    return np.clip(np.rint(drawn), 1, statements).astype(np.int64)


def _first_seen_most(statements: int) -> Floats:
    return np.linspace(4, 1, statements)


def _chosen(dice: np.random.Generator, weights: Floats, how_many: Ints) -> NDArray[np.bool_]:
    """Who sees what: so many each, without repetition, the heavier statements more often."""
    keys = np.log(weights) + dice.gumbel(size=(len(how_many), len(weights)))
    rank = np.argsort(np.argsort(-keys, axis=1), axis=1)
    return rank < how_many[:, None]


def _made_up(values: Ints, chosen: NDArray[np.bool_], groups: Ints, telling: NDArray[np.bool_]) -> MadeUp:
    participants, statements = np.nonzero(chosen)
    return MadeUp(participants, statements, values[chosen], groups, telling)
