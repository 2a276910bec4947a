"""What may be told of an opinion map: a release, from which nobody can work out what a small group answered.

A release holds everything that pages and files show and nothing else. No number in it, and no difference of
numbers in it, tells the answers of fewer people than the round promised. In words, with the dictionary of the
data: docs/calculations/opinion_release.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspil.core.opinion_map.clusters import matched, nearest
from samspil.core.opinion_map.compute import opinion_map
from samspil.core.opinion_map.parameters import Parameters
from samspil.core.opinion_map.result import OpinionMap
from samspil.core.opinion_map.statements import Measures, group_counts, measured, sure_difference, wilson
from samspil.core.opinion_map.votes import AGREE, DISAGREE, PASS, Floats, Ints, Votes
from samspil.core.released import Thresholds

FORMAT = "samspil-opinion-result-1"
LEAST_SHARE = 0.6  # of every group, for a statement to be called agreed on
MOST_TYPICAL = 5
MOST_SHARED = 3
MOST_DOTS = 300
ENDS = 2  # statements that tell what an end of an axis is about
_DIGITS = 4

Table = NDArray[np.int64]
Mask = NDArray[np.bool_]
Data = dict[str, Any]


def computed(votes: Votes, moderated: set[Any], thresholds: Thresholds) -> OpinionMap:
    """The map with the settings of published results; where it finds a group too small to be told, once more
    without groups that small."""
    found = opinion_map(votes, moderated=moderated)
    if any(group.size < thresholds.breakdown for group in found.groups):
        larger = replace(Parameters(), smallest_group=thresholds.breakdown)
        found = opinion_map(votes, moderated=moderated, parameters=larger)
    return found


def release_of(
    votes: Votes, found: OpinionMap, thresholds: Thresholds, tiers: Mapping[Any, str] | None = None
) -> Data:
    """All that may be told, as plain data. `tiers`: how sure each participant is one person who was asked."""
    told = _Told(votes, found, thresholds)
    measures = told.measures()
    statements = [_statement(told, measures, place) for place in range(len(found.statements))]
    return {
        "format": FORMAT,
        "thresholds": asdict(thresholds),
        "algorithm_version": found.algorithm_version,
        "parameters": asdict(found.parameters),
        "seed": found.seed,
        "input_hash": found.input_hash,
        "result_hash": found.result_hash,
        **_people(told),
        **_extent(told),
        "certainty": found.certainty,
        "why_no_groups": found.why,
        "silhouette": _rounded(found.silhouette),
        "split_half_ari": _rounded(found.split_half_ari),
        "axes": _axes(told),
        "response_style": _style(told),
        "second_map": _second_map(told),
        "groups": _groups(told),
        "agreed": _agreed(told, measures),
        "dividing": _dividing(told, measures),
        "tiers": _tiers(told, tiers or {}),
        "statements": statements,
        "dots": list(_dots(told)),
    }


# --- which cells may be told -----------------------------------------------------------------------------


def telling(sizes: Table, thresholds: Thresholds) -> tuple[Mask, Mask]:
    """Of everybody and of each part (parts × statements), whether their answers on a statement may be told.

    `sizes` are how many of each part answered; the parts make up everybody. A part below the threshold is not
    told, and never alone: what all untold parts answered together is what is left of the total.
    """
    whole = sizes.sum(axis=0)
    shown = sizes >= thresholds.breakdown
    for statement in np.flatnonzero(_leaves_too_few(sizes, shown, thresholds)):
        _hide_more(sizes[:, statement], shown[:, statement], thresholds)
    return whole >= thresholds.total, shown


def _leaves_too_few(sizes: Table, shown: Mask, thresholds: Thresholds) -> Mask:
    left = np.where(shown, 0, sizes).sum(axis=0)
    few: Mask = (left > 0) & (left < thresholds.breakdown)
    return few


def _hide_more(sizes: Table, shown: Mask, thresholds: Thresholds) -> None:
    """Hide the smallest part that is shown, until enough people are hidden together."""
    while shown.any() and 0 < sizes[~shown].sum() < thresholds.breakdown:
        shown[np.flatnonzero(shown)[np.argmin(sizes[shown])]] = False


class _Told:
    """The tables a release is made from. `cells`: groups and last those without one; parts × statements × 3.

    Where fewer people without a group answered a statement than may be told, each of them is counted in the
    group they stand nearest to; else what they answered would be the total less the groups.
    """

    def __init__(self, votes: Votes, found: OpinionMap, thresholds: Thresholds) -> None:
        self.votes, self.found, self.thresholds = votes, found, thresholds
        self.k = found.k
        self.group_of = self._placed()
        self.all = found.counts
        self.cells = self._cells()
        self.sizes = self.cells.sum(axis=2)
        self.all_shown, self.shown = telling(self.sizes, thresholds)

    def _placed(self) -> Ints:
        """The group of each person; a handful without one go to the nearest, for a handful cannot be told."""
        apart = self.found.group_of == 0
        if self.k and 0 < apart.sum() < self.thresholds.breakdown:
            return np.where(apart, self._nearest(), self.found.group_of)
        return self.found.group_of

    def _nearest(self) -> Ints:
        centres = np.array([group.centre for group in self.found.groups])
        assert self.found.coordinates is not None  # noqa: S101 - where there are groups there is a map
        return nearest(self.found.coordinates[:, : centres.shape[1]], centres) + 1

    def _cells(self) -> Table:
        if not self.k:
            return self.all[None]
        groups = group_counts(self.votes, self.group_of, self.k)
        left = self.all - groups.sum(axis=0)
        few = (left.sum(axis=1) > 0) & (left.sum(axis=1) < self.thresholds.breakdown)
        strays = np.where(self.group_of == 0, self._nearest(), 0)
        groups += np.where(few[None, :, None], group_counts(self.votes, strays, self.k), 0)
        return np.concatenate([groups, np.where(few[:, None], 0, left)[None]])

    @property
    def comparable(self) -> Mask:
        """Statements of which every group may be told."""
        both: Mask = self.found.active & self.shown[: max(self.k, 1)].all(axis=0) & self.all_shown
        return both

    def measures(self) -> Measures:
        """Everything said of statements, from the cells that are told and from nothing else."""
        groups = self.cells[: self.k]
        fewest = self.thresholds.breakdown
        return measured(self.all, groups, self.comparable, fewest, self.found.parameters.false_discovery_rate)

    def count(self, people: int) -> int | None:
        """A number of people, where it tells of none or of enough."""
        return people if people >= self.thresholds.breakdown else None


# --- people and extent -----------------------------------------------------------------------------------


def _people(told: _Told) -> Data:
    found, everybody = told.found, len(told.found.participants)
    shown = everybody >= told.thresholds.total
    in_groups = int(np.count_nonzero(told.group_of))
    return {
        "participants": everybody if shown else None,
        "in_groups": in_groups if told.k else None,
        "without_group": told.count(everybody - in_groups) if told.k else None,
        "between_groups": told.count(found.uncertain_people) if told.k else None,
        "votes_needed": found.votes_needed,
    }


def _extent(told: _Told) -> Data:
    return {
        "votes": int(told.all[told.all_shown].sum()),
        "statement_count": len(told.found.statements),
        "active_count": int(told.found.active.sum()),
        "shown_count": int(told.all_shown.sum()),
        "compared_count": int(told.comparable.sum()),
    }


def _tiers(told: _Told, tiers: Mapping[Any, str]) -> list[Data]:
    """How many people of each tier, and what they answered; nothing where there is one tier alone."""
    names = sorted(set(tiers.values()))
    if len(names) < 2:
        return []
    tier_of = np.array(
        [names.index(tiers[key]) + 1 for key in told.found.participants.tolist()], dtype=np.int8
    )
    cells = group_counts(told.votes, tier_of, len(names))
    people = np.bincount(tier_of, minlength=len(names) + 1)[1:]
    if (people < told.thresholds.breakdown).any():
        return []
    _all, shown = telling(cells.sum(axis=2), told.thresholds)
    keys = told.found.statements.tolist()
    return [
        {
            "tier": name,
            "people": int(people[at]),
            "answers": [
                {"id": key, **_counts(cells[at, place])} for place, key in enumerate(keys) if shown[at, place]
            ],
        }
        for at, name in enumerate(names)
    ]


def _axes(told: _Told) -> Data | None:
    axes = told.found.axes
    if axes is None:
        return None
    whole = float(axes.trace) or 1.0
    return {
        "share": [_rounded(float(value) / whole) for value in axes.eigenvalues],
        "exchangeable": told.found.exchangeable,
        "ends": list(_ends(told, axes.loadings)),
    }


def _ends(told: _Told, loadings: Floats) -> Iterator[Data]:
    """The statements with which those at an end of an axis agree more than others do."""
    spread = np.sqrt(np.maximum(told.all.sum(axis=1), 1))
    keys = told.found.statements.tolist()
    for axis in range(min(2, loadings.shape[1])):
        pull = np.where(told.comparable, loadings[:, axis] * spread, 0.0)
        for end, signed in (("high", pull), ("low", -pull)):
            order = np.argsort(-signed, kind="stable")[:ENDS]
            yield from (
                {"axis": axis + 1, "end": end, "statement": keys[at]} for at in order if signed[at] > 0
            )


def _style(told: _Told) -> Data | None:
    style = told.found.response_style
    if style is None:
        return None
    return {
        "correlation": _rounded(style.correlation),
        "axis": style.axis,
        "tendency": _rounded(style.tendency),
        "loading": _rounded(style.loading),
        "flag": style.flag,
        "same_answer": told.count(style.same_answer),
    }


def _second_map(told: _Told) -> Data | None:
    """Where the groups may show a way of answering: the map once more with each person's tendency to agree
    taken off. How many groups it has and, if they are as many, the share of people in the same on both."""
    found, style = told.found, told.found.response_style
    if not (told.k and style and style.flag):
        return None
    other = opinion_map(
        told.votes,
        moderated=found.statements[~found.active].tolist(),
        seed=found.seed,
        parameters=replace(found.parameters, level=True),
    )
    return {"group_count": other.k, "same_group": _rounded(_same_group(found, other))}


def _same_group(found: OpinionMap, other: OpinionMap) -> float | None:
    if other.k != found.k:
        return None
    both = (found.group_of > 0) & (other.group_of > 0)
    mine, theirs = found.group_of[both].astype(np.int64) - 1, other.group_of[both].astype(np.int64) - 1
    return float((matched(theirs, mine, found.k)[theirs] == mine).mean())


# --- groups and statements -------------------------------------------------------------------------------


def _groups(told: _Told) -> list[Data]:
    return [
        {
            "number": group.number,
            "people": int(np.count_nonzero(told.group_of == group.number)),
            "stability": _rounded(group.share),
            "word": group.word,
            "typical": _typical(told, at),
            "shared": _shared(told, at),
        }
        for at, group in enumerate(told.found.groups)
    ]


def _typical(told: _Told, at: int) -> list[Data]:
    """What a group says more than the others do, the surest difference first."""
    direction = np.where(told.comparable, told.found.measures.typical[at], 0)
    sure = np.full(len(direction), np.nan)
    for sign, way in ((1, AGREE), (-1, DISAGREE)):
        mine, rest = told.cells[at], told.cells[: told.k].sum(axis=0) - told.cells[at]
        apart = sure_difference(mine[:, way], mine.sum(axis=1), rest[:, way], rest.sum(axis=1))
        sure = np.where(direction == sign, apart, sure)
    return [
        _apart(told, at, place, int(direction[place]), sure[place]) for place in _best(sure)[:MOST_TYPICAL]
    ]


def _apart(told: _Told, at: int, place: int, direction: int, sure: float) -> Data:
    way = AGREE if direction > 0 else DISAGREE
    mine = told.cells[at, place]
    rest = told.cells[: told.k, place].sum(axis=0) - mine
    return {
        "statement": told.found.statements.tolist()[place],
        "direction": _direction(way),
        "share": _rounded(mine[way] / mine.sum()),
        "others": _rounded(rest[way] / rest.sum()),
        "at_least": _rounded(float(sure)),
    }


def _shared(told: _Told, at: int) -> list[Data]:
    """What those in a group are surest to say alike."""
    cells, seen = told.cells[at], told.sizes[at]
    sure = np.stack([wilson(cells[:, way], seen)[0] for way in (AGREE, DISAGREE)])
    best = np.where(told.comparable, sure.max(axis=0), np.nan)
    found = []
    for place in _best(best, over=0.5)[:MOST_SHARED]:
        way = AGREE if sure[0, place] >= sure[1, place] else DISAGREE
        share = _rounded(cells[place, way] / seen[place])
        found.append(
            {"statement": told.found.statements.tolist()[place], "direction": _direction(way), "share": share}
        )
    return found


def _agreed(told: _Told, measures: Measures) -> list[Data]:
    """What every group leans to the same way, the surest first."""
    keys, found = told.found.statements.tolist(), []
    for place in _best(measures.bridging, over=0.5):
        way = AGREE if measures.towards[place] > 0 else DISAGREE
        parts = told.cells[: max(told.k, 1), place]
        least = float((parts[:, way] / parts.sum(axis=1)).min())
        if least >= LEAST_SHARE:
            found.append({"statement": keys[place], "direction": _direction(way), "least": _rounded(least)})
    return found


def _dividing(told: _Told, measures: Measures) -> list[Any]:
    """What the groups differ on; where there are none, what about as many agree as disagree with."""
    keys = told.found.statements.tolist()
    if told.k:
        return [keys[place] for place in _best(measures.divisive)]
    sure = [wilson(told.all[:, way], told.all.sum(axis=1))[0] for way in (AGREE, DISAGREE)]
    even = np.where(told.comparable, np.minimum(*sure), np.nan)
    return [keys[place] for place in _best(even, over=0.25)]


def _statement(told: _Told, measures: Measures, place: int) -> Data:
    seen = told.all_shown[place]
    return {
        "id": told.found.statements.tolist()[place],
        "active": bool(told.found.active[place]),
        "all": _counts(told.all[place]) if seen else None,
        "groups": [
            _counts(told.cells[at, place]) if seen and told.shown[at, place] else None for at in range(told.k)
        ],
        "without_group": _counts(told.cells[-1, place])
        if told.k and seen and told.shown[-1, place]
        else None,
        "agree_interval": _interval(told.all[place], AGREE) if seen else None,
        "disagree_interval": _interval(told.all[place], DISAGREE) if seen else None,
        "bridging": _rounded(float(measures.bridging[place])),
        "divisive": _rounded(float(measures.divisive[place])),
        "split": _rounded(float(measures.split[place])),
    }


def _counts(row: Table) -> Data:
    agree, passed, disagree = (int(row[way]) for way in (AGREE, PASS, DISAGREE))
    return {"agree": agree, "pass": passed, "disagree": disagree, "n": agree + passed + disagree}


def _interval(row: Table, way: int) -> list[float | None]:
    low, high = wilson(row[way : way + 1], row.sum(keepdims=True))
    return [_rounded(float(low[0])), _rounded(float(high[0]))]


def _direction(way: int) -> str:
    return "agree" if way == AGREE else "disagree"


def _best(values: Floats, over: float = 0.0) -> list[int]:
    """Places whose value is above, largest first; of equal ones the earlier."""
    order = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
    return [int(place) for place in order if values[place] > over]


def _rounded(value: float | None) -> float | None:
    """Four digits, and never a nought with a sign."""
    if value is None or np.isnan(value):
        return None
    return round(float(value), _DIGITS) + 0.0


# --- the map ---------------------------------------------------------------------------------------------


def _dots(told: _Told) -> Iterator[Data]:
    """The map without persons: each dot stands for people near one another in the same group, at the middle
    of where they stand; never for fewer than the smallest total."""
    points = told.found.coordinates
    if points is None or len(points) < told.thresholds.total:
        return
    flat = np.column_stack([points, np.zeros(len(points))])[:, :2]
    least = max(told.thresholds.total, -(-len(flat) // MOST_DOTS))
    for number in range(told.k + 1):
        for few in _near_one_another(flat[told.group_of == number], least):
            x, y = few.mean(axis=0)
            yield {"x": _rounded(x), "y": _rounded(y), "people": len(few), "group": number or None}


def _near_one_another(points: Floats, least: int) -> Iterator[Floats]:
    """The points in sets of at least so many, halved across where they are widest for as long as it goes."""
    if len(points) < 2 * least:
        if len(points) >= least:
            yield points
        return
    across = int(np.argmax(points.max(axis=0) - points.min(axis=0)))
    ordered = points[np.lexsort((points[:, 1 - across], points[:, across]))]
    middle = len(ordered) // 2
    yield from _near_one_another(ordered[:middle], least)
    yield from _near_one_another(ordered[middle:], least)
