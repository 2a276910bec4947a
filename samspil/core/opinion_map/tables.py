"""Three integer tables that hold all the map needs to know of the votes.

For each two statements: `together` (N), how many voted on both; `sums` (S), the sum of their votes on the
first; `products` (Q), the sum of the products of both. They are exact, do not depend on any order, add up
over shards, take in a vote or let it go in as many steps as the person has votes, and forget a person by
subtraction. Taking a statement out is choosing rows and columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from .votes import Floats, Ints, Key, Keys, Votes

Table = NDArray[np.int64]
_AT_ONCE = 32_767
"""People per packed product: their sums must fit the sixteen bits of a field."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The tables over `statements`, in the order of their keys."""

    statements: Keys
    together: Table
    sums: Table
    products: Table

    @classmethod
    def empty(cls, statements: Keys) -> "Tables":
        size = (len(statements), len(statements))
        return cls(statements, *(np.zeros(size, np.int64) for _ in range(3)))

    @classmethod
    def of(cls, votes: Votes, active: NDArray[np.bool_] | None = None) -> "Tables":
        """The tables of these votes, over the active statements alone if some are not."""
        whole = cls.empty(votes.statements)
        for low in range(0, len(votes.participants), _AT_ONCE):
            _add_packed(whole, votes, low, min(low + _AT_ONCE, len(votes.participants)))
        return whole if active is None or active.all() else whole.chosen(active)

    @classmethod
    def merge(cls, *shards: "Tables") -> "Tables":
        """The tables of all shards together; the shards have no person in common."""
        keys = sorted({key for shard in shards for key in shard.statements.tolist()})
        kind = np.int64 if all(isinstance(key, int) for key in keys) else object
        whole = cls.empty(np.array(keys, dtype=kind))
        place = {key: at for at, key in enumerate(keys)}
        for shard in shards:
            at = np.array([place[key] for key in shard.statements.tolist()], dtype=np.intp)
            for table, part in zip(whole.all, shard.all, strict=True):
                table[np.ix_(at, at)] += part
        return whole

    @property
    def all(self) -> tuple[Table, Table, Table]:
        return self.together, self.sums, self.products

    @property
    def voters(self) -> Table:
        """How many voted on each statement."""
        return self.together.diagonal()

    def chosen(self, active: NDArray[np.bool_]) -> "Tables":
        """The same without the statements that are not active."""
        keep = np.ix_(active, active)
        return Tables(self.statements[active], *(table[keep] for table in self.all))

    def with_vote(self, others: dict[Key, int], statement: Key, value: int) -> "Tables":
        """New tables with one more vote of a person whose other votes are these."""
        return self._moved(others, statement, value, 1)

    def without_vote(self, others: dict[Key, int], statement: Key, value: int) -> "Tables":
        """New tables without this vote of a person whose other votes are these."""
        return self._moved(others, statement, value, -1)

    def without_person(self, theirs: dict[Key, int]) -> "Tables":
        """New tables as if the person with these votes had never been there."""
        copy = Tables(self.statements, *(table.copy() for table in self.all))
        places, values = copy._places(theirs)
        change_person(copy.all, places, values, -1)
        return copy

    def _moved(self, others: dict[Key, int], statement: Key, value: int, by: int) -> "Tables":
        copy = Tables(self.statements, *(table.copy() for table in self.all))
        places, values = copy._places(others)
        place, _none = copy._places({statement: value})
        change_vote(copy.all, int(place[0]), value, places, values, by)
        return copy

    def _places(self, theirs: dict[Key, int]) -> tuple[Ints, Ints]:
        place = {key: at for at, key in enumerate(self.statements.tolist())}
        return (
            np.array([place[key] for key in theirs], dtype=np.intp),
            np.array(list(theirs.values()), dtype=np.int64),
        )

    def centred(self) -> Floats:
        """The products of the votes less each statement's mean, where missing votes count as zero."""
        return centred(self.together, self.sums, self.products)

    def same_as(self, other: "Tables") -> bool:
        """Whether both say the same, number by number."""
        return self.statements.tolist() == other.statements.tolist() and all(
            np.array_equal(mine, theirs) for mine, theirs in zip(self.all, other.all, strict=True)
        )


def centred(together: NDArray[Any], sums: NDArray[Any], products: NDArray[Any]) -> Floats:
    """Q - mu_j S_kj - mu_k S_jk + mu_j mu_k N: equal to the Gram matrix of the mean-imputed votes."""
    voters = together.diagonal()
    means = np.divide(sums.diagonal(), voters, out=np.zeros(len(voters)), where=voters > 0)
    half = means[:, None] * together
    half *= 0.5
    half -= sums
    half *= means  # minus mu_k S_jk and half of the last term; the other half is its mirror image
    gram: Floats = half + half.T
    gram += products
    return gram


def change_vote(
    tables: Sequence[NDArray[Any]], place: int, value: int, others: Ints, values: Ints, by: int
) -> None:
    """Adds (`by=1`) or subtracts (`by=-1`) one vote, in place, beside the person's other votes."""
    together, sums, products = tables
    pairs = (value * by) * values
    together[place, others] += by
    together[others, place] += by
    sums[place, others] += value * by
    sums[others, place] += by * values
    products[place, others] += pairs
    products[others, place] += pairs
    together[place, place] += by
    sums[place, place] += value * by
    products[place, place] += value * value * by


def change_person(tables: Sequence[NDArray[Any]], places: Ints, values: Ints, by: int) -> None:
    """Adds or subtracts all votes of one person, in place."""
    cells = np.ix_(places, places)
    together, sums, products = tables
    together[cells] += by
    sums[cells] += by * values[:, None]
    products[cells] += by * np.multiply.outer(values, values)


def _add_packed(whole: Tables, votes: Votes, low: int, high: int) -> None:
    """All three tables of some people from one product: each entry carries four sums of sixteen bits.

    (1 + v 2^16)(1 + u 2^32) = 1 + v 2^16 + u 2^32 + v u 2^48, added up without loss modulo 2^64.
    """
    first, last = votes.starts[low], votes.starts[high]
    codes = votes.codes[first:last]
    columns, values = codes // 3, (codes % 3 - 1).astype(np.int64)
    size, starts = (high - low, len(votes.statements)), votes.starts[low : high + 1] - first
    left = csr_array((1 + (values << 16), columns, starts), shape=size)
    right = csr_array((1 + (values << 32), columns, starts), shape=size)
    packed = (left.T @ right).tocoo()
    at, rest = (packed.row, packed.col), packed.data
    for table in (whole.together, whole.sums, None, whole.products):
        field = ((rest & 0xFFFF) ^ 0x8000) - 0x8000
        if table is not None:
            table[at] += field
        rest = (rest - field) >> 16
