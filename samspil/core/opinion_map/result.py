"""One immutable version of an opinion map: what came in, how it was computed, what came out."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .parameters import Parameters
from .response_style import ResponseStyle
from .statements import Measures, wilson
from .votes import AGREE, DISAGREE, PASS, Floats, Ints, Key, Keys

WHY_NO_GROUPS = {
    "few_voters": "too few people voted for a map: counts only",
    "few_included": "too few people voted on enough statements to be placed in groups",
    "shuffled": "shuffled votes show an axis as strong as this one",
    "no_parting": "no way to part people into groups leaves each of them large enough",
    "halves": "two maps from half the votes each do not find the same groups",
}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """How many said what; `seen` is all three together."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class Representative:
    """A group agrees (`direction` 1) or disagrees (-1) with a statement more than all others do.

    `share` and `others` are the exact shares; the group is sure to be ahead by `at_least`.
    """

    group: int
    statement: Key
    direction: int
    share: float
    others: float
    at_least: float


@dataclass(frozen=True, slots=True)
class StatementResult:
    """One statement; measures are None where they cannot be said."""

    id: Key
    active: bool
    all: Counted
    agree_interval: tuple[float, float]
    disagree_interval: tuple[float, float]
    groups: tuple[Counted, ...]
    bridging: float | None
    mean_share: float | None
    direction: int
    divisive: float | None
    split: float | None
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `share`: in how many replicates its members stay in it, on average; None if not asked."""

    number: int
    size: int
    centre: tuple[float, ...]
    share: float | None
    word: str


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """The map of a conversation. Arrays follow `participants` and `statements`, which are sorted by key.

    `follows` is the result hash of the version before it, whose directions, names and number of groups it
    keeps where it can. `group_of` is 0 for a person without a group. `groups` is empty when there are no
    clear ones; then `why` says which of WHY_NO_GROUPS it was. `tested` tells whether the groups had to
    stand the null and the split-half test.
    """

    algorithm_version: str
    parameters: Parameters
    seed: int
    follows: str | None
    input_hash: str
    result_hash: str = field(repr=False)
    participants: Keys
    statements: Keys
    active: NDArray[np.bool_]
    votes: int
    votes_each: Ints
    included: NDArray[np.bool_]
    votes_needed: int
    axes: Axes | None
    coordinates: Floats | None
    group_of: Ints
    groups: tuple[Group, ...]
    tested: bool
    why: str | None
    silhouette: float | None
    split_half_ari: float | None
    first_axis_nulls: Floats
    membership: Floats | None
    counts: NDArray[np.int64]
    group_counts: NDArray[np.int64]
    measures: Measures
    response_style: ResponseStyle | None
    certainty: str
    kept_k: int
    """How many versions in a row kept the number of groups though another one was as good."""

    @property
    def k(self) -> int:
        return len(self.groups)

    @property
    def exchangeable(self) -> bool:
        """Whether the two axes could change places."""
        return self.axes is not None and self.axes.exchangeable(self.parameters.exchangeable_within)

    @property
    def uncertain_people(self) -> int:
        """How many stand between groups: in their own in under 70 % of replicates."""
        return 0 if self.membership is None else int(np.count_nonzero(self.membership < 0.7))

    def members(self) -> dict[Any, int]:
        """The group number of each person who has one."""
        placed = self.group_of > 0
        return dict(zip(self.participants[placed].tolist(), self.group_of[placed].tolist(), strict=True))

    def statement(self, place: int) -> StatementResult:
        """All that is known of the statement at this place."""
        counts, found = self.counts[place], self.measures
        low, high = wilson(counts, np.full(3, counts.sum()))
        return StatementResult(
            id=self.statements[place : place + 1].tolist()[0],
            active=bool(self.active[place]),
            all=_counted(counts),
            agree_interval=(float(low[AGREE]), float(high[AGREE])),
            disagree_interval=(float(low[DISAGREE]), float(high[DISAGREE])),
            groups=tuple(_counted(group[place]) for group in self.group_counts),
            bridging=_number(found.bridging[place]),
            mean_share=_number(found.mean_share[place]),
            direction=int(found.towards[place]),
            divisive=_number(found.divisive[place]),
            split=_number(found.split[place]),
            representative=tuple(
                self._representative(int(g), place) for g in found.typical[:, place].nonzero()[0]
            ),
        )

    def statement_results(self) -> Iterator[StatementResult]:
        """All statements, in the order of their keys."""
        return map(self.statement, range(len(self.statements)))

    def agreed(self, most: int | None = None) -> list[StatementResult]:
        """Active statements that over half of every group surely agree (or disagree) with; surest first."""
        order = _ranked(self.measures.bridging, over=0.5)
        return [self.statement(place) for place in order[:most]]

    def dividing(self, most: int | None = None) -> list[StatementResult]:
        """Active statements on which groups are sure to differ, the most first."""
        order = _ranked(self.measures.divisive, over=0.0)
        return [self.statement(place) for place in order[:most]]

    def typical_of(self, group: int, most: int | None = None) -> list[Representative]:
        """What a group says more than the others do, the surest difference first."""
        sure = np.where(self.measures.typical[group - 1] != 0, self.measures.sure[group - 1], np.nan)
        return [self._representative(group - 1, place) for place in _ranked(sure, over=0.0)[:most]]

    def _representative(self, at: int, place: int) -> Representative:
        direction = int(self.measures.typical[at, place])
        way = AGREE if direction > 0 else DISAGREE
        mine = self.group_counts[at, place]
        rest = self.group_counts[:, place].sum(axis=0) - mine
        return Representative(
            group=at + 1,
            statement=self.statements[place : place + 1].tolist()[0],
            direction=direction,
            share=float(mine[way] / mine.sum()),
            others=float(rest[way] / rest.sum()),
            at_least=float(self.measures.sure[at, place]),
        )

    def as_data(self) -> dict[str, Any]:
        """Everything as plain data for JSON."""
        from .as_data import as_data

        return as_data(self)


def fingerprint(found: "OpinionMap") -> str:
    """SHA-256 over how it was computed, the integer tables, the groups, and all values to six digits."""
    known = hashlib.sha256(b"samspil-opinion-map\n")
    told = {"version": found.algorithm_version, "parameters": asdict(found.parameters), "seed": found.seed}
    told |= {
        "input": found.input_hash,
        "tested": found.tested,
        "why": found.why,
        "certainty": found.certainty,
    }
    told |= {"follows": found.follows, "kept_k": found.kept_k}
    known.update(json.dumps(told, sort_keys=True).encode())
    for table in (found.counts, found.group_counts, found.votes_each, found.group_of, found.included):
        known.update(_integers(table))
    for values in _values(found):
        known.update(_integers(_rounded(values)))
    return known.hexdigest()


def _values(found: "OpinionMap") -> Iterator[Floats]:
    if found.axes is not None and found.coordinates is not None:
        yield from found.axes.loadings.T
        yield from found.coordinates.T
        yield found.axes.eigenvalues
    measures = found.measures
    yield from (
        measures.bridging,
        measures.mean_share,
        measures.divisive,
        measures.split,
        measures.sure.ravel(),
    )
    yield np.stack([measures.towards.astype(float), *measures.typical.astype(float)])
    style = found.response_style
    scalars = [found.silhouette, found.split_half_ari]
    scalars += [style.correlation, style.tendency, style.loading] if style else []
    yield np.array([math.nan if value is None else value for value in scalars], dtype=float)
    yield found.first_axis_nulls
    if found.membership is not None:
        yield found.membership


def _rounded(values: Floats) -> NDArray[np.int64]:
    """Values in millionths of the largest power of ten in them; what is not a number gets one of its own."""
    filled = np.nan_to_num(values, nan=0.0)
    largest = float(np.abs(filled).max(initial=0.0))
    scale = 10.0 ** (_DIGITS - math.ceil(math.log10(largest))) if largest > 1 else 10.0**_DIGITS
    steps = np.rint(filled * scale).astype(np.int64)
    return np.where(np.isnan(values), np.iinfo(np.int64).min, steps)


def _integers(table: NDArray[Any]) -> bytes:
    return repr(table.shape).encode() + np.ascontiguousarray(table, "<i8").tobytes()


def _ranked(values: Floats, over: float) -> list[int]:
    """Places whose value is above, largest first; of equal ones the earlier."""
    order = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
    return [int(place) for place in order if values[place] > over]


def _counted(row: NDArray[np.int64]) -> Counted:
    return Counted(int(row[AGREE]), int(row[DISAGREE]), int(row[PASS]))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
