"""The votes of a conversation in their one canonical order.

People and statements are sorted by their keys; each person's votes stand behind one another, sorted by
statement; of several votes of a person on a statement the last counts. A person without a vote and a
statement without one are not there. So equal votes are equal bytes, whatever order they came in.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Key = int | str
Keys = NDArray[Any]
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]

DISAGREE, PASS, AGREE = 0, 1, 2
"""The place of a vote among the three a person could give: its value plus one."""
_INT32 = np.iinfo(np.int32).max


class NotAVote(ValueError):  # noqa: N818 - named for what it says
    """A value other than -1, 0 and +1, or rows that do not belong together."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Votes as one sparse table: `codes[starts[i]:starts[i + 1]]` are those of the i-th person.

    A code is `3 * statement + vote + 1`: which statement, and which of the three things one can say of it.
    """

    participants: Keys
    statements: Keys
    starts: Ints
    codes: Ints

    @classmethod
    def from_rows(
        cls,
        participants: Sequence[Key] | Keys,
        statements: Sequence[Key] | Keys,
        values: Sequence[int] | Ints,
    ) -> "Votes":
        """Votes from rows in the order they were cast; keys are integers or strings, one kind a side."""
        people, rows = _dense(participants)
        things, columns = _dense(statements)
        return cls.from_arrays(rows, columns, np.asarray(values), people, things)

    @classmethod
    def from_arrays(
        cls,
        rows: Ints,
        cols: Ints,
        values: Ints,
        participant_keys: Collection[Key] | Keys,
        statement_keys: Collection[Key] | Keys,
    ) -> "Votes":
        """Votes from dense ids: `rows[v]` is a place in `participant_keys`, `cols[v]` one in
        `statement_keys`.

        In the order they were cast. The keys need not be sorted. Nothing is copied that need not be.
        """
        people, things = _as_keys(participant_keys), _as_keys(statement_keys)
        _check(rows, cols, values, len(people), len(things))
        people, rows = _in_key_order(people, np.asarray(rows))
        things, cols = _in_key_order(things, np.asarray(cols))
        starts, codes = _table(rows, cols, np.asarray(values), len(people), len(things))
        return cls(people, things, starts, codes)._without_the_silent()

    @property
    def count(self) -> int:
        return len(self.codes)

    @property
    def votes_each(self) -> Ints:
        """How many votes each person gave."""
        return np.diff(self.starts)

    @property
    def columns(self) -> Ints:
        """The statement of each vote."""
        return self.codes // 3

    @property
    def values(self) -> NDArray[np.int8]:
        """-1, 0 or +1 for each vote."""
        return (self.codes % 3 - 1).astype(np.int8)

    @property
    def rows(self) -> Ints:
        """The person of each vote."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.votes_each)

    def indicators(self, weights: Floats | None = None) -> csr_array:
        """People × (statement, vote): 1, or a weight, where the person said that."""
        data = np.ones(self.count) if weights is None else weights
        return csr_array(
            (data, self.codes, self.starts), shape=(len(self.participants), 3 * len(self.statements))
        )

    def counts(self) -> NDArray[np.int64]:
        """For each statement how many disagree, pass and agree."""
        return np.bincount(self.codes, minlength=3 * len(self.statements)).reshape(-1, 3)

    def active(self, moderated: Iterable[Key]) -> NDArray[np.bool_]:
        """Which statements stay when these are taken out. Keys that are not there take nothing out."""
        out = set(moderated)
        return np.fromiter((key not in out for key in self.statements.tolist()), bool, len(self.statements))

    def fingerprint(self, active: NDArray[np.bool_] | None = None) -> str:
        """SHA-256 over keys, votes and which statements are active, in their canonical order."""
        known = hashlib.sha256(b"samspil-votes-1\n")
        for keys in (self.participants, self.statements):
            for part in _key_bytes(keys):
                known.update(part)
        known.update(np.ascontiguousarray(self.starts, "<i8").tobytes())
        known.update(np.ascontiguousarray(self.codes, "<i4").data)
        if active is not None:
            known.update(np.packbits(active).tobytes())
        return known.hexdigest()

    def of_person(self, person: Key) -> dict[Any, int]:
        """The votes of one person by statement key; empty for somebody unknown."""
        found = _place(self.participants, person)
        if found is None:
            return {}
        codes = self.codes[self.starts[found] : self.starts[found + 1]]
        return dict(zip(self.statements[codes // 3].tolist(), (codes % 3 - 1).tolist(), strict=True))

    def only(self, these: NDArray[np.bool_]) -> "Votes":
        """Some of the votes; everybody and every statement stays in place, also without a vote."""
        passed = np.concatenate([[0], np.cumsum(these)])
        starts = passed[self.starts].astype(self.starts.dtype)
        return Votes(self.participants, self.statements, starts, self.codes[these])

    def without(self, people: Collection[Key]) -> "Votes":
        """As if these people had never been there."""
        gone = set(people)
        stay = np.fromiter(
            (key not in gone for key in self.participants.tolist()), bool, len(self.participants)
        )
        each = self.votes_each
        return Votes(
            self.participants[stay],
            self.statements,
            _starts_of(each[stay]),
            self.codes[np.repeat(stay, each)],
        )._without_the_silent()

    @classmethod
    def merge(cls, *shards: "Votes") -> "Votes":
        """The votes of shards that have no person in common, or of which a later one says what counts."""
        rows = [(s.participants[s.rows], s.statements[s.columns], s.values) for s in shards]
        return cls.from_rows(*(np.concatenate(part) for part in zip(*rows, strict=True)))

    def _without_the_silent(self) -> "Votes":
        """Without people and statements that have no vote."""
        each = self.votes_each
        seen = self.counts().sum(axis=1) > 0
        if each.all() and seen.all():
            return self
        place = np.cumsum(seen) - 1
        codes = (3 * place[self.columns] + self.codes % 3).astype(self.codes.dtype)
        here = each > 0
        return Votes(self.participants[here], self.statements[seen], _starts_of(each[here]), codes)


def _check(rows: Ints, cols: Ints, values: Ints, people: int, things: int) -> None:
    if not len(rows) == len(cols) == len(values):
        raise NotAVote("Each vote needs a person, a statement and a value.")
    if len(rows) == 0:
        return
    if np.min(values) < -1 or np.max(values) > 1:
        raise NotAVote("A vote is -1 (disagree), 0 (pass) or 1 (agree).")
    if np.min(rows) < 0 or np.max(rows) >= people or np.min(cols) < 0 or np.max(cols) >= things:
        raise NotAVote("A vote names a person or a statement that has no key.")


def _table(rows: Ints, cols: Ints, values: Ints, people: int, things: int) -> tuple[Ints, Ints]:
    """Starts and codes: counting sorts by statement and then by person, the last of equals kept."""
    small = max(len(rows), 3 * things) < _INT32
    kind = np.int32 if small else np.int64
    if _in_order(rows, cols):
        starts = _starts_of(np.bincount(rows, minlength=people))
        return starts.astype(kind), _codes(cols, values, kind)
    cells = coo_array(
        (values.astype(np.int8), (rows.astype(kind), cols.astype(kind))), shape=(people, things)
    )
    cells.has_canonical_format = True  # else SciPy would add up the votes of a person on a statement
    table = cells.tocsc().tocsr()
    del cells
    codes = _codes(table.indices, table.data, kind)
    last = np.ones(len(codes), dtype=bool)
    if len(codes):
        np.not_equal(table.indices[1:], table.indices[:-1], out=last[:-1])
        ends = table.indptr[1:]
        last[ends[ends > 0] - 1] = True
    if last.all():
        return table.indptr, codes
    kept = np.concatenate([[0], np.cumsum(last)])[table.indptr]
    return kept.astype(kind), codes[last]


def _codes(cols: Ints, values: Ints, kind: type[np.integer[Any]]) -> Ints:
    codes = np.multiply(cols, 3, dtype=kind)
    codes += 1
    codes += values.astype(np.int8, copy=False)
    return codes


def _in_order(rows: Ints, cols: Ints) -> bool:
    """Whether votes stand by person and statement already, none twice."""
    for low in range(0, len(rows) - 1, 1 << 20):
        high = low + (1 << 20) + 1
        one, other = rows[low:high], cols[low:high]
        if not ((one[1:] > one[:-1]) | ((one[1:] == one[:-1]) & (other[1:] > other[:-1]))).all():
            return False
    return True


def _starts_of(each: Ints) -> Ints:
    total = int(each.sum())
    starts: Ints = np.zeros(len(each) + 1, dtype=np.dtype(np.int32 if total < _INT32 else np.int64))
    np.cumsum(each, out=starts[1:])
    return starts


def _as_keys(keys: Collection[Key] | Keys) -> Keys:
    """Keys as an array: integers as integers, all else as strings."""
    if isinstance(keys, np.ndarray) and keys.dtype.kind in "iu":
        return keys
    listed = keys.tolist() if isinstance(keys, np.ndarray) else list(keys)
    if all(type(key) is int for key in listed):
        return np.array(listed, dtype=np.int64)
    if any(type(key) is int for key in listed):
        raise NotAVote("Keys are all integers or all strings.")
    return np.array(listed, dtype=object)


def _in_key_order(keys: Keys, places: Ints) -> tuple[Keys, Ints]:
    """Sorted keys, and the places moved to where their keys went."""
    if len(keys) < 2 or bool(np.all(keys[1:] > keys[:-1])):
        return keys, places
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(keys), dtype=np.int32)
    rank[order] = np.arange(len(keys), dtype=np.int32)
    ordered = keys[order]
    if np.any(ordered[1:] == ordered[:-1]):
        raise NotAVote("A key stands twice in the list of keys.")
    return ordered, rank[places]


def _dense(keys: Sequence[Key] | Keys) -> tuple[Keys, Ints]:
    """The different keys, sorted, and the place of each given one among them."""
    if isinstance(keys, np.ndarray) and keys.dtype.kind in "iu":
        return _dense_integers(keys)
    listed = keys.tolist() if isinstance(keys, np.ndarray) else keys
    different = set(listed)
    if different and all(type(key) is int for key in different):
        return _dense_integers(np.fromiter(listed, np.int64, len(listed)))
    if any(type(key) is int for key in different):
        raise NotAVote("Keys are all integers or all strings.")
    ordered = sorted(different)
    place = dict(zip(ordered, range(len(ordered)), strict=True))
    return np.array(ordered, dtype=object), np.fromiter(map(place.__getitem__, listed), np.int32, len(listed))


def _dense_integers(keys: Ints) -> tuple[Keys, Ints]:
    if len(keys) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    low, high = int(keys.min()), int(keys.max())
    if high - low > 4 * len(keys) + 1024:
        different, place = np.unique(keys, return_inverse=True)
        return different.astype(np.int64), place.astype(np.int32)
    seen = np.zeros(high - low + 1, dtype=bool)
    seen[keys - low] = True
    rank = np.cumsum(seen, dtype=np.int32) - 1
    return np.flatnonzero(seen) + low, rank[keys - low]


def _place(keys: Keys, key: Key) -> int | None:
    """Where a key stands among sorted ones."""
    if len(keys) == 0 or (keys.dtype.kind in "iu") != isinstance(key, int):
        return None
    at = int(np.searchsorted(keys, key))
    return at if at < len(keys) and keys[at] == key else None


def _key_bytes(keys: Keys) -> Iterable[bytes]:
    """A kind and the keys: integers as eight bytes each, strings ended by a byte no text holds."""
    if keys.dtype.kind in "iu":
        yield b"integers" + np.ascontiguousarray(keys, "<i8").tobytes()
    else:
        yield b"strings"
        for key in keys.tolist():
            yield key.encode("utf-8", "surrogatepass") + b"\xff"
    yield len(keys).to_bytes(8, "little")
