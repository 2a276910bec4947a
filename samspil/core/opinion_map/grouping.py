"""Groups: how many, who is in which, and whether there are any at all."""

from dataclasses import dataclass, field

import numpy as np

from .case import Case
from .chance import Purpose, stream
from .clusters import best_centres, distances, gathered, matched, nearest, settled, silhouette
from .parameters import Parameters
from .placing import Picture, Placed
from .reality import exceeds, null_weights, split_half
from .votes import Floats, Ints

_AS_GOOD = 0.02
"""Numbers of groups whose silhouettes differ by less are equally good; then the halves decide."""
_WORTH_TRYING = 0.10
_WORSE_IN_A_ROW = 3
_KEPT_AT_MOST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """The groups (`group_of` is 0 without one), or why there are none."""

    group_of: Ints
    centres: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    why: str | None = None
    silhouette: float | None = None
    split_half: float | None = None
    nulls: Floats = field(default_factory=lambda: np.zeros(0))
    kept_k: int = 0

    @property
    def k(self) -> int:
        return len(self.centres)


@dataclass(frozen=True, slots=True, eq=False)
class Partings:
    """The numbers of groups in question: their silhouettes, centres, and how far halves agree if asked."""

    scores: dict[int, float]
    centres: dict[int, Floats]
    halves: dict[int, float] = field(default_factory=dict)


def parted(case: Case, placed: Placed) -> Parted:
    """The groups, where the first axis is stronger than of shuffled votes and halves of the votes agree."""
    nobody = np.zeros(len(case.votes.participants), dtype=np.int8)
    if placed.picture is None:
        return Parted(nobody, why="few_voters")
    if placed.included.sum() < 2 * case.parameters.smallest_group:
        return Parted(nobody, why="few_included")
    nulls = null_weights(case) if case.parameters.replicates else np.zeros(0)
    if _as_by_chance(case, placed.picture, nulls):
        return Parted(nobody, why="shuffled", nulls=nulls)
    found = _partings(case, placed, placed.picture)
    if not found.scores:
        return Parted(nobody, why="no_parting", nulls=nulls)
    k, kept = _number(case, found, int(placed.included.sum()))
    if k is None:
        best = max(found.halves, key=found.halves.__getitem__)
        return Parted(
            nobody, why="halves", silhouette=found.scores[best], split_half=found.halves[best], nulls=nulls
        )
    group_of, centres = _everybody(case, placed, placed.picture, found.centres[k])
    return Parted(group_of, centres, None, found.scores[k], found.halves.get(k), nulls, kept)


def searched(
    points: Floats, parameters: Parameters, seed: int, near: int | None = None
) -> tuple[dict[int, float], dict[int, Floats]]:
    """For each number of groups that leaves none too small: its silhouette and its centres.

    `near`: only numbers at most one away from this are tried.
    """
    cells = gathered(points)
    apart = distances(cells)
    forced = parameters.k
    least = 1 if forced else max(parameters.smallest_group, parameters.smallest_group_share * len(points))
    scores: dict[int, float] = {}
    centres: dict[int, Floats] = {}
    worse = 0
    for k in _numbers(parameters, near):
        if k * least > len(points) or worse == _WORSE_IN_A_ROW:
            break
        found = best_centres(cells, k, parameters.restarts, stream(seed, Purpose.GROUPS, k))
        label = nearest(cells.places, found)
        score = silhouette(cells, apart, label, k)
        if forced or np.bincount(label, cells.weights, k).min() >= least:
            scores[k], centres[k] = score, found
        worse = worse + 1 if scores and score < max(scores.values()) - _WORTH_TRYING else 0
    best = max(scores.values(), default=0.0)
    return {k: score for k, score in scores.items() if score >= best - _WORTH_TRYING}, centres


def best_parting(scores: dict[int, float], halves: dict[int, float]) -> int:
    """The number of groups that parts people best; of equally good ones that on which halves agree most."""
    best = max(scores.values())
    as_good = [k for k, score in scores.items() if score >= best - _AS_GOOD]
    return max(as_good, key=lambda k: (halves.get(k, 0.0), -k))


def numbered_by_size(label: Ints, centres: Floats) -> tuple[Ints, Floats]:
    """Groups numbered from the largest; of equally large ones by where they lie."""
    size = np.bincount(label, minlength=len(centres))
    order = np.lexsort((*centres.T[::-1], -size))
    rank = np.empty(len(order), dtype=np.int8)
    rank[order] = np.arange(len(order), dtype=np.int8)
    return rank[label], centres[order]


def _numbers(parameters: Parameters, near: int | None) -> range:
    if parameters.k:
        return range(parameters.k, parameters.k + 1)
    fewest, most = parameters.fewest_groups, parameters.most_groups
    return range(max(fewest, near - 1), min(most, near + 1) + 1) if near else range(fewest, most + 1)


def _as_by_chance(case: Case, picture: Picture, nulls: Floats) -> bool:
    asked = case.parameters.replicates and case.parameters.k is None
    return bool(asked) and not exceeds(picture.axes.eigenvalues[0], nulls, case.parameters.null_level)


def _partings(case: Case, placed: Placed, picture: Picture) -> Partings:
    scores, centres = searched(picture.points[placed.included], case.parameters, case.seed)
    if not scores or not case.parameters.replicates:
        return Partings(scores, centres)
    ks = sorted(scores)
    halves = split_half(case, placed.included, ks)
    return Partings(scores, centres, dict(zip(ks, halves.tolist(), strict=True)))


def _number(case: Case, found: Partings, people: int) -> tuple[int | None, int]:
    """How many groups (None: halves find none of the partings again), and how often that was kept already."""
    needed = 0.0 if case.parameters.k else case.parameters.agreement_needed(people)
    again = {k: score for k, score in found.scores.items() if found.halves.get(k, 1.0) >= needed}
    if case.parameters.k:
        return case.parameters.k, 0
    if not again:
        return None, 0
    k, previous = best_parting(again, found.halves), case.previous
    if previous is None or previous.k == k or previous.k not in again:
        return k, 0
    if again[k] - again[previous.k] > _AS_GOOD or previous.kept_k >= _KEPT_AT_MOST:
        return k, 0
    return previous.k, previous.kept_k + 1


def _everybody(case: Case, placed: Placed, picture: Picture, centres: Floats) -> tuple[Ints, Floats]:
    """The groups of all who are placed, settled among all of them, with their numbers from before."""
    label, middle = numbered_by_size(*settled(picture.points[placed.included], centres))
    group_of = np.zeros(len(placed.included), dtype=np.int8)
    group_of[placed.included] = label + 1
    previous = case.previous
    if previous is None or not previous.k:
        return group_of, middle
    before = previous.members()
    old = np.array([before.get(person, 0) for person in case.votes.participants.tolist()])
    both = (group_of > 0) & (old > 0)
    name = matched(group_of[both].astype(np.int64) - 1, old[both] - 1, len(middle))[: len(middle)]
    order = np.argsort(name, kind="stable")
    rank = np.concatenate([[0], np.argsort(order, kind="stable") + 1])
    return rank[group_of].astype(np.int8), middle[order]
