"""The figures that Polis computes, by its formulas, for comparing results with other tools.

None of this is shown as a result of ours: the tests are one-sided at 90 % without control for how many
there are, the ranking multiplies unlike things, and extremity and consensus depend on sign and number of
groups. Counts are arrays of groups × statements × (disagree, pass, agree), as everywhere here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .votes import AGREE, DISAGREE, PASS, Floats

Z90 = 1.2816
META_PRIORITY = 49.0
MOST = 5
Chosen = tuple[int, str]
"""The place of a statement, and `agree` or `disagree`."""


@dataclass(frozen=True, slots=True, eq=False)
class Repness:
    """For each group and statement and both directions: probability p, its test, ratio r, its test."""

    pa: Floats
    pd: Floats
    pat: Floats
    pdt: Floats
    ra: Floats
    rd: Floats
    rat: Floats
    rdt: Floats


def repness(groups: NDArray[np.int64]) -> Repness:
    """The eight numbers of each group and statement."""
    rest = groups.sum(axis=0) - groups
    seen, seen_by_rest = groups.sum(axis=2), rest.sum(axis=2)
    told = {}
    for name, way in (("a", AGREE), ("d", DISAGREE)):
        mine, theirs = groups[:, :, way], rest[:, :, way]
        told[f"p{name}"] = (mine + 1) / (seen + 2)
        told[f"p{name}t"] = _one_proportion(mine, seen)
        told[f"r{name}"] = told[f"p{name}"] / ((theirs + 1) / (seen_by_rest + 2))
        told[f"r{name}t"] = _two_proportions(mine, seen, theirs, seen_by_rest)
    return Repness(**told)


def representative(
    found: Repness, active: NDArray[np.bool_] | None = None, most: int = MOST
) -> list[list[Chosen]]:
    """For each group its representative statements: the best agreed one first, then by all four numbers."""
    groups, statements = found.pa.shape
    places = np.flatnonzero(np.ones(statements, bool) if active is None else active).tolist()
    return [_of_group(found, group, places, most) for group in range(groups)]


def consensus(counts: NDArray[np.int64], active: NDArray[np.bool_] | None = None) -> dict[str, list[int]]:
    """Up to five statements that all people together agree with, and as many that they disagree with."""
    seen = counts.sum(axis=1)
    found = {}
    for name, way in (("agree", AGREE), ("disagree", DISAGREE)):
        share, test = (counts[:, way] + 1) / (seen + 2), _one_proportion(counts[:, way], seen)
        passed = (share > 0.5) & (test > Z90) & (True if active is None else active)
        order = np.argsort(-share * test, kind="stable")
        found[name] = [int(place) for place in order if passed[place]][:MOST]
    return found


def group_informed_consensus(groups: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The product over groups of smoothed shares, agreeing and disagreeing."""
    seen = groups.sum(axis=2) + 2
    agree: Floats = ((groups[:, :, AGREE] + 1) / seen).prod(axis=0)
    disagree: Floats = ((groups[:, :, DISAGREE] + 1) / seen).prod(axis=0)
    return agree, disagree


def extremity(axes: Axes, active: NDArray[np.bool_]) -> Floats:
    """How far from the middle somebody would stand who only agreed with this statement."""
    at = np.sqrt(active.sum()) * ((1 - axes.means) * active)[:, None] * axes.loadings
    far: Floats = np.sqrt((at**2).sum(axis=1))
    return far


def priority(counts: NDArray[np.int64], extreme: Floats, meta: NDArray[np.bool_] | None = None) -> Floats:
    """How strongly each statement is put forward to be voted on next."""
    seen = counts.sum(axis=1)
    passed, agreed = (counts[:, PASS] + 1) / (seen + 2), (counts[:, AGREE] + 1) / (seen + 2)
    importance = (1 - passed) * (1 + extreme) * agreed
    found: Floats = (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2
    return found if meta is None else np.where(meta, META_PRIORITY, found)


def _one_proportion(said: NDArray[np.int64], seen: NDArray[np.int64]) -> Floats:
    test: Floats = 2 * np.sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5)
    return test


def _two_proportions(
    said: NDArray[np.int64], seen: NDArray[np.int64], rest: NDArray[np.int64], of_rest: NDArray[np.int64]
) -> Floats:
    pooled = (said + rest + 2) / (seen + of_rest + 2)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / (seen + 1) + 1 / (of_rest + 1)))
    gap = (said + 1) / (seen + 1) - (rest + 1) / (of_rest + 1)
    test: Floats = np.divide(gap, spread, out=np.zeros(gap.shape), where=pooled != 1)
    return test


def _of_group(found: Repness, group: int, places: list[int], most: int) -> list[Chosen]:
    passing: list[tuple[float, Chosen]] = []
    best_agreed: int | None = None
    for place in places:
        chosen = _passes(found, group, place)
        if chosen:
            passing.append(chosen)
        if _agreed_better(found, group, place, best_agreed):
            best_agreed = place
    passing.sort(key=lambda one: -one[0])
    rest = [chosen for _rank, chosen in passing if chosen != (best_agreed, "agree")]
    first = [] if best_agreed is None else [(best_agreed, "agree")]
    taken = (first + rest)[:most]
    if not taken and places:
        taken = [max((_surest(found, group, place) for place in places), key=lambda one: one[0])[1]]
    return sorted(taken, key=lambda one: one[1] != "agree")


def _passes(found: Repness, group: int, place: int) -> tuple[float, Chosen] | None:
    at = group, place
    agree, disagree = (
        min(found.rat[at], found.pat[at]) > Z90,
        min(found.rdt[at], found.pdt[at]) > Z90,
    )
    if not agree and not disagree:
        return None
    if found.rat[at] > found.rdt[at]:
        return float(found.ra[at] * found.rat[at] * found.pa[at] * found.pat[at]), (place, "agree")
    return float(found.rd[at] * found.rdt[at] * found.pd[at] * found.pdt[at]), (place, "disagree")


def _agreed_better(found: Repness, group: int, place: int, best: int | None) -> bool:
    at = group, place
    if best is None:
        return bool(found.pat[at] > Z90 or (found.ra[at] > 1 and found.pa[at] > 0.5))
    old = group, best
    mine, its = found.pa[at] * found.pat[at], found.pa[old] * found.pat[old]
    if found.ra[old] > 1:
        mine, its = mine * found.ra[at] * found.rat[at], its * found.ra[old] * found.rat[old]
    return bool(mine > its)


def _surest(found: Repness, group: int, place: int) -> tuple[float, Chosen]:
    agree, disagree = float(found.rat[group, place]), float(found.rdt[group, place])
    return (agree, (place, "agree")) if agree > disagree else (disagree, (place, "disagree"))
