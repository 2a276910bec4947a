"""A map that keeps up with a round: tables moved vote by vote, a fresh picture in milliseconds."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred, axes_of, leading, upright
from .clusters import nearest
from .compute import opinion_map
from .coordinates import active_votes, coordinates, votes_needed
from .grouping import best_parting, numbered_by_size, searched
from .parameters import DEFAULT_SEED, Parameters
from .result import OpinionMap
from .statements import group_counts
from .tables import Tables
from .votes import Floats, Ints, Key, Keys, NotAVote, Votes


@dataclass(frozen=True, slots=True, eq=False)
class Fresh:
    """What a round looks like now, untested. `group_of` is 0 for a person without a group."""

    participants: Keys
    statements: Keys
    active: NDArray[np.bool_]
    axes: Axes
    coordinates: Floats
    group_of: Ints
    k: int
    counts: NDArray[np.int64]
    group_counts: NDArray[np.int64]


class RunningMap:
    """The current votes of a round and their three tables.

    A vote costs as many steps as the person has votes. `refresh()` is the picture of now; `publish()` the
    tested, immutable version, equal to `opinion_map` of the same votes to the hash. People and statements
    stand in the order they came; `votes` and `tables` are in the canonical one.
    """

    def __init__(
        self,
        votes: Votes | None = None,
        *,
        moderated: Collection[Key] = (),
        parameters: Parameters = Parameters(),  # noqa: B008 - frozen
        seed: int | None = None,
    ) -> None:
        known = votes or Votes.from_rows([], [], [])
        self.moderated = set(moderated)
        self.parameters = parameters
        self.seed = DEFAULT_SEED if seed is None else seed
        self._people: list[Any] = known.participants.tolist()
        self._things: list[Any] = known.statements.tolist()
        self._row = {key: at for at, key in enumerate(self._people)}
        self._place = {key: at for at, key in enumerate(self._things)}
        self._starts, self._codes = known.starts, known.codes
        self._touched: dict[int, tuple[Ints, Ints]] = {}
        self._counts = known.counts()
        self._halves = _halves(Tables.of(known))
        self._keys: tuple[Keys, Keys] = known.participants, known.statements
        self._last: Floats | None = None
        self._k = 0
        self._ones = np.ones(0)

    def cast(self, person: Key, statement: Key, value: int) -> None:
        """A vote of a person on a statement; it takes the place of an earlier one."""
        if value not in (-1, 0, 1):
            raise NotAVote("A vote is -1 (disagree), 0 (pass) or 1 (agree).")
        row, place = self._row_of(person), self._place_of(statement)
        places, values = self._taken_out(row, place)
        self._move(place, value, places, values, 1)
        self._touched[row] = np.concatenate((places, [place])), np.concatenate((values, [value]))

    def withdraw(self, person: Key, statement: Key) -> None:
        """Takes a vote back as if it had never been cast; nothing happens where there is none."""
        if person in self._row and statement in self._place:
            row = self._row[person]
            self._touched[row] = self._taken_out(row, self._place[statement])

    def erase(self, person: Key) -> None:
        """Forgets a person as if they had never been there."""
        if person not in self._row:
            return
        row = self._row[person]
        for place in self._theirs(row)[0].tolist():
            self._touched[row] = self._taken_out(row, place)
        self._people[row] = None
        del self._row[person]

    @property
    def votes(self) -> Votes:
        """The current votes in their canonical order."""
        self._fold()
        rows = np.repeat(np.arange(len(self._people)), np.diff(self._starts))
        return Votes.from_arrays(rows, self._codes // 3, self._codes % 3 - 1, self._people, self._things)

    @property
    def tables(self) -> Tables:
        """The tables of the current votes, as `Tables.of` makes them."""
        size = len(self._things)
        together, by_row, by_column, products = (half[:size, :size].astype(np.int64) for half in self._halves)
        disagreed, passed, agreed = self._counts[:size].T
        whole = (
            together + together.T + np.diag(disagreed + passed + agreed),
            by_row + by_column.T + np.diag(agreed - disagreed),
            products + products.T + np.diag(agreed + disagreed),
        )
        order = sorted(np.flatnonzero(self._counts[:size].any(axis=1)).tolist(), key=self._things.__getitem__)
        cells = np.ix_(order, order)
        return Tables(_as_array([self._things[at] for at in order]), *(table[cells] for table in whole))

    def publish(self, previous: OpinionMap | None = None) -> OpinionMap:
        """The immutable version of now, tested and hashed; it follows the previous one if there is one."""
        return opinion_map(
            self.votes,
            moderated=self.moderated,
            seed=self.seed,
            parameters=self.parameters,
            previous=previous,
        )

    def refresh(self) -> Fresh:
        """Axes, coordinates, groups and counts of now, without null tests, halves and bootstrap.

        After the first time only numbers of groups next to the last one are tried; groups are those of the
        places people were gathered in, not settled once more among all.
        """
        self._fold()
        size = len(self._things)
        if len(self._keys[1]) != size:
            self._keys = self._keys[0], _as_array(self._things)
        votes = Votes(*self._keys, self._starts, self._codes)
        counts = self._counts[:size].copy()
        active = votes.active(self.moderated) & (counts.sum(axis=1) > 0)
        told = votes.indicators(self._ones_for(votes.count))
        around = Centred(votes, active, told=told, level=self.parameters.level, counts=counts)
        axes = self._axes(around)
        each = active_votes(votes, active)
        points = coordinates(around, axes, each)
        included = each >= votes_needed(int(active.sum()), self.parameters.most_votes_needed)
        group_of = self._groups(points, included)
        of_groups = group_counts(votes, group_of, self._k, told)
        return Fresh(*self._keys, active, axes, points, group_of, self._k, counts, of_groups)

    def _axes(self, around: Centred) -> Axes:
        if self.parameters.level:  # a person's tendency is not in the tables
            return axes_of(around, self.parameters.components)
        gram = self._gram(around)
        start = None if self._last is None else np.resize(self._last, len(around.means)) * around.active
        loadings, sizes = leading(
            lambda direction: around.active * (gram @ direction),
            around.norms,
            self.parameters.components,
            start,
        )
        axes = Axes(upright(loadings), sizes, around.means, float(around.norms.sum()))
        self._last = axes.loadings.sum(axis=1)
        return axes

    def _gram(self, around: Centred) -> Floats:
        """The centred products of the active statements; those of others are left as they come."""
        size, means = len(around.means), around.means
        together, by_row, by_column, products = (half[:size, :size] for half in self._halves)
        half = means * together
        half -= by_column
        half *= means[:, None]
        half -= by_row * means
        half += products
        gram: Floats = half + half.T
        gram[np.diag_indices(size)] = around.norms
        return gram

    def _groups(self, points: Floats, included: NDArray[np.bool_]) -> Ints:
        group_of = np.zeros(len(points), dtype=np.int8)
        few = np.count_nonzero(included) < 2 * self.parameters.smallest_group
        scores, centres = ({}, {}) if few else searched(points[included], self.parameters, self.seed, self._k)
        self._k = best_parting(scores, {}) if scores else 0
        if self._k:
            found = centres[self._k]
            label, _centres = numbered_by_size(nearest(points[included], found), found)
            group_of[included] = label + 1
        return group_of

    def _ones_for(self, count: int) -> Floats:
        if len(self._ones) < count:
            self._ones = np.ones(count + count // 4)
        return self._ones[:count]

    def _row_of(self, person: Key) -> int:
        if person not in self._row:
            self._row[person] = len(self._people)
            self._people.append(person)
            self._touched[self._row[person]] = np.zeros(0, np.int64), np.zeros(0, np.int64)
        return self._row[person]

    def _place_of(self, statement: Key) -> int:
        if statement not in self._place:
            self._place[statement] = len(self._things)
            self._things.append(statement)
            if len(self._things) > len(self._counts):
                more = max(16, len(self._things) // 2)
                self._counts = np.pad(self._counts, ((0, more), (0, 0)))
                self._halves = [np.pad(half, (0, more)) for half in self._halves]
        return self._place[statement]

    def _theirs(self, row: int) -> tuple[Ints, Ints]:
        if row in self._touched:
            return self._touched[row]
        codes = self._codes[self._starts[row] : self._starts[row + 1]]
        return codes // 3, codes % 3 - 1

    def _taken_out(self, row: int, place: int) -> tuple[Ints, Ints]:
        """The person's votes without that on one statement, which the tables forget too."""
        places, values = self._theirs(row)
        at = np.flatnonzero(places == place)
        if len(at) == 0:
            return places, values
        value = int(values[at[0]])
        places, values = np.delete(places, at), np.delete(values, at)
        self._move(place, value, places, values, -1)
        return places, values

    def _move(self, place: int, value: int, others: Ints, values: Ints, by: int) -> None:
        """One vote comes (`by=1`) or goes (`by=-1`) beside the person's others: one row of each half."""
        together, by_row, by_column, products = (half[place] for half in self._halves)
        self._counts[place, value + 1] += by
        together[others] += by
        by_column[others] += by * values
        if value:
            by_row[others] += by * value
            products[others] += (by * value) * values

    def _fold(self) -> None:
        """Lays the votes of people who were touched among the others, and lets go of people without votes."""
        if not self._touched:
            return
        each = np.zeros(len(self._people), dtype=np.int64)
        each[: len(self._starts) - 1] = np.diff(self._starts)
        pieces, at = [], 0
        for row, (places, values) in sorted(self._touched.items()):
            until = min(row, len(self._starts) - 1)
            pieces += [
                self._codes[self._starts[at] : self._starts[until]],
                (3 * places + values + 1).astype(self._codes.dtype),
            ]
            each[row], at = len(places), min(row + 1, len(self._starts) - 1)
        pieces.append(self._codes[self._starts[at] :])
        self._codes = np.concatenate(pieces)
        if not each.all():
            self._people = [key for key, count in zip(self._people, each.tolist(), strict=True) if count]
            self._row = {key: row for row, key in enumerate(self._people)}
            self._keys = _as_array(self._people), self._keys[1]
            each = each[each > 0]
        if len(self._keys[0]) != len(self._people):
            self._keys = _as_array(self._people), self._keys[1]
        self._starts = np.concatenate([[0], np.cumsum(each)]).astype(self._starts.dtype)
        self._touched = {}


def _halves(tables: Tables) -> list[NDArray[np.int32]]:
    """Halves that are the tables when added to their mirror images, without what a statement has with itself:
    N, S by the statement in the row, S by that in the column, Q. A vote then moves rows alone."""
    off = ~np.eye(len(tables.statements), dtype=bool)
    return [
        np.triu(tables.together, 1).astype(np.int32),
        (tables.sums * off).astype(np.int32),
        np.zeros(off.shape, np.int32),
        np.triu(tables.products, 1).astype(np.int32),
    ]


def _as_array(listed: list[Any]) -> Keys:
    return np.array(listed, dtype=np.int64 if listed and isinstance(listed[0], int) else object)
