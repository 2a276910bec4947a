"""Votes for the tests: drawn, planted with groups, and those of six real conversations."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from samspil.core.opinion_map import Conversation, Votes, conversation_of
from tests.real_inputs import OPINIONS as DATA

Rows = list[tuple[int, int, int]]

rows_of_votes = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 7), st.integers(-1, 1)), max_size=120)


def votes_of(rows: Rows) -> Votes:
    return Votes.from_rows([p for p, _s, _v in rows], [s for _p, s, _v in rows], [v for _p, _s, v in rows])


def rows_in(votes: Votes) -> Rows:
    people, things = votes.participants.tolist(), votes.statements.tolist()
    return [
        (people[row], things[column], value)
        for row, column, value in zip(
            votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True
        )
    ]


def table(votes: Votes) -> NDArray[np.float64]:
    """People × statements, not a number where nobody voted."""
    filled = np.full((len(votes.participants), len(votes.statements)), np.nan)
    filled[votes.rows, votes.columns] = votes.values
    return filled


def drawn(seed: int, people: int = 60, statements: int = 20, share: float = 0.6) -> Votes:
    """Votes without any structure: each by lot."""
    chance = np.random.default_rng(seed)
    rows, columns = np.nonzero(chance.random((people, statements)) < share)
    return Votes.from_rows(rows, columns, chance.integers(-1, 2, len(rows)))


def planted(
    seed: int,
    people: int = 300,
    statements: int = 60,
    groups: int = 3,
    each: int = 30,
    apart: float = 1.2,
    alike: float = 0.0,
) -> tuple[Votes, NDArray[np.int64]]:
    """Votes of people in groups, and the group of each. `alike`: the share of statements on which none differ."""
    chance = np.random.default_rng(seed)
    group = chance.integers(0, groups, people)
    leaning = chance.normal(0, apart, (groups, statements))
    leaning[:, : int(alike * statements)] = 0
    columns = chance.random((people, statements)).argsort(axis=1)[:, :each].ravel()
    rows = np.repeat(np.arange(people), each)
    liked = chance.normal(0, 0.7, statements)[columns] + leaning[group[rows], columns]
    liked += chance.normal(0, 1, len(rows))
    values = np.where(liked > 0.4, 1, np.where(liked < -0.4, -1, 0))
    votes = Votes.from_rows(rows, columns, values)
    return votes, group[votes.participants]


@cache
def real(name: str) -> Conversation:
    """A conversation of the shared data, from its matrix."""
    with ExitStack() as stack:
        lines = {
            kind: stack.enter_context(_opened(DATA / name, file))
            for kind, file in (("matrix", "participants-votes.csv"), ("comments", "comments.csv"))
        }
        return conversation_of(**lines)


def stored_groups(name: str) -> Iterator[tuple[int, int]]:
    """Each person whom the original software placed, and the group."""
    with _opened(DATA / name, "participants-votes.csv") as lines:
        heading = next(lines).split(",")
        person, group = heading.index("participant"), heading.index("group-id")
        for line in lines:
            cells = line.split(",")
            if cells[group]:
                yield int(cells[person]), int(cells[group])


def _opened(folder: Path, name: str):
    plain = folder / name
    return plain.open(newline="") if plain.is_file() else gzip.open(folder / f"{name}.gz", "rt", newline="")
