"""A map that keeps up with a round while votes come in: tables moved vote by vote, a fresh picture in milliseconds."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred, axes_of, leading, upright
from .clusters import settled
from .compute import chosen_by_silhouette, numbered_by_size, opinion_map, searched
from .coordinates import active_votes, coordinates, votes_needed
from .parameters import DEFAULT_SEED, Parameters
from .result import OpinionMap
from .statements import group_counts
from .tables import Tables, centred, change_person, change_vote
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

    A vote costs as many steps as the person has votes. `refresh()` is the picture of now; `publish()` the tested,
    immutable version, equal to `opinion_map` of the same votes to the hash. People and statements stand in the
    order they came; `votes` and `tables` are in the canonical one.
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
        made = Tables.of(known)
        self._tables = [table.astype(np.int32) for table in made.all]
        self._last: Floats | None = None

    def cast(self, person: Key, statement: Key, value: int) -> None:
        """A vote of a person on a statement; it takes the place of an earlier one."""
        if value not in (-1, 0, 1):
            raise NotAVote("A vote is -1 (disagree), 0 (pass) or 1 (agree).")
        row, place = self._row_of(person), self._place_of(statement)
        places, values = self._taken_out(row, place)
        change_vote(self._tables, place, value, places, values, 1)
        self._touched[row] = np.append(places, place), np.append(values, value)

    def withdraw(self, person: Key, statement: Key) -> None:
        """Takes a vote back as if it had never been cast; nothing happens where there is none."""
        if person in self._row and statement in self._place:
            row = self._row[person]
            self._touched[row] = self._taken_out(row, self._place[statement])

    def erase(self, person: Key) -> None:
        """Forgets a person as if they had never been there."""
        if person not in self._row:
            return
        row = self._row.pop(person)
        places, values = self._theirs(row)
        change_person(self._tables, places, values, -1)
        self._touched[row] = places[:0], values[:0]
        self._people[row] = None

    @property
    def votes(self) -> Votes:
        """The current votes in their canonical order."""
        self._fold()
        rows = np.repeat(np.arange(len(self._people)), np.diff(self._starts))
        return Votes.from_arrays(
            rows, self._codes // 3, self._codes % 3 - 1, self._people, self._things
        )

    @property
    def tables(self) -> Tables:
        """The tables of the current votes, as `Tables.of` makes them."""
        size = len(self._things)
        here = [table[:size, :size] for table in self._tables]
        order = sorted(np.flatnonzero(here[0].diagonal()).tolist(), key=lambda at: self._things[at])
        cells = np.ix_(order, order)
        kind = np.int64 if all(isinstance(key, int) for key in self._things) else object
        keys = np.array([self._things[at] for at in order], dtype=kind)
        return Tables(keys, *(table[cells].astype(np.int64) for table in here))

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
        """Axes, coordinates, groups and counts of now, without null tests, halves and bootstrap."""
        self._fold()
        size = len(self._things)
        votes = Votes(_keys(self._people), _keys(self._things), self._starts, self._codes)
        here = [table[:size, :size] for table in self._tables]
        active = votes.active(self.moderated) & (here[0].diagonal() > 0)
        around = Centred(votes, active, level=self.parameters.level)
        axes = self._axes(here, around)
        each = active_votes(votes, active)
        points = coordinates(around, axes, each)
        included = each >= votes_needed(int(active.sum()), self.parameters.most_votes_needed)
        group_of, k = self._groups(points, included)
        return Fresh(
            votes.participants, votes.statements, active, axes, points, group_of, k, votes.counts(),
            group_counts(votes, group_of, k),
        )  # fmt: skip

    def _axes(self, here: list[NDArray[np.int32]], around: Centred) -> Axes:
        if self.parameters.level:  # a person's tendency is not in the tables
            return axes_of(around, self.parameters.components)
        gram = centred(*here)
        gram *= around.active
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

    def _groups(self, points: Floats, included: NDArray[np.bool_]) -> tuple[Ints, int]:
        group_of = np.zeros(len(points), dtype=np.int8)
        few = np.count_nonzero(included) < 2 * self.parameters.smallest_group
        scores, centres = ({}, {}) if few else searched(points[included], self.parameters, self.seed)
        if not scores:
            return group_of, 0
        k = chosen_by_silhouette(scores, self.parameters)
        label, _centres = numbered_by_size(*settled(points[included], centres[k]))
        group_of[included] = label + 1
        return group_of, k

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
            if len(self._things) > len(self._tables[0]):
                more = max(16, len(self._things) // 2)
                self._tables = [np.pad(table, (0, more)) for table in self._tables]
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
        change_vote(self._tables, place, value, places, values, -1)
        return places, values

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
            each = each[each > 0]
        self._starts = np.concatenate([[0], np.cumsum(each)]).astype(self._starts.dtype)
        self._touched = {}


def _keys(listed: list[Any]) -> Keys:
    return np.array(listed, dtype=np.int64 if listed and isinstance(listed[0], int) else object)
